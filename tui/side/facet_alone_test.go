package side

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// head puts the cursor on the head of a group.
func (p *FacetPane) head(t *testing.T, name string) int {
	t.Helper()
	for i, l := range p.lines {
		if l.kind == facetHead && p.groups[l.group].name == name {
			p.moveTo(i)
			return l.group
		}
	}
	t.Fatalf("there is no group %q", name)
	return 0
}

func TestAGroupThatIsCountedAloneNeverShowsThePartOfARun(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	g := p.head(t, "error")
	if p.groups[g].alone.counted.facets != nil {
		t.Fatal("a folded group reads all lines")
	}
	if w, _ := p.Command(kit.CmdEnter, r.Scene()); !w.Whole {
		t.Error("a group is counted in a preview of the log")
	}
	for _, filter := range []string{"", "is:failed", "result=FAILED"} {
		r.SelectRows(filter)
		cmd := p.Work(t.Context(), r.Scene()) // not run: the job has read nothing yet
		if cmd == nil {
			t.Fatalf("%q: no job counts", filter)
		}
		for _, l := range p.lines {
			if l.group == g && l.kind == facetValue {
				t.Fatalf("%q: %q is shown before all is counted", filter, l.value.Text.Raw())
			}
		}
		if got := p.groups[g].alone.words(p.sel, 80).String(); !strings.Contains(got, "0 of ") || !strings.HasSuffix(got, "read") {
			t.Errorf("%q: the group says %q, want how many lines are read", filter, got)
		}
		p.groups[g].alone.stop()
		p.counting.Stop()
		p.requested = facetOrder{}
		r.Frame(60, 60)
		if p.groups[g].len == 0 || len(p.groups[g].top) == 0 {
			t.Errorf("%q: nothing is counted at the end", filter)
		}
	}
	p.head(t, "error")
	p.Command(kit.CmdLeft, r.Scene())
	if p.groups[g].alone.counting.Busy() || p.groups[g].alone.looking.Busy() {
		t.Error("a folded group goes on counting")
	}
}

func TestFieldsAndPathsCanBeCounted(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	names := []string{"param.id", "actor.email", "class", "errors.0.message"}
	p.ShowFields(append(names, "param.id", "action", "time", "", "since"))
	if got := p.Fields(); !slices.Equal(got, names) {
		t.Fatalf("the groups are %q, want each of %q once", got, names)
	}
	frame := r.Frame(60, 90)
	for _, name := range names {
		if g := p.head(t, name); p.groups[g].len == 0 {
			t.Errorf("%s has no values:\n%s", name, frame)
		}
	}
	for name, want := range map[string]bool{"param.id": true, "time": false, "": false, "since": false} {
		if p.Takes([]string{name}) != want {
			t.Errorf("Takes(%q) = %v, want %v", name, !want, want)
		}
	}
	p.head(t, "param.id")
	w, _ := p.Command(kit.CmdColumns, r.Scene())
	if w.Modal == nil {
		t.Fatal("no menu opens")
	}
	w.Modal.Press(kit.CmdKeep, "") // the first line removes the group under the cursor
	if got := p.Fields(); !slices.Equal(got, names[1:]) {
		t.Errorf("after removing the groups are %q", got)
	}
	w, _ = p.Command(kit.CmdColumns, r.Scene())
	w.Modal.Press(kit.NoCommand, "param.severity")
	w.Modal.Press(kit.CmdKeep, "")
	if got := p.Fields(); !slices.Contains(got, "param.severity") || p.groups[p.line().group].name != "param.severity" {
		t.Errorf("after adding the groups are %q, and the cursor is on %q", got, p.groups[p.line().group].name)
	}
}

func TestFacetsAreSearchedAndSorted(t *testing.T) {
	r, p := newFacetRig(t, kittest.LoadFile(t, "audit.jsonl"))
	w, _ := p.Command(kit.CmdFind, r.Scene())
	if _, err := w.Ask.Live("DELETE rule"); err != nil {
		t.Fatal(err)
	}
	frame := r.Frame(60, 60)
	g := p.head(t, "action")
	for _, c := range p.groups[g].top {
		if text := c.Values[0].Text.Raw(); !strings.Contains(text, "DELETE") || !strings.Contains(text, "RULE") {
			t.Errorf("the search finds %s", text)
		}
	}
	if p.groups[g].len == 0 || p.groups[g].all != 81 || !strings.Contains(lineWith(t, frame, "Action"), " of 81") || !strings.Contains(frame, "found: DELETE rule") {
		t.Errorf("%d of %d actions are found:\n%s", p.groups[g].len, p.groups[g].all, frame)
	}
	p.Command(kit.CmdBack, r.Scene())
	p.Command(kit.CmdSort, r.Scene())
	r.Frame(60, 60)
	names := func() (out []string) {
		for _, c := range p.groups[g].top {
			out = append(out, c.Values[0].Text.Raw())
		}
		return out
	}
	if got := names(); len(got) != facetValues || !slices.IsSorted(got) || p.groups[g].len != 81 {
		t.Errorf("by name the actions are %q of %d", got, p.groups[g].len)
	}
	p.Command(kit.CmdSort, r.Scene())
	r.Frame(60, 60)
	if got := p.groups[g].top; got[0].Events < got[1].Events {
		t.Errorf("by count the actions are %q", names())
	}
}

func TestASearchSeesWhatIsShown(t *testing.T) {
	r, p := newFacetRig(t, kittest.PlantedLog(t))
	r.Display.Redact = true
	for _, secret := range kittest.Planted {
		p.way.search = secret
		r.Frame(60, 60)
		for i, g := range p.groups {
			if g.len > 0 && g.alone == nil {
				t.Errorf("group %d finds a masked secret: %d values", i, g.len)
			}
		}
	}
}

func TestAGroupOfTagsFollowsTheMarks(t *testing.T) {
	r, p := newFacetRig(t, kittest.MixedLog(t))
	p.ShowFields([]string{"tag"})
	g := p.head(t, "tag")
	var said kit.Marked
	for _, c := range []struct {
		row    model.Row
		tags   []string
		sought bool
		want   string
		note   string
	}{
		{0, []string{"a", "b"}, true, "none 4, a 1, b 1", "marks are still being looked for: the counts may grow"},
		{1, []string{"b"}, false, "none 3, b 2, a 1", ""},
		{0, nil, false, "none 4, b 1", ""},
	} {
		said.Rows, said.Sought = said.With(marks.Place{Row: c.row, Mark: &marks.Mark{Words: marks.Words{Tags: c.tags}}}), c.sought
		for range 3 {
			s := r.Scene()
			s.Marked = said
			p.SetSize(60, 60)
			if cmd := p.Work(t.Context(), s); cmd != nil {
				r.Answer(cmd())
			}
		}
		var got []string
		for _, v := range p.groups[g].top {
			name := v.Values[0].Text.Raw()
			if v.Values[0].Absent {
				name = "none"
			}
			got = append(got, fmt.Sprint(name, " ", v.Events))
		}
		if list := strings.Join(got, ", "); list != c.want {
			t.Errorf("the group has %s, want %s", list, c.want)
		}
		if note := p.groups[g].alone.words(p.sel, 80).String(); note != c.note {
			t.Errorf("it says %q, want %q", note, c.note)
		}
	}
}
