package tui

import (
	"testing"

	"pawprint/tui/kit"
)

// viewOf is a view with a filter.
func viewOf(filter string) view { return view{filter: kit.FilterText{Text: filter}} }

func TestHistoryGoesBackAndForward(t *testing.T) {
	var h history
	if _, ok := h.travel(false, viewOf("now")); ok {
		t.Error("there is a view before the first one")
	}
	h.push(viewOf("a"))
	h.push(viewOf("b"))
	for _, step := range []struct {
		forward   bool
		now, want string
	}{{false, "c", "b"}, {false, "b", "a"}, {true, "a", "b"}, {true, "b", "c"}} {
		if v, ok := h.travel(step.forward, viewOf(step.now)); !ok || v.filter.Text != step.want {
			t.Fatalf("from %s, forward %v, it goes to %q, %v, want %q", step.now, step.forward, v.filter.Text, ok, step.want)
		}
	}
	h.travel(false, viewOf("c"))
	h.push(viewOf("b"))
	if _, ok := h.travel(true, viewOf("d")); ok {
		t.Error("after a new view there is still a later one")
	}
}

func TestHistoryForgetsTheOldestViews(t *testing.T) {
	var h history
	for range maxViews + 10 {
		h.push(viewOf("x"))
	}
	if len(h.past) != maxViews {
		t.Errorf("%d views are kept, want %d", len(h.past), maxViews)
	}
}

func TestHistoryLeavesTheContextOnce(t *testing.T) {
	before := viewOf("before")
	h := history{context: &before}
	if v, ok := h.leaveContext(viewOf("")); !ok || v != before {
		t.Errorf("the view before the context is %+v, %v", v, ok)
	}
	if _, ok := h.leaveContext(before); ok {
		t.Error("the context is left twice")
	}
	if v, ok := h.travel(false, before); !ok || v != viewOf("") {
		t.Errorf("the context itself cannot be returned to: %+v, %v", v, ok)
	}
}
