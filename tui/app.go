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
	chips    filter.ChipLine
	status   statusLine
	modals   modal.Modals
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
	a.commands, a.keys = newCommands()
	disp := &a.display
	a.terminal, a.status = newTerminal(disp, &o), statusLine{display: disp, keys: a.keys}
	a.bar, a.chips = filter.NewBar(disp), filter.NewChipLine(disp)
	a.list, a.detail = list.New(disp, a.env, a.emptyState), detail.New(disp)
	a.panes = newPanes(disp, &a.list, a.detail)
	a.panes.chips = func() (some, needed bool) { return len(a.feed.Chips) > 0, a.feed.Off != "" || a.chips.FromEnd > 0 }
	a.problems, a.saved = modal.NewProblemView(disp), modal.NewSavedViews(disp, o.Views)
	a.copier, a.exporter = modal.Copier{Display: disp, Clipboard: kit.Clipboard{Through: o.Through}, Program: o.Program, Stands: o.Stands}, modal.NewExporter(disp, o.Exports)
	if o.Follow {
		a.list.Follow = list.Following
	}
	a.begin()
	if o.Start != nil {
		a.modals.Open(modal.NewStarter(ctx, disp, o.Start))
	}
	return a
}

// begin applies the first filter. It shows the preview unless the filter needs the whole log or the log is loaded already.
func (a *App) begin() {
	o := &a.options
	a.bar.Show(o.Query)
	if a.bar.Err = a.feed.setFilter(kit.FilterText{Text: o.Query, FailedOnly: o.FailedOnly}, a.env()); a.bar.Err != nil {
		_ = a.feed.setFilter(kit.FilterText{FailedOnly: o.FailedOnly}, a.env())
	}
	a.bar.Applied(a.feed.Text)
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

// env returns what a query depends on besides the log. While a filter is typed, its day is that of the cursor from before: the rows, and
// the cursor with them, change with every letter.
func (a *App) env() query.Env {
	day := a.bar.Day
	if !a.bar.Typing {
		day = a.list.CursorTime()
	}
	return query.Env{End: a.feed.end(), Day: day, Now: a.display.Now(), Zone: a.display.Zone, Sets: a.feed.sets, Marked: a.list.Marks.Marked()}
}

// Err returns the error that ended the program, nil if the user quit.
func (a *App) Err() error { return a.err }

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.feed.wait(a.ctx, a), a.work(), modal.WaitForQuestion(a.ctx, a.options.Questions), a.terminal.ask())
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
	return a, tea.Batch(cmd, a.work(), a.screen.changed())
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
