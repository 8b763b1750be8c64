package detail

import (
	"encoding/hex"
	"time"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// The ids of the sections of an event. Blocks that are not part of a tree have ids below their section.
const (
	errorsID     = "#errors"
	hiddenID     = "#hidden"
	actorID      = "#actor"
	targetID     = "#target"
	paramsID     = "#params"
	detailsID    = "#details"
	networkID    = "#network"
	lakeID       = "#lake"
	otherID      = "#other"
	problemsID   = "#problems"
	provenanceID = "#provenance"
	rawID        = "#raw"
	escapedID    = "#escaped"
	hexID        = "#hex"
	bytesID      = "#bytes"
	aroundID     = "#around"
	presentID    = "#present"
)

// digits are the keys that jump to the sections.
var digits = map[string]int{
	errorsID: 1, actorID: 2, targetID: 3, paramsID: 4, detailsID: 5, networkID: 6, lakeID: 7, provenanceID: 8, rawID: 9, bytesID: 9,
}

// builder makes the blocks of a document, or of a page.
type builder struct {
	display   *kit.Display
	doc       *document
	folds     map[string]bool                             // what the user folded (false) or unfolded (true)
	label     termsafe.Safe                               // for the next block
	sectionID string                                      // with label: the id under which the section is folded
	bare      bool                                        // there is no label column
	owner     *line.Node                                  // the string that holds the tree at hand, nil for none
	note      func(id string, n *line.Node) termsafe.Safe // returns our note on a value; nil for no notes
	blocks    []block
}

// buildBlocks makes the blocks of a document. Its cost grows with what is unfolded; it does not clean or wrap long texts.
func buildBlocks(disp *kit.Display, d *document, folds map[string]bool) []block {
	b := &builder{display: disp, doc: d, folds: folds}
	b.headline()
	b.notes()
	b.memberLines()
	if d.event.Reject() {
		b.rejectSections()
		return b.blocks
	}
	b.errorsSection()
	b.hiddenSection()
	b.eventSections()
	b.silenceSection()
	b.copySection()
	b.twinSection()
	b.firstSection()
	b.problemsSection()
	b.provenance()
	b.rawSections()
	return b.blocks
}

// add appends a block. The first block of a section gets its label.
func (b *builder) add(at block) {
	if !b.label.Empty() {
		at.label, at.sectionID, at.whole, at.digit = b.label, b.sectionID, true, digits[b.sectionID]
		b.title(termsafe.Safe{})
	}
	at.bare = b.bare
	b.blocks = append(b.blocks, at)
}

// title starts a section that cannot be folded. An empty label removes a title that no block followed.
func (b *builder) title(label termsafe.Safe) { b.label, b.sectionID = label, "" }

// say adds a fixed text.
func (b *builder) say(text termsafe.Safe, r kit.Role) { b.add(block{text: text, role: r}) }

// field adds a fixed text with a key; v is the value to filter by, nil for none.
func (b *builder) field(id string, key, text termsafe.Safe, width int, v *kit.Value) {
	b.add(block{id: id, key: key, keyAt: width, text: text, value: v})
}

func (b *builder) isOpen(id string, otherwise bool) bool {
	if open, ok := b.folds[id]; ok {
		return open
	}
	return otherwise
}

// sectionHead is the first line of a section. A folded section shows the summary and the start of its content.
type sectionHead struct {
	label   termsafe.Safe
	id      string
	open    bool // unless the user folded or unfolded it
	summary termsafe.Safe
	holds   *line.Node
}

// section starts a section that can be folded, and reports whether it is open. If so, at least one block must follow.
func (b *builder) section(h sectionHead) bool {
	if b.isOpen(h.id, h.open) {
		b.label, b.sectionID = h.label, h.id
		return true
	}
	b.title(termsafe.Safe{})
	b.blocks = append(b.blocks, block{id: h.id, label: h.label, digit: digits[h.id], sectionID: h.id,
		text: h.summary, role: kit.Muted, peek: h.holds})
	return false
}

// headline adds one sentence on what happened, and the time.
func (b *builder) headline() {
	e := &b.doc.event
	t := time.Unix(0, e.Nanos).In(b.display.Zone)
	when := b.display.ExactTime(t)
	switch noTime := e.Flags&model.FlagNoTime != 0; {
	case b.doc.gap(), noTime && e.Nanos == 0:
		when = termsafe.Const("no time of its own")
	case noTime:
		when = termsafe.Concat(termsafe.Const("no time of its own; placed at "), when)
	case b.display.FromNow():
		when = termsafe.Concat(b.display.Ago(t), termsafe.Const("  "), when)
	}
	b.add(block{id: "#", indent: fullWidth, text: sentence(b.display, e, b.doc.target), role: eventRole(e), right: when})
	b.add(block{indent: fullWidth})
}

// eventRole returns the role of the sentence that sums an event up.
func eventRole(e *model.Event) kit.Role {
	switch {
	case e.Reject():
		return kit.Reject
	case e.Result == model.Failed:
		return kit.Failed
	case e.Result == model.PartiallyFailed:
		return kit.Partial
	}
	return kit.Strong
}

// notes adds the warnings that the reader must see first.
func (b *builder) notes() {
	d := b.doc
	b.title(termsafe.Const("Note"))
	switch {
	case !d.read:
		b.say(b.display.Own("reading the line …"), kit.Muted)
	case d.changed:
		b.say(termsafe.Const("the source changed after it was loaded: these values are those that were read then"), kit.Partial)
	case d.gap():
	case d.err != nil:
		b.say(b.display.Own("the line cannot be shown: "+d.err.Error()), kit.Partial)
	}
	b.noteMasked()
	if d.mark != nil && (d.mark.Typed() != "" || d.mark.Verdict != "") {
		b.say(b.display.AllSaidOf(d.mark), kit.Hit)
	}
	if d.copy != nil {
		b.say(b.display.SaidOfCopy(d.copy), kit.Hit)
	}
	b.title(termsafe.Safe{})
}

// errorsSection shows each error message on lines of its own; a message that holds JSON becomes a tree.
func (b *builder) errorsSection() {
	d := b.doc
	if len(d.messages) == 0 {
		if d.event.Result.Bad() && d.node != nil {
			b.title(termsafe.Const("Errors"))
			b.say(termsafe.Const("none given"), kit.Muted)
		}
		return
	}
	summary := termsafe.Count(int64(len(d.messages)), "message", "messages")
	if !b.section(sectionHead{termsafe.Const("Errors"), errorsID, true, summary, nil}) {
		return
	}
	r := kit.MessageRole(&d.event)
	show := func(_ string, lo, hi, indent int) {
		for i := lo; i < hi; i++ {
			b.message(i, r, indent)
		}
	}
	if n := len(d.messages); n > maxMembers {
		b.addPages(errorsID, 0, 0, n, show)
	} else {
		show(errorsID, 0, n, 0)
	}
}

// messageID returns the id of the message of error i of n.
func messageID(i, n int) string {
	return inPage(errorsID, n, i) + string(idSep) + "errors" + string(idSep) + string(idIndex) + decimal(int64(i)) + string(idSep) + "message"
}

func (b *builder) message(i int, r kit.Role, indent int) {
	n, all := &b.doc.messages[i], len(b.doc.messages)
	at := block{id: messageID(i, all), role: r, node: n, indent: indent}
	if all > 1 {
		at.key, at.keyAt = termsafe.Int(int64(i+1)), termsafe.Int(int64(all)).Len()
	}
	switch {
	case b.doc.inner[n] != nil:
		b.addInner(at, n)
	case n.Text.Empty():
		at.text = termsafe.Const(`""`)
		b.add(at)
	default:
		at.raw = n.Text.Raw()
		b.add(at)
	}
}

// problemText describes problem i of the line.
func (b *builder) problemText(i int) termsafe.Safe {
	p := &b.doc.problems[i]
	parts := []termsafe.Safe{}
	if f := p.Field.String(); f != "" {
		parts = append(parts, b.display.Own(f))
	}
	if !p.Key.Empty() {
		parts = append(parts, termsafe.Clean(b.display.Masks("", p.Key.Raw()), b.display.CleanOptions(sentenceCells)))
	}
	message := b.display.Own(p.Message())
	if i < len(b.doc.values) {
		message = termsafe.Concat(b.doc.values[i].Show(b.display.Widther.ASCII), message)
	}
	parts = append(parts, message)
	return termsafe.Join(termsafe.Const(": "), parts...)
}

// problemPlace returns where the wrong byte is, in the source and in the line.
func (b *builder) problemPlace(p *model.Problem) termsafe.Safe {
	if before := p.Origin.Offset - p.Offset; before > 0 {
		return termsafe.Concat(termsafe.Count(before, "byte", "bytes"), termsafe.Const(" before it, "),
			termsafe.Int(p.Offset), termsafe.Const(" of the source"))
	}
	return termsafe.Concat(termsafe.Const("byte "), termsafe.Int(p.Offset-p.Origin.Offset), termsafe.Const(" of the line, "),
		termsafe.Int(p.Offset), termsafe.Const(" of the source"))
}

// problemsSection lists the problems of the line and their places.
func (b *builder) problemsSection() {
	d := b.doc
	summary := termsafe.Count(int64(len(d.problems)), "problem", "problems")
	if len(d.problems) == 0 || !b.section(sectionHead{termsafe.Const("Problems"), problemsID, true, summary, nil}) {
		return
	}
	for i := range d.problems {
		p := &d.problems[i]
		r, severity := kit.Plain, termsafe.Const("warning")
		if p.Severity() == model.Error {
			r, severity = kit.Invalid, termsafe.Const("error")
		}
		b.add(block{id: joinGroup(problemsID, i), key: severity, keyAt: len("warning"), role: r, text: b.problemText(i), note: b.problemPlace(p)})
	}
}

// provenance adds the section on where the line came from.
func (b *builder) provenance() {
	d, o := b.doc, b.doc.event.Origin
	name := b.display.Redact.Field("source", d.source)
	source := b.display.Widther.Truncate(termsafe.Clean(name.Raw(), b.display.CleanOptions(sentenceCells)), sentenceCells)
	summary := termsafe.Concat(source, termsafe.Const(", line "), kit.LineNumber(o))
	if !b.section(sectionHead{termsafe.Const("Provenance"), provenanceID, true, summary, nil}) {
		return
	}
	const width = len("p_row_id")
	b.add(block{id: joinNamed(provenanceID, "source"), key: termsafe.Const("source"), keyAt: width,
		raw: name.Raw(), value: &kit.Value{Name: "source", Text: name}})
	var text *kit.Value
	if o.Line > 0 {
		text = &kit.Value{Name: "line", Text: model.NewText(decimal(o.Line))}
	}
	b.field(joinNamed(provenanceID, "line"), termsafe.Const("line"), kit.LineNumber(o), width, text)
	offset := termsafe.Concat(termsafe.Const("byte "), termsafe.Int(o.Offset))
	b.field(joinNamed(provenanceID, "offset"), termsafe.Const("offset"), offset, width, nil)
	length := termsafe.Count(o.Length, "byte", "bytes")
	if d.event.Flags&model.FlagQuoted != 0 {
		length = termsafe.Concat(length, termsafe.Const(" with their escapes"))
	}
	b.field(joinNamed(provenanceID, "length"), termsafe.Const("length"), length, width, nil)
	if d.line.Len() > 0 {
		b.field(joinNamed(provenanceID, "sha256"), termsafe.Const("sha256"), b.display.Own(hex.EncodeToString(d.sum[:])), width, nil)
	}
	if id := d.node.Get("p_row_id"); id != nil && id.Kind == line.StringKind {
		b.add(block{id: joinNamed(provenanceID, "row"), key: termsafe.Const("p_row_id"), keyAt: width,
			raw: id.Text.Raw(), value: &kit.Value{Name: "p_row_id", Text: id.Text}})
	}
}

// noteMasked adds how many secrets were masked in the event, and that there may be others.
func (b *builder) noteMasked() {
	if n := b.doc.masked; n > 0 {
		b.say(termsafe.Concat(termsafe.Count(int64(n), "secret", "secrets"),
			termsafe.Const(" masked in this line; others may remain")), kit.Partial)
	}
}
