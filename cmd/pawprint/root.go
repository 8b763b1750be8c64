package main

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"pawprint/cmd/internal/config"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/query"
	"pawprint/model/redact"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

// settings holds the flags that every command has, and the state of the run that depends on them.
type settings struct {
	std      *streams
	end      *ending
	query    string
	view     string
	since    string
	until    string
	baseline string
	failed   bool
	follow   bool
	alerts   []string
	zone     string
	ascii    choice
	color    string
	theme    string
	wide     bool
	redact   bool
	noState  bool // nothing is kept between runs, nor read of what other runs have kept
	inputs   inputs
	noConfig bool

	config           config.Loaded                 // the user's configuration, or the default
	zoneByConfig     bool                          // the zone is that of the configuration
	columns          []string                      // of the configuration, for a terminal
	ci               *query.Automation             // what is:ci stands for, of the configuration; nil for the usual
	office           query.Office                  // likewise, for every output
	alertsByConfig   bool                          // the alerts are those of the configuration
	baselineByConfig bool                          // likewise
	laterWords       []string                      // those after the cursor of a line that a shell completes
	resume           bool                          // begin where the last session ended
	tour             bool                          // begin with the tour
	fresh            bool                          // do not offer that
	session          sessions                      // of this run
	unkept           error                         // why the session was not kept at the end
	own              ownViews                      // the views of the user
	kept             keptMarks                     // the marks of the user
	sets             sets                          // the values of the files that the query names
	logEnd           time.Time                     // of the last event, once the whole log was read; zero before
	showsFirsts      bool                          // a printed column says which events are the first of their kind
	commandQuery     string                        // the query argument of pawprint query
	past             past                          // the time before --since that the sources leave out
	questions        chan tui.Question             // questions for the user of the interface; nil without the interface
	interfaceGone    <-chan struct{}               // closed when the interface no longer answers questions
	canAsk           bool                          // the command may ask the user on the terminal
	unsearched       query.Unread                  // rows that the query of this run could not search
	asks             asks                          // the sources that the interface can ask again
	elsewhere        elsewhere                     // rows that were counted, but not loaded
	remotes          remotes                       // shared by the sources of one log that a URL names
	budget           atomic.Pointer[loader.Budget] // memory of the log that is being read
}

func newRoot(std *streams, end *ending) *cobra.Command {
	return newRootOf(&settings{std: std, end: end})
}

// newRootOf returns the command whose flags set s.
func newRootOf(s *settings) *cobra.Command {
	s.config = config.Loaded{Config: config.Default()}
	root := &cobra.Command{
		Use:     "pawprint [flags] [SOURCE …]",
		Version: builtFrom().String(),
		Short:   "Explore Panther audit logs in the terminal",
		Long: `Explore Panther audit logs in the terminal: browse, filter, follow, and find failed actions.

A SOURCE is a file, a folder (with all logs in it), a quoted glob such as 'logs/**/*.json.gz', s3://bucket/prefix, or - for standard
input, which is the default when it is a pipe. Several sources are merged into one log, ordered by the time of the events. Files may
be JSON lines, arrays, pages or tables, plain or compressed: pawprint looks at their bytes, not at their names.
Without a source the interface offers recent sources, the files here and a demo. Without a terminal to draw on, pawprint prints the
matching lines instead.`,
		Example: `pawprint audit.jsonl
pawprint -f live.jsonl
pawprint query is:failed audit.jsonl
pawprint stats --by actor,result audit.jsonl
pawprint check audit.jsonl`,
		Args:          cobra.ArbitraryArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if err := errors.Join(s.checkColor(), s.checkTheme(), s.readConfig(c)); err != nil {
				return err
			}
			return s.takeViewZone(c.Flags().Changed("tz"))
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := checkMistyped(c, args); err != nil {
				return err
			}
			return s.runInterface(c.Context(), args)
		},
	}
	s.addFlags(root.PersistentFlags())
	s.inputs.addFlags(root.PersistentFlags())
	s.addAlert(root.Flags())
	s.addSession(root.Flags())
	root.SetVersionTemplate("pawprint {{.Version}}")
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { s.showHelp(c) })
	root.SetHelpCommand(newHelp())
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newQuery(s), newStats(s), newCheck(s), newSeal(s), newVerify(s), newReport(s), newFieldsCommand(s), newViews(s), newDemo(s), newLicences(s), newConfig(s), newState(s))
	root.AddCommand(newMan(s), newAthena(s))
	s.addCompletion(root)
	return root
}

