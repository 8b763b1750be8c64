package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/model/query"
)

func newFacetRig(t testing.TB, log stillLog) (*rig, *facetPane) {
	disp := rigLook(false, true, colorprofile.TrueColor)
	p := newFacetPane(disp)
	r := newRig(t, disp, p, log)
	r.selectRows("")
	r.styled(34, 40)
	return r, p
}

// on puts the cursor on a value.
func (p *facetPane) on(t *testing.T, name, text string) {
	t.Helper()
	for i, l := range p.lines {
		if l.kind == facetValue && l.value == (value{name: name, text: model.NewText(text)}) {
			p.moveTo(i)
			return
		}
	}
	t.Fatalf("the facets do not show %s %q", name, text)
}

// line gives the line of a frame that holds text.
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
		for _, log := range paneLogs {
			name := "facets-" + strings.ReplaceAll(log.name, " ", "-")
			if ascii {
				name += "-ascii"
			}
			t.Run(name, func(t *testing.T) {
				disp := rigLook(ascii, true, colorprofile.TrueColor)
				p := newFacetPane(disp)
				r := newRig(t, disp, p, log.load(t))
				r.selectRows("")
				r.focused = true
				var all []string
				for _, w := range []int{20, 34, 40, 80, 120} {
					all = append(all, fmt.Sprintf("%d cells", w), r.frame(w, 24))
					p.command(cmdDown, new(scene))
				}
				checkGolden(t, name, strings.Join(all, "\n"))
			})
		}
	}
}

func TestFacetColorsLookAsTheyDid(t *testing.T) {
	for _, c := range rigColors {
		t.Run(c.name, func(t *testing.T) {
			disp := rigLook(false, c.dark, c.profile)
			p := newFacetPane(disp)
			r := newRig(t, disp, p, loadFile(t, "audit.jsonl"))
			r.selectRows("result=FAILED")
			r.focused = true
			r.styled(34, 16)
			p.command(cmdDown, new(scene))
			p.command(cmdToggle, new(scene))
			checkGolden(t, "facets-color-"+c.name, r.styled(34, 16))
		})
	}
}

func TestEnterOnAValueFiltersByItAndTheCountHolds(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		r, p := newFacetRig(t, loadFile(t, file))
		all := r.sel
		for g := range p.groups {
			p.depths[g] = 2
		}
		r.styled(34, 40)
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
			a, ok := p.command(cmdEnter, new(scene))
			if !ok || a.with == nil {
				t.Fatalf("enter on %+v asks for %+v", l.value, a)
			}
			if e, err := query.Parse(a.with.String()); err != nil || e.String() != a.with.String() {
				t.Errorf("%q is no filter: %v", a.with.String(), err)
			}
			sel, err := model.Select(t.Context(), *all.Snapshot(), query.Compile(a.with, query.Env{Now: testNow, Zone: time.UTC}), nil)
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
			if name := facetSpecs[l.group].name; got != count.Events && !(name == "actor" && got > count.Events) {
				t.Errorf("%s: %s holds %d events, and the facet says %d", file, a.with, got, count.Events)
			}
		}
	}
}

func TestPickedValuesAreFilteredByTogether(t *testing.T) {
	for _, tt := range []struct {
		do   command
		want string
	}{{cmdEnter, "result=SUCCEEDED,FAILED"}, {cmdFilterFor, "result=SUCCEEDED,FAILED"}, {cmdFilterOut, "-result=SUCCEEDED,FAILED"}} {
		r, p := newFacetRig(t, loadFile(t, "audit.jsonl"))
		p.on(t, "result", "SUCCEEDED")
		p.command(cmdToggle, new(scene))
		p.on(t, "result", "FAILED")
		p.command(cmdToggle, new(scene))
		if frame := r.frame(34, 40); !strings.HasPrefix(lineWith(t, frame, "FAILED"), "✓") || !strings.Contains(frame, "2 picked") {
			t.Errorf("the picked values are not marked:\n%s", frame)
		}
		a, _ := p.command(tt.do, new(scene))
		if a.with == nil || a.with.String() != tt.want {
			t.Errorf("command %d asks for %v, want %s", tt.do, a.with, tt.want)
		}
		if len(p.picked) != 0 {
			t.Error("the values stay picked")
		}
	}
}

