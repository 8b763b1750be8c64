package marks_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
	"pawprint/model/marks"
)

// logOf loads lines as a source.
func logOf(t testing.TB, lines ...string) *model.Snapshot {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "a.jsonl", From: strings.NewReader(strings.Join(lines, "\n") + "\n")}); err != nil {
		t.Fatal(err)
	}
	snap := log.Snapshot()
	return &snap
}

// markOf makes the mark of a row.
func markOf(t testing.TB, snap *model.Snapshot, r model.Row) *marks.Mark {
	t.Helper()
	m, err := marks.Of(snap, r)
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

// at is an event at a minute.
func at(minute int, more ...string) string {
	return logtest.Event(append(more, fmt.Sprintf(`"timestamp":"2026-11-02T10:%02d:00Z"`, minute))...)
}

// rowsOf lists marked rows.
func rowsOf(m marks.Rows) (out []model.Row) {
	for p := range m.All() {
		out = append(out, p.Row)
	}
	return out
}

func TestAMarkSaysWhichEventItIsAndWhereItWas(t *testing.T) {
	line := at(1, `"p_row_id":"ab\u0063"`)
	m := markOf(t, logOf(t, at(0), line), 1)
	want := marks.Mark{Sum: sha256.Sum256([]byte(line)), Length: int64(len(line)), RowID: "abc", Source: "a.jsonl", Line: 2, Offset: int64(len(at(0)) + 1), Time: m.Time}
	if diff := cmp.Diff(&want, m); diff != "" || m.Time.Format("15:04") != "10:01" {
		t.Errorf("the mark, -want +got:\n%s", diff)
	}
	m.Words = marks.Words{Note: "a \x1b <b>", Tags: []string{"x"}, Verdict: marks.Malicious}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back marks.Mark
	if err := json.Unmarshal(text, &back); err != nil || !cmp.Equal(*m, back) {
		t.Errorf("%s reads back as %+v, %v", text, back, err)
	}
	for _, wrong := range []string{`{"sha256":"ab"}`, `{"sha256":"zz"}`} {
		if err := json.Unmarshal([]byte(wrong), &back); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}

func TestMarksAreFoundByTheirBytesWhereverTheyStand(t *testing.T) {
	kept := []string{at(1), at(2), `not an event`, logtest.Event(`"timestamp"`), at(5, `"actionName":"DELETE_ROLE"`)}
	first := logOf(t, kept...)
	var wanted []*marks.Mark
	for r := range kept {
		wanted = append(wanted, markOf(t, first, model.Row(r)))
	}
	other := logOf(t, at(9), kept[4], `NOT an event`, kept[2], at(2, `"userAgent":"CLI"`), kept[1], kept[1], kept[3])
	found, unread, err := marks.Find(t.Context(), other, wanted)
	if got := rowsOf(found); err != nil || unread != nil || !slices.Equal(got, []model.Row{1, 3, 5, 6, 7}) {
		t.Errorf("found are rows %v, %v unread, %v", got, unread, err)
	}
	if m := found.Of(6); m != wanted[1] || found.Of(5) != m || found.Of(0) != nil {
		t.Errorf("the mark of row 6 is %v", m)
	}
	var order []model.Row
	for _, p := range found.InOrder(other) {
		order = append(order, p.Row)
	}
	sel, err := model.Select(t.Context(), *other, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := slices.DeleteFunc(slices.Clone(sel.Rows()), func(r model.Row) bool { return found.Of(r) == nil }); !slices.Equal(order, want) {
		t.Errorf("in order they are %v, want %v", order, want)
	}
	if found, _, err := marks.Find(t.Context(), other, nil); err != nil || found.Len() != 0 {
		t.Errorf("without marks %d rows are found, %v", found.Len(), err)
	}
}

// An event in an envelope is known by the text of the event alone.
func TestAQuotedEventIsTheSameAsAPlainOne(t *testing.T) {
	plain := logOf(t, at(3))
	quoted, err := json.Marshal(map[string]string{"log": at(3), "stream": "stdout"})
	if err != nil {
		t.Fatal(err)
	}
	wrapped := logOf(t, at(2), string(quoted))
	for _, c := range []struct {
		from, to *model.Snapshot
		row      model.Row
		want     model.Row
	}{{plain, wrapped, 0, 1}, {wrapped, plain, 1, 0}} {
		found, _, err := marks.Find(t.Context(), c.to, []*marks.Mark{markOf(t, c.from, c.row)})
		if got := rowsOf(found); err != nil || !slices.Equal(got, []model.Row{c.want}) {
			t.Errorf("found are %v, %v", got, err)
		}
	}
}

// Whoever writes the log can give any number of lines the time and the length of a marked one.
func TestManyRowsThatLookLikeAMarkedOneDoNotHideIt(t *testing.T) {
	const rows = 100_000
	lines := make([]string, rows)
	for i := range lines {
		lines[i] = at(0, fmt.Sprintf(`"p_row_id":"%06d"`, i))
	}
	snap := logOf(t, lines...)
	wanted := marks.NewWanted([]*marks.Mark{markOf(t, snap, rows/2)})
	found, err := wanted.Search(t.Context(), snap, 0, rows)
	if err != nil || len(found.Places) != 1 || found.Places[0].Row != rows/2 {
		t.Errorf("found are %d rows, %v", len(found.Places), err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := wanted.Search(stopped, snap, 0, rows); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped search ends with %v", err)
	}
}

func TestWhatIsTypedIsANoteWithTags(t *testing.T) {
	for _, c := range []struct {
		text, note, typed string
		tags              []string
	}{
		{"", "", "", nil},
		{"  ask   marge ", "ask marge", "ask marge", nil},
		{"#exfil seen #TICKET-42, and #exfil again #", "seen and again #", "seen and again # #exfil #TICKET-42", []string{"exfil", "TICKET-42"}},
		{"##twice #Exfil #exfil", "", "#twice #Exfil", []string{"twice", "Exfil"}},
		{"a#b", "a#b", "a#b", nil},
	} {
		w, err := marks.Words{Verdict: marks.Benign, Note: "old", Tags: []string{"old"}}.Type(c.text)
		if err != nil || w.Note != c.note || !slices.Equal(w.Tags, c.tags) || w.Verdict != marks.Benign {
			t.Errorf("Type(%q) = %+v, %v", c.text, w, err)
		}
		if got := w.Typed(); got != c.typed {
			t.Errorf("%q is shown as %q, want %q", c.text, got, c.typed)
		}
		if again, err := w.Type(w.Typed()); err != nil || !again.Equal(&w) {
			t.Errorf("%q changes to %+v when it is typed again, %v", w.Typed(), again, err)
		}
	}
	for _, long := range []string{strings.Repeat("x", 5000), "#" + strings.Repeat("x", 65)} {
		if _, err := (marks.Words{}).Type(long); err == nil || !strings.Contains(err.Error(), "shorten it") {
			t.Errorf("a long text gives %v", err)
		}
	}
}

func TestVerdictsFollowEachOther(t *testing.T) {
	var got []marks.Verdict
	v := marks.Verdict("")
	for range 4 {
		v = v.Next()
		got = append(got, v)
	}
	if !slices.Equal(got, []marks.Verdict{marks.Benign, marks.Suspicious, marks.Malicious, ""}) || marks.Verdict("odd").Next() != "" {
		t.Errorf("the verdicts are %q", got)
	}
}

func TestNothingIsLostWhenTwoProgramsChangeAMark(t *testing.T) {
	words := func(note string, tags ...string) *marks.Words { return &marks.Words{Note: note, Tags: tags} }
	for _, c := range []struct {
		name                string
		before, after, kept *marks.Words
		want                *marks.Words
	}{
		{"a new mark", nil, words("a"), nil, words("a")},
		{"the same mark twice", nil, words(""), words("a", "x"), words("a", "x")},
		{"two notes", nil, words("b"), words("a"), words("a / b")},
		{"an edit", words("a", "x"), words("b", "y"), words("a", "x"), words("b", "y")},
		{"an edit of an edit", words("a"), words("b"), words("c"), words("c / b")},
		{"an edit that adds", words("a"), words("a c"), words("c"), words("a c")},
		{"tags on both sides", words("", "x"), words("", "x", "y"), words("", "x", "z"), words("", "x", "z", "y")},
		{"a tag taken away", words("", "x", "y"), words("", "x"), words("", "x", "y", "z"), words("", "x", "z")},
		{"a tag taken away by the other", words("", "x"), words("", "x", "y"), words(""), words("", "y")},
		{"a note taken away", words("a"), words(""), words("a"), words("")},
		{"a note that was edited, taken away", words("a"), words(""), words("b"), words("b")},
		{"a mark that the other took away", words("a"), words("a", "x"), nil, words("a", "x")},
		{"taken away", words("a"), nil, words("a"), nil},
		{"taken away twice", words("a"), nil, nil, nil},
		{"taken away with words that were never seen", words("a"), nil, words("a b"), words("a b")},
	} {
		change := marks.Change{Mark: marks.Mark{Length: 7}, Before: c.before, After: c.after}
		var kept *marks.Mark
		if c.kept != nil {
			kept = &marks.Mark{Length: 7, Words: *c.kept}
		}
		got := change.Apply(kept)
		if (got == nil) != (c.want == nil) || got != nil && (got.Length != 7 || !got.Words.Equal(c.want)) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	verdict := func(v marks.Verdict) *marks.Words { return &marks.Words{Verdict: v} }
	change := marks.Change{Before: verdict(""), After: verdict("")}
	if got := change.Apply(&marks.Mark{Words: *verdict(marks.Malicious)}); got.Verdict != marks.Malicious {
		t.Errorf("an edit without a verdict leaves %q", got.Verdict)
	}
	change.After = verdict(marks.Benign)
	if got := change.Apply(&marks.Mark{Words: *verdict(marks.Malicious)}); got.Verdict != marks.Benign {
		t.Errorf("a later verdict leaves %q", got.Verdict)
	}
}

func TestRowsNeverChange(t *testing.T) {
	a, b := new(marks.Mark), &marks.Mark{Length: 1}
	var none marks.Rows
	one := none.With(marks.Place{Row: 5, Mark: a})
	more := one.With(marks.Place{Row: 9, Mark: a}, marks.Place{Row: 1, Mark: b}, marks.Place{Row: 5, Mark: b})
	two := more.With(marks.Place{Row: 7, Mark: a})
	if !slices.Equal(rowsOf(one), []model.Row{5}) || !slices.Equal(rowsOf(more), []model.Row{1, 5, 9}) || !slices.Equal(rowsOf(two), []model.Row{1, 5, 7, 9}) {
		t.Errorf("the rows are %v, %v and %v", rowsOf(one), rowsOf(more), rowsOf(two))
	}
	if one.Of(5) != a || more.Of(5) != b {
		t.Error("a later mark does not replace the one before")
	}
	if got := two.Replace(a, nil); !slices.Equal(rowsOf(got), []model.Row{1, 5}) || two.Replace(a, b).Of(7) != b || two.Of(7) != a {
		t.Errorf("without a mark the rows are %v", rowsOf(got))
	}
}