func (s *settings) addFlags(f *pflag.FlagSet) {
	f.StringVarP(&s.query, "query", "q", "", "show only events that match this query; @NAME is a view of pawprint views")
	f.StringVar(&s.view, "view", "", "show this view, a ready one or your own, with its columns, order and time zone unless flags say otherwise")
	f.BoolVar(&s.failed, "failed", false, "show only events that failed, wholly or in part")
	f.StringVar(&s.since, "since", "", "show only events from this time on: 24h, yesterday, 2026-11-02, '2026-11-02 10:00'")
	f.StringVar(&s.until, "until", "", "show only events up to and including this time")
	f.StringVar(&s.baseline, "baseline", "", "also read this much of s3:// before --since, so that is:first-seen can compare with it: 60d, 12w")
	f.BoolVarP(&s.follow, "follow", "f", false, "keep reading as the sources grow")
	f.StringVar(&s.zone, "tz", "utc", "time zone to show times in: utc, local, a name such as Europe/Zurich, or +05:30")
	f.Var(&s.ascii, "ascii", "draw with ASCII only (default: as the terminal and the locale need it)")
	f.Lookup("ascii").NoOptDefVal = "true"
	f.BoolVar(&s.redact, "redact", false, "mask what looks like a secret, on the screen and in output; best effort, so check what you hand over")
	f.BoolVar(&s.noConfig, "no-config", false, "do not read the configuration file; see pawprint config")
	f.StringVar(&s.theme, "theme", "", "colours of the interface: "+themeNames()+" (default: auto, or "+themeVariable+")")
	f.BoolVar(&s.noState, "no-state", false, "neither read nor write what is saved between runs: marks and notes, sessions, filters, recent sources")
	f.StringVar(&s.color, "color", "auto", "when to use colours: auto, always or never")
}

// location returns the zone of --tz.
func (s *settings) location() (*time.Location, error) { return parseZone(s.zone) }

// env returns what a query depends on. The end of the log is known to it after load.
func (s *settings) env() (query.Env, error) {
	zone, err := s.location()
	return query.Env{CI: s.ci, Office: s.office, Now: time.Now(), Zone: zone, End: s.logEnd, Sets: s.sets.get, Marks: s.searchMarks}, err
}

// expression joins the queries of the flags and a command's own query with and.
func (s *settings) expression(own string) (query.Expr, error) {
	texts, err := s.queryTexts()
	if err != nil {
		return nil, err
	}
	view, err := s.chosenText()
	if err != nil {
		return nil, err
	}
	if err := s.checkSpan(); err != nil {
		return nil, err
	}
	texts = append(texts, own, view)
	if s.failed {
		texts = append(texts, "is:failed")
	}
	if s.inputs.dedupe {
		texts = append(texts, "-is:duplicate")
	}
	return s.parseAll(texts)
}

// checkSpan returns an error if --until ends before --since begins.
func (s *settings) checkSpan() error {
	env, err := s.env()
	if err == nil && query.NothingBetween(s.since, s.until, env) {
		err = fmt.Errorf("reading --until: %q ends before --since %q begins, so nothing can match", s.until, s.since)
	}
	return err
}

// queryTexts returns the queries of -q, --since and --until.
func (s *settings) queryTexts() ([]string, error) {
	first, err := s.own.expand(s.query)
	if err != nil {
		return nil, err
	}
	texts := []string{first}
	for _, term := range [][2]string{{"since:", s.since}, {"until:", s.until}} {
		if term[1] != "" {
			texts = append(texts, term[0]+quoteTerm(term[1]))
		}
	}
	return texts, nil
}

// queryText returns the queries of -q, --since and --until as one text, in which own views keep their names. If there is only -q, it stays
// as the user wrote it.
func (s *settings) queryText() (string, error) {
	texts, err := s.queryTexts()
	if err != nil {
		return "", err
	}
	if s.inputs.dedupe {
		texts = append(texts, "-is:duplicate")
	}
	if _, err := s.parseAll(texts); err != nil || len(texts) == 1 {
		return texts[0], err
	}
	e := query.Everything()
	for _, text := range texts {
		term, _ := query.Parse(text) // parseAll did
		e = query.And(e, term)
	}
	return e.String(), nil
}

// parseAll parses queries and joins them with and. A syntax error is a *queryError.
func (s *settings) parseAll(texts []string) (query.Expr, error) {
	e := query.Everything()
	for _, text := range texts {
		parsed, err := s.parse(text)
		if err != nil {
			return nil, err
		}
		e = query.And(e, parsed)
	}
	return e, nil
}

// quoteTerm quotes a value for the query language.
func quoteTerm(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// matcher compiles the expression of the flags and a command's own query. What depends on the end of the log needs it compiled after load.
func (s *settings) matcher(own string) (model.Matcher, error) {
	e, err := s.expression(own)
	if err != nil {
		return nil, err
	}
	if err := s.readSets(e); err != nil {
		return nil, err
	}
	env, err := s.env()
	if err != nil {
		return nil, err
	}
	env.Unread = s.unsearched.Add
	return query.Compile(e, env), nil
}

// searchTrouble returns an error if the query could not search some rows because their bytes can no longer be read.
func (s *settings) searchTrouble() error {
	n, err := s.unsearched.Rows()
	if n == 0 {
		return nil
	}
	return fmt.Errorf("looking for text: %v could not be searched: %w", termsafe.Count(n, "row", "rows"), err)
}

// mask returns a new Masker with --redact, else nil.
func (s *settings) mask() *redact.Masker {
	if !s.redact {
		return nil
	}
	return new(redact.Masker)
}

func isTerminal(f interface{ Fd() uintptr }) bool { return term.IsTerminal(int(f.Fd())) }
