package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// periodRig shows the page of two periods alone.
type periodRig struct {
	*kittest.ModalRig
	page *Periods
}

func newPeriodRig(t testing.TB, log kittest.StillLog, s Stretches, filter string) *periodRig {
	t.Helper()
	r := &periodRig{ModalRig: kittest.NewModalRig(t)}
	r.Log = log
	r.page = NewPeriods(r.Display, s)
	r.filterBy(filter)
	r.Obey(kit.Wish{Modal: r.page})
	r.Work()
	return r
}

// filterBy shows the rows of a filter in the list.
func (r *periodRig) filterBy(text string) {
	r.T.Helper()
	f, err := kit.FilterText{Text: text}.Parse()
	if err != nil {
		r.T.Fatal(err)
	}
	r.Filter = f
	if r.Sel, err = model.Select(r.T.Context(), r.Log.Snapshot(), compiled(f.Expr), nil); err != nil {
		r.T.Fatal(err)
	}
}

// count counts the events of a query the plain way.
func (r *periodRig) count(text string) int {
	r.T.Helper()
	sel, err := model.Select(r.T.Context(), r.Log.Snapshot(), compiled(kit.MustParse(text)), nil)
	if err != nil {
		r.T.Fatal(err)
	}
	n := 0
	for k := range sel.Len() {
		if sel.Snapshot().Flags(sel.At(k))&model.FlagReject == 0 {
			n++
		}
	}
	return n
}

// lines are the shown changes.
func (r *periodRig) lines() string {
	var out []string
	for _, c := range r.page.shown.changes {
		name := c.Values[0].Text.Raw()
		if c.Values[0].Absent {
			name = "none"
		}
		out = append(out, fmt.Sprintf("%s %d %d", name, c.Before.Events, c.After.Events))
	}
	return strings.Join(out, ", ")
}

// twoHours is a log of two hours, given by the actions of the events in each.
func twoHours(first, second []string) string {
	var out strings.Builder
	for i, actions := range [][]string{first, second} {
		for k, a := range actions {
			name, result := strings.TrimSuffix(a, "!"), "SUCCEEDED"
			if name != a {
				result = "FAILED"
			}
			out.WriteString(kittest.Event(name, result, 60*i+k))
		}
	}
	return out.String()
}

func TestTwoPeriodsCountWhatTheirQueriesFind(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		for _, filter := range []string{"", "result:FAILED OR class:read", "time:2026-11-12.. -action:LIST", "is:new-address OR is:duplicate"} {
			r := newPeriodRig(t, kittest.LoadFile(t, file), Stretches{}, filter)
			r.Display.Redact = false
			rest := strings.TrimPrefix(filter, "time:2026-11-12.. ")
			if rest != "" {
				rest = "(" + rest + ")"
			}
			for range periodFields {
				name := periodFields[r.page.field].name
				t.Run(file+" "+filter+" "+name, func(t *testing.T) {
					checkPeriods(t, r, rest, name)
				})
				r.Press("tab")
			}
		}
	}
}

// checkPeriods compares the counts of the page with those of queries.
func checkPeriods(t *testing.T, r *periodRig, rest, name string) {
	now := r.page.periods()
	times := [2]string{query.During(now.Before, time.UTC).String(), query.During(now.After, time.UTC).String()}
	for i, s := range r.page.pairs.sides {
		if want := r.count(rest + " " + times[i]); s.events != want {
			t.Fatalf("period %d has %d events, want %d", i, s.events, want)
		}
	}
	if len(r.page.shown.changes) == 0 {
		t.Fatal("nothing is shown")
	}
	for i, c := range r.page.shown.changes[:min(20, len(r.page.shown.changes))] {
		r.page.At = i
		e, why := r.page.condition()
		if e == nil && strings.Contains(why.String(), "object") {
			continue
		}
		for k, got := range []int{c.Before.Events, c.After.Events} {
			// An actor is counted by its name, and found by its id and address, too.
			if want := r.count(rest + " " + times[k] + " " + e.String()); got != want && !(name == "actor" && got < want) {
				t.Errorf("%s occurs %d times, and the query finds %d", e, got, want)
			}
		}
	}
}

func TestChangesAreSortedAndTheirSignsShown(t *testing.T) {
	log := kittest.LoadText(t, "x", twoHours([]string{"GONE", "GONE", "LESS", "LESS", "LESS", "SAME"}, []string{"NEW!", "LESS", "SAME!", "MORE", "MORE", "MORE"}))
	r := newPeriodRig(t, log, Stretches{}, "")
	for _, want := range []string{"MORE 0 3, GONE 2 0, LESS 3 1, NEW 0 1, SAME 1 1", "MORE 0 3, NEW 0 1, GONE 2 0, LESS 3 1, SAME 1 1",
		"NEW 0 1, SAME 1 1, GONE 2 0, LESS 3 1, MORE 0 3", "MORE 0 3, LESS 3 1, NEW 0 1, SAME 1 1, GONE 2 0",
		"LESS 3 1, GONE 2 0, SAME 1 1, MORE 0 3, NEW 0 1", "GONE 2 0, LESS 3 1, MORE 0 3, NEW 0 1, SAME 1 1", "MORE 0 3"} {
		if got := r.lines(); !strings.HasPrefix(got, want) {
			t.Errorf("the changes are %s, want %s", got, want)
		}
		r.Press("S")
	}
	r.MustShow("2 new", "1 gone", "0 more", "1 fewer", "+3", "-2", "1 of 5 values", "[action]", "the last hour of the log and the hour before", "before 0 (0%), after 3 (50.0%)")
}

