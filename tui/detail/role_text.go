package detail

import (
	"errors"
	"strconv"
	"strings"

	"pawprint/model/diff"
	"pawprint/model/line"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// roleText is a text whose parts have roles of their own.
type roleText struct {
	parts []termsafe.Safe
	spans []verbatim.RoleSpan
	len   int
}

func (t *roleText) add(r kit.Role, s termsafe.Safe) {
	t.parts = append(t.parts, s)
	t.spans = append(t.spans, verbatim.RoleSpan{Span: termsafe.Span{Lo: t.len, Hi: t.len + s.Len()}, Role: r})
	t.len += s.Len()
}

// row returns the text and the roles of its parts.
func (t *roleText) row() (termsafe.Safe, []verbatim.RoleSpan) {
	return termsafe.Concat(t.parts...), t.spans
}

// value adds a value that was compared. It returns false if the value is too long for a line. The elements of a set stand
// without brackets if nothing else could be meant.
func (t *roleText) value(b *builder, n *line.Node, r kit.Role, bare bool) bool {
	switch {
	case n.Kind == line.ObjectKind:
		t.add(r, termsafe.Const("{}"))
		return true
	case n.Kind != line.ListKind:
		return t.scalar(b, n, r)
	case len(n.Nodes) == 0:
		t.add(r, termsafe.Const("[]"))
		return true
	case !diff.IsSet(n):
		return false
	}
	nodes := make([]*line.Node, len(n.Nodes))
	for i := range n.Nodes {
		nodes[i] = &n.Nodes[i]
	}
	if bare {
		return t.elements(b, termsafe.Safe{}, nodes, r)
	}
	t.add(r, termsafe.Const("["))
	ok := t.elements(b, termsafe.Safe{}, nodes, r)
	t.add(r, termsafe.Const("]"))
	return ok
}

// elements adds elements of a list, each behind a sign. It returns false if they are too many or too long for a line.
func (t *roleText) elements(b *builder, sign termsafe.Safe, nodes []*line.Node, r kit.Role) bool {
	bytes := 0
	for i, n := range nodes {
		if bytes += n.Text.Len(); i == maxInlineElements || bytes > maxInlineSet {
			return false
		}
		if i > 0 || !sign.Empty() && t.len > 0 {
			t.add(kit.Plain, termsafe.Const(" "))
		}
		t.add(r, tight(sign))
		if !t.scalar(b, n, r) {
			return false
		}
	}
	return true
}

// tight returns a sign without the space behind it.
func tight(sign termsafe.Safe) termsafe.Safe {
	return sign.Sub(termsafe.Span{Lo: 0, Hi: min(sign.Len(), 1)})
}

// scalar adds a value without members. A string that reads like one word stands without quotes. One with a quote in it is not
// added: it could be read as two strings.
func (t *roleText) scalar(b *builder, n *line.Node, r kit.Role) bool {
	text := n.Text.Raw()
	if len(text) > maxInlineBytes || strings.Contains(text, `"`) {
		return false
	}
	clean := termsafe.Clean(text, b.display.CleanOptions(8*maxInlineBytes))
	if n.Kind == line.StringKind && !isWord(text) {
		clean = termsafe.Concat(kit.Quote, clean, kit.Quote)
	}
	t.add(r, clean)
	return true
}

// isWord reports whether a string needs no quotes: ASCII letters, digits and a few signs, and nothing that JSON has a value for.
func isWord(s string) bool {
	if s == "" || s == "true" || s == "false" || s == "null" || !isAlphanumeric(s[0]) {
		return false
	}
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && !strings.ContainsRune("_-./:@", rune(s[i])) {
			return false
		}
	}
	_, err := strconv.ParseFloat(s, 64)
	return errors.Is(err, strconv.ErrSyntax)
}

func isAlphanumeric(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }
