package detail

import (
	"pawprint/model/diff"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// The limits of values that are shown on one line. Longer ones stand below their key, the old one above the new one.
const (
	maxInlineBytes    = 64
	maxInlineElements = 24
	maxInlineSet      = 320 // bytes of all elements
)

// compareRow is a line of a comparison: a value and the keys that lead to it.
type compareRow struct {
	diff.Change
	id    string
	steps []field.Step
	above []field.Step // the steps above this line, shown once before the lines that share them; nil for none
	key   termsafe.Safe
	level int // 1 if steps stand above it
}

// list adds the rows of changed values, or of unchanged ones. total is their number, including those that are not listed.
func (c *comparison) list(b *builder, section string, changes []diff.Change, total int) {
	changes = changes[:min(len(changes), maxPairsShown)]
	rows, width := c.rows(b, section, changes), 1
	for i := range rows {
		if w := b.display.Widther.Width(rows[i].key); w <= maxKeyWidth {
			width = max(width, w+rows[i].level*indentWidth)
		}
	}
	for i := range rows {
		if r := &rows[i]; r.above != nil {
			b.add(block{id: joinNamed(r.id, "in"), text: b.pathText(r.above), role: kit.Muted})
		}
		c.row(b, &rows[i], width)
	}
	if more := total - len(changes); more > 0 {
		text := termsafe.Concat(termsafe.Int(int64(more)), termsafe.Const(" more are not listed"))
		b.add(block{id: joinNamed(section, "more"), text: text, role: kit.Muted})
	}
}

// rows names the values. Rows in succession whose keys lie below the same two or more steps have these steps above them.
func (c *comparison) rows(b *builder, section string, changes []diff.Change) []compareRow {
	rows := make([]compareRow, len(changes))
	for i, ch := range changes {
		id := idOf(section, ch.Path)
		steps := stepsOf(id)
		rows[i] = compareRow{Change: ch, id: id, steps: steps, key: b.pathText(steps)}
	}
	for lo := 0; lo < len(rows); {
		above, hi := rows[lo].parents(), lo+1
		for ; hi < len(rows); hi++ {
			n := sharedSteps(above, rows[hi].parents())
			if n < leastAbove {
				break
			}
			above = above[:n]
		}
		if len(above) >= leastAbove && (hi > lo+1 || b.display.Widther.Width(rows[lo].key) > maxKeyWidth) {
			b.below(rows[lo:hi], above)
		}
		lo = hi
	}
	return rows
}

// belowKey is the level of values below their key, whether that has steps above it or not.
const belowKey = 2

// leastAbove is the number of steps that are worth a line of their own.
const leastAbove = 2

// parents returns the steps to the container of the value.
func (r *compareRow) parents() []field.Step { return r.steps[:max(0, len(r.steps)-1)] }

// below takes the steps that stand above the rows out of their keys.
func (b *builder) below(rows []compareRow, above []field.Step) {
	rows[0].above = above
	for i := range rows {
		rows[i].key, rows[i].level = b.pathText(rows[i].steps[len(above):]), 1
	}
}

// sharedSteps returns how many steps two paths have in common at their start.
func sharedSteps(a, b []field.Step) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// row adds one value: on a line if it is short.
func (c *comparison) row(b *builder, r *compareRow, width int) {
	at := block{id: r.id, key: r.key, keyAt: max(1, width-r.level*indentWidth), indent: r.level, stop: !r.Same()}
	at.note = setNote(r)
	text, ok := c.inline(b, r)
	if !ok {
		b.add(at)
		c.below(b, r)
		return
	}
	at.text, at.spans = text.row()
	if at.node, at.from = r.After, c.after; at.node == nil {
		at.node, at.from = r.Before, c.before
	}
	b.add(at)
}

// setNote says how many elements two sets share, which the lines for their elements do not show.
func setNote(r *compareRow) termsafe.Safe {
	if r.Same() || !r.Sets() {
		return termsafe.Safe{}
	}
	same := len(r.After.Nodes) - len(r.Came)
	switch {
	case len(r.Gone)+len(r.Came) == 0:
		return termsafe.Concat(termsafe.Const("the same "), termsafe.Count(int64(same), "value", "values"), termsafe.Const(" in another order"))
	case same > 0:
		return termsafe.Concat(termsafe.Int(int64(same)), termsafe.Const(" unchanged"))
	}
	return termsafe.Safe{}
}

// inline returns a value on one line; ok is false if it is too long for that, or could be mistaken for two.
func (c *comparison) inline(b *builder, r *compareRow) (text roleText, ok bool) {
	switch {
	case r.Same():
		text.add(kit.Muted, signBoth)
		return text, text.value(b, r.After, kit.Plain, false)
	case r.Before == nil:
		text.add(kit.Live, signAfter)
		return text, text.value(b, r.After, kit.Live, false)
	case r.After == nil:
		text.add(kit.FailedText, signBefore)
		return text, text.value(b, r.Before, kit.FailedText, false)
	}
	sets := r.Sets()
	if sets && len(r.Gone) < len(r.Before.Nodes) && len(r.Gone)+len(r.Came) > 0 {
		return text, text.elements(b, signAfter, r.Came, kit.Live) && text.elements(b, signBefore, r.Gone, kit.FailedText)
	}
	ok = text.value(b, r.Before, kit.FailedText, sets)
	text.add(kit.Muted, arrow(b.display))
	return text, ok && text.value(b, r.After, kit.Live, sets)
}

func arrow(disp *kit.Display) termsafe.Safe {
	if disp.Widther.ASCII {
		return termsafe.Const(" -> ")
	}
	return termsafe.Const(" → ")
}

// below adds a value in the lines below its key.
func (c *comparison) below(b *builder, r *compareRow) {
	if r.Same() {
		c.side(b, joinNamed(r.id, "same"), signBoth, c.after, r.After, kit.Plain, termsafe.Span{})
		return
	}
	if r.Sets() {
		c.elements(b, joinNamed(r.id, "after"), signAfter, c.after, r.Came, kit.Live)
		c.elements(b, joinNamed(r.id, "before"), signBefore, c.before, r.Gone, kit.FailedText)
		return
	}
	var was, is termsafe.Span
	if r.Before != nil && r.After != nil {
		old, now := diff.Texts(r.Before.Text.Raw(), r.After.Text.Raw())
		was, is = termsafe.Span(old), termsafe.Span(now)
	}
	if r.Before != nil {
		c.side(b, joinNamed(r.id, "before"), signBefore, c.before, r.Before, kit.FailedText, was)
	}
	if r.After != nil {
		c.side(b, joinNamed(r.id, "after"), signAfter, c.after, r.After, kit.Live, is)
	}
}

// side adds the value of one event.
func (c *comparison) side(
	b *builder, id string, sign termsafe.Safe, d *document, n *line.Node, role kit.Role, changed termsafe.Span,
) {
	if diff.IsSet(n) && len(n.Nodes) > 0 {
		nodes := make([]*line.Node, len(n.Nodes))
		for i := range n.Nodes {
			nodes[i] = &n.Nodes[i]
		}
		c.elements(b, id, sign, d, nodes, role)
		return
	}
	c.value(b, id, sign, d, n, role, changed)
}

// elements adds elements of a list, a line each.
func (c *comparison) elements(
	b *builder, id string, sign termsafe.Safe, d *document, nodes []*line.Node, role kit.Role,
) {
	for i, n := range nodes[:min(len(nodes), maxElements)] {
		c.value(b, joinGroup(id, i), sign, d, n, role, termsafe.Span{})
	}
	if more := len(nodes) - maxElements; more > 0 {
		b.add(block{id: joinNamed(id, "more"), indent: belowKey, role: kit.Muted,
			text: termsafe.Concat(sign, termsafe.Int(int64(more)), termsafe.Const(" more are not listed"))})
	}
}
