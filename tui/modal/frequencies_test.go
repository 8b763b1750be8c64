package modal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// frequencyRig shows the values of a field alone.
type frequencyRig struct {
	*modalRig
	view *Frequencies
}

func newFrequencyRig(t testing.TB, log kittest.StillLog, name string) *frequencyRig {
	t.Helper()
	v, err := NewFrequencies(newModalRig(t).display, name)
	if err != nil {
		t.Fatal(err)
	}
	r := &frequencyRig{modalRig: newModalRig(t), view: v}
	r.display, r.log = v.display, log
	r.selectRows(nil)
	r.obey(kit.Wish{Modal: v})
	r.work()
	return r
}

// selectRows shows the rows of a filter in the list; nil for all.
func (r *frequencyRig) selectRows(e query.Expr) {
	r.t.Helper()
	snap := r.log.Snapshot()
	sel, err := model.Select(r.t.Context(), snap, compiled(e), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	r.sel = sel
}

func compiled(e query.Expr) model.Matcher {
	if e == nil {
		return nil
	}
	return query.Compile(e, query.Env{Now: kittest.TestNow, Zone: time.UTC})
}

// events counts the events of a filter.
func (r *frequencyRig) events(e query.Expr) (n int) {
	r.t.Helper()
	sel, err := model.Select(r.t.Context(), r.log.Snapshot(), compiled(e), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for k := range sel.Len() {
		if sel.Snapshot().Flags(sel.At(k))&model.FlagReject == 0 {
			n++
		}
	}
	return n
}

// names are fields of every kind that a list or a detail can name.
var countedNames = []string{"result", "action", "actor", "identity", "target", "ip", "error", "errors.code", "ua", "class", "role", "actor.type", "actor.id",
	"param.id", "param.enabled", "param.logTypes", "param.detections", "param.name", "param.settings", ".actionParams.dynamic.input", "p_log_type", ".nothing"}

func TestTheFilterOfAValueFindsAsManyEventsAsItsCount(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		log := kittest.LoadFile(t, file)
		for _, name := range countedNames {
			t.Run(file+" "+name, func(t *testing.T) {
				r := newFrequencyRig(t, log, name)
				r.display.Redact = false
				counts := r.view.values.counts
				if len(counts) == 0 {
					t.Fatal("nothing is counted")
				}
				for i := range counts[:min(25, len(counts))] {
					r.view.at = i
					w, ok := r.view.filterBy(true)
					if !ok && strings.Contains(w.Toast.String(), "object") {
						continue
					}
					// An actor is counted by its name, and found by its id and address, too.
					if got := r.events(w.With); got != counts[i].Events && !(name == "actor" && got > counts[i].Events) {
						t.Errorf("%s finds %d events, and the table says %d", w.With, got, counts[i].Events)
					}
				}
			})
		}
	}
}

// listEvent is an event with a list of log types.
func listEvent(types string, minute int) string {
	return kittest.ChangeEvent("UPDATE_LOG_SOURCE", "SUCCEEDED", `{"logTypes":`+types+`}`, minute)
}

func TestEachElementOfAListCountsOncePerEvent(t *testing.T) {
	log := kittest.LoadText(t, "x", listEvent(`["A","B","A"]`, 1)+listEvent(`["B"]`, 2)+listEvent(`[]`, 3)+listEvent(`null`, 4)+listEvent(`[["C"],{"a":1}]`, 5))
	r := newFrequencyRig(t, log, "param.logTypes")
	got := map[string]int{}
	for _, c := range r.view.values.counts {
		got[fmt.Sprint(c.Values[0].Text.Raw(), c.Values[0].Absent)] = c.Events
	}
	want := map[string]int{"Afalse": 1, "Bfalse": 2, "Cfalse": 1, "false": 1, `{"a":1}false`: 1, "true": 1}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the values are %v, want %v", got, want)
	}
	r.mustShow("1 of 6: 5 values and none", "2 of 5 events")
}

