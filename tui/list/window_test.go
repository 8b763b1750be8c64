package list

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// daysLog has rows on several days, as many as each number says; every third failed, with a long message.
func daysLog(t *testing.T, counts ...int) kittest.StillLog {
	var text strings.Builder
	n := 0
	for day, count := range counts {
		for i := range count {
			line := longEvent(fmt.Sprintf("UPDATE_ALERT_DESTINATION_%03d", n), "SUCCEEDED", day*24*60+i)
			if n%3 == 0 {
				line = strings.Replace(line, "SUCCEEDED", "FAILED", 1)
				line = strings.Replace(line, `"actionParams"`, `"errors":[{"message":"`+strings.Repeat("word ", 40)+`"}],"actionParams"`, 1)
			}
			text.WriteString(line)
			n++
		}
	}
	return kittest.LoadText(t, "x", text.String())
}

// longEvent is an event that leaves no room for dates at 80 columns.
func longEvent(action, result string, minute int) string {
	line := kittest.ChangeEvent(action, result, `{"id":"`+strings.Repeat("t", 40)+`"}`, minute)
	return strings.Replace(line, `"homer"`, `"Homer of Example Works"`, 1)
}

var aRule = regexp.MustCompile(`^   ── [A-Z][a-z]{2} \d{4}-\d\d-\d\d ──$`)

// kinds says what stands on the lines of the list: a rule with its day, or the number of a row; empty for other lines.
func kinds(lines []string) (out []string) {
	number := regexp.MustCompile(`_(\d{3})`)
	for _, l := range lines {
		l = strings.TrimRight(l, " ")
		switch m := number.FindStringSubmatch(l); {
		case aRule.MatchString(l):
			out = append(out, l[len("   ── "):len("   ── ")+3])
		case m != nil:
			out = append(out, m[1])
		default:
			out = append(out, "")
		}
	}
	return out
}

// listLines are the lines of the list below its header.
func (d *listRig) listLines() []string { return d.lines()[3 : d.h-1] }

func TestADayStandsAboveItsRows(t *testing.T) {
	d := newListRig(t, daysLog(t, 2, 1, 3), 80, 12)
	d.press("L L") // no lines of errors
	if got, want := kinds(d.listLines()), strings.Fields("Sun 000 001 Mon 002 Tue 003 004"); !slices.Equal(got, want) {
		// The last row does not fit: the cursor is on it, so the first one gives way.
		if want = strings.Fields("Sun 001 Mon 002 Tue 003 004 005"); !slices.Equal(got, want) {
			t.Errorf("the lines are %q, want %q", got, want)
		}
	}
	for _, tt := range []struct{ keys, want string }{
		{"g", "Sun 000 001 Mon 002 Tue 003 004"}, {"j j j", "Sun 001 Mon 002 Tue 003 004 005"}, {"G", "Sun 001 Mon 002 Tue 003 004 005"},
		{"g j", "Sun 000 001 Mon 002 Tue 003 004"},
	} {
		d.press(tt.keys)
		if got := kinds(d.listLines()); !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("after %q the lines are %q, want %q", tt.keys, got, tt.want)
		}
	}
	d.press("G")
	d.list.SetSize(80, 6) // a line for the titles, five for the list
	if got := kinds(d.listLines())[:5]; !slices.Equal(got, strings.Fields("Tue 003 004 005")) && !slices.Equal(got, []string{"Mon", "002", "Tue", "003", "004"}) &&
		!slices.Equal(got[:4], strings.Fields("Tue 003 004 005")) {
		t.Errorf("on five lines there are %q", got)
	}
}

