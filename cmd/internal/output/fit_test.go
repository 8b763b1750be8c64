package output

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

func TestColumnsFitTheTerminal(t *testing.T) {
	event := []fitted{{19, FitWhole}, {6, FitCut}, {24, FitWhole}, {14, FitCut}, {13, FitWhole}, {30, FitCut}, {50, FitCut}}
	for _, c := range []struct {
		name    string
		columns []fitted
		total   int
		want    []int
	}{
		{"all have room", event, 162, []int{19, 6, 24, 14, 13, 30, 50}},
		{"the widest is cut first", event, 150, []int{19, 6, 24, 14, 13, 30, 38}},
		{"the last of several is cut first", event, 127, []int{19, 6, 24, 14, 13, 23, 22}},
		{"nothing is cut below eight cells", event, 92, []int{19, 6, 24, 8, 13, 8, 8}},
		{"then the last is left out, and the others have its room", event, 91, []int{19, 6, 24, 12, 13, 12, 0}},
		{"who did it stays in 80 cells", []fitted{{19, FitWhole}, {16, FitCut}, {31, FitWhole}, {30, FitCut}, {14, FitCut}, {15, FitWhole}}, 80, []int{19, 9, 31, 9, 8, 0}},
		{"the action stays to the end", event, 59, []int{19, 6, 24, 0, 0, 0, 0}},
		{"the first is never left out", []fitted{{30, FitWhole}, {5, FitCut}}, 20, []int{30, 0}},
		{"what can be spared goes before others are cut", []fitted{{20, FitWhole}, {9, FitSpare}, {9, FitSpare}, {40, FitCut}}, 71, []int{20, 9, 0, 40}},
		{"no columns", nil, 80, []int{}},
	} {
		if got := fit(c.columns, c.total); !slices.Equal(got, c.want) {
			t.Errorf("%s: fit(%d) = %v, want %v", c.name, c.total, got, c.want)
		}
	}
}

func TestATableOnATerminalFitsAndOneInAPipeIsNeverCut(t *testing.T) {
	head := Head{Columns: []Column{{Name: "time", Note: "UTC", Cells: 12, Fit: FitWhole}, {Name: "action", Cells: 6, Fit: FitWhole}, {Name: "message"}}}
	rows := []Row{
		{Cells: []Cell{Text("10:00:00.123").Short("10:00:00"), Text("GET"), Text("日本語の長いメッセージです")}},
		{Cells: []Cell{Text("10:00:01.000").Short("10:00:01"), Text("DELETE_DETECTION"), Text("denied by the policy of all")}},
		{Cells: []Cell{Text("no time"), Absent(), Absent()}, Flaw: "no event", Reject: true, Line: []byte("{\x1b")},
	}
	for _, c := range []struct {
		width int
		want  string
	}{
		{40, "TIME (UTC) ACTION           MESSAGE\n10:00:00   GET              日本語の長…\n10:00:01   DELETE_DETECTION denied by t…\nno time    REJECT no event: {␛\n"},
		{30, "TIME (UTC) ACTION\n10:00:00   GET\n10:00:01   DELETE_DETECTION\nno time    REJECT no event: {␛\nnot shown: message (-w shows …\n"},
		{0, "TIME (UTC)   ACTION MESSAGE\n10:00:00.123 GET    日本語の長いメッセージです\n10:00:01.000 DELETE_DETECTION denied by the policy of all\n" +
			"no time              REJECT no event: {␛\n"},
	} {
		var out bytes.Buffer
		w := newTable(Options{Out: &out, Width: c.width}, head)
		for i := range rows {
			if err := w.Row(&rows[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.End(); err != nil || out.String() != c.want {
			t.Errorf("%d cells: %v\n%s want\n%s", c.width, err, out.String(), c.want)
		}
	}
}

func TestNumbersThatCanBeSparedGoBeforeWhatIsLast(t *testing.T) {
	var out bytes.Buffer
	w := newTable(Options{Out: &out, Width: 20}, Head{Grid: true, Columns: []Column{{Name: "action", Fit: FitWhole}, {Name: "share", Fit: FitSpare}, {Name: "count"}, {Name: "change"}}})
	if err := w.Row(&Row{Cells: []Cell{Text("GET"), Amount("12.5%"), Count(7), Text("new")}}); err != nil {
		t.Fatal(err)
	}
	const want = "ACTION COUNT CHANGE\nGET        7 new\nnot shown: share (-…\n"
	if err := w.End(); err != nil || out.String() != want {
		t.Errorf("%v\n%s want\n%s", err, &out, want)
	}
}

// An action that comes after the measured rows is whole too: it moves the rest of its row.
func TestRowsBehindTheMeasuredOnesKeepTheirActionWhole(t *testing.T) {
	const long = "UPDATE_ALERT_DESTINATION"
	var out bytes.Buffer
	w := newTable(Options{Out: &out, Width: 36}, Head{Columns: []Column{{Name: "action", Fit: FitWhole}, {Name: "message"}}})
	for range measuredRows + 1 {
		if err := w.Row(&Row{Cells: []Cell{Text("GET"), Text("a message")}}); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(out.String(), "\n"); n != measuredRows+2 {
		t.Fatalf("%d lines before the end, want %d", n, measuredRows+2)
	}
	if err := w.Row(&Row{Cells: []Cell{Text(long), Text("another message")}}); err != nil {
		t.Fatal(err)
	}
	if want := long + " another me…\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("the last row is %q, want %q", out.String()[out.Len()-50:], want)
	}
}

func TestAFollowerSeesRowsAtOnce(t *testing.T) {
	var out bytes.Buffer
	w := newTable(Options{Out: &out, Width: 80}, Head{Columns: []Column{{Name: "action"}, {Name: "message"}}})
	for i, step := range []struct{ action, want string }{{"GET", "ACTION MESSAGE\nGET    m\n"}, {"PUT", "PUT    m\n"}} {
		out.Reset()
		if err := w.Row(&Row{Cells: []Cell{Text(step.action), Text("m")}}); err != nil {
			t.Fatal(err)
		}
		if err := w.(Flusher).Flush(); err != nil || out.String() != step.want {
			t.Errorf("step %d: %q, %v, want %q", i, out.String(), err, step.want)
		}
	}
}

// Whatever the log holds, no line of a table is wider than the terminal.
func TestNoLineIsWiderThanTheTerminal(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for _, width := range []int{1, 10, 80} {
			for _, grid := range []bool{false, true} {
				var out bytes.Buffer
				w := newTable(Options{Out: &out, Width: width, ASCII: ascii}, Head{Grid: grid, Columns: []Column{{Name: "a", Fit: FitWhole}, {Name: "b"}, {Name: "c", Fit: FitSpare}, {Name: "d"}}})
				for _, text := range hostile.Texts() {
					row := Row{Cells: []Cell{Text(text.Raw), Text(text.Raw + text.Raw), Text("c"), Count(1234567)}}
					if err := w.Row(&row); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.End(); err != nil {
					t.Fatal(err)
				}
				measure := termsafe.Widther{ASCII: ascii}
				for line := range strings.Lines(out.String()) {
					shown := termsafe.Clean(strings.TrimSuffix(line, "\n"), termsafe.Options{ASCII: ascii, Drawing: true})
					if got := measure.Width(shown); got > width {
						t.Errorf("at %d cells %q takes %d", width, line, got)
					}
				}
			}
		}
	}
}
