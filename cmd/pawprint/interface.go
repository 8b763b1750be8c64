package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"pawprint/cmd/internal/export"
	"pawprint/cmd/internal/state"
	"pawprint/cmd/internal/tty"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/tui"
)

// runInterface opens the interface on sources. Without a terminal to draw on, it prints the matching rows instead.
func (s *settings) runInterface(ctx context.Context, args []string) error {
	if !s.drawable() {
		s.explainPrinting()
		return (&queryCommand{settings: s, output: s.plainOutput()}).run(ctx, "", args)
	}
	s.questions = make(chan tui.Question)
	s.nameOffice()
	if len(args) == 0 && isTerminal(s.std.in) {
		return s.show(ctx, nil)
	}
	sources, err := s.sources(args)
	if err != nil {
		return err
	}
	return s.show(ctx, args, sources...)
}

// plainOutput returns the format in which query prints by default: for people on a terminal, for programs in a pipe.
func (s *settings) plainOutput() string {
	if isTerminal(s.std.out) {
		return "table"
	}
	return "jsonl"
}

// show runs the interface while the sources load, and stops the load when the interface ends. Without sources, the user chooses one in
// the interface.
func (s *settings) show(ctx context.Context, args []string, sources ...loader.Source) error {
	if !s.drawable() {
		return errors.New("opening the interface: standard output is not a terminal that can draw: pawprint query prints events, pawprint demo --write - the invented log")
	}
	options, err := s.interfaceOptions()
	if err != nil {
		return err
	}
	options.Program.Sources = args
	s.session.open(args)
	options.Sessions, options.Resume, options.Fresh, options.Tour = s.keptSessions(), s.resume, s.fresh, s.tour
	colors, err := s.colors()
	if err != nil {
		return err
	}
	keys, closeKeys, err := s.keyboard()
	if err != nil {
		return err
	}
	defer closeKeys()
	if len(args) == 1 && !s.follow {
		if preview, _ := loader.Preview(args[0]); preview != nil { // the load will report the same error
			options.Preview = preview
		}
	}
	loading, cancel := context.WithCancel(ctx)
	options.Stop, s.interfaceGone = cancel, loading.Done()
	asker, endAsking := s.asker()
	options.Asker = asker
	exports := &export.Exporter{ASCII: s.drawsASCII(), Version: version()}
	options.Exports, options.Reports = exports.Formats(), s.reports(exports)
	l := &interfaceLoad{settings: s, ctx: loading, painted: make(chan struct{}), loaded: make(chan struct{}), waitsForFrame: options.Preview != nil}
	options.Painted = sync.OnceFunc(func() { close(l.painted) })
	log := model.NewLog()
	options.Log, l.log = log, log
	end := l.begin(&options, args, sources)
	if change := s.std.hooks.options; change != nil {
		change(&options)
	}
	err = s.draw(ctx, options, keys, colors)
	cancel()
	exports.End(graceTime / 2)
	endAsking()
	end()
	if s.unkept != nil {
		s.showAll([]string{s.unkept.Error()})
	}
	return err
}

// interfaceOptions returns the options that the flags and the environment decide.
func (s *settings) interfaceOptions() (tui.Options, error) {
	text, err := s.queryText()
	if err != nil {
		return tui.Options{}, err
	}
	zone, err := s.location()
	if err != nil {
		return tui.Options{}, err
	}
	if e, err := s.expression(""); err != nil {
		return tui.Options{}, err
	} else if err := s.readSets(e); err != nil {
		return tui.Options{}, err
	}
	alert, err := s.alertExpression()
	if err != nil {
		return tui.Options{}, err
	}
	view, err := s.chosenView()
	if err != nil {
		return tui.Options{}, err
	}
	alarm := s.alarm(os.Getenv)
	options := tui.Options{Alert: alert, Call: alarm.Way, Query: text, FailedOnly: s.failed, Follow: s.follow, Zone: zone, ASCII: s.drawsASCII(), Through: multiplexerOf(os.Getenv), Redact: s.redact, NoMouse: !s.config.Mouse, Keys: s.config.Keys, Columns: s.columns, Office: s.office, CI: s.ci, Changed: s.changed(),
		Version: version(), Now: time.Now, Program: s.program(), Stands: loader.CheckPlace,
		Questions: s.questions, Sets: s.sets.get, Views: state.UserViews(), Known: s.own.views, View: view, Memory: s.memory}
	if options.Theme, err = s.themeID(os.Getenv); err != nil {
		return tui.Options{}, err
	}
	options.Marks = s.marks()
	options.Background = backgroundOf(os.Getenv)
	if s.screen().console {
		options.Background, options.Untitled = tui.DarkBackground, true
	}
	return options, nil
}

