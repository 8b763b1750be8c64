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

// runInterface opens the interface on sources, or prints the matching rows where there is no terminal to draw on.
func (s *settings) runInterface(ctx context.Context, args []string) error {
	if !s.drawable() {
		s.explainPrinting()
		return (&queryCommand{settings: s, output: s.plainOutput()}).run(ctx, "", args)
	}
	s.questions = make(chan tui.Question)
	if len(args) == 0 && isTerminal(s.std.in) {
		return s.show(ctx, nil)
	}
	sources, err := s.sources(args)
	if err != nil {
		return err
	}
	return s.show(ctx, args, sources...)
}

// plainOutput is how to print instead of drawing: for people on a terminal, for programs in a pipe.
func (s *settings) plainOutput() string {
	if isTerminal(s.std.out) {
		return "table"
	}
	return "jsonl"
}

// show runs the interface while the sources load, and ends both together. Without a source the user chooses one in it.
func (s *settings) show(ctx context.Context, args []string, sources ...loader.Source) error {
	if !s.drawable() {
		return errors.New("opening the interface: standard output is no terminal that can draw")
	}
	options, err := s.interfaceOptions()
	if err != nil {
		return err
	}
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
		if preview, _ := loader.Preview(args[0]); preview != nil { // an error will be that of the load, too
			options.Preview = preview
		}
	}
	loading, cancel := context.WithCancel(ctx)
	options.Stop, s.gone = cancel, loading.Done()
	exports := &export.Exporter{ASCII: s.drawsASCII()}
	options.Exports = exports.Formats()
	l := &interfaceLoad{settings: s, ctx: loading, painted: make(chan struct{}), loaded: make(chan struct{}), patient: options.Preview != nil}
	options.Painted = sync.OnceFunc(func() { close(l.painted) })
	log := model.NewLog()
	options.Log, l.log = log, log
	end := l.begin(&options, args, sources)
	if change := s.std.parts.options; change != nil {
		change(&options)
	}
	err = s.draw(ctx, options, keys, colors)
	cancel()
	exports.End(graceTime / 2)
	end()
	return err
}

// interfaceOptions are the options that follow from the flags and the environment.
func (s *settings) interfaceOptions() (tui.Options, error) {
	text, err := s.queryText()
	if err != nil {
		return tui.Options{}, err
	}
	zone, err := s.location()
	if err != nil {
		return tui.Options{}, err
	}
	options := tui.Options{Query: text, FailedOnly: s.failed, Follow: s.follow, Zone: zone, ASCII: s.drawsASCII(), Redact: s.redact,
		Version: version(), Now: time.Now, Program: s.program(), Stands: loader.CheckPlace,
		Questions: s.questions, Views: state.UserViews(), Memory: s.memory}
	if s.screen().console {
		options.Background, options.Untitled = tui.DarkBackground, true
	}
	return options, nil
}

// interfaceLoad is the load beside the interface.
type interfaceLoad struct {
	*settings
	ctx     context.Context
	log     *model.Log
	painted chan struct{} // closed when the first frame was made
	loaded  chan struct{} // closed when load has ended
	patient bool          // the load waits for the first frame, as there is something to see on it
}

// begin loads the sources, or has the user choose one. The returned function waits for what was begun, a moment.
func (l *interfaceLoad) begin(options *tui.Options, args []string, sources []loader.Source) (end func()) {
	if len(sources) == 0 {
		start := &starter{settings: l.settings, load: l.load, loaded: l.loaded}
		options.Start = start
		return start.end
	}
	kept := make(chan struct{})
	fault.Go(func() { l.load(sources) }, l.end.faulted)
	fault.Go(func() {
		defer close(kept)
		l.waitForPaint()
		remember(args)
	}, l.end.faulted)
	return func() {
		l.waitForLoad(l.loaded)
		l.waitForLoad(kept)
	}
}

// load loads the sources to the end.
func (l *interfaceLoad) load(sources []loader.Source) {
	defer close(l.loaded)
	if l.patient {
		l.waitForPaint()
	}
	_ = loader.Load(l.ctx, l.log, sources...) // shown as the state of the source; a fault ends the interface
}

// waitForPaint leaves the machine to the first frame.
func (l *interfaceLoad) waitForPaint() {
	const longest = 100 * time.Millisecond // a terminal that does not tell its size must not stop the load
	select {
	case <-l.painted:
	case <-l.ctx.Done():
	case <-time.After(longest):
	}
}

// draw runs the interface on the terminal.
func (s *settings) draw(ctx context.Context, options tui.Options, keys *os.File, colors []tea.ProgramOption) error {
	screen, err := tty.Take(keys, s.std.out.device())
	if err != nil {
		return fmt.Errorf("opening the interface: %w", err)
	}
	defer screen.Close()
	defer s.end.hold(screen)()
	options.Suspend = screen.Stop
	var frames io.Writer = screen
	if change := s.std.parts.screen; change != nil {
		frames = change(frames)
	}
	width, height := tui.ClampSize(screen.Size())
	p, err := tui.NewProgram(ctx, options, keys, frames, append(colors, tea.WithWindowSize(width, height))...)
	if err != nil {
		return err
	}
	failed := func(err error) {
		if screen.Gone() { // the system continues a program, too, when it tells that the terminal is gone
			err = stopped{syscall.SIGHUP}
		}
		s.end.cancel(fmt.Errorf("stopping and continuing: %w", err))
	}
	defer screen.Attend(ctx, p, failed)()
	err = p.Run()
	if err != nil && screen.Gone() {
		s.end.cancel(stopped{syscall.SIGHUP}) // which may still be on its way
	}
	return err
}

// memory tells how much of its memory the log takes.
func (s *settings) memory() (used, limit int64) {
	budget := s.budget.Load()
	return budget.Used(), budget.Limit()
}

// waitForLoad gives the load a moment to end. One that waits for bytes of a pipe never will, and does no harm.
func (s *settings) waitForLoad(loaded <-chan struct{}) {
	select {
	case <-loaded:
	case <-time.After(graceTime / 4):
	}
}

// colors is how the interface is to treat colours: as the terminal and NO_COLOR say, or as --color does.
func (s *settings) colors() ([]tea.ProgramOption, error) {
	switch s.color {
	case "auto":
		return s.autoColors(), nil
	case "always":
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.TrueColor)}, nil
	case "never":
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}, nil
	}
	return nil, fmt.Errorf("reading --color: %q is neither auto, always nor never", s.color)
}

// keyboard is where keys come from: standard input, or the terminal itself if a log comes from there.
func (s *settings) keyboard() (keys *os.File, done func(), err error) {
	if isTerminal(s.std.in) {
		return s.std.in, func() {}, nil
	}
	tty, err := os.Open("/dev/tty")
	if err != nil {
		return nil, nil, fmt.Errorf("opening the keyboard: %w", err)
	}
	return tty, func() { tty.Close() }, nil
}