func TestTheDateIsInTheRowWhereNoRuleHasIt(t *testing.T) {
	d := newListRig(t, daysLog(t, 2, 2), 80, 14)
	dates := func() (rules, rows int) {
		for _, l := range d.listLines() {
			if aRule.MatchString(strings.TrimRight(l, " ")) {
				rules++
			} else if strings.Contains(l, "11-22 ") || strings.Contains(l, "11-23 ") {
				rows++
			}
		}
		return rules, rows
	}
	check := func(after string, rules, rows int) {
		t.Helper()
		if r, n := dates(); r != rules || n != rows {
			t.Errorf("%s: %d rules and %d dates in rows, want %d and %d:\n%s", after, r, n, rules, rows, strings.Join(d.lines(), "\n"))
		}
	}
	check("at first", 2, 0)
	d.press("l S") // by action
	check("by action", 0, 4)
	d.list.SortBy(kit.Sorting{Reversed: true})
	d.settle()
	check("newest first", 2, 0)
	d.list.SortBy(kit.Sorting{Appended: true})
	d.settle()
	check("by line", 0, 4)
	d.list.SortBy(kit.Sorting{})
	d.settle()
	d.resize(180, 14)
	check("on a wide screen", 0, 4)
	d.resize(80, 6)
	if r, _ := dates(); r != 0 {
		t.Errorf("three lines have %d rules", r)
	}
	d.resize(60, 14)
	check("on a narrow screen", 2, 0)
	d.Display.Times = kit.FromNow
	if r, _ := dates(); r != 0 {
		t.Errorf("times from now have %d rules", r)
	}
}

func TestDaysAreThoseOfTheZone(t *testing.T) {
	log := kittest.LoadText(t, "x", longEvent("UPDATE_ALERT_DESTINATION_000", "SUCCEEDED", 20*60)+longEvent("UPDATE_ALERT_DESTINATION_001", "SUCCEEDED", 21*60))
	d := newListRig(t, log, 60, 14)
	for _, want := range []string{"Sun 000 001", "Sun 000 Mon 001"} {
		if got := strings.Fields(strings.Join(kinds(d.listLines()), " ")); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("in %v the lines are %q, want %q", d.Display.Zone, got, want)
		}
		d.Display.Zone = kittest.FixedZone
	}
}

// Whatever rules and errors stand between the rows: a page shows what follows the one before, and the cursor is on the screen.
func TestPagesLeaveNoRowOut(t *testing.T) {
	for _, counts := range [][]int{{40}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {3, 9, 1, 1, 20, 1, 1, 1, 1, 1, 1, 1, 5}} {
		log, n := daysLog(t, counts...), 0
		for _, c := range counts {
			n += c
		}
		for _, height := range []int{4, 5, 6, 7, 9, 12, 18, 24} {
			for _, errors := range []string{"", "L", "L L", "W", "W L"} {
				for _, keys := range [][2]string{{"g", "pgdown"}, {"G", "pgup"}, {"g", "ctrl+d"}, {"G", "ctrl+u"}} {
					d := newListRig(t, log, 80, height+4)
					d.press(errors + " g " + keys[0])
					name := fmt.Sprintf("%d days, %d lines, L %q, %s", len(counts), height, errors, keys[1])
					checkPages(t, d, name, keys[1], n)
				}
			}
		}
	}
}

func checkPages(t *testing.T, d *listRig, name, key string, n int) {
	t.Helper()
	seen := map[string]bool{}
	for range 3 * n {
		lines := d.lines()
		rows := 0
		for i, k := range kinds(lines[3 : d.h-1]) {
			if len(k) == 3 && k[0] >= '0' && k[0] <= '9' {
				seen[k] = true
				rows++
			}
			if i == 0 && k == "" {
				t.Fatalf("%s: the first line is %q", name, lines[3])
			}
		}
		if !strings.Contains(strings.Join(lines, "\n"), "\n▌") || rows == 0 {
			t.Fatalf("%s: the cursor is not on the screen:\n%s", name, strings.Join(lines, "\n"))
		}
		before := d.list.cursor
		if d.press(key); d.list.cursor == before {
			break
		}
	}
	if len(seen) != n {
		t.Errorf("%s: %d of %d rows were on the screen", name, len(seen), n)
	}
	if end := map[bool]int{true: 0, false: n - 1}[strings.Contains("pgup ctrl+u", key)]; d.list.cursor != end {
		t.Errorf("%s: the cursor ends on row %d, want %d", name, d.list.cursor, end)
	}
}

