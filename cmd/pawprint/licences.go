package main

import (
	"bufio"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/tui/termsafe"
)

// packedLicences lists the components of the program with their licences, as compressed JSON. It is unpacked only when needed.
// TestLicencesAreThoseOfTheModules compares it with what is linked, and writes it with -update.
//
//go:embed licences.json.gz
var packedLicences string

// component is a module that is linked into the program, Go itself, or pawprint.
type component struct {
	Name    string        `json:"name"`
	Version string        `json:"version,omitempty"` // empty in the file for Go and pawprint, whose versions the running program knows
	Licence string        `json:"licence"`           // the SPDX identifier
	Texts   []licenceText `json:"texts"`
}

// licenceText is a licence, notice or patent grant of a component.
type licenceText struct {
	File string `json:"file"` // within the module
	Text string `json:"text"`
}

// The components that are not modules.
const (
	goComponent  = "Go"
	ownComponent = "pawprint"
)

// components unpacks packedLicences and adds the versions of Go and pawprint.
func components() (all []component, err error) {
	unzip, err := gzip.NewReader(strings.NewReader(packedLicences))
	if err == nil {
		err = json.NewDecoder(unzip).Decode(&all)
	}
	if err != nil {
		return nil, fmt.Errorf("unpacking the licences: %w", err)
	}
	for i := range all {
		switch all[i].Name {
		case goComponent:
			all[i].Version = runtime.Version()
		case ownComponent:
			all[i].Version = version()
		}
	}
	return all, nil
}

// licencesCommand prints the components of the program and their licences.
type licencesCommand struct {
	*settings
	output string
}

func newLicences(s *settings) *cobra.Command {
	l := &licencesCommand{settings: s}
	c := &cobra.Command{
		Use:   "licences [flags]",
		Short: "Print the licences of pawprint and of the modules in it",
		Long: `Print the modules in this program with their versions and licences, then the full text of each licence and notice. With -o table, csv or json
it prints the list alone. The list covers every system and build, so it also names modules that this program was built without.`,
		Aliases: []string{"licenses"},
		Example: `pawprint licences | less
pawprint licences -o table`,
		Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return l.run() },
	}
	c.Flags().StringVarP(&l.output, "output", "o", "text", "text, "+output.Grids.Names("or"))
	l.addWide(c.Flags())
	return c
}

func (l *licencesCommand) run() error {
	texts, format := l.output == "text", l.output
	if texts {
		format = "table"
	}
	list, err := output.Grids.Find(format)
	if err != nil {
		return err
	}
	all, err := components()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(l.std.out)
	err = list.WriteGrid(l.printing(out), licenceGrid(all))
	if texts && err == nil {
		err = l.writeTexts(out, all)
	}
	return errors.Join(err, out.Flush())
}

func licenceGrid(all []component) *output.Grid {
	g := &output.Grid{Columns: []string{"licence", "version", "module"}}
	for _, c := range all {
		g.Add(output.Word(c.Licence), output.Word(c.Version), output.Word(c.Name))
	}
	return g
}

// writeTexts prints each text once, below the names of all components that have it.
func (l *licencesCommand) writeTexts(out *bufio.Writer, all []component) error {
	var order []string
	owners := map[string][]string{}
	for _, c := range all {
		for _, t := range c.Texts {
			if owners[t.Text] == nil {
				order = append(order, t.Text)
			}
			owners[t.Text] = append(owners[t.Text], c.Name+" "+c.Version+": "+t.File)
		}
	}
	clean := termsafe.Options{ASCII: l.drawsASCII()}
	for _, text := range order {
		fmt.Fprintf(out, "\n%s\n\n", strings.Repeat("-", 80))
		for line := range strings.Lines(strings.Join(owners[text], "\n") + "\n\n" + text) {
			line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "        ")
			if _, err := fmt.Fprintln(out, termsafe.Clean(line, clean).String()); err != nil {
				return fmt.Errorf("writing: %w", err)
			}
		}
	}
	return nil
}