func TestValuesAreSortedByEachColumnAndBack(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Event("B_ONE", "SUCCEEDED", 1)+kittest.Event("A_TWO", "FAILED", 2)+kittest.Event("A_TWO", "SUCCEEDED", 9)+
		kittest.Event("C_THREE", "FAILED", 3)+kittest.Event("C_THREE", "FAILED", 4)+kittest.Event("C_THREE", "SUCCEEDED", 5))
	r := newFrequencyRig(t, log, "action")
	for _, tt := range []struct{ keys, want, sign string }{
		{"", "C_THREE A_TWO B_ONE", "Count▾"},
		{"S", "B_ONE A_TWO C_THREE", "Count▴"},
		{"left", "A_TWO B_ONE C_THREE", "Value▴"},
		{"left", "A_TWO C_THREE B_ONE", "Last▾"},
		{"left", "B_ONE A_TWO C_THREE", "First▴"},
		{"left", "C_THREE A_TWO B_ONE", "Failed▾"},
		{"right S", "C_THREE A_TWO B_ONE", "First▾"},
	} {
		r.press(tt.keys)
		var got []string
		for _, c := range r.view.values.counts {
			got = append(got, c.Values[0].Text.Raw())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("after %q the order is %v, want %s", tt.keys, got, tt.want)
		}
		r.mustShow(tt.sign)
	}
}

func TestTheTableShowsCountShareFailuresAndTimes(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		frame := r.screen(size[0], size[1])
		for _, want := range []string{"Values of action", "1 of 81 values", "UPDATE_ALERT_STATUS ", "9.1%", "✗15", "11-08 21:44", "11-22 19:22", "181 of 2,000 events, 15 failed"} {
			if !strings.Contains(frame, want) {
				t.Errorf("%q is not shown at %v:\n%s", want, size, frame)
			}
		}
	}
}

func TestSearchNarrowsTheValues(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
	r.press("j /")
	r.write("alert stat")
	r.press("down enter")
	r.mustShow("1 of 1 found in 81 values", "UPDATE_ALERT_STATUS")
	r.press("/")
	r.write("nothing like it")
	r.mustShow("No value contains this", "0 of 0 found")
	r.press("esc")
	r.mustShow("of 1 found")
	r.press("esc")
	r.mustShow("1 of 81 values")
	r.press("esc")
	if len(r.modals) != 0 {
		t.Error("esc does not close the table")
	}
}

func TestKeysFilterInAndOut(t *testing.T) {
	for _, tt := range []struct {
		key, want string
		closes    bool
	}{{"enter", "action=LIST_DETECTIONS", true}, {"+", "action=LIST_DETECTIONS", false}, {"-", "-action=LIST_DETECTIONS", false}} {
		r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
		r.press(tt.key)
		if got := r.wished.With; got == nil || got.String() != tt.want || (len(r.modals) == 0) != tt.closes {
			t.Errorf("%s filters by %v and leaves %d modals, want %s", tt.key, got, len(r.modals), tt.want)
		}
	}
}

func TestTheCountsFollowTheLogAndTheFilter(t *testing.T) {
	for _, name := range []string{"action", ".actionName"} {
		log := kittest.LoadText(t, "x", kittest.Event("LIST_RULES", "SUCCEEDED", 1)+kittest.Event("SIGN_IN", "FAILED", 2)+kittest.Event("SIGN_IN", "FAILED", 2))
		r := newFrequencyRig(t, log, name)
		r.press("j")
		kittest.AppendText(t, log.Log, kittest.Event("LIST_RULES", "SUCCEEDED", 3)+kittest.Event("LIST_RULES", "SUCCEEDED", 4))
		before := r.view.counted.facets
		r.selectRows(nil)
		r.work()
		if at, ok := r.view.value(); !ok || at.Text.Raw() != "LIST_RULES" || r.view.counted.facets == before {
			t.Errorf("the cursor is on %+v, want it to stay on its value", at)
		}
		r.selectRows(kit.MustParse("result=FAILED"))
		r.work()
		r.mustShow("1 of 1 value", "2 of 2 events, 2 failed", "100%")
	}
}