func TestPickingInAnotherGroupBeginsAnew(t *testing.T) {
	_, p := newFacetRig(t, loadText(t, "x", events(30)))
	p.on(t, "result", "FAILED")
	p.command(cmdToggle, new(scene))
	p.on(t, "actor", "homer")
	p.command(cmdToggle, new(scene))
	if got := p.pickedValues(); len(got) != 1 || got[0].name != "actor" {
		t.Errorf("%+v are picked, want homer alone", got)
	}
	p.command(cmdBack, new(scene))
	if a, _ := p.command(cmdBack, new(scene)); a.focus != listPane || len(p.picked) != 0 {
		t.Errorf("esc twice leaves (%v) with %d values picked", a.focus == listPane, len(p.picked))
	}
}

func TestAbsentValuesCanBePickedToo(t *testing.T) {
	got := anyOf([]value{{name: "ua", text: model.NewText("a,b")}, {name: "ua", absent: true}}).String()
	if want := `ua="a,b" OR -ua:*`; got != want {
		t.Errorf("anyOf = %s, want %s", got, want)
	}
	if got, want := anyOf([]value{{name: "ua", text: model.NewText("a,b")}, {name: "ua", text: model.NewText(`"`)}}).String(), `ua="a,b","\""`; got != want {
		t.Errorf("anyOf = %s, want %s", got, want)
	}
}

func TestValuesInTheFilterAreMarked(t *testing.T) {
	r, p := newFacetRig(t, loadFile(t, "audit.jsonl"))
	for _, tt := range []struct {
		filter, text string
		want         facetState
	}{
		{"result=FAILED", "FAILED", facetIncluded}, {"result:failed", "FAILED", facetIncluded}, {"actionResult=FAILED,SUCCEEDED", "SUCCEEDED", facetIncluded},
		{"-result=FAILED", "FAILED", facetExcluded}, {"x OR result=FAILED", "FAILED", facetFree}, {"actor=FAILED", "FAILED", facetFree}, {"", "FAILED", facetFree},
		{`result="a,b",c`, "a,b", facetIncluded}, {`result="a,b",c`, "a", facetFree}, {"result=failed", "FAILED", facetFree},
	} {
		if got := newFacetTerms(mustParse(tt.filter)).state(value{name: "result", text: model.NewText(tt.text)}); got != tt.want {
			t.Errorf("%q says %d about %s, want %d", tt.filter, got, tt.text, tt.want)
		}
	}
	if got := newFacetTerms(mustParse("-ua:*")).state(value{name: "ua", absent: true}); got != facetIncluded {
		t.Errorf("-ua:* says %d about events without one", got)
	}
	r.selectRows("result=FAILED")
	if line := lineWith(t, r.frame(34, 40), "FAILED"); !strings.HasPrefix(line, "=") {
		t.Errorf("the value of the filter is not marked: %q", line)
	}
	p.on(t, "result", "FAILED")
	a, _ := p.command(cmdEnter, new(scene))
	if a.filter == nil || *a.filter != "" {
		t.Errorf("enter on a value of the filter asks for %+v, want the filter without it", a)
	}
}

func TestMoreValuesAreCountedWhenAsked(t *testing.T) {
	r, p := newFacetRig(t, loadFile(t, "audit.jsonl"))
	actions := 2
	before := len(p.groups[actions].top)
	for i, l := range p.lines {
		if l.kind == facetMore && l.group == actions {
			p.moveTo(i)
		}
	}
	p.command(cmdEnter, new(scene))
	r.styled(34, 40)
	if got := len(p.groups[actions].top); before != facetLimits[0] || got != facetLimits[1] {
		t.Errorf("the group shows %d values, then %d; want %d, then %d", before, got, facetLimits[0], facetLimits[1])
	}
	if p.line().kind != facetMore || p.line().group != actions {
		t.Errorf("the cursor is on %+v, want it to stay on the line for more", p.line())
	}
}

