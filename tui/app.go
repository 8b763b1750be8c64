// Package tui is the interface: a list of events with a detail, a filter and help. Its one door to data is [Log]; App is
// its only Bubble Tea model. It opens nothing, writes nothing but the terminal it is given, and every text from a log
// reaches that terminal through termsafe and paint.
package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Options says what the interface shows. Log is required; the zero value of the rest is the default.
type Options struct {
	Log        Log
	Preview    Log            // the end of the log, known before the rest; nil for none
	Query      string         // the filter to begin with; a wrong one is shown as such
	FailedOnly bool           // begin with failures only
	Follow     bool           // begin at the end and stay there
	Zone       *time.Location // of the times shown; nil is UTC
	ASCII      bool           // draw with ASCII alone
	Background Background
	Version    string           // of the program, for the help
	Now        func() time.Time // nil is time.Now
	Painted    func()           // called once, when the first frame with events was made; nil is fine
}

// frameInterval is the least time between two frames: keys that come faster share one.
const frameInterval = 16 * time.Millisecond

// App is the interface. It routes what happens to the panes and starts the work that is done outside of Update.
type App struct {
	jobs    jobs
	look    look
	keys    *keymap
	zones   [2]*time.Location // what the key for zones switches between
	layout  layout
	wish    wishes
	feed    feed
	list    list
	detail  detail
	bar     filterBar
	status  statusLine
	modals  []modal
	version string
	finds   int // failures to go on to when the one looked for is found, backwards if negative
	err     error
	painted func() // nil once it was called

	profile colorprofile.Profile
	dark    bool
	asks    bool // the terminal is asked for its background
	screen  screen
}

// screen is the last frame, and when the next may be built.
type screen struct {
	interval time.Duration
	frame    *paint.Frame
	view     tea.View
	stale    bool // the state is newer than the view
	ticking  bool // a frameDue is on its way
	built    time.Time
}

// New makes the interface. ctx ends all its work. The preview, if there is one, can be seen from the first frame on.
func New(ctx context.Context, o Options) *App {
	if o.Zone == nil || o.Zone.String() == "UTC" {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &App{
		jobs: jobs{ctx: ctx}, keys: newKeymap(), painted: o.Painted, version: o.Version, zones: [2]*time.Location{o.Zone, time.Local},
		look:    look{glyphs: &richGlyphs, zone: o.Zone, now: o.Now, widther: termsafe.Widther{ASCII: o.ASCII}},
		profile: colorprofile.TrueColor, dark: o.Background != LightBackground, asks: o.Background == AskBackground,
		wish:   wishes{focus: listPane},
		feed:   feed{log: o.Log, snap: o.Log.Snapshot(), pace: refreshInterval},
		screen: screen{interval: frameInterval, frame: paint.NewFrame(termsafe.Widther{}, 0, 0), stale: true},
	}
	if o.Zone != time.UTC {
		a.zones[1] = time.UTC
	}
	if o.ASCII {
		a.look.glyphs = &asciiGlyphs
	}
	a.list.look, a.bar.look, a.status = &a.look, &a.look, statusLine{look: &a.look, keys: a.keys}
	a.detail = detail{look: &a.look, folds: map[string]bool{}}
	if o.Follow {
		a.list.follow = following
	}
	a.restyle()
	a.begin(o)
	return a
}

// begin applies the first filter and shows the preview, if nothing needs the whole log from the start.
func (a *App) begin(o Options) {
	a.bar.editor.set(o.Query)
	if a.bar.err = a.feed.setQuery(o.Query, o.FailedOnly, a.env()); a.bar.err != nil {
		_ = a.feed.setQuery("", o.FailedOnly, a.env())
	}
	if o.Preview == nil || a.feed.filtered() || a.feed.settled() {
		return
	}
	sel, err := model.Select(a.jobs.ctx, o.Preview.Snapshot(), nil, nil)
	if err == nil && sel.Len() > 0 {
		a.feed.previewing = true
		a.list.selectRows(sel, true)
		a.look.year = a.needsYear(sel.Snapshot())
	}
}

// env is what the filter depends on besides the log.
func (a *App) env() query.Env { return query.Env{Now: a.look.now(), Zone: a.look.zone} }

// Err is why the program ended, nil if the user wanted it.
func (a *App) Err() error { return a.err }

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.feed.wait(&a.jobs), a.work()}
	if a.asks {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update implements tea.Model: it drops stale answers, routes the rest, and starts the work that is now missing. It does
// no I/O.
func (a *App) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			m, cmd = a, a.crash(newPanicError(r))
		}
	}()
	if a.err != nil {
		return a, tea.Quit
	}
	if answer, ok := msg.(answer); ok && !a.jobs.finish(answer) {
		return a, nil
	}
	a.screen.stale = true
	cmd = a.route(msg)
	return a, tea.Batch(cmd, a.work(), a.schedule())
}

