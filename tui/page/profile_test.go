package page

import (
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// profileRig shows the page of a value alone.
type profileRig struct {
	*frequencyRig
	page *Profile
}

func newProfileRig(t *testing.T, log kittest.StillLog, v kit.Value) *profileRig {
	t.Helper()
	r := &profileRig{frequencyRig: &frequencyRig{ModalRig: kittest.NewModalRig(t)}}
	r.Log = log
	r.selectRows(nil)
	r.Screen(120, 60)
	r.Obey(OfValue(r.Display, v))
	p, ok := r.Modals.Top().(*Profile)
	if !ok {
		t.Fatalf("no page opens for %+v: %s", v, r.Toast)
	}
	r.page = p
	r.Screen(120, 60)
	r.Work()
	return r
}

// valueOf makes a value.
func valueOf(name, text string) kit.Value { return kit.Value{Name: name, Text: model.NewText(text)} }

// pagesOf are topics of each kind in the shared log.
var pagesOf = []kit.Value{
	valueOf("actor.id", "5e9a7c24-0d3b-4f68-a1c2-97b86e30d4f5"), valueOf("actor", "Mira Okafor"), valueOf("ip", "192.0.2.20"),
	valueOf("sourceIP", "192.0.2.140"), valueOf("target", "Admin"), valueOf("action", "SIGN_IN"), valueOf("param.enabled", "true"),
}

func TestTheFilterOfALineFindsAsManyEventsAsItsCount(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		for _, of := range pagesOf {
			t.Run(file+" "+of.Name, func(t *testing.T) {
				r := newProfileRig(t, kittest.LoadFile(t, file), of)
				if file == "audit.jsonl" && r.page.counted.total.Events == 0 {
					t.Error("the log has no such events")
				}
				if got := r.events(r.page.about.expr); got != r.page.counted.total.Events {
					t.Errorf("%s finds %d events, and the page says %d", r.page.about.expr, got, r.page.counted.total.Events)
				}
				for i, l := range r.page.shown {
					if l.kind != valueLine {
						continue
					}
					r.page.at = i
					w := r.page.enter()
					// An actor is counted by its name, and found by its id and address, too.
					if got := r.events(w.Only); got != l.count.Events && !(l.value.Name == "actor" && got > l.count.Events) {
						t.Errorf("%s finds %d events, and the page says %d", w.Only, got, l.count.Events)
					}
				}
			})
		}
	}
}

func TestTheDaysAndHoursCountEveryEventWithATime(t *testing.T) {
	for _, zone := range []string{"UTC", "America/New_York", "Asia/Kathmandu"} {
		at, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		r := newFrequencyRig(t, kittest.LoadFile(t, "damaged.jsonl"), "action")
		got := hoursOf(r.Sel, at)
		var want hours
		snap := r.Sel.Snapshot()
		for k := range r.Sel.Len() {
			if e := snap.Event(r.Sel.At(k)); e.Flags&(model.FlagReject|model.FlagNoTime) == 0 {
				when := e.Time().In(at)
				want[(when.Weekday()+6)%7][when.Hour()]++
			}
		}
		if got != want {
			t.Errorf("in %s the hours are\n%v, want\n%v", zone, got, want)
		}
	}
}

func TestWhatIsNewIsWhatTheQueryFinds(t *testing.T) {
	for _, of := range pagesOf {
		r := newProfileRig(t, kittest.LoadFile(t, "audit.jsonl"), of)
		rows := map[model.Row]bool{}
		for _, f := range r.page.news.found {
			rows[f.row] = true
		}
		n := r.page.news.settled + r.page.news.warmUp
		if want := r.events(query.And(r.page.about.expr, kit.MustParse("is:first-seen"))); len(rows) != want && n <= mostNews {
			t.Errorf("the page of %v has %d new events, and is:first-seen finds %d", of, len(rows), want)
		}
	}
}

func TestThePageGrowsWithTheLog(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Event("LIST_RULES", "SUCCEEDED", 1)+kittest.Event("SIGN_IN", "FAILED", 2))
	e := log.Snapshot()
	id := e.Event(0).Actor.ID
	r := newProfileRig(t, log, kit.Value{Name: "actor.id", Text: id})
	r.MustShow("2 events, 1 failed", "in the whole log", "LIST_RULES", "SIGN_IN")
	r.Press("J j")
	before, _ := r.page.value()
	facets := r.page.counted.facets
	kittest.AppendText(t, log.Log, kittest.Event("DELETE_RULE", "FAILED", 3)+kittest.Event("DELETE_RULE", "FAILED", 4))
	r.Work()
	r.MustShow("4 events, 3 failed", "DELETE_RULE")
	if after, ok := r.page.value(); !ok || after != before || facets == r.page.counted.facets {
		t.Errorf("the cursor was on %+v and is on %+v", before, after)
	}
}

func TestThePageCountsTheWholeLogOrWithinTheFilter(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	for _, filter := range []string{"is:failed", "is:first-seen", "action:list"} {
		r := newProfileRig(t, log, valueOf("actor", "Mira Okafor"))
		all := r.page.counted.total.Events
		r.selectRows(kit.MustParse(filter))
		r.Press("\\")
		r.MustShow("within the filter")
		want := r.events(query.And(kit.MustParse(filter), r.page.about.expr))
		if got := r.page.counted.total.Events; got != want || got == all {
			t.Errorf("within %s the page counts %d events, want %d of %d", filter, got, want, all)
		}
		if r.Press("enter"); r.Wished.With == nil || r.Wished.Only != nil || len(r.Modals) != 0 {
			t.Errorf("enter within the filter wishes %+v", r.Wished)
		}
	}
	r := newProfileRig(t, log, valueOf("actor", "Mira Okafor"))
	r.selectRows(kit.MustParse("action:nothing"))
	r.Press("\\")
	r.MustShow("no events within the filter")
}

