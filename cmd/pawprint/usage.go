package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pawprint/model/near"
)

// otherWords are the names that other tools give to flags.
var otherWords = map[string]string{
	"after": "since", "before": "until", "columns": "fields", "expr": "query", "filter": "query", "format": "output", "from": "since", "grep": "query",
	"group-by": "by", "head": "limit", "json": "output", "jsonl": "output", "csv": "output", "number": "limit", "tail": "follow", "timezone": "tz", "to": "until", "utc": "tz",
	"watch": "follow", "where": "query", "zone": "tz",
}

// flagError says in plain words what is wrong with a flag, and what to write.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown.GetSpecifiedName())
	case errors.As(err, &bare):
		return fmt.Errorf("--%s needs a value: %s --help says which", bare.GetFlag().Name, c.CommandPath())
	case !errors.As(err, &value):
		return err
	case !errors.Is(err, strconv.ErrSyntax):
		return fmt.Errorf("reading --%s: %w", value.GetFlag().Name, value.Unwrap())
	}
	want := "a number"
	if value.GetFlag().Value.Type() == "bool" {
		want = "true or false"
	}
	return fmt.Errorf("reading --%s: %q is not %s", value.GetFlag().Name, value.GetValue(), want)
}

// notNegative returns an error for a number below 0.
func notNegative(flag string, n int) error {
	if n < 0 {
		return fmt.Errorf("reading --%s: %d is negative: write 0 or more", flag, n)
	}
	return nil
}

// unknownFlag names the flag of a command that is most likely meant.
func unknownFlag(c *cobra.Command, name string) error {
	if len(name) == 1 {
		return fmt.Errorf("-%s is not a flag: %s --help lists them", name, c.CommandPath())
	}
	meant := otherWords[name]
	if c.Flags().Lookup(meant) == nil {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden {
				names = append(names, f.Name)
			}
		})
		meant = near.Word(name, names)
	}
	if meant == "" {
		return fmt.Errorf("--%s is not a flag: %s --help lists them", name, c.CommandPath())
	}
	return fmt.Errorf("--%s is not a flag: did you mean --%s?", name, meant)
}

// takes returns a check of how many arguments a command has.
func takes(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch usage := c.UseLine(); {
		case len(args) < least && least == 1:
			return fmt.Errorf("%s needs an argument: write %s", c.Name(), usage)
		case len(args) < least:
			return fmt.Errorf("%s needs %d arguments: write %s", c.Name(), least, usage)
		case len(args) > most:
			return fmt.Errorf("%s does not take %q: write %s", c.Name(), args[most], usage)
		}
		return nil
	}
}

// needExpression returns an error if query has no expression.
func needExpression(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("query needs an expression, such as is:failed; '' stands for all events")
	}
	return nil
}

// newHelp returns the command that prints the help of another one. Cobra's own prints the help of the program for a name that is not a
// command.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
			if of, rest, err := c.Root().Find(args); err == nil && len(rest) == 0 {
				for _, sub := range of.Commands() {
					if sub.IsAvailableCommand() && strings.HasPrefix(sub.Name(), typed) {
						names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			of, rest, err := c.Root().Find(args)
			switch {
			case err != nil:
				return err
			case len(rest) > 0:
				return unknownCommand(of, rest[0])
			}
			of.InitDefaultHelpFlag()
			of.InitDefaultVersionFlag()
			return of.Help()
		},
	}
}

// unknownCommand names the command of another one that is most likely meant.
func unknownCommand(of *cobra.Command, name string) error {
	var names []string
	for _, sub := range of.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	list, meant := of.CommandPath()+" --help lists them", near.Word(name, names)
	switch {
	case len(names) == 0:
		return fmt.Errorf("%s has no commands of its own, such as %s: %s --help is its help", of.Name(), name, of.CommandPath())
	case meant == "":
		return fmt.Errorf("%s is not a command: %s", name, list)
	}
	return fmt.Errorf("%s is not a command: did you mean %s %s?", name, of.CommandPath(), meant)
}
