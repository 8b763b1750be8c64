package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestReadyViewsAreQueriesThatFindSomething(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 30)
	all := d.app.list.Len()
	for _, v := range query.Views() {
		d.press("V")
		d.write(v.Title)
		d.press("enter home")
		if n := d.app.list.Len(); n == all || n == 0 && v.Name != "hidden-text" {
			t.Errorf("%s, %s, finds %d of %d events", v.Title, v.Query, n, all)
		}
		if got := d.app.feed.Text; got != v.Term() {
			t.Errorf("%s filters by %s, want %s", v.Title, got, v.Term())
		}
	}
}

func TestSavedViewComesBackAsItWas(t *testing.T) {
	shelf := &kittest.ViewShelf{}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 140, 30)
	d.press("/")
	d.write("action:delete actor:ci")
	d.press("enter f right right S c < < j space esc s")
	d.write("mine")
	d.press("enter")
	if len(shelf.Views) != 1 || shelf.Views[0].Name != "mine" {
		t.Fatalf("saved is %v; the status line is %q", shelf.Views, d.lines()[29])
	}
	rows, columns, by, filter := d.rows(), d.app.list.Columns.Saved(), d.app.list.By, d.app.feed.FilterText
	other := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 140, 30)
	other.press("V")
	checkShape(t, other, 140, 30)
	kittest.CheckGolden(t, "views", ansi.Strip(other.frame()))
	other.write("mine")
	other.press("enter")
	if diff := cmp.Diff(rows, other.rows()); diff != "" {
		t.Errorf("the view has other rows (-want +got):\n%s", diff)
	}
	other.mustShow("[view: mine · hides ")
	if !slices.Equal(columns, other.app.list.Columns.Saved()) || other.app.list.By != by || other.app.feed.FilterText != filter {
		t.Errorf("the view has other columns, or another order or filter: %v, %v", other.app.list.By, other.app.feed.FilterText)
	}
	other.press("u")
	if !other.app.feed.FilterText.Empty() {
		t.Errorf("u does not go back: %v", other.app.feed.FilterText)
	}
}

func TestWrongViewSaysSoAndChangesNothing(t *testing.T) {
	for _, v := range []kit.SavedView{{Query: "actor:("}, {Columns: []kit.SavedColumn{{Name: ""}}}, {Columns: []kit.SavedColumn{{Name: "ip", Hidden: true}}}} {
		shelf := &kittest.ViewShelf{Views: []kit.SavedView{v}}
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 100, 24)
		before := d.app.list.Columns.Saved()
		d.press("V enter")
		if d.app.status.toast.Empty() || !d.app.feed.FilterText.Empty() || !slices.Equal(d.app.list.Columns.Saved(), before) {
			t.Errorf("the view %v says %q and changes the list", v, d.app.status.toast)
		}
	}
}

func TestViewsThatCannotBeReadLeaveTheReadyViews(t *testing.T) {
	shelf := &kittest.ViewShelf{Err: errors.New("reading views.json: it is \x1b[2J damaged")}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 120, 30)
	d.press("V")
	frame := strings.Join(d.lines(), "\n")
	if !strings.Contains(frame, "Failed actions") || !strings.Contains(frame, "it is ␛[2J damaged") {
		t.Errorf("the list lacks the ready views, or what is wrong:\n%s", frame)
	}
	d.press("down up enter")
	if got := d.app.feed.Text; got != "view:failed" {
		t.Errorf("the first view filters by %q", got)
	}
	d.press("s")
	d.write("x")
	d.press("enter")
	if last := d.lines()[29]; !strings.Contains(last, "damaged") {
		t.Errorf("saving says %q", last)
	}
}

func TestPickerKeepsItsShape(t *testing.T) {
	for _, size := range [][2]int{{24, 6}, {40, 9}, {85, 14}, {200, 50}} {
		for _, ascii := range []bool{false, true} {
			d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), ASCII: ascii, Views: &kittest.ViewShelf{Views: []kit.SavedView{{Name: strings.Repeat("家\x1b", 60)}}}}, size[0], size[1])
			d.press("V")
			for _, key := range []string{"down", "pgdown", "up", "pgup", "x", "backspace", "q", "z", "z"} {
				d.press(key)
				checkShape(t, d, size[0], size[1])
			}
		}
	}
}

