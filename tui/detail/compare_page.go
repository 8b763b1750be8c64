package detail

import (
	"time"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// maxPairsShown limits the number of pairs that are shown.
const maxPairsShown = 2_000

// The signs before the old and the new value.
var (
	signBefore = termsafe.Const("- ")
	signAfter  = termsafe.Const("+ ")
	signBoth   = termsafe.Const("= ")
)

// build implements page.
func (c *comparison) build(b *builder) {
	b.add(block{id: "#", indent: fullWidth, text: c.title, role: kit.Strong})
	c.event(b, "before", signBefore, c.before, kit.FailedText)
	c.event(b, "after", signAfter, c.after, kit.Live)
	counts := termsafe.Concat(termsafe.Count(int64(c.differ), "difference", "differences"),
		termsafe.Const(", "), termsafe.Int(int64(c.alike)), termsafe.Const(" alike"))
	if c.cut {
		counts = termsafe.Concat(counts, termsafe.Const(", and more that was not compared"))
	}
	b.add(block{id: joinNamed(diffID, "counts"), indent: fullWidth, text: counts, role: kit.Muted})
	for i, n := range c.notes {
		b.add(block{id: joinGroup(diffID, i), indent: fullWidth, text: n, role: kit.Partial})
	}
	b.add(block{indent: fullWidth})
	shown := 0
	for i := range c.pairs {
		p := &c.pairs[i]
		if p.alike() && !c.all {
			continue
		}
		if shown++; shown > maxPairsShown {
			b.say(termsafe.Const("and more"), kit.Muted)
			break
		}
		c.pair(b, p)
	}
}

// event shows which event is on one side.
func (c *comparison) event(b *builder, name string, sign termsafe.Safe, d *document, r kit.Role) {
	if d == nil {
		return
	}
	e := &d.event
	at := termsafe.Const("no time")
	if e.Flags&model.FlagNoTime == 0 {
		at = b.display.ExactTime(time.Unix(0, e.Nanos))
	}
	place := termsafe.Concat(short(b.display, "source", d.source), termsafe.Const(":"), kit.LineNumber(e.Origin))
	note := termsafe.Join(termsafe.Const("  "), at, place)
	text := termsafe.Concat(sign, sentence(b.display, e, d.target))
	b.add(block{id: joinNamed(diffID, name), indent: fullWidth, text: text, role: r, note: note})
}

// pair shows a value in both events: its path, and below it the old and the new value.
func (c *comparison) pair(b *builder, p *pair) {
	steps := stepsOf(p.id)
	b.add(block{id: p.id, indent: fullWidth, text: b.pathText(steps), role: kit.JsonKey})
	if p.alike() {
		c.value(b, p.id, steps, signBoth, c.after, p.after, kit.Plain, termsafe.Span{})
		return
	}
	var was, is termsafe.Span
	if p.before != nil && p.after != nil {
		was, is = changedSpans(p.before.Text.Raw(), p.after.Text.Raw())
	}
	if p.before != nil {
		c.value(b, joinNamed(p.id, "before"), steps, signBefore, c.before, p.before, kit.FailedText, was)
	}
	if p.after != nil {
		c.value(b, joinNamed(p.id, "after"), steps, signAfter, c.after, p.after, kit.Live, is)
	}
}

// value shows the value of one event, with the changed part in bold.
func (c *comparison) value(
	b *builder, id string, steps []field.Step, sign termsafe.Safe, d *document, n *line.Node, r kit.Role, changed termsafe.Span,
) {
	at := block{id: id, indent: 0, role: r, text: sign, mark: changed, as: kit.Strong}
	if v, ok := d.valueOf(steps, n); ok {
		at.value = &v
	}
	text := n.Text.Raw()
	switch {
	case n.Kind == line.ObjectKind:
		at.text = termsafe.Concat(sign, termsafe.Const("{}"))
	case n.Kind == line.ListKind:
		at.text = termsafe.Concat(sign, termsafe.Const("[]"))
	case n.Kind == line.StringKind:
		at.text, at.tail, at.raw = termsafe.Concat(sign, kit.Quote), kit.Quote, text
		if text == "" {
			at.text = termsafe.Concat(sign, kit.Quote)
		}
	default:
		at.raw = text
	}
	if len(at.raw) > openBytes {
		at.fold, at.note = id, termsafe.Count(int64(len(text)), "byte", "bytes")
		if at.open = b.isOpen(id, false); !at.open {
			from := max(0, partStartNear(text, changed.Lo-headBytes/2))
			at.raw, at.tail = text[from:partStartNear(text, from+2*headBytes)], b.display.Widther.Ellipsis()
			at.mark = termsafe.Span{Lo: changed.Lo - from, Hi: min(changed.Hi-from, len(at.raw))}
			if from > 0 {
				at.text = termsafe.Concat(at.text, b.display.Widther.Ellipsis())
			}
		}
	}
	b.add(at)
}

// partStartNear moves at back to a rune boundary.
func partStartNear(text string, at int) int {
	at = max(0, min(at, len(text)))
	for back := 0; back < 3 && at > 0 && at < len(text) && text[at]&0xc0 == 0x80; back++ {
		at--
	}
	return at
}

// changedSpans returns the parts of two texts between their common prefix and suffix. Texts with little in common differ as a
// whole; for them it returns empty spans.
func changedSpans(a, b string) (inA, inB termsafe.Span) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	head = partStartNear(a, head)
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && a[len(a)-tail]&0xc0 == 0x80 {
		tail--
	}
	if head+tail == 0 || (head+tail)*4 < min(len(a), len(b)) {
		return termsafe.Span{}, termsafe.Span{}
	}
	return termsafe.Span{Lo: head, Hi: len(a) - tail}, termsafe.Span{Lo: head, Hi: len(b) - tail}
}
