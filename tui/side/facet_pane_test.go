package side

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe"
)

func newFacetRig(t testing.TB, log kittest.StillLog) (*kittest.Rig, *FacetPane) {
	disp := kittest.RigLook(false, true, colorprofile.TrueColor)
	p := NewFacetPane(disp)
	r := kittest.NewRig(t, disp, p, log)
	r.SelectRows("")
	r.Styled(34, 40)
	return r, p
}

// on puts the cursor on a value.
func (p *FacetPane) on(t *testing.T, name, text string) {
	t.Helper()
	for i, l := range p.lines {
		if l.kind == facetValue && l.value == (kit.Value{Name: name, Text: model.NewText(text)}) {
			p.moveTo(i)
			return
		}
	}
	t.Fatalf("the facets do not show %s %q", name, text)
}

// lineWith returns the line of a frame that holds text.
func lineWith(t *testing.T, frame, text string) string {
	t.Helper()
	for _, l := range strings.Split(frame, "\n") {
		if strings.Contains(l, text) {
			return l
		}
	}
	t.Fatalf("no line holds %q:\n%s", text, frame)
	return ""
}

func TestFacetsLookAsTheyDid(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for _, log := range kittest.PaneLogs {
			name := "facets-" + strings.ReplaceAll(log.Name, " ", "-")
			if ascii {
				name += "-ascii"
			}
			t.Run(name, func(t *testing.T) {
				disp := kittest.RigLook(ascii, true, colorprofile.TrueColor)
				p := NewFacetPane(disp)
				r := kittest.NewRig(t, disp, p, log.Load(t))
				r.SelectRows("")
				r.Focused = true
				var all []string
				for _, w := range []int{20, 34, 40, 80, 120} {
					all = append(all, fmt.Sprintf("%d cells", w), r.Frame(w, 24))
					p.Command(kit.CmdDown, new(kit.Scene))
				}
				kittest.CheckGolden(t, name, strings.Join(all, "\n"))
			})
		}
	}
}

func TestFacetColorsLookAsTheyDid(t *testing.T) {
	for _, c := range kittest.RigColors {
		t.Run(c.Name, func(t *testing.T) {
			disp := kittest.RigLook(false, c.Dark, c.Profile)
			p := NewFacetPane(disp)
			r := kittest.NewRig(t, disp, p, kittest.LoadFile(t, "audit.jsonl"))
			r.SelectRows("result=FAILED")
			r.Focused = true
			r.Styled(34, 16)
			p.Command(kit.CmdDown, new(kit.Scene))
			p.Command(kit.CmdToggle, new(kit.Scene))
			kittest.CheckGolden(t, "facets-color-"+c.Name, r.Styled(34, 16))
		})
	}
}

func TestEnterOnAValueFiltersByItAndTheCountHolds(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		r, p := newFacetRig(t, kittest.LoadFile(t, file))
		all := r.Sel
		p.unfoldAll(r)
		for _, l := range p.lines {
			if l.kind != facetValue {
				continue
			}
			count := p.groups[l.group].top[l.index]
			for i := range p.lines {
				if p.lines[i].same(l) {
					p.moveTo(i)
				}
			}
			a, ok := p.Command(kit.CmdEnter, new(kit.Scene))
			if !ok || a.With == nil {
				t.Fatalf("enter on %+v asks for %+v", l.value, a)
			}
			if e, err := query.Parse(a.With.String()); err != nil || e.String() != a.With.String() {
				t.Errorf("%q is no filter: %v", a.With.String(), err)
			}
			sel, err := model.Select(t.Context(), *all.Snapshot(), query.Compile(a.With, query.Env{Now: kittest.TestNow, Zone: time.UTC}), nil)
			if err != nil {
				t.Fatal(err)
			}
			got := 0
			for k := range sel.Len() {
				if sel.Snapshot().Flags(sel.At(k))&model.FlagReject == 0 {
					got++
				}
			}
			// An actor is counted by its name, and found by its id and address, too.
			if name := l.value.Name; got != count.Events && !(name == "actor" && got > count.Events) {
				t.Errorf("%s: %s holds %d events, and the facet says %d", file, a.With, got, count.Events)
			}
		}
	}
}

