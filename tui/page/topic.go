package page

import (
	"cmp"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// topic is what a profile is about: the events with one value.
type topic struct {
	kind  topicKind
	value kit.Value
	expr  query.Expr // finds its events
	known string     // the name of an actor, once it is known; empty before
}

type topicKind uint8

const (
	anObject topicKind = iota // a target, or any other value
	anActor
	anAddress
)

// OfCursor opens the page about a value of the pane with the focus. It is about the actor of the event under the cursor if there is no
// value, or if inRow says that it is a cell of the list that tells what the actor did and how it ended.
func OfCursor(disp *kit.Display, v kit.Value, ok, inRow bool, s *kit.Scene) kit.Wish {
	switch actor, known := actorOf(s); {
	case !ok && v.Name == "" || inRow && (v.Name == "action" || v.Name == "result"):
		if !known {
			return kit.Wish{Toast: termsafe.Const("no actor under the cursor: move to an event with one")}
		}
		v = actor
	case !ok || v.Absent:
		return kit.Wish{Toast: termsafe.Const("no single value under the cursor: the page is about one")}
	case known && v.Name == "actor" && v.Text == s.Sel.Snapshot().Event(s.Cursor).Actor.Label():
		v = actor
	}
	return OfValue(disp, v)
}

// OfValue opens the page about a value.
func OfValue(disp *kit.Display, v kit.Value) kit.Wish {
	of := topicOf(v)
	if disp.Masks(of.value.Name, of.value.Text.Raw()) != of.value.Text.Raw() || !disp.Redact.Sharable(of.expr) {
		return kit.Wish{Toast: disp.MaskedWords()}
	}
	return kit.Wish{Modal: newProfile(disp, of), Whole: true}
}

// actorOf returns the value that finds the actor of the event under the cursor: the id, as only that is unique, or the name without one.
func actorOf(s *kit.Scene) (kit.Value, bool) {
	if s.Sel == nil || !s.Ok {
		return kit.Value{}, false
	}
	actor := s.Sel.Snapshot().Event(s.Cursor).Actor
	if !actor.ID.Empty() {
		return kit.Value{Name: "actor.id", Text: actor.ID}, true
	}
	return kit.Value{Name: "actor", Text: actor.Label()}, !actor.Label().Empty()
}

// topicOf returns the topic with a value. Of a text with several addresses it is the first one.
func topicOf(v kit.Value) topic {
	f := field.Of(v.Name)
	out := topic{value: v}
	switch {
	case f.Kind == field.Actor || f.Kind == field.Identity || f.Schema == model.FieldActorID || f.Schema == model.FieldActorName || f.Schema == model.FieldActorEmail:
		out.kind = anActor
	case f.Kind == field.Column && f.Schema.Info().Comparison == model.AsAddress:
		out.kind = anAddress
		out.value.Text = firstThing(v.Text)
	}
	out.expr = out.value.Expr()
	return out
}

// title names the topic.
func (s *topic) title(disp *kit.Display, cells int) termsafe.Safe {
	word := termsafe.Concat(disp.ShortPath(s.value.Name, fieldTitle), termsafe.Const(" "))
	switch {
	case s.kind == anActor:
		word = termsafe.Const("Actor ")
	case s.kind == anAddress:
		word = termsafe.Const("Address ")
	case s.value.Name == "target":
		word = termsafe.Const("Object ")
	}
	value := termsafe.Clean(disp.Masks(s.value.Name, cmp.Or(s.known, s.value.Text.Raw())), disp.CleanOptions(cells))
	return disp.Widther.Truncate(termsafe.Concat(word, value), max(1, cells))
}

// fieldTitle limits the name of a field in the title, in cells.
const fieldTitle = 30