func TestPeriodsAreChosenByMarksTheTimelineAndTheFilter(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	r := newPeriodRig(t, log, Stretches{Marks: clock.Span{From: day(12), To: day(14)}, Brush: clock.Span{From: day(15), To: day(16)}}, "time:2026-11-18")
	for _, want := range [][]string{
		{"from the first mark to the last one", "2026-11-10 00:00", "2026-11-12 00:00", "2026-11-14 00:00", "2 days"},
		{"the time chosen in the timeline", "2026-11-14 00:00", "2026-11-15 00:00", "2026-11-16 00:00", "1 day"},
		{"the time of the filter", "2026-11-17 00:00", "2026-11-19 00:00"},
		{"the last 7 days of the log and the 7 days before", "2026-11-15 20:07", "7 days"},
		{"the last 24 hours of the log", "2026-11-21 20:07"},
		{"the last hour of the log"}, {"the last minute of the log"}, {"from the first mark to the last one"},
	} {
		r.MustShow(want...)
		r.Press("space")
	}
	r.Press("space [")
	r.MustShow("the time of the filter, and as long before, moved 1 day earlier, UTC", "2026-11-16 00:00", "2026-11-18 00:00")
	r.Press("] ]")
	r.MustShow("moved 1 day later", "2026-11-20 00:00")
}

func TestEnterFiltersByTheValueInBothPeriods(t *testing.T) {
	r := newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{}, "time:2026-11-18 -class:read")
	c, _ := r.page.row()
	want := c.Before.Events + c.After.Events
	r.Press("enter")
	if len(r.Modals) != 0 || r.Wished.Change == nil {
		t.Fatalf("enter wishes %+v and leaves %d modals", r.Wished, len(r.Modals))
	}
	if got := r.count(r.Wished.Change.Text); got != want || strings.Contains(r.Wished.Change.Text, "time:2026-11-18 ") {
		t.Errorf("%s finds %d events, want %d", r.Wished.Change.Text, got, want)
	}
	for key, want := range map[string]string{"+": "action=", "-": "-action="} {
		r = newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{}, "")
		if r.Press(key); r.Wished.With == nil || !strings.HasPrefix(r.Wished.With.String(), want) || len(r.Modals) != 1 {
			t.Errorf("%s filters by %v", key, r.Wished.With)
		}
	}
}

func TestTheHeadingOfPeriodsIsNeverCut(t *testing.T) {
	at := func(day, minute int) time.Time { return time.Date(2026, 11, day, 0, minute, 0, 0, time.UTC) }
	r := newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{Marks: clock.Span{From: at(12, 0), To: at(14, 90)}, Brush: clock.Span{From: at(15, 3), To: at(15, 93)}}, "time:2026-11-18")
	for range len(r.page.choices) {
		for _, keys := range []string{"", strings.Repeat("[ ", 13), strings.Repeat("] ", 31)} {
			r.Press(keys)
			r.page.pairs.sides[0].events, r.page.pairs.sides[0].failed = 12_345_678, 1_234_567
			lines := strings.Split(r.Screen(80, 24), "\n")
			for y, want := range []string{"Two periods", "UTC", "events", "event", "[action]"} {
				if line := strings.TrimRight(lines[y], " -"); !strings.Contains(line, want) || strings.HasSuffix(line, "…") || strings.HasSuffix(line, "~") {
					t.Errorf("line %d is %q, want %s in it and its end", y, line, want)
				}
			}
		}
		r.Press("space")
	}
}

func TestAFilterForAnyTimeChoosesNoPeriod(t *testing.T) {
	r := newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{}, "time:*")
	r.MustShow("the last 7 days of the log")
}

func TestOOpensThePageOfTheValueThatChanged(t *testing.T) {
	r := newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{}, "")
	r.Press("tab")
	v, _ := r.page.value()
	r.Press("O")
	if p, ok := r.Modals.Top().(*Profile); !ok || v.Name != "actor" || p.about.value.Text != v.Text {
		t.Errorf("O on %+v opens %T", v, r.Modals.Top())
	}
}

