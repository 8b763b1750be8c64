package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// sessionShelf keeps a session in memory.
type sessionShelf struct {
	session *kit.Session
	filters []string
	err     error // of sessions
	asked   int
	failed  int
}

func (s *sessionShelf) Session() (*kit.Session, error) {
	s.asked++
	return s.session, s.err
}

func (s *sessionShelf) Keep(_ context.Context, session kit.Session) error {
	if s.err != nil {
		s.failed++
		return s.err
	}
	s.session = &session
	return nil
}

func (s *sessionShelf) Filters() ([]string, error) { return s.filters, nil }

func (s *sessionShelf) AddFilters(_ context.Context, filters []string) error {
	s.filters = append(s.filters, filters...)
	return nil
}

func TestASessionComesBackWithOneKey(t *testing.T) {
	shelf := &sessionShelf{}
	log := kittest.LoadFile(t, "audit.jsonl")
	d := newDriver(t, Options{Log: log, Sessions: shelf}, 80, 24)
	if shelf.session != nil {
		t.Errorf("who only looks is kept as %+v", shelf.session)
	}
	d.press("/")
	d.write("is:failed -actor:ci-token")
	d.press("enter c < < j space esc S home j j j b")
	want, columns, by := d.rows(), d.app.list.Columns.Saved(), d.app.list.By
	row, _ := d.app.list.Row()
	if shelf.session == nil || shelf.session.View.Query != "is:failed -actor:ci-token" || shelf.session.Row.Place != 4 {
		t.Fatalf("kept is %+v", shelf.session)
	}
	kept := *shelf.session

	d = newDriver(t, Options{Log: log, Sessions: shelf}, 80, 24)
	d.mustShow("r goes back to where you were (filter is:failed -actor:ci-tok…, row 4)")
	d.press("down")
	if strings.Contains(d.screenText(), "r goes back") || shelf.session.View.Query != "" {
		t.Errorf("what the user did is kept as %+v", shelf.session)
	}
	d.press("r")
	if at, _ := d.app.list.Row(); at != row || !cmp.Equal(want, d.rows()) || !slices.Equal(columns, d.app.list.Columns.Saved()) || d.app.list.By != by {
		t.Errorf("the cursor is on row %d, want %d, the columns are %v", at, row, d.app.list.Columns.Saved())
	}
	if diff := cmp.Diff(kept, *shelf.session); diff != "" {
		t.Errorf("the session that came back is another one (-want +got):\n%s", diff)
	}
	d.press("u")
	if !d.app.feed.FilterText.Empty() {
		t.Errorf("u does not go back: %v", d.app.feed.FilterText)
	}
}

func TestFlagsWinOverTheSession(t *testing.T) {
	shelf := &sessionShelf{session: &kit.Session{View: kit.SavedView{Query: "actor:ci-token", Columns: []kit.SavedColumn{{Name: "ip"}}}, Sides: []string{"timeline"}}}
	log := kittest.LoadFile(t, "audit.jsonl")
	for _, c := range []struct {
		options Options
		filter  string
		columns int
	}{
		{Options{Resume: true}, "actor:ci-token", 3}, {Options{Resume: true, Query: "is:failed"}, "is:failed", 3}, {Options{}, "", 7}, {Options{Fresh: true}, "", 7},
		{Options{Resume: true, View: &kit.SavedView{Query: "is:read"}}, "is:read", 3},
	} {
		o := c.options
		o.Log, o.Sessions = log, shelf
		d := newDriver(t, o, 120, 40)
		if got := d.app.feed.Text; got != c.filter || len(d.app.list.Columns.Names()) != c.columns {
			t.Errorf("%+v: the filter is %q, the columns are %q", c.options, got, d.app.list.Columns.Names())
		}
		if offered := strings.Contains(d.frame(), "r goes back"); offered != (!o.Resume && !o.Fresh) {
			t.Errorf("%+v: offered is %v", c.options, offered)
		}
		if d.app.panes.shown.sides[0] == o.Resume {
			t.Errorf("%+v: the facets are shown: %v", c.options, d.app.panes.shown.sides[0])
		}
	}
}

// A row is found by its place in the source: the log has grown at both ends, and another one has been rotated.
func TestTheRowOfASessionIsFoundByItsIdentity(t *testing.T) {
	for _, c := range []struct {
		row  kit.SessionRow
		said string
	}{
		{kit.SessionRow{Source: "x", Line: 3, Offset: 1, Place: 900}, "the row where you were is gone"},
		{kit.SessionRow{Source: "x", Line: 3, Offset: 1 << 40, Place: 3}, "the row where you were is gone"},
	} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(8)), Sessions: &sessionShelf{session: &kit.Session{Row: c.row}}}, 80, 24)
		d.press("r")
		d.mustShow(c.said)
	}
}