func TestMaskedValuesAreNeitherShownNorSearchedNorFilteredBy(t *testing.T) {
	secret := "AKIA" + strings.Repeat("Q", 16)
	log := kittest.LoadText(t, "x", kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", `{"accessKey":"`+secret+`"}`, 1))
	r := newFrequencyRig(t, log, "param.accessKey")
	r.display.Redact = true
	if frame := r.screen(120, 20); strings.Contains(frame, secret) {
		t.Errorf("the secret is shown:\n%s", frame)
	}
	r.press("enter")
	if r.wished.With != nil || len(r.modals) != 1 || r.toast == "" {
		t.Errorf("a masked value is filtered by: %v, %q", r.wished.With, r.toast)
	}
	r.display.Version++
	r.press("/")
	r.write("akiaqq")
	r.mustShow("0 of 0 found")
}

func TestHostileValuesStayInTheirRow(t *testing.T) {
	log := kittest.HostileLog(t, "\x1b]0;x\x07\u202e\n\r\t"+strings.Repeat("long", 3000))
	for _, name := range []string{"action", "actor", "error", "ua", "param.list"} {
		r := newFrequencyRig(t, log, name)
		for _, w := range []int{1, 20, 40, 80, 200} {
			kittest.CheckBlock(t, r.display, r.screen(w, 24), w, 24)
		}
	}
}

func TestManyValuesAreSaidToBeCut(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadText(t, "x", kittest.Events(5)), "action")
	v := r.view
	v.counted.len = 1_234_567
	v.counted.unread = 2
	r.mustShow("most frequent of 1,234,567 values", "2 lines could not be read and count as none")
	v.loaded = false
	r.mustShow("the log is still being read")
}

func TestACountSaysHowFarItIsAndEndsWithEsc(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadText(t, "x", kittest.Events(5)), "action")
	v, err := NewFrequencies(r.display, "param.id")
	if err != nil {
		t.Fatal(err)
	}
	r.modals = Modals{v}
	if cmd := v.Work(t.Context(), &kit.Scene{Sel: r.sel}); cmd == nil {
		t.Fatal("nothing is counted")
	}
	v.read.Store(3)
	if frame := r.screen(80, 24); !strings.Contains(frame, "counting … 3 of 5 lines read") {
		t.Errorf("the progress is not shown:\n%s", frame)
	}
	running := v.running
	if _, done := v.Press(kit.CmdBack, ""); !done || running.Err() == nil || v.counting.Busy() {
		t.Error("esc does not end the count")
	}
}

func TestTheFieldToCountCanBeChosen(t *testing.T) {
	r := newModalRig(t)
	r.obey(AskFrequencies(r.display, ""))
	r.write("target")
	r.mustShow("what the action touched")
	r.press("enter")
	if v, ok := r.modals.Top().(*Frequencies); !ok || v.name != "target" {
		t.Errorf("the modal is %T", r.modals.Top())
	}
	for _, c := range fieldChoices(r.display) {
		if strings.HasPrefix(c.name.String(), "since") || c.name.String() == "time" {
			t.Errorf("%s can be chosen", c.name)
		}
	}
}

func TestSharesAreNeverNothingOfSomethingNorAllOfLess(t *testing.T) {
	for _, tt := range []struct {
		n, all int
		want   string
	}{{1, 1, "100%"}, {1, 10_000, "<0.1%"}, {9_999, 10_000, "99.9%"}, {1, 3, "33.3%"}, {1, 1000, "0.1%"}, {0, 0, "100%"}} {
		if got := shareOf(tt.n, tt.all); got != tt.want {
			t.Errorf("shareOf(%d, %d) = %s, want %s", tt.n, tt.all, got, tt.want)
		}
	}
}

func TestATableThatIsNotCountedYetSaysNothingOfItsEvents(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadText(t, "x", kittest.Events(5)), "action")
	v, err := NewFrequencies(r.display, "action")
	if err != nil {
		t.Fatal(err)
	}
	r.modals = Modals{v}
	cmd := v.Work(t.Context(), &kit.Scene{Sel: r.sel})
	r.mustShow("counting …")
	r.run(cmd)
	if frame := r.screen(80, 24); strings.Contains(frame, "no events") || !strings.Contains(frame, "5 of 5 events") {
		t.Errorf("the first answer does not bring the values:\n%s", frame)
	}
}
