package detail

import (
	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/suspicion"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// finding is a key or a value that could mislead a reader.
type finding struct {
	id      string // the id of its block
	inKey   bool
	reasons []string
	alike   model.Text // the text itself, if it has letters that look like others
	read    model.Text // the message hidden in invisible runes
	double  bool       // a key that its object has twice
}

// maxFindings limits how many are listed.
const maxFindings = 100

// findHidden checks every key and every string of an event.
func findHidden(d *document) []finding {
	var out []finding
	d.walk(func(id string, n *line.Node) bool {
		if n.Duplicate {
			out = append(out, finding{id: id, inKey: true, double: true})
		}
		out = appendFinding(out, id, true, n.Key)
		if n.Kind == line.StringKind {
			out = appendFinding(out, id, false, n.Text)
		}
		return len(out) < maxFindings
	})
	return out
}

func appendFinding(out []finding, id string, inKey bool, t model.Text) []finding {
	s := suspicion.Of([]byte(t.Raw()), !inKey)
	if s == 0 {
		return out
	}
	f := finding{id: id, inKey: inKey, reasons: s.Reasons(), read: model.NewText(termsafe.TagText(t.Raw()))}
	if s&suspicion.MixedScript != 0 {
		f.alike = t
	}
	return append(out, f)
}

// lineFindings checks a line that is not an event as a whole.
func lineFindings(line model.Text) []finding {
	return appendFinding(nil, bytesID, false, line)
}

// hiddenSection lists hidden text in the event: where it is and what it says.
func (b *builder) hiddenSection() {
	d := b.doc
	if d.event.Flags&model.FlagSuspicious == 0 {
		return
	}
	summary := termsafe.Count(int64(len(d.findings)), "place", "places")
	if !b.section(sectionHead{label: termsafe.Const("Hidden"), id: hiddenID, open: true, summary: summary}) {
		return
	}
	for i := range d.findings {
		b.finding(&d.findings[i], i)
	}
	switch {
	case len(d.findings) >= maxFindings:
		b.say(termsafe.Const("and maybe more"), kit.Muted)
	case len(d.findings) == 0:
		b.hiddenProblems()
	}
}

// hiddenProblems lists what the loader found, if the line cannot be read.
func (b *builder) hiddenProblems() {
	found := false
	for i := range b.doc.problems {
		if p := &b.doc.problems[i]; p.Code == model.HiddenText || p.Code == model.DuplicateKey {
			b.say(b.problemText(i), kit.Suspicious)
			found = true
		}
	}
	if !found {
		b.say(termsafe.Const("the line is marked as suspicious"), kit.Suspicious)
	}
}

func (b *builder) finding(f *finding, i int) {
	what := termsafe.Const("a key that came before in the same object")
	if !f.double {
		words := make([]termsafe.Safe, len(f.reasons))
		for i, r := range f.reasons {
			words[i] = b.display.Own(r)
		}
		what = termsafe.Join(termsafe.Const(", "), words...)
	}
	place := termsafe.Const("the line")
	if keys := stepsOf(f.id); len(keys) > 0 {
		place = b.pathText(keys)
	}
	if f.inKey && !f.double {
		place = termsafe.Concat(place, termsafe.Const(" (the key)"))
	}
	id := joinGroup(hiddenID, i)
	b.add(block{id: id, text: termsafe.Concat(place, termsafe.Const(": "), what), role: kit.Suspicious})
	if !f.alike.Empty() {
		at := block{id: joinNamed(id, "alike"), text: termsafe.Const("it is: "), form: escapeForm, role: kit.Suspicious, indent: 1}
		at.raw = f.alike.Raw()[:partStartNear(f.alike.Raw(), openBytes)]
		b.add(at)
	}
	if !f.read.Empty() {
		b.add(block{id: joinNamed(id, "read"), text: termsafe.Concat(termsafe.Const("it reads: "), kit.Quote),
			raw: b.display.Masks("", f.read.Raw()), tail: kit.Quote, role: kit.Suspicious, indent: 1})
	}
}
