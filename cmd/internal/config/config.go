// Package config reads the user's configuration: one TOML file, which the program never writes. Every mistake in it is an error with its
// place and a remedy, and all of them are found at once. The table of settings is the only list of what a file may hold: the defaults
// that are printed, the documentation and the checks are made from it.
package config

import "fmt"

// Config is what a user may set. Flags and the environment win over it.
type Config struct {
	Zone     string   // as --tz takes it
	Theme    string   // as --theme takes it; empty is auto
	Columns  []string // of lists on a terminal; empty for the usual ones
	Mouse    bool     // the interface takes the mouse
	Session  bool     // the interface keeps where the user was
	Baseline string   // as --baseline takes it; empty for none
	Alert    []string // queries, as --alert takes them

	OfficeHours string   // as 07:00-19:00
	Weekend     []string // the names of days without work
	CI          string   // the query of is:ci

	Keys map[string][]string // of the commands of the interface, by their names; nil for the usual ones
}

// Default returns the configuration of a user without a file.
func Default() Config {
	return Config{Zone: "utc", Theme: "auto", Mouse: true, Session: true, OfficeHours: "07:00-19:00", Weekend: []string{"saturday", "sunday"}, CI: "is:token"}
}

// Rules are the checks of values that the rest of the program makes. A nil one accepts everything.
// Their errors say what to write instead.
type Rules struct {
	Zone   func(text string) error // a zone
	Length func(text string) error // a length of time
	Query  func(text string) error // a query
	CI     func(text string) error // a query for what automation did
	Theme  func(text string) error // a theme
	Column func(text string) error // a column of the list
	Hours  func(text string) error // two times of the day
	Day    func(text string) error // a day of the week

	Commands []Command                                   // those whose keys can be chosen
	Keys     func(chosen map[string][]string) []KeyFault // the choices that cannot be obeyed
}

// Command is a command of the interface, with what it does and its usual keys.
type Command struct {
	Name, Does string
	Keys       []string
}

// KeyFault is a key that a command cannot have. The message says what to do.
type KeyFault struct{ Name, Key, Msg string }

// setting is a row of the table of settings.
type setting struct {
	name    string
	doc     string            // whole sentences; a line each
	example string            // a value as it stands in a file, for errors
	at      func(*Config) any // a pointer to the value: *string, *bool or *[]string
	check   func(text string) error
	empty   bool // an empty text is fine
}

// settings returns the table of settings, in the order in which they are printed.
func (r *Rules) settings() []setting {
	return []setting{
		{"zone", "The zone that times are shown in, and that days and hours are counted in: utc, local, a name such as Europe/Zurich,\n" +
			"or +05:30; like --tz. It applies on a terminal only: in a pipe, times are in UTC unless --tz is given.",
			`"Europe/Zurich"`, func(c *Config) any { return &c.Zone }, r.Zone, false},
		{"theme", "The colours: auto, or one of those that pawprint --help lists beside --theme. PAWPRINT_THEME and --theme override it.",
			`"auto"`, func(c *Config) any { return &c.Theme }, r.Theme, false},
		{"columns", "The columns of lists after the time and the result, in the interface and in the tables that pawprint query prints on a terminal;\n" +
			"[] for the usual ones. A view brings its own.",
			`["action", "actor", "ip"]`, func(c *Config) any { return &c.Columns }, r.Column, false},
		{"office_hours", "When people work, in the zone that times are shown in: is:offhours finds all other times. They may go past midnight.\n" +
			"If a result depends on this setting, standard error says so.",
			`"08:00-18:30"`, func(c *Config) any { return &c.OfficeHours }, r.Hours, false},
		{"weekend", "The days on which nobody works, for is:offhours; [] for none.",
			`["friday", "saturday"]`, func(c *Config) any { return &c.Weekend }, r.Day, false},
		{"ci", "The query for what CI and other automation did: is:ci finds those events, -is:ci all others. It may use only fields of the event\n" +
			"itself, such as actor, action or userAgent. If a result depends on this setting, standard error says so.",
			`"actor:ci-token,deploy-*"`, func(c *Config) any { return &c.CI }, r.CI, false},
		{"mouse", "Whether the interface uses the mouse. If not, the mouse selects text in the terminal; F2 switches between the two.",
			"false", func(c *Config) any { return &c.Mouse }, nil, false},
		{"session", "Whether the interface saves your place in a log, to offer it the next time, and your filters. It saves nothing else from a log.\n" +
			"With --no-state nothing at all is saved.",
			"false", func(c *Config) any { return &c.Session }, nil, false},
		{"baseline", "How much time before --since to read of s3:// sources, for is:first-seen, is:new-address and is:new-action: 60d, 12w.\n" +
			"Like --baseline. Standard error names what is read for it.",
			`"60d"`, func(c *Config) any { return &c.Baseline }, r.Length, true},
		{"alert", "Queries whose new events raise an alert while following, like --alert with every -f. A given --alert replaces all of them.",
			`["is:failed is:delete"]`, func(c *Config) any { return &c.Alert }, r.Query, false},
	}
}

// checked returns the error of a text as the value of a setting.
func (s *setting) checked(text string) error {
	switch {
	case text == "" && s.empty:
		return nil
	case text == "":
		return fmt.Errorf("a text is empty: write %s = %s", s.name, s.example)
	case s.check == nil:
		return nil
	}
	return s.check(text)
}
