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
	"pawprint/model/fault"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/snippet"
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
	Untitled   bool             // the terminal has no title that could be set
	Redact     bool             // begin with secrets masked
	Suspend    func()           // has the program stopped, without waiting for that; nil leaves it to Bubble Tea
	Stop       func()           // ends the loading of the sources, without waiting for that; nil if it cannot be ended
	Start      Starter          // chooses a source; nil if Log has some
	Views      Views            // what s and V save and list; nil keeps nothing
	Questions  <-chan Question  // of the sources; nil for none
	Exports    []ExportFormat   // how o writes rows into a file; none if it cannot
	Memory     Memory           // of the loaded log; nil if that is not known
	Program    snippet.Program  // how the commands that y copies call the program
	Stands     Stands           // looks whether rows can be read again; nil believes it
	Version    string           // of the program, for the help
	Now        func() time.Time // nil is time.Now
	Painted    func()           // called once, when the first frame with events was made; nil is fine
}

// frameInterval is the least time between two frames: keys that come faster share one.
const frameInterval = 16 * time.Millisecond

// App is the interface. It routes what happens to the panes and starts the work that is done outside of Update.
type App struct {
	jobs     jobs
	look     look
	keys     *keymap
	commands *commandTable
	zones    [2]*time.Location // what the key for zones switches between
	layout   layout
	wish     wishes
	feed     feed
	list     list
	detail   detail
	bar      filterBar
	panes    []namedPane // list and detail are the App's own
	chips    chipLine
	status   statusLine
	modals   []modal
	views    history
	finder   finder
	marks    marks
	unread   *query.Unread // of the present filter
	version  string
	program  snippet.Program // of Options
	stands   Stands          // of Options

	chipsBack int    // which chip is chosen, counted from the last one
	key       string // that was pressed last
	stop      func() // of Options
	stopped   bool   // it was called
	questions <-chan Question
	saver     saver
	exports   []ExportFormat
	exporting *export      // the file that is being written, nil for none
	problems  *problemView // as it was left
	memory    Memory       // of Options
	noMouse   bool         // the mouse is the terminal's
	finds     int          // rows to go on to when the one looked for is found, backwards if negative
	err       error
	abort     context.CancelFunc // ends the program at once
	painted   func()             // nil once it was called

	profile  colorprofile.Profile
	dark     bool
	asks     bool // the terminal is asked for its background
	untitled bool // of Options
	screen   screen
}

// screen is the last frame, and when the next may be built.
type screen struct {
	interval time.Duration
	frame    *paint.Frame
	view     tea.View
	stale    bool // the state is newer than the view
	ticking  bool // a frameDue is on its way
	built    time.Time
	asked    time.Time // since when a frame waits for what is being read for it
}

