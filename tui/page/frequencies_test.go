package page

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
	*kittest.ModalRig
	view *Frequencies
}

func newFrequencyRig(t testing.TB, log kittest.StillLog, name string) *frequencyRig {
	t.Helper()
	v, err := NewFrequencies(kittest.NewModalRig(t).Display, name)
	if err != nil {
		t.Fatal(err)
	}
	r := &frequencyRig{ModalRig: kittest.NewModalRig(t), view: v}
	r.Display, r.Log = v.Display, log
	r.selectRows(nil)
	r.Obey(kit.Wish{Modal: v})
	r.Work()
	return r
}

// selectRows shows the rows of a filter in the list; nil for all.
func (r *frequencyRig) selectRows(e query.Expr) {
	r.T.Helper()
	snap := r.Log.Snapshot()
	sel, err := model.Select(r.T.Context(), snap, compiled(e), nil)
	if err != nil {
		r.T.Fatal(err)
	}
	r.Sel = sel
}

func compiled(e query.Expr) model.Matcher {
	if e == nil {
		return nil
	}
	return query.Compile(e, query.Env{Now: kittest.TestNow, Zone: time.UTC})
}

// events counts the events of a filter.
func (r *frequencyRig) events(e query.Expr) (n int) {
	r.T.Helper()
	sel, err := model.Select(r.T.Context(), r.Log.Snapshot(), compiled(e), nil)
	if err != nil {
		r.T.Fatal(err)
	}
	for k := range sel.Len() {
		if sel.Snapshot().Flags(sel.At(k))&model.FlagReject == 0 {
			n++
		}
	}
	return n
}

// countedNames are fields of every kind that a list or a detail can name.
var countedNames = []string{"result", "action", "actor", "identity", "target", "ip", "error", "errors.code", "ua", "class", "role", "actor.type", "actor.id",
	"param.id", "param.enabled", "param.logTypes", "param.detections", "param.name", "param.settings", ".actionParams.dynamic.input", "p_log_type", ".nothing"}