// interfaceLoad loads the sources while the interface runs.
type interfaceLoad struct {
	*settings
	ctx           context.Context
	log           *model.Log
	painted       chan struct{} // closed after the first frame was drawn
	loaded        chan struct{} // closed when load has ended
	waitsForFrame bool          // the load waits for the first frame, which shows a preview
}

// begin starts to load the sources, or lets the user choose one. The returned function waits a moment for the goroutines to end.
func (l *interfaceLoad) begin(options *tui.Options, args []string, sources []loader.Source) (end func()) {
	if len(sources) == 0 {
		start := &starter{settings: l.settings, load: l.load, loaded: l.loaded}
		options.Start = start
		return start.end
	}
	remembered := make(chan struct{})
	fault.Go(func() { l.load(sources) }, l.end.faulted)
	fault.Go(func() {
		defer close(remembered)
		l.waitForPaint()
		l.remember(args)
	}, l.end.faulted)
	return func() {
		l.waitForLoad(l.loaded)
		l.waitForLoad(remembered)
	}
}

// load loads the sources to their end, and then closes l.loaded.
func (l *interfaceLoad) load(sources []loader.Source) {
	defer close(l.loaded)
	if l.waitsForFrame {
		l.waitForPaint()
	}
	_ = l.readAll(l.ctx, l.log, sources) // shown as the state of the source; a fault ends the interface
}

// waitForPaint waits for the first frame, so that loading does not delay it.
func (l *interfaceLoad) waitForPaint() {
	const longest = 100 * time.Millisecond // load anyway if no frame comes, as on a terminal that does not report its size
	select {
	case <-l.painted:
	case <-l.ctx.Done():
	case <-time.After(longest):
	}
}

// draw runs the interface on the terminal until it ends.
func (s *settings) draw(ctx context.Context, options tui.Options, keys *os.File, colors []tea.ProgramOption) error {
	screen, err := tty.Take(keys, s.std.out.device())
	if err != nil {
		return fmt.Errorf("opening the interface: %w", err)
	}
	defer screen.Close()
	defer s.end.hold(screen)()
	options.Suspend = screen.Stop
	options.Pipe = s.pipe(screen)
	var frames io.Writer = screen
	if change := s.std.hooks.screen; change != nil {
		frames = change(frames)
	}
	width, height := tui.ClampSize(screen.Size())
	p, err := tui.NewProgram(ctx, options, keys, frames, append(colors, tea.WithWindowSize(width, height))...)
	if err != nil {
		return err
	}
	failed := func(err error) {
		if screen.Gone() { // when a terminal closes, the system also sends SIGCONT
			err = stopped{syscall.SIGHUP}
		}
		s.end.cancel(fmt.Errorf("resuming after a stop: %w", err))
	}
	defer screen.Attend(ctx, p, failed)()
	err = p.Run()
	s.end.endSoon()
	s.unkept = p.Unkept()
	if err != nil && screen.Gone() {
		s.end.cancel(stopped{syscall.SIGHUP}) // the signal may not have arrived yet
	}
	return err
}

// memory returns how much memory the log takes and how much it may take, in bytes.
func (s *settings) memory() (used, limit int64) {
	budget := s.budget.Load()
	return budget.Used(), budget.Limit()
}

// waitForLoad waits a moment for the load to end. A load that is blocked reading a pipe never ends, and does no harm.
func (s *settings) waitForLoad(loaded <-chan struct{}) {
	select {
	case <-loaded:
	case <-time.After(graceTime / 4):
	}
}

// colors returns the colour profile that --color asks for. The default follows the terminal and NO_COLOR.
func (s *settings) colors() ([]tea.ProgramOption, error) {
	switch s.color {
	case "auto":
		return s.autoColors(), nil
	case "always":
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.TrueColor)}, nil
	case "never":
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}, nil
	}
	return nil, fmt.Errorf("reading --color: %q is unknown: write auto, always or never", s.color)
}

// keyboard returns the file that keys are read from: standard input, or the terminal itself if standard input is not a terminal. Call
// done in the end.
func (s *settings) keyboard() (keys *os.File, done func(), err error) {
	if isTerminal(s.std.in) {
		return s.std.in, func() {}, nil
	}
	keys, err = tty.OpenKeyboard()
	if err != nil {
		return nil, nil, fmt.Errorf("opening the keyboard: %w", err)
	}
	return keys, func() { keys.Close() }, nil
}