func TestPickedValuesAreFilteredByTogether(t *testing.T) {
	for _, tt := range []struct {
		do   kit.Command
		want string
	}{
		{kit.CmdEnter, "result=SUCCEEDED,FAILED"},
		{kit.CmdFilterFor, "result=SUCCEEDED,FAILED"},
		{kit.CmdFilterOut, "-result=SUCCEEDED,FAILED"},
	} {
		r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
		p.on(t, "result", "SUCCEEDED")
		p.Command(kit.CmdToggle, new(kit.Scene))
		p.on(t, "result", "FAILED")
		p.Command(kit.CmdToggle, new(kit.Scene))
		if frame := r.Frame(34, 40); !strings.HasPrefix(lineWith(t, frame, "FAILED"), "✓") || !strings.Contains(frame, "2 picked") {
			t.Errorf("the picked values are not marked:\n%s", frame)
		}
		a, _ := p.Command(tt.do, new(kit.Scene))
		if a.With == nil || a.With.String() != tt.want {
			t.Errorf("command %d asks for %v, want %s", tt.do, a.With, tt.want)
		}
		if len(p.picked) != 0 {
			t.Error("the values stay picked")
		}
	}
}

func TestPickingInAnotherGroupBeginsAnew(t *testing.T) {
	_, p := newFacetRig(t, kittest.LoadText(t, "x", kittest.Events(30)))
	p.on(t, "result", "FAILED")
	p.Command(kit.CmdToggle, new(kit.Scene))
	p.on(t, "actor", "homer")
	p.Command(kit.CmdToggle, new(kit.Scene))
	if got := p.pickedValues(); len(got) != 1 || got[0].Name != "actor" {
		t.Errorf("%+v are picked, want homer alone", got)
	}
	p.Command(kit.CmdBack, new(kit.Scene))
	if a, _ := p.Command(kit.CmdBack, new(kit.Scene)); a.Focus != kit.ListPane || len(p.picked) != 0 {
		t.Errorf("esc twice leaves (%v) with %d values picked", a.Focus == kit.ListPane, len(p.picked))
	}
}

func TestAbsentValuesCanBePickedToo(t *testing.T) {
	got := anyOf([]kit.Value{{Name: "ua", Text: model.NewText("a,b")}, {Name: "ua", Absent: true}}).String()
	if want := `ua="a,b" OR -ua:*`; got != want {
		t.Errorf("anyOf = %s, want %s", got, want)
	}
	if got, want := anyOf([]kit.Value{{Name: "ua", Text: model.NewText("a,b")}, {Name: "ua", Text: model.NewText(`"`)}}).String(), `ua="a,b","\""`; got != want {
		t.Errorf("anyOf = %s, want %s", got, want)
	}
}

func TestValuesInTheFilterAreMarked(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	for _, tt := range []struct {
		filter, text string
		want         facetState
	}{
		{"result=FAILED", "FAILED", facetIncluded}, {"result:failed", "FAILED", facetIncluded}, {"actionResult=FAILED,SUCCEEDED", "SUCCEEDED", facetIncluded},
		{"-result=FAILED", "FAILED", facetExcluded}, {"x OR result=FAILED", "FAILED", facetFree}, {"actor=FAILED", "FAILED", facetFree}, {"", "FAILED", facetFree},
		{`result="a,b",c`, "a,b", facetIncluded}, {`result="a,b",c`, "a", facetFree}, {"result=failed", "FAILED", facetFree},
	} {
		if got := newFacetTerms(kit.MustParse(tt.filter)).state(kit.Value{Name: "result", Text: model.NewText(tt.text)}); got != tt.want {
			t.Errorf("%q says %d about %s, want %d", tt.filter, got, tt.text, tt.want)
		}
	}
	if got := newFacetTerms(kit.MustParse("-ua:*")).state(kit.Value{Name: "ua", Absent: true}); got != facetIncluded {
		t.Errorf("-ua:* says %d about events without one", got)
	}
	r.SelectRows("result=FAILED")
	if line := lineWith(t, r.Frame(34, 40), "FAILED"); !strings.HasPrefix(line, "=") {
		t.Errorf("the value of the filter is not marked: %q", line)
	}
	p.on(t, "result", "FAILED")
	a, _ := p.Command(kit.CmdEnter, new(kit.Scene))
	if a.Filter == nil || *a.Filter != "" {
		t.Errorf("enter on a value of the filter asks for %+v, want the filter without it", a)
	}
}

