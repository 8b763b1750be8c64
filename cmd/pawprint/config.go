package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pawprint/cmd/internal/config"
	"pawprint/model/clock"
	"pawprint/model/field"
	"pawprint/model/near"
	"pawprint/model/query"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

func newConfig(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Print the settings that a configuration file may hold, with their defaults",
		Long: `Print the settings that a configuration file may hold, each with what it does, its type and its default. The output is
a valid configuration that changes nothing: keep only the lines that you change.

The file is pawprint/config.toml in $XDG_CONFIG_HOME (else ~/.config), or the one that PAWPRINT_CONFIG names. With an empty PAWPRINT_CONFIG,
or --no-config, none is read. Flags and the environment override it. A mistake in it is an error with its line and a remedy, and stops every
command that reads it.`,
		Example: `pawprint config
pawprint config check
pawprint config path`,
		Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(s.std.out, printConfig(config.Default()))
			return err
		},
	}
	c.AddCommand(&cobra.Command{
		Use:   "check [FILE]",
		Short: "Check a configuration file, by default your own",
		Long: `Check a configuration file, by default your own. Each mistake is a line with the file, the line, the column and a remedy.

The exit code is 0, or 2 if there is a mistake or the file cannot be read.`,
		Example: `pawprint config check
pawprint config check new.toml`,
		Args: takes(0, 1),
		RunE: func(_ *cobra.Command, args []string) error { return s.checkConfig(args) },
	}, &cobra.Command{
		Use:     "path",
		Short:   "Print the path of your configuration file, whether it exists or not",
		Example: `pawprint config > "$(pawprint config path)"`,
		Args:    takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			path, err := configPath()
			if err == nil {
				_, err = fmt.Fprintln(s.std.out, termsafe.Clean(path, termsafe.Options{}))
			}
			return err
		},
	})
	return c
}

// configPath returns the path of the user's configuration file, whether it exists or not.
func configPath() (string, error) {
	path, named, err := config.Path()
	switch {
	case err != nil:
		return "", err
	case path == "" && named:
		return "", fmt.Errorf("%s is empty: no configuration file is read", config.Variable)
	case path == "":
		return "", errors.New("no home folder, so no configuration file is read: name the file in " + config.Variable)
	}
	return path, nil
}

// checkConfig checks the file that the arguments name, else the user's own.
func (s *settings) checkConfig(args []string) error {
	if len(args) == 1 {
		if _, err := config.LoadFile(args[0], configRules()); err != nil {
			return err
		}
		fmt.Fprintf(s.std.out, "%s has no mistakes\n", termsafe.Clean(args[0], termsafe.Options{}))
		return nil
	}
	path, err := configPath()
	if err != nil {
		return err
	}
	loaded, err := config.Load(configRules())
	switch {
	case err != nil:
		return err
	case loaded.Note != "":
		return errors.New(loaded.Note)
	case loaded.File == "":
		fmt.Fprintf(s.std.out, "there is no %s, so every setting has its default\n", termsafe.Clean(path, termsafe.Options{}))
		return nil
	}
	fmt.Fprintf(s.std.out, "%s has no mistakes\n", termsafe.Clean(loaded.File, termsafe.Options{}))
	return nil
}

// printConfig returns a configuration as a file.
func printConfig(c config.Config) string {
	rules := configRules()
	return rules.Print(c)
}

// configRules returns the checks of values in a configuration: those of the flags.
func configRules() config.Rules {
	rules := valueRules()
	rules.CI = func(text string) error {
		if err := rules.Query(text); err != nil {
			return err
		}
		e, err, unread := new(ownViews).parse(text)
		if err == nil {
			_, err = query.NewAutomation(e)
		}
		return errors.Join(err, unread)
	}
	return rules
}

// valueRules returns the checks that need no other.
func valueRules() config.Rules {
	own := new(ownViews)
	var commands []config.Command
	for _, named := range tui.KeyNames() {
		commands = append(commands, config.Command(named))
	}
	return config.Rules{
		Zone: func(text string) error {
			if _, ok := findZone(text); !ok {
				return fmt.Errorf("%q is not a zone: write utc, local, a name such as Europe/Zurich, or +05:30", text)
			}
			return nil
		},
		Length: func(text string) error {
			if _, ok := clock.ParseLength(text); !ok {
				return fmt.Errorf("%q is not a length of time: write 60d, 12w or 36h", text)
			}
			return nil
		},
		Query: func(text string) error {
			expanded, err := own.expand(text)
			var unread error
			if err == nil {
				_, err, unread = own.parse(expanded)
			}
			var wrong *query.SyntaxError
			if errors.As(err, &wrong) {
				return errors.Join(fmt.Errorf("correct the query %q at byte %d: %s", expanded, wrong.Offset+1, wrong.Msg), unread)
			}
			return err
		},
		Theme: func(text string) error {
			_, err := tui.FindTheme(text)
			return err
		},
		Column: func(text string) error {
			if field.Same(text, "time") || field.Same(text, "result") {
				return fmt.Errorf("%s comes first in any case: remove it", text)
			}
			_, err := field.Resolve(text)
			return err
		},
		Hours: func(text string) error {
			_, _, err := officeHours(text)
			return err
		},
		Day: func(text string) error {
			_, err := weekday(text)
			return err
		},
		Commands: commands,
		Keys: func(chosen map[string][]string) (out []config.KeyFault) {
			for _, f := range tui.CheckKeys(chosen) {
				out = append(out, config.KeyFault(f))
			}
			return out
		},
	}
}