func TestALogThatGrowsReachesLaterPeriods(t *testing.T) {
	log := kittest.LoadText(t, "x", twoHours([]string{"A"}, []string{"A", "A"}))
	r := newPeriodRig(t, log, Stretches{}, "")
	kittest.AppendText(t, log.Log, kittest.Event("LATE", "SUCCEEDED", 90))
	r.filterBy("")
	r.Press("]")
	if got := r.lines(); got != "A 2 0, LATE 0 1" || strings.Contains(r.Screen(80, 24), "lies outside") {
		t.Errorf("the changes are %s, want the new event:\n%s", got, r.Screen(80, 24))
	}
}

func TestTheCountsOfPeriodsFollowTheLogAndTheFilter(t *testing.T) {
	for _, fields := range []int{0, 3} {
		log := kittest.LoadText(t, "x", twoHours([]string{"A", "B"}, []string{"A", "A"}))
		r := newPeriodRig(t, log, Stretches{}, "")
		r.Press(strings.Repeat("tab ", fields))
		before := r.page.pairs.sides[1].facets
		kittest.AppendText(t, log.Log, kittest.Event("C", "FAILED", 30)+kittest.Event("C", "FAILED", 59))
		r.filterBy("")
		r.Work()
		if r.page.pairs.sides[0].events+r.page.pairs.sides[1].events != 6 || r.page.pairs.sides[1].facets == before {
			t.Errorf("%d and %d events are counted, want 6", r.page.pairs.sides[0].events, r.page.pairs.sides[1].events)
		}
		r.filterBy("result=FAILED")
		r.Work()
		if n := r.page.pairs.sides[0].events + r.page.pairs.sides[1].events; n != 2 {
			t.Errorf("with a filter %d events are counted, want 2", n)
		}
		r.MustShow("the filter narrows both: ", "result=FAILED")
	}
}

func TestPeriodsBeyondTheLogAreSaid(t *testing.T) {
	r := newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{}, "")
	r.MustShow("the log starts at 2026-11-08 20:31, so before is incomplete")
	r.Press("]")
	r.MustShow("after lies outside the log, which runs from 2026-11-08 20:31 to 2026-11-22 20:07")
	r.Press("] ]")
	r.MustShow("Neither period has events")
	r = newPeriodRig(t, kittest.LoadText(t, "x", strings.Replace(kittest.Event("A", "FAILED", 1), "timestamp", "timestamq", 1)), Stretches{}, "")
	r.MustShow("No event of the log has a time")
}

func TestPeriodsSearchAndStop(t *testing.T) {
	r := newPeriodRig(t, kittest.LoadFile(t, "audit.jsonl"), Stretches{}, "")
	r.Press("/")
	r.Write("alert stat")
	r.Press("enter")
	r.MustShow("1 of 1 found in", "UPDATE_ALERT_STATUS")
	r.Press("esc")
	if r.page.search != "" || len(r.Modals) != 1 {
		t.Error("esc does not end the search alone")
	}
	r.page.asked, r.page.pairs = pairRequest{}, pairs{}
	r.page.field = 3
	snap := r.Log.Snapshot()
	if cmd := r.page.Work(t.Context(), &kit.Scene{Log: &snap, Newest: r.Sel, Current: r.Filter, Complete: true}); cmd == nil {
		t.Fatal("nothing is counted")
	}
	r.page.lines.Store(2000)
	r.page.read.Store(1024)
	if frame := r.Screen(80, 24); !strings.Contains(frame, "counting … 1,024 of 2,000 lines read; esc stops") {
		t.Errorf("the progress is not shown:\n%s", frame)
	}
	running := r.page.running
	if _, done := r.page.Press(kit.CmdBack, ""); !done || running.Err() == nil {
		t.Error("esc does not end the count")
	}
}

func TestMaskedAndHostileValuesOfPeriodsStayHarmless(t *testing.T) {
	secret := "AKIA" + strings.Repeat("Q", 16)
	r := newPeriodRig(t, kittest.LoadText(t, "x", strings.Replace(kittest.Event("A", "FAILED", 1), `"A"`, `"`+secret+`"`, 1)), Stretches{}, "")
	r.page.Display.Redact = true
	r.page.Display.Version++
	if frame := r.Screen(120, 20); strings.Contains(frame, secret) || !strings.Contains(frame, "redacted") {
		t.Errorf("the secret is shown:\n%s", frame)
	}
	if r.Press("enter"); r.Wished.Change != nil || len(r.Modals) != 1 || r.Toast == "" {
		t.Errorf("a masked value is filtered by: %v", r.Wished.Change)
	}
	r = newPeriodRig(t, kittest.HostileLog(t, "\x1b]0;x\x07\u202e\n\r\t"+strings.Repeat("long", 3000)), Stretches{}, "")
	for range periodFields {
		for _, w := range []int{1, 20, 40, 80, 200} {
			kittest.CheckBlock(t, r.Display, r.Screen(w, 24), w, 24)
		}
		r.Press("right")
	}
}