func TestTheFilterOfAValueFindsAsManyEventsAsItsCount(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		log := kittest.LoadFile(t, file)
		for _, name := range countedNames {
			t.Run(file+" "+name, func(t *testing.T) {
				r := newFrequencyRig(t, log, name)
				r.Display.Redact = false
				counts := r.view.values.counts
				if len(counts) == 0 {
					t.Fatal("nothing is counted")
				}
				for i := range counts[:min(25, len(counts))] {
					r.view.At = i
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
	r.MustShow("1 of 6: 5 values and none", "2 of 5 events")
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
		r.Press(tt.keys)
		var got []string
		for _, c := range r.view.values.counts {
			got = append(got, c.Values[0].Text.Raw())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("after %q the order is %v, want %s", tt.keys, got, tt.want)
		}
		r.MustShow(tt.sign)
	}
}

func TestTheTableShowsCountShareFailuresAndTimes(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		frame := r.Screen(size[0], size[1])
		for _, want := range []string{"Values of action", "1 of 81 values", "UPDATE_ALERT_STATUS ", "9.1%", "✗15", "11-08 21:44", "11-22 19:22", "181 of 2,000 events, 15 failed"} {
			if !strings.Contains(frame, want) {
				t.Errorf("%q is not shown at %v:\n%s", want, size, frame)
			}
		}
	}
}

func TestSearchNarrowsTheValues(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
	r.Press("j /")
	r.Write("alert stat")
	r.Press("down enter")
	r.MustShow("1 of 1 found in 81 values", "UPDATE_ALERT_STATUS")
	r.Press("/")
	r.Write("nothing like it")
	r.MustShow("No value contains this", "0 of 0 found")
	r.Press("esc")
	r.MustShow("of 1 found")
	r.Press("esc")
	r.MustShow("1 of 81 values")
	r.Press("esc")
	if len(r.Modals) != 0 {
		t.Error("esc does not close the table")
	}
}

func TestKeysFilterInAndOut(t *testing.T) {
	for _, tt := range []struct {
		key, want string
		closes    bool
	}{{"enter", "action=LIST_DETECTIONS", true}, {"+", "action=LIST_DETECTIONS", false}, {"-", "-action=LIST_DETECTIONS", false}} {
		r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
		r.Press(tt.key)
		if got := r.Wished.With; got == nil || got.String() != tt.want || (len(r.Modals) == 0) != tt.closes {
			t.Errorf("%s filters by %v and leaves %d modals, want %s", tt.key, got, len(r.Modals), tt.want)
		}
	}
}

func TestTheCountsFollowTheLogAndTheFilter(t *testing.T) {
	for _, name := range []string{"action", ".actionName"} {
		log := kittest.LoadText(t, "x", kittest.Event("LIST_RULES", "SUCCEEDED", 1)+kittest.Event("SIGN_IN", "FAILED", 2)+kittest.Event("SIGN_IN", "FAILED", 2))
		r := newFrequencyRig(t, log, name)
		r.Press("j")
		kittest.AppendText(t, log.Log, kittest.Event("LIST_RULES", "SUCCEEDED", 3)+kittest.Event("LIST_RULES", "SUCCEEDED", 4))
		before := r.view.counted.facets
		r.selectRows(nil)
		r.Work()
		if at, ok := r.view.value(); !ok || at.Text.Raw() != "LIST_RULES" || r.view.counted.facets == before {
			t.Errorf("the cursor is on %+v, want it to stay on its value", at)
		}
		r.selectRows(kit.MustParse("result=FAILED"))
		r.Work()
		r.MustShow("1 of 1 value", "2 of 2 events, 2 failed", "100%")
	}
}

func TestMaskedValuesAreNeitherShownNorSearchedNorFilteredBy(t *testing.T) {
	secret := "AKIA" + strings.Repeat("Q", 16)
	log := kittest.LoadText(t, "x", kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", `{"accessKey":"`+secret+`"}`, 1))
	r := newFrequencyRig(t, log, "param.accessKey")
	r.Display.Redact = true
	if frame := r.Screen(120, 20); strings.Contains(frame, secret) {
		t.Errorf("the secret is shown:\n%s", frame)
	}
	r.Press("enter")
	if r.Wished.With != nil || len(r.Modals) != 1 || r.Toast == "" {
		t.Errorf("a masked value is filtered by: %v, %q", r.Wished.With, r.Toast)
	}
	r.Display.Version++
	r.Press("/")
	r.Write("akiaqq")
	r.MustShow("0 of 0 found")
}

func TestHostileValuesStayInTheirRow(t *testing.T) {
	log := kittest.HostileLog(t, "\x1b]0;x\x07\u202e\n\r\t"+strings.Repeat("long", 3000))
	for _, name := range []string{"action", "actor", "error", "ua", "param.list"} {
		r := newFrequencyRig(t, log, name)
		for _, w := range []int{1, 20, 40, 80, 200} {
			kittest.CheckBlock(t, r.Display, r.Screen(w, 24), w, 24)
		}
	}
}

func TestManyValuesAreSaidToBeCut(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadText(t, "x", kittest.Events(5)), "action")
	v := r.view
	v.counted.len = 1_234_567
	v.counted.unread = 2
	r.MustShow("most frequent of 1,234,567 values", "2 lines could not be read and count under none")
	v.loaded = false
	r.MustShow("the log is still being read")
}

func TestACountSaysHowFarItIsAndEndsWithEsc(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadText(t, "x", kittest.Events(5)), "action")
	v, err := NewFrequencies(r.Display, "param.id")
	if err != nil {
		t.Fatal(err)
	}
	r.Modals = kit.Modals{v}
	if cmd := v.Work(t.Context(), &kit.Scene{Sel: r.Sel}); cmd == nil {
		t.Fatal("nothing is counted")
	}
	v.read.Store(3)
	if frame := r.Screen(80, 24); !strings.Contains(frame, "counting … 3 of 5 lines read") {
		t.Errorf("the progress is not shown:\n%s", frame)
	}
	running := v.running
	if _, done := v.Press(kit.CmdBack, ""); !done || running.Err() == nil || v.counting.Busy() {
		t.Error("esc does not end the count")
	}
}

func TestTheFieldToCountCanBeChosen(t *testing.T) {
	r := kittest.NewModalRig(t)
	r.Obey(AskFrequencies(r.Display, ""))
	r.Write("target")
	r.MustShow("what the action touched")
	r.Press("enter")
	if v, ok := r.Modals.Top().(*Frequencies); !ok || v.name != "target" {
		t.Errorf("the modal is %T", r.Modals.Top())
	}
	for _, c := range fieldChoices(r.Display) {
		if strings.HasPrefix(c.Name.String(), "since") || c.Name.String() == "time" {
			t.Errorf("%s can be chosen", c.Name)
		}
	}
}

func TestATableThatIsNotCountedYetSaysNothingOfItsEvents(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadText(t, "x", kittest.Events(5)), "action")
	v, err := NewFrequencies(r.Display, "action")
	if err != nil {
		t.Fatal(err)
	}
	r.Modals = kit.Modals{v}
	cmd := v.Work(t.Context(), &kit.Scene{Sel: r.Sel})
	r.MustShow("counting …")
	r.Run(cmd)
	if frame := r.Screen(80, 24); strings.Contains(frame, "no events") || !strings.Contains(frame, "5 of 5 events") {
		t.Errorf("the first answer does not bring the values:\n%s", frame)
	}
}
