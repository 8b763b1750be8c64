package detail

import (
	"time"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// The limits of what is listed. What is left out is counted.
const (
	maxPairsShown = 1_000
	maxElements   = 500 // of a list that does not fit on a line
)

// The signs before the old and the new value.
var (
	signBefore = termsafe.Const("- ")
	signAfter  = termsafe.Const("+ ")
	signBoth   = termsafe.Const("= ")
)

// build implements page.
func (c *comparison) build(b *builder) {
	head := block{id: "#", indent: fullWidth, text: c.title, role: kit.Strong}
	if c.compared {
		head.note = c.counts()
	}
	b.add(head)
	c.event(b, "before", signBefore, c.before, kit.FailedText)
	c.event(b, "after", signAfter, c.after, kit.Live)
	for i, n := range c.notes {
		b.add(block{id: joinGroup(diffID, i), indent: fullWidth, text: n, role: kit.Partial})
	}
	b.add(block{indent: fullWidth})
	c.list(b, diffID, c.result.Changes, c.result.Changed)
	c.unchanged(b)
}

// counts returns how much changed, and the keys that lead through it.
func (c *comparison) counts() termsafe.Safe {
	n := c.result.Changed
	if n == 0 {
		return termsafe.Const("no changes")
	}
	text := termsafe.Count(int64(n), "change", "changes")
	if n > 1 {
		text = termsafe.Concat(text, termsafe.Const(" (n N: next, previous)"))
	}
	return text
}

// unchanged adds the fields that did not change, folded.
func (c *comparison) unchanged(b *builder) {
	n := c.result.Same
	if n == 0 {
		return
	}
	at := block{id: unchangedID, fold: unchangedID, open: b.isOpen(unchangedID, false), role: kit.Muted}
	does := b.display.Keyed(" unchanged, {} shows them", kit.CmdShowAlike)
	switch {
	case at.open:
		does = b.display.Keyed(" unchanged, {} hides them", kit.CmdShowAlike)
	case n == 1:
		does = b.display.Keyed(" unchanged, {} shows it", kit.CmdShowAlike)
	}
	at.text = termsafe.Concat(termsafe.Int(int64(n)), does)
	b.add(at)
	if at.open {
		c.list(b, unchangedID, c.result.Unchanged, n)
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

// value shows the value of one event, with the changed part in bold.
func (c *comparison) value(
	b *builder, id string, sign termsafe.Safe, d *document, n *line.Node, r kit.Role, changed termsafe.Span,
) {
	at := block{id: id, indent: belowKey, role: r, text: sign, mark: changed, as: kit.Strong, node: n, from: d}
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