func TestFoldingHidesAGroupAndKeepsItsHead(t *testing.T) {
	r, p := newFacetRig(t, loadText(t, "x", events(30)))
	p.on(t, "result", "FAILED")
	p.command(cmdLeft, new(scene))
	if frame := r.frame(34, 40); strings.Contains(frame, "FAILED") || !strings.HasPrefix(lineWith(t, frame, "Result"), "▸") || p.line().kind != facetHead {
		t.Errorf("after folding the frame is\n%s", frame)
	}
	p.command(cmdRight, new(scene))
	if frame := r.frame(34, 40); !strings.Contains(frame, "FAILED") {
		t.Errorf("after unfolding the frame is\n%s", frame)
	}
}

func TestCursorStaysOnItsValueWhileCountsChange(t *testing.T) {
	log := loadText(t, "x", events(30))
	r, p := newFacetRig(t, log)
	p.on(t, "result", "FAILED")
	at := p.at
	appendText(t, log.Log, strings.ReplaceAll(events(100), "SUCCEEDED", "FAILED"))
	r.selectRows("")
	frame := r.frame(34, 40)
	if v, ok := p.focused(); !ok || v.text.Raw() != "FAILED" || p.at >= at {
		t.Errorf("the cursor is on %+v at %d, want FAILED above %d", v, p.at, at)
	}
	if line := lineWith(t, frame, "FAILED"); !strings.Contains(line, " 103 ") {
		t.Errorf("the line is %q, want 103 events", line)
	}
}

func TestFacetsOfSourcesOfOneNameCanAllBeReached(t *testing.T) {
	log := loadText(t, "same", events(3))
	for range 2 {
		appendText(t, log.Log, events(3))
	}
	_, p := newFacetRig(t, log)
	p.command(cmdBottom, new(scene))
	p.command(cmdRight, new(scene))
	p.command(cmdBottom, new(scene))
	if l := p.line(); l.index != 2 || facetSpecs[l.group].name != "source" {
		t.Errorf("the last line is %+v, want the third source", l)
	}
	p.command(cmdUp, new(scene))
	if l := p.line(); l.index != 1 {
		t.Errorf("one up is %+v, want the second source", l)
	}
}

func TestFootSaysWhenAValueWasSeen(t *testing.T) {
	r, p := newFacetRig(t, loadText(t, "x", events(95)))
	p.on(t, "result", "FAILED")
	lines := strings.Split(r.frame(60, 20), "\n")
	if got, want := strings.TrimSpace(lines[19]), "first 11-22 00:09  last 11-22 01:29"; got != want {
		t.Errorf("the last line is %q, want %q", got, want)
	}
}

func TestMouseOnFacets(t *testing.T) {
	_, p := newFacetRig(t, loadText(t, "x", events(30)))
	if a := p.click(5, 2); a.with != nil || p.at != 2 {
		t.Errorf("a first click asks for %v with the cursor on %d", a.with, p.at)
	}
	if a := p.click(5, 2); a.with == nil {
		t.Error("a second click filters by nothing")
	}
	p.click(5, 0)
	if !p.folded(0) {
		t.Error("a click on a head does not fold")
	}
	p.setSize(34, 4)
	p.wheel(3, new(scene))
	if p.top != 3 || p.at < 3 {
		t.Errorf("after the wheel the window begins at %d with the cursor on %d", p.top, p.at)
	}
	if a := p.click(5, 30); a.with != nil {
		t.Error("a click below the lines filters")
	}
}

func TestHostileValuesKeepTheColumnsOfFacets(t *testing.T) {
	r, _ := newFacetRig(t, hostileLog(t, "\x1b]0;x\x07\u202e"))
	frame := r.frame(34, 40)
	if !strings.Contains(frame, "␛]0;x␇<U+202E>") {
		t.Errorf("the value is not shown with marks:\n%s", frame)
	}
}

func BenchmarkFacetsDraw(b *testing.B) {
	disp := rigLook(false, true, colorprofile.TrueColor)
	p := newFacetPane(disp)
	r := newRig(b, disp, p, loadFile(b, "audit.jsonl"))
	r.selectRows("result=SUCCEEDED")
	benchDraw(b, r, 34, 48)
}