// answersOfViews are texts that the list has to show at 80 columns when a ready view is chosen: the answer to its question.
var answersOfViews = map[string][]string{
	"failed":             {"DELETE_LOG_SOURCE ", "Tomás Lind", "Message"},
	"detections-deleted": {"UPDATE_DETECTION_STATE ", "Elena Sorrel", "Target"},
	"saml":               {"UPDATE_SAML_SETTINGS ", "Mira Okafor"},
	"users":              {"Mira Okafor", "ops.support@", "Role"},
	"roles":              {"Elena Sorrel", "Support Readonly", "elena.sorrel@", "Admin"},
	"admins":             {"Elena Sorrel", "Support Readonly", "elena.sorrel@example.com", "Admin"},
	"tokens":             {"UPDATE_API_TOKEN ", "ci-token", "metrics-exporter", "Mira Okafor"},
	"sources":            {"DELETE_LOG_SOURCE ", "panther-audit"},
	"sign-ins":           {"Elena Sorrel", "203.0.113.66 ", "new address", "known"},
	"new-sign-ins":       {"Ops Support", "203.0.113.9 ", "User agent"},
	"off-hours":          {"DELETE_USER_ROLE ", "Mira Okafor", "Support R"},
	"by-token":           {"ci-token", "DELETE_"},
	"queries":            {"Elena Sorrel", "SELECT p_event_time", "metrics-exporter"},
}

func TestReadyViewsShowTheirAnswersWithoutScrolling(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	before := d.app.list.Columns.Names()
	for _, v := range query.Views() {
		d.press("V")
		d.write(v.Title)
		d.press("enter")
		frame := strings.Join(d.lines(), "\n")
		for _, text := range answersOfViews[v.Name] {
			if !strings.Contains(frame, text) {
				t.Errorf("%s: the screen does not show %q:\n%s", v.Name, text, frame)
			}
		}
		d.press("u")
		if got := d.app.list.Columns.Names(); !slices.Equal(got, before) {
			t.Errorf("after %s the columns are %q, want %q", v.Name, got, before)
		}
	}
}

func TestAViewOnTheCommandLineBringsItsColumns(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Query: "view:roles"}, 80, 24)
	if got := d.app.list.Columns.Names(); !slices.Contains(got, "param.role") {
		t.Errorf("the columns are %q", got)
	}
}

// The column of what is new says the same as the filter does.
func TestNewAndKnownAreToldApart(t *testing.T) {
	says := func(query, text string) (rows int) {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Query: query}, 160, 200)
		if rows = strings.Count(d.screenText(), text); rows == 0 || rows != d.app.list.Len() {
			t.Errorf("%s: %d of %d rows say %q", query, rows, d.app.list.Len(), text)
		}
		return rows
	}
	isNew, known := says("view:sign-ins is:new-address", " new address"), says("view:sign-ins -is:first-seen", " known ")
	if isNew == known {
		t.Errorf("%d rows are new, and as many are known", isNew)
	}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Query: "view:sign-ins"}, 160, 40)
	if got := d.app.exportable().Columns; !slices.Contains(got, "first-seen") || !slices.Contains(got, "userAgent") {
		t.Errorf("the columns of an export are %q", got)
	}
}

// Copies far from each other are marked without opening one of them.
func TestCopiesAreFoundByTheListAlone(t *testing.T) {
	line := `{"timestamp":"2026-11-22T1%d:00:00Z","actionName":"LIST_USERS","actionResult":"SUCCEEDED","p_row_id":"%s"}` + "\n"
	log := kittest.LoadText(t, "x.jsonl", fmt.Sprintf(line+line+line, 0, "a", 1, "b", 2, "a"))
	d := newDriver(t, Options{Log: log, ASCII: true}, 80, 24)
	if got := d.screenText(); strings.Count(got, "INVALID x") != 1 {
		t.Errorf("one row is a copy:\n%s", got)
	}
}

func TestASavedViewOfAReadyOneHasItsOwnColumns(t *testing.T) {
	shelf := &kittest.ViewShelf{Views: []kit.SavedView{{Name: "mine", Query: "view:roles", Columns: []kit.SavedColumn{{Name: "ip"}}}}}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 80, 24)
	d.press("V")
	d.write("mine")
	d.press("enter")
	if got := d.app.list.Columns.Names(); !slices.Equal(got, []string{"time", "result", "ip"}) {
		t.Errorf("the view has the columns %q", got)
	}
	d.press("u")
	if got := d.app.list.Columns.Names(); len(got) < 6 {
		t.Errorf("without the view the columns are %q", got)
	}
}

func TestAViewKeepsTheFacetsThatWereAdded(t *testing.T) {
	shelf := &kittest.ViewShelf{}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 120, 40)
	d.press("b c")
	d.write("param.severity")
	d.press("enter s")
	d.write("mine")
	d.press("enter")
	if len(shelf.Views) != 1 || !slices.Equal(shelf.Views[0].Facets, []string{"param.severity"}) {
		t.Fatalf("saved is %+v", shelf.Views)
	}
	shelf.Views = append(shelf.Views, kit.SavedView{Name: "wrong", Facets: []string{"time"}}, kit.SavedView{Name: "plain", Query: "is:failed"})
	other := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 120, 40)
	for _, step := range []struct {
		view  string
		fails bool
	}{{"wrong", true}, {"mine", false}, {"plain", false}} {
		other.press("V")
		other.write(step.view)
		other.press("enter")
		want := []string{"param.severity"}
		if step.fails {
			want = nil
			other.mustShow("a facet that cannot be counted")
		}
		if got := other.app.panes.counting().Fields(); !slices.Equal(got, want) {
			t.Errorf("after %q the groups are %q, want %q", step.view, got, want)
		}
	}
	other.mustShow("param.severity")
}

