package kit

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/model/redact"
	"pawprint/tui/termsafe"
)

// Masking says whether shown secrets are masked. It is a value, so that commands keep the state from when they started.
type Masking bool

// Text returns the value of a field, with its secrets masked if masking is on. key is the name of the field, the last part of
// its path; empty for a text without a field. Any goroutine may call it.
func (m Masking) Text(key, text string) string {
	if !m || text == "" {
		return text
	}
	var masker redact.Masker
	return masker.Text(lastKey(key), text)
}

// Field is Text for a model.Text.
func (m Masking) Field(key string, t model.Text) model.Text {
	if !m {
		return t
	}
	return model.NewText(m.Text(key, t.Raw()))
}

// Line returns a line of a log as it may be shown, copied or exported, and the number of masked secrets. It returns line itself
// if there are none. Any goroutine may call it.
func (m Masking) Line(line []byte) (masked []byte, n int) {
	if !m {
		return line, 0
	}
	var masker redact.Masker
	masked = masker.Line(line)
	return masked, masker.Masked
}

// Shared reports whether a text may be shown openly, such as in the filter: it contains neither secrets to mask nor a mask.
func (m Masking) Shared(text string) bool {
	return !bool(m) || m.Text("", text) == text && !strings.Contains(text, redact.Mask)
}

// Sharable reports whether a filter made from values may be shown. If not, MaskedWords says why.
func (m Masking) Sharable(e query.Expr) bool {
	return !slices.ContainsFunc(query.Terms(e), func(t query.Expr) bool { return !m.Shared(t.String()) })
}

// Masks returns the value of a field as it may be shown, copied or exported. See Masking.Text; for whole lines use Masking.Line.
func (disp *Display) Masks(key, text string) string { return disp.Redact.Text(key, text) }

// lastKey returns the last part of a path, which is the name of the value.
func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// MaskedWords is the message for a masked value, which cannot be filtered by.
func (disp *Display) MaskedWords() termsafe.Safe {
	return disp.Keyed("the value is masked: {} shows it", CmdRedact)
}

// ErrObject is the message for an object that was counted as a value, which no condition compares.
var ErrObject = termsafe.Const("a whole object cannot be a condition: open an event and press # on a value in it")