func TestAWrongSessionChangesNothing(t *testing.T) {
	shelf := &sessionShelf{session: &kit.Session{View: kit.SavedView{Query: "view:gone"}}}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: shelf}, 80, 24)
	n := d.app.list.Len()
	d.press("r")
	d.mustShow("the filter of the last session is wrong: ")
	if d.app.list.Len() != n {
		t.Error("the rows are others")
	}
	d = newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: &sessionShelf{}}, 80, 24)
	d.press("r")
	d.mustShow("there is no earlier session in this log")
}

func TestThatASessionIsNotKeptIsSaidOnce(t *testing.T) {
	shelf := &sessionShelf{err: errors.New("the disk is full")}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: shelf}, 80, 24)
	d.mustShow("the disk is full")
	d.press("f f j")
	if strings.Contains(d.screenText(), "the disk is full") {
		t.Error("it is said twice")
	}
	if shelf.failed > 1 {
		t.Errorf("it is tried %d times meanwhile", shelf.failed)
	}
	if err := finishSession(d.app, time.Minute); err != nil {
		t.Errorf("at the end it is said again: %v", err)
	}
}

// A disk may have room again at the end, and a file of sessions that is not understood says nothing of the file of filters.
func TestWhatCanBeKeptIsKeptWhereTheRestIsNot(t *testing.T) {
	shelf := &sessionShelf{err: errors.New("a newer pawprint wrote it"), filters: []string{"actor:ci-token"}}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: shelf}, 80, 24)
	d.press("/")
	d.write("is:failed")
	d.press("enter / ctrl+u ctrl+r")
	d.mustShow("earlier filters: enter takes it")
	d.mustShow("actor:ci-token")
	d.press("esc esc")
	if err := finishSession(d.app, time.Minute); err != nil || shelf.session != nil || !slices.Contains(shelf.filters, "is:failed") {
		t.Errorf("the filters that are kept are %q, the session is %v, %v", shelf.filters, shelf.session, err)
	}
	shelf.err = nil
	if err := finishSession(d.app, time.Minute); err != nil || shelf.session == nil || shelf.session.View.Query != "is:failed" {
		t.Errorf("the session that is kept is %+v, %v", shelf.session, err)
	}
}

// Filters that are kept are not stored again when the session is not.
func TestAFilterIsStoredOnceWhateverHappensToTheSession(t *testing.T) {
	shelf := &sessionShelf{}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: shelf}, 80, 24)
	shelf.err = errors.New("the disk is full")
	d.press("/")
	d.write("is:failed")
	d.press("enter j")
	_ = finishSession(d.app, time.Minute)
	if !slices.Equal(shelf.filters, []string{"is:failed"}) {
		t.Errorf("the filters that are kept are %q", shelf.filters)
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	shelf := &sessionShelf{}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: shelf}, 80, 24)
	d.press("/")
	d.write("param.token:ghp_0123456789abcdefghijABCDEFGHIJ012345")
	d.press("enter j k")
	if shelf.session != nil && strings.Contains(shelf.session.View.Query, "ghp_") || len(shelf.filters) > 0 {
		t.Errorf("kept are %+v and %q", shelf.session, shelf.filters)
	}
}

func TestThatThereIsNoEarlierFilterIsSaid(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("/ ctrl+r")
	d.mustShow("no filter was applied before this one")
	d.write("is:read")
	d.press("enter / ctrl+u")
	d.write("actor:")
	d.press("ctrl+r")
	d.mustShow("no earlier filter contains this text")
	d.press("ctrl+u ctrl+r")
	d.mustShow("earlier filters: enter takes it")
}

func TestEarlierFiltersOfOtherRunsAreSearched(t *testing.T) {
	shelf := &sessionShelf{filters: []string{"actor:ci-token", "is:failed actor:mira", "ip:203.0.113.9"}}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Sessions: shelf}, 80, 24)
	d.press("/")
	d.write("is:read")
	d.press("enter / ctrl+u ctrl+r")
	d.mustShow("is:read", "ip:203.0.113.9", "is:failed actor:mira", "actor:ci-token", "enter takes it")
	d.write("act")
	d.mustShow("is:failed actor:mira", "actor:ci-token")
	d.press("ctrl+r enter enter")
	if got := d.app.feed.Text; got != "actor:ci-token" {
		t.Errorf("the filter is %q", got)
	}
	if got := shelf.filters[3:]; !slices.Equal(got, []string{"is:read", "actor:ci-token"}) {
		t.Errorf("kept are %q", got)
	}
	d.press("/ ctrl+u ctrl+r esc esc")
	if got := d.app.feed.Text; got != "actor:ci-token" {
		t.Errorf("esc leaves the filter %q", got)
	}
}
