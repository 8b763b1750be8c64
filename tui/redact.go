package tui

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/model/redact"
	"pawprint/tui/termsafe"
)

// masking says whether shown secrets are masked. It is a value, so that commands keep the state from when they started.
type masking bool

// text returns the value of a field, with its secrets masked if masking is on. key is the name of the field, the last part of
// its path; empty for a text without a field. Any goroutine may call it.
func (m masking) text(key, text string) string {
	if !m || text == "" {
		return text
	}
	var masker redact.Masker
	return masker.Text(lastKey(key), text)
}

// field is text for a model.Text.
func (m masking) field(key string, t model.Text) model.Text {
	if !m {
		return t
	}
	return model.NewText(m.text(key, t.Raw()))
}

// line returns a line of a log as it may be shown, copied or exported, and the number of masked secrets. It returns line itself
// if there are none. Any goroutine may call it.
func (m masking) line(line []byte) (masked []byte, n int) {
	if !m {
		return line, 0
	}
	var masker redact.Masker
	masked = masker.Line(line)
	return masked, masker.Masked
}

// maskedWords returns, in brackets, how many secrets were masked in an export; empty while secrets are shown.
func (a *App) maskedWords(n int) termsafe.Safe {
	if !a.display.redact && n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const(" ("), termsafe.Int(int64(n)), termsafe.Const(" masked)"))
}

// noteMasked adds how many secrets were masked in the event, and that there may be others.
func (b *builder) noteMasked() {
	if n := b.doc.masked; n > 0 {
		b.say(termsafe.Concat(termsafe.Count(int64(n), "secret", "secrets"), termsafe.Const(" masked in this line; what does not look like one is shown")), partial)
	}
}

// shared reports whether a text may be shown openly, such as in the filter: it contains neither secrets to mask nor a mask.
func (m masking) shared(text string) bool {
	return !bool(m) || m.text("", text) == text && !strings.Contains(text, redact.Mask)
}

// masks returns the value of a field as it may be shown, copied or exported. See masking.text; for whole lines use
// display.redact.line.
func (disp *display) masks(key, text string) string { return disp.redact.text(key, text) }

// lastKey returns the last part of a path, which is the name of the value.
func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// switchRedaction switches masking on or off, and reads again what was read for the other state.
func (a *App) switchRedaction() {
	a.display.redact = !a.display.redact
	a.display.version++
	a.list.reading.stop()
	a.detail.reading.stop()
	a.list.facts.clear()
	a.detail.readAgain()
	if a.status.toast = termsafe.Const("secrets are shown"); a.display.redact {
		a.status.toast = termsafe.Const("what looks like a secret is masked; some may not look like one")
	}
}

// readAgain makes the event, or the page, be read again.
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

// errMasked is the message for a masked value, which cannot be filtered by.
var errMasked = termsafe.Const("the value is masked: R shows it")

// sharable reports whether a filter made from values may be shown. If not, it shows errMasked.
func (a *App) sharable(e query.Expr) bool {
	ok := !slices.ContainsFunc(query.Terms(e), func(t query.Expr) bool { return !a.display.redact.shared(t.String()) })
	if !ok {
		a.status.toast = errMasked
	}
	return ok
}
