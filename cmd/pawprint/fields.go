package main

import (
	"bufio"
	"cmp"
	"errors"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
)

// fieldsCommand prints the names of fields and the other names of the query language.
type fieldsCommand struct {
	*settings
	output string
}

func newFieldsCommand(s *settings) *cobra.Command {
	f := &fieldsCommand{settings: s}
	c := &cobra.Command{
		Use:   "fields [flags]",
		Short: "List the fields of events and the names of the query language",
		Long: `List the schema of audit logs, the other names that queries, --fields and --by accept, and the classes of is: and has:.

Names work in any case, short ones too. Any other name with a dot in it is a path; a leading dot always makes a path: .someKey.`,
		Example: `pawprint fields
pawprint fields -o json | jq '.[] | select(.required)'`,
		Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return f.run() },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", output.Grids.Names("or")+" (default: table)")
	f.addWide(c.Flags())
	return c
}

func (f *fieldsCommand) run() error {
	if f.output == "" {
		f.output = "table"
	}
	format, err := output.Grids.Find(f.output)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f.std.out)
	return errors.Join(format.WriteGrid(f.printing(out), fieldGrid()), out.Flush())
}

// fieldGrid returns a table of all names.
func fieldGrid() *output.Grid {
	spare := output.Column{Fit: output.FitSpare}
	g := &output.Grid{Columns: []string{"name", "type", "required", "short", "values", "doc"},
		Traits: map[string]output.Column{"name": {Fit: output.FitWhole}, "required": spare, "short": spare, "values": spare}}
	add := func(name, kind string, required bool, short, values []string, doc string) {
		g.Add(output.Word(name), output.Word(kind), output.Flag(required, "required"), output.List(short), output.List(values), output.Word(doc))
	}
	for _, f := range model.Schema() {
		add(f.Name, f.Type.String(), f.Required, f.Aliases, f.Values, f.Doc)
	}
	for _, n := range field.Names() {
		if n.Virtual {
			add(n.Name, nameKind(n), false, nil, nil, cmp.Or(n.Shown, n.Doc))
		}
	}
	for _, c := range query.Classes() {
		add(c.Name, "class", false, nil, nil, c.Doc)
	}
	return g
}

// nameKind returns "value" for names that have a value, and "condition" for those that only queries can use.
func nameKind(n field.Name) string {
	if n.Kind == field.Condition {
		return "condition"
	}
	return "value"
}
