package list

import (
	"slices"
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

const wrapSQL = "SELECT actor FROM panther_logs.public.panther_audit WHERE sourceIP = '192.0.2.150'"

func TestWWrapsTheRows(t *testing.T) {
	query := strings.Replace(longEvent("EXECUTE_DATA_LAKE_QUERY_001", "SUCCEEDED", 1), `"id":"`+strings.Repeat("t", 40), `"sql":"`+wrapSQL, 1)
	d := newListRig(t, kittest.LoadText(t, "x", longEvent("UPDATE_ALERT_DESTINATION_000", "SUCCEEDED", 0)+query+longEvent("UPDATE_ALERT_DESTINATION_002", "SUCCEEDED", 2)), 120, 30)
	before := d.lines()
	d.press("W")
	var said []string
	for _, l := range d.listLines() {
		if at := strings.Index(l, "Homer of"); at < 0 || strings.Contains(l, "_001") {
			said = append(said, strings.Fields(l)...)
		}
	}
	for _, word := range strings.Fields(wrapSQL) {
		if !strings.Contains(strings.Join(said, ""), strings.ReplaceAll(word, " ", "")) {
			t.Errorf("the wrapped row lacks %q:\n%s", word, strings.Join(d.listLines(), "\n"))
		}
	}
	rows := map[string]int{}
	for y, k := range kinds(d.listLines()) {
		if len(k) == 3 && k[0] == '0' {
			rows[k] = y
		}
	}
	if n := rows["002"] - rows["001"]; n < 2 || n > mostParts {
		t.Errorf("the row has %d lines, want 2 to %d:\n%s", n, mostParts, strings.Join(d.listLines(), "\n"))
	}
	d.list.Click(40, rows["001"]+2) // its second line
	if d.list.cursor != 1 {
		t.Errorf("a click on the second line of a row goes to row %d", d.list.cursor)
	}
	bars := 0
	for _, l := range d.listLines() {
		if strings.HasPrefix(l, "▌") {
			bars++
		}
	}
	if want := rows["002"] - rows["001"]; bars != want {
		t.Errorf("%d lines are under the cursor, want %d", bars, want)
	}
	d.press("G W")
	if after := d.lines(); !slices.Equal(after[:d.h-1], before[:d.h-1]) {
		t.Errorf("W does not put each row on one line again:\n%s", strings.Join(after, "\n"))
	}
}

func TestAWrappedRowIsBounded(t *testing.T) {
	event := strings.Replace(longEvent("EXECUTE_DATA_LAKE_QUERY_000", "SUCCEEDED", 1), `"id":"`+strings.Repeat("t", 40), `"sql":"`+strings.Repeat("word ", 2000), 1)
	for _, height := range []int{6, 8, 10, 14, 24} {
		d := newListRig(t, kittest.LoadText(t, "x", event+longEvent("UPDATE_ALERT_DESTINATION_001", "SUCCEEDED", 2)), 80, height)
		d.press("W k")
		frame := strings.Join(d.lines(), "\n")
		if n := strings.Count(frame, "word"); n == 0 || strings.Count(frame, "\n▌") > mostParts {
			t.Errorf("%d lines: the row is\n%s", height, frame)
		}
		if !strings.Contains(frame, "…") {
			t.Errorf("%d lines: nothing says that the text is cut:\n%s", height, frame)
		}
	}
}
