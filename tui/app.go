package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/model/query"
	"pawprint/tui/detail"
	"pawprint/tui/filter"
	"pawprint/tui/kit"
	"pawprint/tui/list"
	"pawprint/tui/modal"
	"pawprint/tui/termsafe"
)

// App is the interface. It routes messages to the panes and starts the jobs that run outside Update. Only the goroutine of
// Update may use it.
type App struct {
	ctx      context.Context    // ends all jobs
	abort    context.CancelFunc // ends the program at once
	options  Options
	display  kit.Display
	keys     *kit.Keymap
	commands commandTable
	feed     feed
	list     list.List
	detail   *detail.Detail
	bar      filter.Bar
	panes    panes
	status   statusLine
	modals   kit.Modals
	news     news
	alerts   alerts
	asks     asks
	views    history
	copier   modal.Copier
	exporter modal.Exporter
	saved    *modal.SavedViews
	problems *modal.ProblemView // kept while closed, so that it opens again as it was
	terminal terminal
	screen   screen

	key string // the last key that was pressed in the panes
	err error  // the error that ended the program
}

// New returns the interface. Cancelling ctx ends all its jobs. A preview is visible from the first frame on.
func New(ctx context.Context, o Options) *App {
	o.complete()
	ctx, abort := context.WithCancel(ctx)
	a := &App{ctx: ctx, abort: abort, options: o, display: newDisplay(&o), feed: newFeed(&o), screen: newScreen()}
	a.commands, a.keys = newCommands(o.Keys)
	a.display.Keys = a.keys
	disp := &a.display
	a.terminal, a.status = newTerminal(disp, &o), statusLine{display: disp, keys: a.keys, tour: tour{display: disp, open: o.Tour}}
	a.bar, a.news, a.alerts, a.asks = filter.NewBar(disp), news{display: disp}, newAlerts(disp, &o), newAsks(disp, o.Asker)
	a.list, a.detail = list.New(disp, a.env, a.emptyState), detail.New(disp)
	a.panes = newPanes(disp, &a.list, a.detail)
	a.problems, a.saved = modal.NewProblemView(disp), modal.NewSavedViews(disp, o.Views, o.Known)
	a.copier, a.exporter = modal.Copier{Display: disp, Clipboard: kit.Clipboard{Through: o.Through}, Program: o.Program, Stands: o.Stands}, modal.NewExporter(disp, o.Exports)
	a.exporter.Reports = o.Reports
	a.list.Marks.Keep(o.Marks)
	a.list.UseColumns(o.Columns)
	a.views.session = newKeeper(disp, &a.options, a.bar.Recall)
	if o.Follow {
		a.list.Follow = list.Following
	}
	a.begin()
	a.asks.first = a.feed.Expr
	a.status.toast = changedWords(disp)
	if o.View != nil {
		beginWith(a, *o.View)
	}
	if o.Start != nil {
		a.modals.Open(modal.NewStarter(ctx, disp, o.Start))
	}
	return a
}

// begin applies the first filter. It shows the preview unless the filter needs the whole log or the log is loaded already.
func (a *App) begin() {
	o := &a.options
	takeViews(a)
	a.bar.Show(o.Query)
	if a.bar.Err = a.feed.setFilter(kit.FilterText{Text: o.Query, FailedOnly: o.FailedOnly}, a.env()); a.bar.Err != nil {
		_ = a.feed.setFilter(kit.FilterText{FailedOnly: o.FailedOnly}, a.env())
	}
	a.bar.Applied(a.feed.Text, a.feed.env)
	a.list.ShowColumnsFor(a.feed.Shows)
	if o.Preview == nil || a.feed.filtered() || a.feed.settled() {
		return
	}
	sel, err := model.Select(a.ctx, o.Preview.Snapshot(), nil, nil)
	if err == nil && sel.Len() > 0 {
		a.feed.previewing = true
		a.list.ShowRows(sel, nil, kit.Sorting{}, true)
		a.display.Fit(sel.Snapshot())
	}
}