// New makes the interface. ctx ends all its work. The preview, if there is one, can be seen from the first frame on.
func New(ctx context.Context, o Options) *App {
	if o.Zone == nil || o.Zone.String() == "UTC" {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	ctx, abort := context.WithCancel(ctx)
	a := &App{
		jobs: jobs{ctx: ctx}, abort: abort, keys: newKeymap(), commands: newCommands(), painted: o.Painted, version: o.Version, program: o.Program, stands: o.Stands, zones: [2]*time.Location{o.Zone, time.Local},
		look:    look{glyphs: &richGlyphs, zone: o.Zone, now: o.Now, redact: masking(o.Redact), widther: termsafe.Widther{ASCII: o.ASCII}},
		profile: colorprofile.TrueColor, dark: o.Background != LightBackground, asks: o.Background == AskBackground, untitled: o.Untitled,
		wish:   wishes{focus: listPane, facets: true, timeline: true},
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
	a.list.columns = columns{all: defaultColumns(), at: firstFree}
	a.panes, a.chips, a.bar.offers = newPanes(&a.look), chipLine{look: &a.look}, newSuggest(&a.look)
	a.detail = detail{look: &a.look, folds: map[string]bool{}}
	if o.Follow {
		a.list.follow = following
	}
	a.stop, a.questions, a.saver.views = o.Stop, o.Questions, o.Views
	a.exports, a.memory = o.Exports, o.Memory
	a.restyle()
	a.begin(o)
	if o.Start != nil {
		a.modals = append(a.modals, newStarter(&a.look, &a.jobs, o.Start))
	}
	return a
}

// begin applies the first filter and shows the preview, if nothing needs the whole log from the start.
func (a *App) begin(o Options) {
	a.bar.editor.set(o.Query)
	if a.bar.err = a.feed.setFilter(filterText{text: o.Query, failedOnly: o.FailedOnly}, a.filterEnv()); a.bar.err != nil {
		_ = a.feed.setFilter(filterText{failedOnly: o.FailedOnly}, a.filterEnv())
	}
	if o.Preview == nil || a.feed.filtered() || a.feed.settled() {
		return
	}
	sel, err := model.Select(a.jobs.ctx, o.Preview.Snapshot(), nil, nil)
	if err == nil && sel.Len() > 0 {
		a.feed.previewing = true
		a.list.showRows(sel, nil, sorting{}, true)
		a.look.year = a.needsYear(sel.Snapshot())
	}
}

// env is what the meaning of a query depends on besides the log.
func (a *App) env() query.Env {
	return query.Env{Now: a.look.now(), Zone: a.look.zone, Marked: a.marks.marked()}
}

// filterEnv is env for a filter that is about to be compiled: it begins to count anew which rows could not be read.
func (a *App) filterEnv() query.Env {
	env := a.env()
	a.unread = new(query.Unread)
	env.Unread = a.unread.Add
	return env
}

// Err is why the program ended, nil if the user wanted it.
func (a *App) Err() error { return a.err }

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.feed.wait(&a.jobs), a.work(), waitForQuestion(a.jobs.ctx, a.questions)}
	if a.asks {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update implements tea.Model: it drops stale answers, routes the rest, and starts the work that is now missing. It does
// no I/O.
func (a *App) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer func() {
		if e := fault.Of(recover()); e != nil {
			m, cmd = a, a.crash(e)
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
func (a *App) crash(e *fault.Error) tea.Cmd {
	if a.err == nil {
		a.err = e
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
	case tea.MouseMotionMsg:
		return a.dragged(msg.Mouse())
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
		a.list.took(msg)
	case documentRead:
		a.detail.show(msg.doc)
	case rowFound:
		return a.found(msg)
	case hitsSelected:
		return a.hitsSelected(msg)
	case sorted:
		a.sorted(msg)
	case folderListed:
		a.listed(msg)
	case sourceOpened:
		a.opened(msg)
	case viewsLoaded:
		a.viewsToChoose(msg)
	case viewSaved:
		a.viewWasSaved(msg)
	case copied:
		return a.obey(msg.done(&a.look))
	case exported:
		return a.obey(a.exportEnded(msg))
	case exportTick:
		return a.exportGoesOn()
	case asked:
		return a.ask(msg.question)
	case crashed:
		return a.crash(msg.fault)
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
	case answer:
		a.take(msg)
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
	chips, _ := a.feed.filterText.chips()
	a.wish.chips = len(chips) > 0
	a.wish.needed = a.feed.off != "" || a.chipsBack > 0
	a.layout = arrange(a.layout.width, a.layout.height, a.wish)
	a.list.setSize(a.layout.list.w, a.layout.list.h)
	a.detail.setSize(a.layout.detail.w, a.layout.detail.h)
	for _, p := range a.panes {
		r := a.layout.of(p.id)
		p.setSize(r.w, r.h)
	}
}

// scope tells which keys work.
func (a *App) scope() scope {
	switch {
	case len(a.modals) > 0:
		return a.modals[len(a.modals)-1].scope()
	case a.bar.typing:
		return inFilter
	case a.wish.focus == detailPane:
		return inDetail
	case a.pane(a.wish.focus) != nil:
		return inSide
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
			a.hold()
			cmds = append(cmds, readRows(&a.jobs, a.list.sel.Snapshot(), rows, a.list.paths(), &a.look))
		}
	}
	if row, ok := a.list.row(); ok && a.wish.detail {
		cmds = append(cmds, a.openDetail(row))
		s := a.scene()
		cmds = append(cmds, a.detail.work(&a.jobs, &s))
	}
	return tea.Batch(append(cmds, a.sortWork(), a.findWork(), a.panesWork())...)
}

// openDetail shows what the columns know of a row, and has the rest read.
func (a *App) openDetail(row model.Row) tea.Cmd {
	snap := a.list.sel.Snapshot()
	if a.detail.doc == nil || a.detail.doc.event.Row != row {
		a.hold()
		a.detail.show(sketchDocument(snap, row))
	}
	if a.detail.shows(row) || a.jobs.busy(detailRoom) {
		return nil
	}
	return readDetail(&a.jobs, snap, row, a.look.redact)
}

// schedule has a frameDue sent if the next frame must wait.
func (a *App) schedule() tea.Cmd {
	if !a.screen.stale || a.screen.ticking {
		return nil
	}
	wait := a.frameWait()
	if wait <= 0 {
		return nil
	}
	a.screen.ticking = true
	return tea.Tick(wait, func(time.Time) tea.Msg { return frameDue{} })
}

// hold makes the next frame wait for what is about to be read for it, as long as frames wait for each other: that mostly comes
// at once, and the screen is not drawn twice for one key. A frame that waits already waits no longer.
func (a *App) hold() {
	if s := &a.screen; !s.asked.After(s.built) {
		s.asked = time.Now()
	}
}

// frameWait is how long the next frame must wait; it is due if that is not positive.
func (a *App) frameWait() time.Duration {
	wait := a.screen.interval - time.Since(a.screen.built)
	row, ok := a.list.row()
	if a.jobs.busy(rowsRoom) || ok && a.wish.detail && !a.detail.shows(row) {
		wait = max(wait, a.screen.interval-time.Since(a.screen.asked))
	}
	return wait
}
