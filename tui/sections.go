package tui

import (
	"encoding/hex"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// builder makes the blocks of a document.
type builder struct {
	look   *look
	doc    *document
	folds  map[string]bool // what the user folded (false) or unfolded (true)
	label  termsafe.Safe   // for the next block
	chief  string          // with label, what folding the section is remembered by
	blocks []block
}

// buildBlocks lays a document out. Only what is unfolded costs anything; no text is cleaned or wrapped here.
func buildBlocks(k *look, d *document, folds map[string]bool) []block {
	b := &builder{look: k, doc: d, folds: folds}
	b.headline()
	if d.event.Reject() {
		b.rejectSections()
		return b.blocks
	}
	b.notes()
	b.errorsSection()
	b.eventSections()
	b.provenance()
	b.problemsSection()
	b.rawSections()
	return b.blocks
}

// add appends a block, with the label of the section if it is the first.
func (b *builder) add(at block) {
	if b.label.Len() > 0 {
		at.label, at.chief, at.whole = b.label, b.chief, true
		b.title(termsafe.Safe{})
	}
	b.blocks = append(b.blocks, at)
}

// title begins a section that cannot be folded; an empty label takes back one that nothing followed.
func (b *builder) title(label termsafe.Safe) { b.label, b.chief = label, "" }

// say adds a fixed text.
func (b *builder) say(text termsafe.Safe, r role) {
	b.add(block{text: text, role: r, marked: -1})
}

// field adds a fixed text under a key.
func (b *builder) field(key, text termsafe.Safe, width int) {
	b.add(block{key: key, keyAt: width, text: text, marked: -1})
}

func (b *builder) isOpen(path string, otherwise bool) bool {
	if open, ok := b.folds[path]; ok {
		return open
	}
	return otherwise
}

// section begins a section that can be folded, and reports whether it is open: then at least one block must follow. A
// folded one shows only its label and the summary.
func (b *builder) section(label termsafe.Safe, path string, open bool, summary termsafe.Safe) bool {
	if b.isOpen(path, open) {
		b.label, b.chief = label, path
		return true
	}
	b.title(termsafe.Safe{})
	b.blocks = append(b.blocks, block{label: label, chief: path, text: summary, role: muted, marked: -1})
	return false
}

func (b *builder) headline() {
	e := &b.doc.event
	r := strong
	switch {
	case e.Reject():
		r = reject
	case e.Result == model.Failed:
		r = failed
	case e.Result == model.PartiallyFailed:
		r = partial
	}
	t := time.Unix(0, e.Nanos).In(b.look.zone)
	when := termsafe.Concat(termsafe.Time(t, fullTime), termsafe.Const(" "), b.look.zoneName())
	if b.look.relative {
		when = termsafe.Concat(b.look.ago(t), termsafe.Const("  "), when)
	}
	b.add(block{indent: fullWidth, text: b.look.sentence(e, b.doc.target), role: r, right: when, marked: -1})
	b.add(block{indent: fullWidth, marked: -1})
}

// notes tells what the reader must know before anything else.
func (b *builder) notes() {
	d := b.doc
	if d.err != nil {
		b.title(termsafe.Const("Note"))
		text := b.look.own("the line cannot be shown: " + d.err.Error())
		if d.changed {
			text = termsafe.Const("the source changed after it was loaded: what follows is from the columns")
		}
		b.say(text, partial)
	}
	if !d.read {
		b.title(termsafe.Const("Note"))
		b.say(b.look.own("reading the line …"), muted)
	}
	b.title(termsafe.Const("Suspicious"))
	for i := range d.problems {
		if p := &d.problems[i]; p.Code == model.HiddenText || p.Code == model.DuplicateKey {
			b.say(b.problemText(p), suspicious)
		}
	}
	if !d.smuggled.Empty() {
		b.say(termsafe.Const("invisible text, made readable:"), suspicious)
		b.chunked(d.smuggled.Raw(), splitChunks(d.smuggled.Raw()), block{marked: -1})
	}
	b.title(termsafe.Safe{})
}

// errorsSection shows each message; one that is JSON itself becomes a tree.
func (b *builder) errorsSection() {
	d := b.doc
	if len(d.messages) == 0 {
		if d.event.Result.Bad() && d.node != nil {
			b.title(termsafe.Const("Errors"))
			b.say(termsafe.Const("none given"), muted)
		}
		return
	}
	if !b.section(termsafe.Const("Errors"), "#errors", true, termsafe.Count(int64(len(d.messages)), "message", "messages")) {
		return
	}
	r := messageRole(&d.event)
	for _, m := range d.messages {
		b.message(m, r)
	}
}

func (b *builder) message(m model.Text, r role) {
	if strings.HasPrefix(strings.TrimLeft(m.Raw(), " "), "{") {
		if n, err := model.ParseLine(m); err == nil && n.Kind == model.ObjectKind {
			b.addTree(n, "errors", 0)
			return
		}
	}
	b.chunked(m.Raw(), splitChunks(m.Raw()), block{role: r, marked: -1})
}

// chunked adds a long text, each block like the given one.
func (b *builder) chunked(text string, chunks []chunk, like block) {
	for _, c := range chunks {
		at := like
		at.raw, at.lo, at.hi, at.state = text, c.lo, c.hi, c.state
		b.add(at)
	}
}

func (b *builder) problemText(p *model.Problem) termsafe.Safe {
	parts := []termsafe.Safe{}
	if f := p.Field.String(); f != "" {
		parts = append(parts, b.look.own(f))
	}
	if !p.Key.Empty() {
		parts = append(parts, termsafe.Clean(p.Key.Raw(), b.look.cell(sentenceCells)))
	}
	parts = append(parts, b.look.own(p.Message()))
	return termsafe.Join(termsafe.Const(": "), parts...)
}

// provenance says where the line came from.
func (b *builder) provenance() {
	d, o := b.doc, b.doc.event.Origin
	source := termsafe.Clean(d.source.Raw(), b.look.cell(sentenceCells*4))
	number := lineNumber(o)
	summary := termsafe.Concat(source, termsafe.Const(", line "), number)
	if !b.section(termsafe.Const("Provenance"), "#provenance", true, summary) {
		return
	}
	const width = 6
	b.field(termsafe.Const("source"), source, width)
	b.field(termsafe.Const("line"), number, width)
	b.field(termsafe.Const("bytes"), termsafe.Concat(termsafe.Int(o.Length), termsafe.Const(" from "), termsafe.Int(o.Offset)), width)
	if d.read && d.line.Len() > 0 {
		b.field(termsafe.Const("sha256"), b.look.own(hex.EncodeToString(d.sum[:])), width)
	}
}

// lineNumber is the number of a line, which is not known while only the end of a file was read.
func lineNumber(o model.Origin) termsafe.Safe {
	if o.Line <= 0 {
		return termsafe.Const("(not counted yet)")
	}
	return termsafe.Int(o.Line)
}

// problemsSection lists what is wrong with the line, and where.
func (b *builder) problemsSection() {
	d := b.doc
	if len(d.problems) == 0 {
		return
	}
	summary := termsafe.Count(int64(len(d.problems)), "problem", "problems")
	if !b.section(termsafe.Const("Problems"), "#problems", true, summary) {
		return
	}
	for i := range d.problems {
		p := &d.problems[i]
		r, severity := muted, termsafe.Const("warning")
		if p.Severity() == model.Error {
			r, severity = invalid, termsafe.Const("error")
		}
		b.add(block{key: severity, keyAt: 7, role: r, marked: -1,
			text: termsafe.Concat(b.problemText(p), termsafe.Const(" (byte "), termsafe.Int(p.Offset), termsafe.Const(")"))})
	}
}

// rawSections shows the line as it is, and escaped.
func (b *builder) rawSections() {
	d := b.doc
	if !d.read || d.line.Empty() {
		return
	}
	b.bytes(termsafe.Const("Raw"), "#raw", false, block{lexed: true, marked: -1})
	b.bytes(termsafe.Const("Escaped"), "#escaped", false, block{escape: true, marked: -1})
}

// bytes adds a section of the whole line, in the full width below its label. Each block is like the given one.
func (b *builder) bytes(label termsafe.Safe, path string, open bool, like block) {
	d, size := b.doc, termsafe.Count(int64(b.doc.line.Len()), "byte", "bytes")
	if !b.section(label, path, open, size) {
		return
	}
	b.say(size, muted)
	like.indent = fullWidth
	b.chunked(d.line.Raw(), d.chunks, like)
}

// rejectSections shows why a line is no event, and its bytes.
func (b *builder) rejectSections() {
	d := b.doc
	b.notes()
	b.title(termsafe.Const("Reason"))
	for i := range d.problems {
		p := &d.problems[i]
		b.say(termsafe.Concat(b.problemText(p), termsafe.Const(" (byte "), termsafe.Int(p.Offset), termsafe.Const(")")), rejectText)
	}
	b.title(termsafe.Safe{})
	b.provenance()
	if !d.read || d.err != nil {
		return
	}
	at := d.faultAt()
	b.bytes(termsafe.Const("Bytes"), "#bytes", true, block{marked: at})
	if last := &b.blocks[len(b.blocks)-1]; at == d.line.Len() && last.raw != "" {
		last.tail = termsafe.Concat(termsafe.Const(" "), b.look.glyphs.end, termsafe.Const(" the line ends here"))
	}
	b.bytes(termsafe.Const("Escaped"), "#escaped", false, block{escape: true, marked: -1})
}
