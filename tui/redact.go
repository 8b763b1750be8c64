package tui

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/model/redact"
	"pawprint/tui/termsafe"
)

// masking says whether secrets are masked in what is shown. It is a value, so that commands take the state of when they began.
type masking bool

// text returns the value of a field as it may be shown: as it is, or with its secrets masked. key is the name of the field, as
// the last part of its path; empty for a text that stands alone. Any goroutine may call it.
func (m masking) text(key, text string) string {
	if !m || text == "" {
		return text
	}
	var masker redact.Masker
	return masker.Text(lastKey(key), text)
}

// field is text for what the model holds.
func (m masking) field(key string, t model.Text) model.Text {
	if !m {
		return t
	}
	return model.NewText(m.text(key, t.Raw()))
}

// line returns a line of a log as it may be shown, copied or exported, and how many secrets were masked in it. What it gives is
// line itself if nothing was. Any goroutine may call it.
func (m masking) line(line []byte) (masked []byte, n int) {
	if !m {
		return line, 0
	}
	var masker redact.Masker
	masked = masker.Line(line)
	return masked, masker.Masked
}

// maskedWords says in brackets how many secrets were masked in what was written; nothing while secrets are shown.
func (a *App) maskedWords(n int) termsafe.Safe {
	if !a.display.redact && n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const(" ("), termsafe.Int(int64(n)), termsafe.Const(" masked)"))
}

// noteMasked says how many secrets were masked in the event, which is no promise that there are no others.
func (b *builder) noteMasked() {
	if n := b.doc.masked; n > 0 {
		b.say(termsafe.Concat(termsafe.Count(int64(n), "secret", "secrets"), termsafe.Const(" masked in this line; what does not look like one is shown")), partial)
	}
}

// shared reports whether a text may be put where everybody sees it: it holds nothing that is masked, and no mask.
func (m masking) shared(text string) bool {
	return !bool(m) || m.text("", text) == text && !strings.Contains(text, redact.Mask)
}

// masks returns the value of a field as it may leave the program: shown, copied or exported. It is the text itself while nothing
// is masked. key is the name of the field, empty for a text that stands alone; for whole lines there is look.redact.line.
func (disp *display) masks(key, text string) string { return disp.redact.text(key, text) }

// lastKey is the last part of a path: only that names what a value is.
func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// switchRedaction masks secrets from now on, or shows them again. What was read for the other state is read anew.
func (a *App) switchRedaction() {
	a.display.redact = !a.display.redact
	a.display.version++
	a.jobs.stop(rowsSlot)
	a.jobs.stop(detailSlot)
	a.list.facts.clear()
	a.detail.readAgain()
	if a.status.toast = termsafe.Const("secrets are shown"); a.display.redact {
		a.status.toast = termsafe.Const("what looks like a secret is masked; some may not look like one")
	}
}

// readAgain has the event, or the page, read and made anew.
func (d *detail) readAgain() {
	if d.doc == nil {
		return
	}
	d.doc = &document{event: d.doc.event, columns: d.doc.columns, source: d.doc.source, problems: d.doc.problems}
	d.search.clear()
	if d.page != nil {
		d.page = nil
		d.task.want(d.shownTask)
	}
	d.rebuild()
}

// errMasked is why a filter is not taken from a value.
var errMasked = termsafe.Const("the value is masked: R shows it")

// sharable reports whether a filter that the program makes from values may be shown; if not it says so.
func (a *App) sharable(e query.Expr) bool {
	ok := !slices.ContainsFunc(query.Terms(e), func(t query.Expr) bool { return !a.display.redact.shared(t.String()) })
	if !ok {
		a.status.toast = errMasked
	}
	return ok
}