func TestMoreValuesOfAFacetAreShownOnAPage(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("b")
	for range 17 {
		d.press("j")
	}
	d.press("enter")
	d.mustShow("Values of action", "1 of 81 values")
}

// A view of one's own is a term as a ready one is: completed, negated, with its columns, and used by another one.
func TestAnOwnViewIsATermOfTheFilter(t *testing.T) {
	shelf := &kittest.ViewShelf{Views: []kit.SavedView{
		{Name: "Ci at work", Query: "actor:ci-token", FailedOnly: true, Columns: []kit.SavedColumn{{Name: "ip"}, {Name: "error"}}},
		{Name: "both", Query: `view:"ci at work" action:delete`},
	}}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf}, 80, 24)
	d.press("/")
	d.write("is:failed actor:ci-token")
	d.press("enter")
	want := d.rows()
	d.press("/ ctrl+u")
	d.write("view:ci")
	d.mustShow(`view:"Ci at work"`)
	d.press("tab enter")
	d.mustShow("view: Ci at work")
	if diff := cmp.Diff(want, d.rows()); diff != "" {
		t.Errorf("the view has other rows (-want +got):\n%s", diff)
	}
	if got := d.app.list.Columns.Names(); !slices.Equal(got[2:4], []string{"ip", "error"}) {
		t.Errorf("the view brings the columns %q", got)
	}
	d.press("/ ctrl+u")
	d.write("is:failed actor:ci-token action:delete")
	d.press("enter")
	want = d.rows()
	d.press("/ ctrl+u")
	d.write("view:both")
	d.press("enter")
	if diff := cmp.Diff(want, d.rows()); diff != "" || len(want) == 0 {
		t.Errorf("a view that uses another one has other rows (-want +got):\n%s", diff)
	}
	d.press("/ ctrl+u")
	d.write("view:boths")
	d.press("enter")
	d.mustShow("no view is called boths; did you mean both?")
}

// Another run saves a view anew: whoever filters by it gets the rows of the new one, and whoever waits for it gets them as they come.
func TestAFilterFollowsTheViewsItNames(t *testing.T) {
	shelf := &kittest.ViewShelf{}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Views: shelf, Query: "view:mine"}, 80, 24)
	if d.app.bar.Err == nil {
		t.Fatal("a view that nobody saved is not an error")
	}
	count := func(text string) int {
		e, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Query: e.String()}, 80, 24)
		return d.app.list.Len()
	}
	for _, text := range []string{"is:failed", "action:delete", "is:failed view:roles"} {
		shelf.Views = []kit.SavedView{{Name: "mine", Query: text}}
		d.press("V esc")
		if got, want := d.app.list.Len(), count(text); got != want || d.app.bar.Err != nil || d.app.feed.Text != "view:mine" {
			t.Errorf("view:mine for %s shows %d rows, want %d; the error is %v", text, got, want, d.app.bar.Err)
		}
	}
	rows := d.app.list.Len()
	shelf.Views = nil
	d.press("V esc")
	d.mustShow("no view is called mine")
	if d.app.list.Len() != rows {
		t.Error("the rows of a view that is gone are gone, too")
	}
}

func TestTheStartCanBeAView(t *testing.T) {
	view := kit.SavedView{Name: "mine", Query: "actor:ci-token", Sort: "action", Columns: []kit.SavedColumn{{Name: "action"}, {Name: "ip"}}}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), View: &view, Query: "is:failed"}, 80, 24)
	if got := d.app.feed.Text; got != "actor:ci-token is:failed" {
		t.Errorf("the filter is %s", got)
	}
	d.mustShow("view: mine", "view mine")
	if got := d.app.list.Columns.Names(); !slices.Equal(got, []string{"time", "result", "action", "ip"}) || d.app.list.Wanted.Column != "action" {
		t.Errorf("the columns are %q, the order %v", got, d.app.list.Wanted)
	}
}

// What is new among all events is a column, and no field that a command could print.
func TestTheColumnOfWhatIsNewIsExportedAndNotPutIntoCommands(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 40)
	d.press("V")
	d.write("all sign")
	d.press("enter")
	d.mustShow("Seen", "new address")
	rows, err := copiedView(d.app).Rows()
	if err != nil || slices.Contains(rows.Fields, "first-seen") || !slices.Contains(rows.Fields, "actor") {
		t.Errorf("the command has the fields %q, %v", rows.Fields, err)
	}
	if columns := d.app.exportable().Columns; !slices.Contains(columns, "first-seen") {
		t.Errorf("the export has the columns %q", columns)
	}
}