// readsConfig reports whether a command reads the configuration. Those that explain the program, or the configuration, do not.
func readsConfig(c *cobra.Command) bool {
	for ; c.HasParent(); c = c.Parent() {
		switch c.Name() {
		case "config", "licences", "help", "completion", "man", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
			return false
		}
	}
	return true
}

// readConfig reads the configuration for a command. What it sets is the default of flags that are not given.
func (s *settings) readConfig(c *cobra.Command) error {
	if s.noConfig || !readsConfig(c) {
		return nil
	}
	loaded, err := config.Load(configRules())
	if err != nil {
		return errors.Join(err, errors.New("correct the configuration, or go on without it: --no-config"))
	}
	if loaded.Note != "" {
		s.showAll([]string{loaded.Note})
	}
	s.config = loaded
	s.configure(c.Flags())
	return nil
}

// configure gives the flags that are not given the values of the configuration. Output to a pipe does not depend on the configuration,
// except for settings that change what is counted; standard error names those where they are used.
func (s *settings) configure(f *pflag.FlagSet) {
	open := func(name string) bool {
		flag := f.Lookup(name)
		return flag != nil && !flag.Changed
	}
	if open("tz") && isTerminal(s.std.out) {
		s.zone, s.zoneByConfig = s.config.Zone, s.config.Zone != config.Default().Zone
	}
	if isTerminal(s.std.out) {
		s.columns = s.config.Columns
	}
	s.office = officeOf(&s.config.Config)
	if s.config.CI != config.Default().CI {
		if e, err := s.parse(s.config.CI); err == nil { // it was checked
			s.ci, _ = query.NewAutomation(e)
		}
	}
	if open("alert") && s.follow {
		s.alerts, s.alertsByConfig = s.config.Alert, len(s.config.Alert) > 0
	}
	if open("baseline") && s.since != "" && s.config.Baseline != "" {
		s.baseline, s.baselineByConfig = s.config.Baseline, true
	}
}

// officeHours reads the times from and to which people work, in minutes of the day.
func officeHours(text string) (opens, closes int, err error) {
	from, to, ok := strings.Cut(text, "-")
	var ends [2]int
	for i, part := range []string{from, to} {
		at, err := time.Parse("15:04", strings.TrimSpace(part))
		ok = ok && err == nil
		ends[i] = at.Hour()*60 + at.Minute()
	}
	switch {
	case !ok:
		return 0, 0, fmt.Errorf("%q is not two times of the day: write 08:00-18:00", text)
	case ends[0] == ends[1]:
		return 0, 0, fmt.Errorf("%q begins when it ends: write 08:00-18:00", text)
	}
	return ends[0], ends[1], nil
}

// weekday reads the name of a day.
func weekday(text string) (time.Weekday, error) {
	var names []string
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := day.String(); field.Same(name, text) {
			return day, nil
		}
		names = append(names, strings.ToLower(day.String()))
	}
	if like := near.Word(text, names); like != "" {
		return 0, fmt.Errorf("%q is not a day; did you mean %s?", text, like)
	}
	return 0, fmt.Errorf("%q is not a day: write %s", text, strings.Join(names, ", "))
}

// officeOf returns the office hours of a configuration, which was checked.
func officeOf(c *config.Config) query.Office {
	var out query.Office
	out.Opens, out.Closes, _ = officeHours(c.OfficeHours)
	out.Weekend = []time.Weekday{}
	for _, name := range c.Weekend {
		if day, err := weekday(name); err == nil {
			out.Weekend = append(out.Weekend, day)
		}
	}
	return out
}

// nameOffice says on which office hours answers depend, if they are those of the configuration.
func (s *settings) nameOffice() {
	if words := s.officeWords(); words != "" {
		s.nameConfig(words)
	}
}

// officeWords says which office hours the configuration has, empty for the usual ones.
func (s *settings) officeWords() string {
	usual := config.Default()
	if s.config.File == "" || s.config.OfficeHours == usual.OfficeHours && slices.Equal(s.config.Weekend, usual.Weekend) {
		return ""
	}
	weekend := strings.Join(s.config.Weekend, ", ")
	if weekend == "" {
		weekend = "none"
	}
	return "office hours " + s.config.OfficeHours + " (weekend: " + weekend + ")"
}

// changed says what the configuration changes in what the interface counts.
func (s *settings) changed() tui.Changed {
	var out tui.Changed
	if s.officeWords() != "" {
		out.Office = "office hours " + s.config.OfficeHours
		if days := s.config.Weekend; !slices.Equal(days, config.Default().Weekend) {
			out.Office += ", weekend " + cmp.Or(strings.Join(days, ", "), "none")
		}
	}
	if s.ci != nil {
		out.CI = s.config.CI
	}
	if s.baselineByConfig && s.past.sources != nil { // files are read whole in any case
		out.Baseline = s.baseline
	}
	if len(out.Words()) > 0 {
		out.File = filepath.Base(s.config.File)
	}
	return out
}

// nameSettings says what the configuration changes for a command that prints.
func (s *settings) nameSettings() {
	if s.zoneByConfig {
		s.nameConfig("zone " + s.zone)
	}
	if e, err := s.expression(s.commandQuery); err == nil && query.AsksForOffice(e) {
		s.nameOffice()
	}
	if e, err := s.expression(s.commandQuery); err == nil && s.ci != nil && query.AsksForCI(e) {
		s.nameConfig("is:ci is " + s.config.CI)
	}
}

// nameConfig says on standard error what was set by the configuration and changes what is counted.
func (s *settings) nameConfig(what string) {
	s.showAll([]string{what + " from " + s.config.File})
}
