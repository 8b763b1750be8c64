// Package tui is the interface: a list of events with a detail, a filter and help. Its one door to data is [Log]; App is
// its only Bubble Tea model. It opens nothing, writes nothing but the terminal it is given, and every text from a log
// reaches that terminal through termsafe and paint.
package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/model/query"
)

// App is the interface. It routes messages to the panes and starts the jobs that run outside Update. Only the goroutine of
// Update may use it.
type App struct {
	ctx      context.Context    // ends all jobs
	abort    context.CancelFunc // ends the program at once
	options  Options
	display  display
	keys     *keymap
	commands *commandTable
	feed     feed
	list     list
	detail   *detail
	bar      filterBar
	panes    panes
	chips    chipLine
	status   statusLine
	modals   modals
	views    history
	copier   copier
	exporter exporter
	saved    *savedViews
	problems *problemView // kept while closed, so that it opens again as it was
	terminal terminal
	screen   screen

	key string // the last key that was pressed in the panes
	err error  // the error that ended the program
}

// New returns the interface. Cancelling ctx ends all its jobs. A preview is visible from the first frame on.
func New(ctx context.Context, o Options) *App {
	o.complete()
	ctx, abort := context.WithCancel(ctx)
	a := &App{ctx: ctx, abort: abort, options: o, keys: newKeymap(), commands: newCommands(), display: newDisplay(&o), feed: newFeed(&o), screen: newScreen()}
	disp := &a.display
	a.terminal, a.status = newTerminal(disp, &o), statusLine{display: disp, keys: a.keys}
	a.bar, a.chips = newFilterBar(disp), newChipLine(disp)
	a.list, a.detail = newList(disp, a.env, a.emptyState), newDetail(disp)
	a.panes = newPanes(disp, &a.list, a.detail)
	a.panes.chips = func() (some, needed bool) { return len(a.feed.chips) > 0, a.feed.off != "" || a.chips.fromEnd > 0 }
	a.problems, a.saved = newProblemView(disp), newSavedViews(disp, o.Views)
	a.copier, a.exporter = copier{display: disp, program: o.Program, stands: o.Stands}, newExporter(disp, o.Exports)
	if o.Follow {
		a.list.follow = following
	}
	a.begin()
	if o.Start != nil {
		a.modals.open(newStarter(ctx, disp, o.Start))
	}
	return a
}

// begin applies the first filter. It shows the preview unless the filter needs the whole log or the log is loaded already.
func (a *App) begin() {
	o := &a.options
	a.bar.show(o.Query)
	if a.bar.err = a.feed.setFilter(filterText{text: o.Query, failedOnly: o.FailedOnly}, a.env()); a.bar.err != nil {
		_ = a.feed.setFilter(filterText{failedOnly: o.FailedOnly}, a.env())
	}
	a.bar.applied(a.feed.text)
	if o.Preview == nil || a.feed.filtered() || a.feed.settled() {
		return
	}
	sel, err := model.Select(a.ctx, o.Preview.Snapshot(), nil, nil)
	if err == nil && sel.Len() > 0 {
		a.feed.previewing = true
		a.list.showRows(sel, nil, sorting{}, true)
		a.display.fit(sel.Snapshot())
	}
}

// env returns what a query depends on besides the log. While a filter is typed, its day is that of the cursor from before: the rows, and
// the cursor with them, change with every letter.
func (a *App) env() query.Env {
	day := a.bar.day
	if !a.bar.typing {
		day = a.list.cursorTime()
	}
	return query.Env{End: a.feed.end(), Day: day, Now: a.display.now(), Zone: a.display.zone, Sets: a.feed.sets, Marked: a.list.marks.marked()}
}

// Err returns the error that ended the program, nil if the user quit.
func (a *App) Err() error { return a.err }

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.feed.wait(a.ctx, a), a.work(), waitForQuestion(a.ctx, a.options.Questions), a.terminal.ask())
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
	case answer:
		wanted, ok := finished(msg)
		if !ok {
			return a, nil
		}
		cmd = a.obey(wanted)
	case owned:
		cmd = a.obey(msg.to().take(msg))
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
		a.exporter.width = a.panes.layout.width
	case frameDue:
		a.screen.ticking = false
	case questionArrived:
		return a.obey(wish{modal: newConfirmation(&a.display, msg.question), cmd: waitForQuestion(a.ctx, a.options.Questions)})
	case crashed:
		return a.crash(msg.fault)
	default:
		a.terminal.told(msg)
	}
	return nil
}

// scope returns the scope that decides what the keys mean now.
func (a *App) scope() scope {
	switch {
	case len(a.modals) > 0:
		return a.modals.top().scope()
	case a.bar.typing:
		return inFilter
	case a.panes.shown.focus == detailPane:
		return inDetail
	case a.panes.shown.focus == listPane:
		return inList
	}
	return inSide
}