func TestMoreValuesAreOnAPageOfTheirOwn(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	p.unfoldAll(r)
	opened := map[string]bool{}
	for i, l := range p.lines {
		if l.kind == facetMore {
			p.moveTo(i)
			w, _ := p.Command(kit.CmdEnter, new(kit.Scene))
			opened[w.Count] = true
			if got := len(p.groups[l.group].top); got != facetValues || w.Count != p.groups[l.group].name {
				t.Errorf("%s: %d values are shown, and enter opens those of %q", p.groups[l.group].name, got, w.Count)
			}
		}
	}
	for _, name := range []string{"actor", "action", "sourceIP", "error", "target"} {
		if !opened[name] {
			t.Errorf("%s has no line that opens all values: %v", name, opened)
		}
	}
}

// unfoldAll unfolds all groups and counts them.
func (p *FacetPane) unfoldAll(r *kittest.Rig) {
	for i := range p.groups {
		if at := slices.IndexFunc(p.lines, facetLine{kind: facetHead, group: i}.same); at >= 0 {
			p.moveTo(at)
			p.fold(false)
		}
	}
	r.Styled(34, 40)
}

func TestFoldingHidesAGroupAndKeepsItsHead(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadText(t, "x", kittest.Events(30)))
	p.on(t, "result", "FAILED")
	p.Command(kit.CmdLeft, new(kit.Scene))
	if frame := r.Frame(34, 40); strings.Contains(frame, "FAILED") || !strings.HasPrefix(lineWith(t, frame, "Result"), "▸") || p.line().kind != facetHead {
		t.Errorf("after folding the frame is\n%s", frame)
	}
	p.Command(kit.CmdRight, new(kit.Scene))
	if frame := r.Frame(34, 40); !strings.Contains(frame, "FAILED") {
		t.Errorf("after unfolding the frame is\n%s", frame)
	}
}

func TestCursorStaysOnItsValueWhileCountsChange(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(30))
	r, p := newFacetRig(t, log)
	p.on(t, "result", "FAILED")
	at := p.at
	kittest.AppendText(t, log.Log, strings.ReplaceAll(kittest.Events(100), "SUCCEEDED", "FAILED"))
	r.SelectRows("")
	frame := r.Frame(34, 40)
	if v, ok := p.Focused(); !ok || v.Text.Raw() != "FAILED" || p.at >= at {
		t.Errorf("the cursor is on %+v at %d, want FAILED above %d", v, p.at, at)
	}
	if line := lineWith(t, frame, "FAILED"); !strings.Contains(line, " 103 ") {
		t.Errorf("the line is %q, want 103 events", line)
	}
}

func TestFacetsOfSourcesOfOneNameCanAllBeReached(t *testing.T) {
	log := kittest.LoadText(t, "same", kittest.Events(3))
	for range 2 {
		kittest.AppendText(t, log.Log, kittest.Events(3))
	}
	_, p := newFacetRig(t, log)
	p.Command(kit.CmdBottom, new(kit.Scene))
	p.Command(kit.CmdRight, new(kit.Scene))
	p.Command(kit.CmdBottom, new(kit.Scene))
	if l := p.line(); l.index != 2 || l.value.Name != "source" {
		t.Errorf("the last line is %+v, want the third source", l)
	}
	p.Command(kit.CmdUp, new(kit.Scene))
	if l := p.line(); l.index != 1 {
		t.Errorf("one up is %+v, want the second source", l)
	}
}

func TestFootSaysWhenAValueWasSeen(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadText(t, "x", kittest.Events(95)))
	p.on(t, "result", "FAILED")
	lines := strings.Split(r.Frame(60, 20), "\n")
	if got, want := strings.TrimSpace(lines[19]), "first 11-22 00:09  last 11-22 01:29"; got != want {
		t.Errorf("the last line is %q, want %q", got, want)
	}
}