// beginWith shows a view at first. The other filters of the start are conditions beside its own.
func beginWith(a *App, v kit.SavedView) {
	f := v.Filter()
	if e, err := query.Parse(a.feed.Text); err == nil {
		f = f.With(e)
	}
	f.FailedOnly = f.FailedOnly || a.options.FailedOnly
	toast := applyFilter(a, v, f).Toast
	if changed := a.status.toast; !changed.Empty() {
		toast = termsafe.Concat(toast, termsafe.Const("; "), changed)
	}
	a.status.toast = toast
}

// changedWords says at the start that a configuration changes what is counted; empty if it does not.
func changedWords(disp *kit.Display) termsafe.Safe {
	words := disp.Changed.Words()
	switch {
	case len(words) == 0:
		return termsafe.Safe{}
	case len(words) == 1 && len(words[0]) <= shortChange:
		return disp.FromConfig(words[0])
	}
	return termsafe.Concat(disp.Quoted(disp.Changed.File), disp.Keyed(" changes what is counted: {} says how", kit.CmdSources))
}

// shortChange is the greatest length of a change that is quoted in full.
const shortChange = 40

// env returns what a query depends on besides the log. While a filter is typed, its day is that of the cursor from before: the rows, and
// the cursor with them, change with every letter.
func (a *App) env() query.Env {
	day := a.bar.Day
	if !a.bar.Typing {
		day = a.list.CursorTime()
	}
	return query.Env{CI: a.options.CI, Office: a.options.Office, End: a.feed.end(), Day: day, Now: a.display.Now(), Zone: a.display.Zone, Sets: a.feed.sets, Marks: a.list.Marks.Rows().Search}
}

// Err returns the error that ended the program, nil if the user quit.
func (a *App) Err() error { return a.err }

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.feed.wait(a.ctx, a), a.work(), a.saved.Look(a.ctx), modal.WaitForQuestion(a.ctx, a.options.Questions), a.terminal.ask())
}

// Update implements tea.Model: it drops stale answers, routes other messages and starts missing jobs. It does no I/O.
func (a *App) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer func() {
		if e := fault.Of(recover()); e != nil {
			m, cmd = a, a.crash(e)
		}
	}()
	if a.err != nil {
		return a, tea.Quit
	}
	switch msg := msg.(type) {
	case kit.Answer:
		wanted, ok := kit.Finished(msg)
		if !ok {
			return a, nil
		}
		cmd = a.obey(wanted)
	case kit.Owned:
		cmd = a.obey(msg.To().Take(msg))
	default:
		cmd = a.route(msg)
	}
	working := a.screen.interval > 0 && (a.list.Working() || !a.exporter.Words().Empty() || a.asks.busy())
	return a, tea.Batch(cmd, a.work(), a.screen.changed(), a.status.spin(working))
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
		return a.obey(a.clicked(msg.Mouse()))
	case tea.MouseMotionMsg:
		if msg.Button == tea.MouseLeft && len(a.modals) == 0 {
			return a.obey(a.panes.drag(msg.X, msg.Y))
		}
	case tea.MouseWheelMsg:
		return a.obey(a.wheeled(msg.Mouse()))
	case tea.WindowSizeMsg:
		a.panes.resize(msg.Width, msg.Height)
		a.exporter.Width = a.panes.layout.width
	case frameDue:
		a.screen.ticking = false
	case spinnerTurned:
		a.status.turned()
	case modal.QuestionArrived:
		return a.obey(kit.Wish{Modal: modal.NewConfirmation(&a.display, msg.Question), Cmd: modal.WaitForQuestion(a.ctx, a.options.Questions)})
	case kit.Crashed:
		return a.crash(msg.Fault)
	default:
		a.terminal.told(msg)
	}
	return nil
}

// scope returns the scope that decides what the keys mean now.
func (a *App) scope() kit.Scope {
	switch {
	case len(a.modals) > 0:
		return a.modals.Top().Scope()
	case a.bar.Typing:
		return kit.InFilter
	case a.panes.shown.focus == kit.DetailPane:
		return kit.InDetail
	case a.panes.shown.focus == kit.ListPane:
		return kit.InList
	}
	return kit.InSide
}