// crash ends the program with an error.
func (a *App) crash(err *PanicError) tea.Cmd {
	if a.err == nil {
		a.err = err
	}
	return tea.Quit
}

func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return a.pressed(msg)
	case tea.PasteMsg:
		return a.pasted(msg.Content)
	case tea.MouseClickMsg:
		return a.clicked(msg.Mouse())
	case tea.MouseWheelMsg:
		return a.wheeled(msg.Mouse())
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
	case frameDue:
		a.screen.ticking = false
	case logGrew:
		return a.grew(msg)
	case selected:
		a.selected(msg)
	case rowsRead:
		a.list.facts.add(msg.facts)
	case documentRead:
		a.detail.show(msg.doc)
	case failureFound:
		return a.found(msg)
	case crashed:
		return a.crash(msg.err)
	case tea.BackgroundColorMsg:
		if a.asks {
			a.dark = msg.IsDark()
			a.restyle()
		}
	case tea.ColorProfileMsg:
		a.profile = msg.Profile
		a.restyle()
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore {
			a.look.widther.Clusters = !msg.Value.IsNotRecognized() && !msg.Value.IsPermanentlyReset()
			a.restyle()
		}
	}
	return nil
}

// restyle makes the theme anew; what was drawn with the old one is out of date.
func (a *App) restyle() {
	a.look.theme = newTheme(a.profile, a.dark)
	a.look.version++
}

// resize divides the screen anew.
func (a *App) resize(w, h int) {
	a.layout.width, a.layout.height = w, h
	a.arrange()
}

// arrange gives the panes their places for the present size and wishes.
func (a *App) arrange() {
	a.layout = arrange(a.layout.width, a.layout.height, a.wish)
	a.list.setSize(a.layout.list.w, a.layout.list.h)
	a.detail.setSize(a.layout.detail.w, a.layout.detail.h)
}

// scope tells which keys work.
func (a *App) scope() scope {
	switch {
	case len(a.modals) > 0:
		return inHelp
	case a.bar.typing:
		return inFilter
	case a.wish.focus == detailPane:
		return inDetail
	}
	return inList
}

// work starts the jobs that the panes need and nobody does yet.
func (a *App) work() tea.Cmd {
	var cmds []tea.Cmd
	if a.feed.behind(&a.jobs) {
		cmds = append(cmds, a.feed.selectRows(&a.jobs))
	}
	if a.list.sel != nil && !a.jobs.busy(rowsRoom) {
		if rows := a.list.missing(); len(rows) > 0 {
			cmds = append(cmds, readRows(&a.jobs, a.list.sel.Snapshot(), rows, a.look.widther.ASCII))
		}
	}
	if row, ok := a.list.row(); ok && a.wish.detail {
		cmds = append(cmds, a.openDetail(row))
	}
	return tea.Batch(cmds...)
}

// openDetail shows what the columns know of a row, and has the rest read.
func (a *App) openDetail(row model.Row) tea.Cmd {
	snap := a.list.sel.Snapshot()
	if a.detail.doc == nil || a.detail.doc.event.Row != row {
		a.detail.show(sketchDocument(snap, row))
	}
	if a.detail.shows(row) || a.jobs.busy(detailRoom) {
		return nil
	}
	return readDetail(&a.jobs, snap, row)
}

// schedule has a frameDue sent if the next frame must wait.
func (a *App) schedule() tea.Cmd {
	if !a.screen.stale || a.screen.ticking {
		return nil
	}
	wait := a.screen.interval - time.Since(a.screen.built)
	if wait <= 0 {
		return nil
	}
	a.screen.ticking = true
	return tea.Tick(wait, func(time.Time) tea.Msg { return frameDue{} })
}