func TestMouseOnFacets(t *testing.T) {
	_, p := newFacetRig(t, kittest.LoadText(t, "x", kittest.Events(30)))
	if a := p.Click(5, 2); a.With != nil || p.at != 2 {
		t.Errorf("a first click asks for %v with the cursor on %d", a.With, p.at)
	}
	if a := p.Click(5, 2); a.With == nil {
		t.Error("a second click filters by nothing")
	}
	p.Click(5, 0)
	if !p.folded(0) {
		t.Error("a click on a head does not fold")
	}
	p.SetSize(34, 4)
	p.Wheel(3, new(kit.Scene))
	if p.top != 3 || p.at < 3 {
		t.Errorf("after the wheel the window begins at %d with the cursor on %d", p.top, p.at)
	}
	if a := p.Click(5, 30); a.With != nil {
		t.Error("a click below the lines filters")
	}
}

func TestHostileValuesKeepTheColumnsOfFacets(t *testing.T) {
	r, _ := newFacetRig(t, kittest.HostileLog(t, "\x1b]0;x\x07\u202e"))
	frame := r.Frame(34, 40)
	if !strings.Contains(frame, "␛]0;x␇<U+202E>") {
		t.Errorf("the value is not shown with marks:\n%s", frame)
	}
}

func BenchmarkFacetsDraw(b *testing.B) {
	disp := kittest.RigLook(false, true, colorprofile.TrueColor)
	p := NewFacetPane(disp)
	r := kittest.NewRig(b, disp, p, kittest.LoadFile(b, "audit.jsonl"))
	r.SelectRows("result=SUCCEEDED")
	kittest.BenchDraw(b, r, 34, 48)
}

// A name is cut only where the numbers of its line need the cells.
func TestNamesAreNotCutBesideEmptyCells(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	for _, filter := range []string{"", "result=SUCCEEDED", "result=FAILED"} {
		r.SelectRows(filter)
		for _, w := range []int{12, 20, 24, 28} {
			for _, l := range strings.Split(r.Frame(w, 60), "\n")[:p.rows()] {
				if _, after, cut := strings.Cut(l, "…"); cut && !strings.Contains(l, " more") && (strings.HasPrefix(after, "  ") || strings.HasSuffix(after, "  ")) {
					t.Errorf("%q: a name is cut beside empty cells at %d: %q", filter, w, l)
				}
			}
		}
	}
}

// However many events there are, a result is never cut in the cells that the pane needs.
func TestResultsAreNeverCut(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		disp := kittest.RigLook(ascii, true, colorprofile.TrueColor)
		p := NewFacetPane(disp)
		r := kittest.NewRig(t, disp, p, kittest.LoadFile(t, "audit.jsonl"))
		r.SelectRows("")
		r.Frame(34, 40)
		for _, events := range []int{0, 1, 99, 1234, 12_345_678} {
			for i := range p.groups[0].top {
				p.groups[0].top[i].Events = events
			}
			p.arrange()
			for _, w := range []int{p.Needs(), p.Needs() + 1, 34, 40, 80, 120} {
				if line := lineWith(t, r.Frame(w, 40), "PARTIALLY_FAILED "); !strings.Contains(line, " "+termsafe.Int(int64(events)).String()+" ") {
					t.Errorf("at %d cells the count %d is not whole: %q", w, events, line)
				}
			}
		}
	}
}

// Where the share of failures has no room, its sign still says that there are some.
func TestThatSomeFailedIsSaidAtAnyWidth(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	for w := facetFailFrom; w < 60; w++ {
		frame := r.Frame(w, 40)
		for _, l := range p.lines {
			if l.kind == facetValue && l.value.Name == "actor" && p.groups[l.group].top[l.index].Failed > 0 {
				if line := lineWith(t, frame, l.value.Text.Raw()[:4]); !strings.Contains(line, "✗") {
					t.Errorf("at %d cells a line does not say that some events failed: %q", w, line)
				}
			}
		}
	}
}