func TestClicksAndTheWheelKnowTheRules(t *testing.T) {
	d := newListRig(t, daysLog(t, 2, 1, 30), 80, 12)
	d.press("L L g")
	d.lines()
	for y, want := range []int{0, 0, 1, 1, 2, 2, 3, 4} { // Sun 000 001 Mon 002 Tue 003 004: a rule moves nothing
		d.list.Click(30, y+1)
		d.settle()
		d.lines()
		if d.list.cursor != want {
			t.Errorf("a click on line %d goes to row %d, want %d", y, d.list.cursor, want)
		}
	}
	top := ""
	for range 60 {
		d.list.Wheel(1, d.Scene())
		lines := kinds(d.listLines())
		if top == strings.Join(lines, " ") {
			break
		}
		top = strings.Join(lines, " ")
	}
	if !strings.HasSuffix(top, "032") || !strings.HasPrefix(top, "Tue 026") {
		t.Errorf("the wheel ends at %q", top)
	}
	d.press("k")
	if got := kinds(d.listLines()); got[len(got)-1] != "032" && !strings.HasPrefix(strings.Join(got, " "), "Tue") {
		t.Errorf("a step up after the wheel shows %q", got)
	}
}

func TestTheSameRowAgainIsCounted(t *testing.T) {
	lake := func(id, action string, minute int) string {
		return strings.Replace(kittest.Event(action, "SUCCEEDED", minute), `{"actionName"`, `{"p_row_id":"`+id+`","actionName"`, 1)
	}
	one := kittest.Event("GET_RULE", "SUCCEEDED", 1)
	log := kittest.LoadText(t, "x", one+one+one+kittest.Event("GET_RULE", "FAILED", 1)+ // equal lines, and one that differs
		lake("5f1c9b", "LIST_ROLES", 2)+lake("5f1c9b", "LIST_ROLES ", 2)+ // a copy that another product wrote
		lake("aa11", "SIGN_IN", 3)+kittest.Event("GET_USER", "SUCCEEDED", 3)+lake("aa11", "SIGN_IN", 3)+
		strings.Repeat("{broken\n", 2)+strings.Repeat(kittest.Event("CHECK_IT", "SUCCEEDED", 5), 12))
	for _, ascii := range []bool{false, true} {
		d := newListRig(t, log, 80, 40)
		times := "×"
		if ascii {
			times, d.Display.Glyphs = "x", &kit.ASCIIGlyphs
		}
		sign := regexp.MustCompile(` (` + times + `[2-9+]?) +`)
		signs := func() (out []string) {
			for _, l := range d.listLines() {
				if strings.TrimSpace(l) == "" || strings.Contains(l, "2026") {
					continue
				}
				m := sign.FindStringSubmatch(l[min(12, len(l)):])
				if m == nil {
					m = []string{"", "-"}
				}
				out = append(out, strings.ReplaceAll(m[1], "x", "×"))
			}
			return out
		}
		want := strings.Fields("- ×2 ×3 - - ×2 - - × - ×2 - ×2 ×3 ×4 ×5 ×6 ×7 ×8 ×9 ×+ ×+ ×+")
		if got := signs(); !slices.Equal(got, want) && !ascii {
			t.Errorf("the signs are\n%q, want\n%q\n%s", got, want, strings.Join(d.lines(), "\n"))
		}
		d.filterBy("action:check_it")
		d.press("g")
		if got := signs(); len(got) != 12 || got[0] != "-" || got[1] != "×2" {
			t.Errorf("filtered, the signs are %q", got)
		}
	}
}
