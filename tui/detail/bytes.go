package detail

import (
	"strconv"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// rawSections shows the line unchanged, escaped and in hex.
func (b *builder) rawSections() {
	d := b.doc
	b.aroundSection()
	switch {
	case d.changed:
		b.presentSection()
	case d.line.Empty():
	case d.lexed != nil:
		b.bytes(termsafe.Const("Raw"), rawID, false, block{form: jsonForm, lexed: d.lexed})
		b.otherForms(termsafe.Span{})
	default:
		b.bytes(termsafe.Const("Raw"), rawID, true, block{})
		b.otherForms(termsafe.Span{})
	}
}

// otherForms shows the line in the two unambiguous forms: escaped and in hex.
func (b *builder) otherForms(mark termsafe.Span) {
	b.bytes(termsafe.Const("Escaped"), escapedID, false, block{form: escapeForm})
	b.bytes(termsafe.Const("Hex"), hexID, false, block{form: hexForm, base: b.doc.event.Origin.Offset, mark: mark, as: kit.WrongByte})
}

// aroundSection shows what else is on the line of a recovered event.
func (b *builder) aroundSection() {
	d := b.doc
	if d.around[0].Empty() && d.around[1].Empty() && d.cut == [2]bool{} {
		return
	}
	if !b.section(sectionHead{termsafe.Const("Around"), aroundID, true, termsafe.Const("the other bytes on its line"), nil}) {
		return
	}
	for i, name := range [2]termsafe.Safe{termsafe.Const("before"), termsafe.Const("behind")} {
		if d.around[i].Empty() {
			if d.cut[i] {
				b.say(termsafe.Concat(name, termsafe.Const(" it: too long to show while secrets are masked")), kit.Muted)
			}
			continue
		}
		size := termsafe.Count(int64(d.around[i].Len()), "byte", "bytes")
		if d.cut[i] {
			size = termsafe.Concat(termsafe.Const("the nearest "), size)
		}
		b.say(termsafe.Concat(name, termsafe.Const(" it, "), size), kit.Muted)
		b.add(block{id: joinNamed(aroundID, name.String()), indent: fullWidth, form: escapeForm, raw: d.around[i].Raw()})
	}
}

// presentSection shows the bytes that are now where the line was, with a warning that they are not the event.
func (b *builder) presentSection() {
	d := b.doc
	if d.present.Empty() {
		return
	}
	if b.section(sectionHead{termsafe.Const("Now there"), presentID, false, termsafe.Const("bytes that are not this event"), nil}) {
		b.say(termsafe.Const("these bytes are there now; they are not this event"), kit.Partial)
		b.add(block{id: presentID, indent: fullWidth, form: hexForm, raw: d.present.Raw(), base: d.event.Origin.Offset})
	}
}

// bytes adds a section with the whole line in the full width below its label; like sets how it is shown.
func (b *builder) bytes(label termsafe.Safe, id string, open bool, like block) {
	size := termsafe.Count(int64(b.doc.line.Len()), "byte", "bytes")
	if !b.section(sectionHead{label, id, open, size, nil}) {
		return
	}
	b.say(size, kit.Muted)
	if b.doc.event.Flags&model.FlagQuoted != 0 {
		b.say(termsafe.Const("the text of a JSON string: in the source these bytes are escaped"), kit.Partial)
	}
	if b.doc.masked > 0 {
		masked := termsafe.Count(int64(b.doc.masked), "secret", "secrets")
		b.say(termsafe.Concat(masked, termsafe.Const(" masked: these are not the bytes of the source")), kit.Partial)
	}
	like.id, like.indent, like.raw = id, fullWidth, b.doc.line.Raw()
	b.add(like)
}

// rejectSections shows why a line is not an event, and its bytes.
func (b *builder) rejectSections() {
	d := b.doc
	b.title(termsafe.Const("Reason"))
	for i := range d.problems {
		p := &d.problems[i]
		b.add(block{id: joinGroup(problemsID, i), text: b.problemText(i), role: kit.RejectText, note: b.problemPlace(p)})
	}
	b.title(termsafe.Safe{})
	if d.gap() {
		b.gapSection()
	}
	b.hiddenSection()
	b.provenance()
	if !d.line.Empty() {
		b.rejectBytes()
	}
	if d.changed {
		b.presentSection()
	}
}

// rejectBytes shows the line with the wrong byte marked.
func (b *builder) rejectBytes() {
	at := b.doc.faultAt()
	like := block{as: kit.WrongByte}
	switch {
	case at >= 0 && at < b.doc.line.Len():
		like.mark = termsafe.Span{Lo: at, Hi: at + 1}
	case at >= 0:
		like.tail = termsafe.Concat(termsafe.Const(" "), b.display.Glyphs.End, termsafe.Const(" the line ends here"))
	}
	b.bytes(termsafe.Const("Bytes"), bytesID, true, like)
	b.otherForms(like.mark)
}

// gapSection says which bytes are missing.
func (b *builder) gapSection() {
	o := b.doc.event.Origin
	b.title(termsafe.Const("Gap"))
	b.say(termsafe.Concat(termsafe.Count(o.Length, "byte", "bytes"), termsafe.Const(" from byte "), termsafe.Int(o.Offset),
		termsafe.Const(" on are missing: reading the source failed there. How many events they held is not known.")), kit.RejectText)
	b.title(termsafe.Safe{})
}