func TestKeysOfThePage(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	r := newProfileRig(t, log, valueOf("ip", "192.0.2.20"))
	r.Press("G k")
	v, _ := r.page.value()
	for _, tt := range []struct {
		key  string
		with query.Expr
	}{{"+", v.Expr()}, {"-", query.Not(v.Expr())}} {
		if r.Press(tt.key); r.Wished.With == nil || r.Wished.With.String() != tt.with.String() || len(r.Modals) != 1 {
			t.Errorf("%s wishes %v, want %v", tt.key, r.Wished.With, tt.with)
		}
	}
	r.Press("#")
	table, ok := r.Modals.Top().(*Frequencies)
	if !ok || table.counted.events != r.page.counted.total.Events {
		t.Fatalf("# opens %T", r.Modals.Top())
	}
	r.Press("O")
	if other, ok := r.Modals.Top().(*Profile); !ok || other == r.page {
		t.Fatalf("O opens %T", r.Modals.Top())
	}
	r.Press("esc")
	r.Press("enter")
	if r.Wished.Only == nil || !strings.Contains(r.Wished.Only.String(), "192.0.2.20") || len(r.Modals) != 0 {
		t.Errorf("enter in the table wishes %v with %d modals open", r.Wished.Only, len(r.Modals))
	}
}

func TestAFindingLeadsToItsEvent(t *testing.T) {
	r := newProfileRig(t, kittest.LoadFile(t, "audit.jsonl"), valueOf("ip", "192.0.2.20"))
	r.Press("g")
	l, _ := r.page.line()
	if r.Press("enter"); l.kind != newsLine || r.Wished.Row == nil || *r.Wished.Row != l.row || r.Wished.Only == nil || len(r.Modals) != 0 {
		t.Errorf("enter on a finding wishes %+v", r.Wished)
	}
}

func TestThePageIsAboutWhatIsUnderTheCursor(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(3))
	r := newFrequencyRig(t, log, "action")
	s := &kit.Scene{Sel: r.Sel, Cursor: 1, Ok: true}
	actor := r.Sel.Snapshot().Event(1).Actor
	for _, tt := range []struct {
		name  string
		v     kit.Value
		ok    bool
		inRow bool
		want  string
	}{
		{"a time", kit.Value{}, false, true, "actor.id=" + actor.ID.Raw()},
		{"an action in the list", valueOf("action", "X"), true, true, "actor.id=" + actor.ID.Raw()},
		{"an action elsewhere", valueOf("action", "X"), true, false, "action=X"},
		{"the actor of the row", kit.Value{Name: "actor", Text: actor.Label()}, true, true, "actor.id=" + actor.ID.Raw()},
		{"another actor", valueOf("actor", "x"), true, false, "actor=x"},
		{"two addresses", valueOf("ip", "192.0.2.9, 192.0.2.8"), true, true, "ip=192.0.2.9"},
		{"a list", kit.Value{Name: "param.x"}, false, true, ""},
		{"nothing", kit.Value{Name: "target", Absent: true}, true, true, ""},
	} {
		w := OfCursor(r.Display, tt.v, tt.ok, tt.inRow, s)
		p, _ := w.Modal.(*Profile)
		switch {
		case tt.want == "" && (p != nil || w.Toast.Empty()):
			t.Errorf("%s: a page opens, or nothing is said", tt.name)
		case tt.want != "" && (p == nil || p.about.expr.String() != tt.want):
			t.Errorf("%s: the page is about %+v, want %s", tt.name, p, tt.want)
		}
	}
	if w := OfCursor(r.Display, kit.Value{}, false, true, &kit.Scene{}); w.Modal != nil || w.Toast.Empty() {
		t.Error("a page opens without an event")
	}
}

func TestAMaskedValueHasNoPage(t *testing.T) {
	r := kittest.NewModalRig(t)
	r.Display.Redact = true
	if w := OfValue(r.Display, valueOf("param.accessKey", "AKIA"+strings.Repeat("Q", 16))); w.Modal != nil || w.Toast.Empty() {
		t.Error("a page is about a secret")
	}
}

func TestAPageOfHostileTextKeepsItsShape(t *testing.T) {
	log := kittest.HostileLog(t, "\x1b]0;x\x07\u202e\n\r\t"+strings.Repeat("long", 3000))
	r := newFrequencyRig(t, log, "action")
	s := &kit.Scene{Sel: r.Sel, Ok: true}
	for row := range min(5, r.Sel.Len()) {
		s.Cursor = r.Sel.At(row)
		actor, ok := actorOf(s)
		if !ok {
			continue
		}
		p := newProfileRig(t, log, actor)
		for _, size := range [][2]int{{1, 1}, {20, 5}, {40, 12}, {80, 24}, {200, 50}} {
			kittest.CheckBlock(t, p.Display, p.Screen(size[0], size[1]), size[0], size[1])
		}
	}
}

func TestTheCursorStaysOnLinesThatItCanStandOn(t *testing.T) {
	r := newProfileRig(t, kittest.LoadFile(t, "audit.jsonl"), valueOf("actor", "Mira Okafor"))
	for _, key := range strings.Fields("J J J K k k k pgdown pgdown pgdown G j j g k pgup ctrl+d ctrl+u G pgup K K K K K K K K") {
		r.Press(key)
		r.Screen(80, 24)
		if _, ok := r.page.line(); !ok {
			t.Fatalf("after %s the cursor is on a line of kind %d", key, r.page.shown[r.page.at].kind)
		}
	}
	if r.page.top != 0 {
		t.Errorf("at the first value the page begins at line %d, want its head", r.page.top)
	}
}
