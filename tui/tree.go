package tui

import (
	"strconv"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// The limits up to which a node is unfolded unless the user folded it.
const (
	openLevels  = 5
	openMembers = 100
)

// quote stands around the strings of a tree: "true" is not true.
var quote = termsafe.Const(`"`)

// addTree adds the members of a node, in the order of the source.
func (b *builder) addTree(n *model.Node, path string, indent int) {
	width := b.keyWidth(n)
	for i := range n.Nodes {
		member := &n.Nodes[i]
		name := strconv.Itoa(i)
		key := termsafe.Int(int64(i))
		if n.Kind == model.ObjectKind {
			name, key = member.Key.Raw(), termsafe.Clean(member.Key.Raw(), b.look.cell(maxKeyWidth))
		}
		b.addNode(member, key, width, path+"\x00"+name, indent)
	}
}

// keyWidth is the width of the column of keys, from the first members.
func (b *builder) keyWidth(n *model.Node) int {
	if n.Kind != model.ObjectKind {
		return len(strconv.Itoa(len(n.Nodes)))
	}
	width := 1
	for i := range n.Nodes[:min(len(n.Nodes), openMembers)] {
		key := termsafe.Clean(n.Nodes[i].Key.Raw(), b.look.cell(maxKeyWidth))
		width = max(width, min(b.look.widther.Width(key), maxKeyWidth))
	}
	return width
}

// addNode adds one node under a key.
func (b *builder) addNode(n *model.Node, key termsafe.Safe, keyWidth int, path string, indent int) {
	at := block{key: key, keyAt: keyWidth, indent: indent, marked: -1}
	if n.Duplicate {
		at.tail = termsafe.Const("  (a key of this name came before)")
	}
	switch n.Kind {
	case model.StringKind:
		b.addText(at, n.Text.Raw())
	case model.ListKind, model.ObjectKind:
		b.addBranch(at, n, path, indent)
	default:
		at.raw, at.hi, at.role = n.Text.Raw(), n.Text.Len(), jsonNumber
		if n.Kind != model.NumberKind {
			at.role = jsonWord
		}
		b.add(at)
	}
}

// addText adds a string, quoted, in as many blocks as it takes.
func (b *builder) addText(first block, text string) {
	first.role, first.raw = jsonString, text
	after := first.tail
	first.text, first.tail = quote, termsafe.Concat(quote, after)
	if text == "" {
		b.add(first)
		return
	}
	chunks := splitChunks(text)
	for i, c := range chunks {
		at := first
		at.lo, at.hi = c.lo, c.hi
		if i > 0 {
			at.key, at.label, at.text = termsafe.Safe{}, termsafe.Safe{}, termsafe.Safe{}
		}
		if i < len(chunks)-1 {
			at.tail = termsafe.Safe{}
		}
		b.add(at)
	}
}

// addBranch adds an object or a list, with its members if it is unfolded.
func (b *builder) addBranch(at block, n *model.Node, path string, indent int) {
	empty, one, many := termsafe.Const("{}"), termsafe.Count(int64(len(n.Nodes)), "key", "keys"), n.Kind == model.ObjectKind
	if !many {
		empty, one = termsafe.Const("[]"), termsafe.Count(int64(len(n.Nodes)), "item", "items")
	}
	at.role = muted
	if len(n.Nodes) == 0 {
		at.text = empty
		b.add(at)
		return
	}
	at.fold = path
	at.open = b.isOpen(path, indent < openLevels && len(n.Nodes) <= openMembers)
	if !at.open {
		at.text = one
	}
	b.add(at)
	if at.open {
		b.addTree(n, path, indent+1)
	}
}
