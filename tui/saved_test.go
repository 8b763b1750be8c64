package tui

import (
	"errors"
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
