package detail

import (
	"strconv"

	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// The limits up to which values are unfolded by default.
const (
	openLevels  = 5
	openMembers = 100
	openBytes   = 2 << 10 // length of a string
	headBytes   = 160     // shown of a folded string
)

// The limits of paging: a branch with more than maxMembers members is shown in pages of at least pageMembers.
const (
	maxMembers  = 200
	pageMembers = 100
)

// maxChainWidth is the maximum width of the joined keys of branches with one member.
const maxChainWidth = 40

// link is a line of a tree: a node and the keys that lead to it. Branches with one member share the line of that member.
type link struct {
	id   string
	key  termsafe.Safe
	node *line.Node
}

// link descends from member i of a node as long as there is only one member.
func (b *builder) link(id string, parent *line.Node, i int) link {
	l := link{joinKey(id, parent, i), b.keyText(parent, i), &parent.Nodes[i]}
	width := b.display.Widther.Width(l.key)
	for len(l.node.Nodes) == 1 && !l.node.Duplicate && !l.node.Nodes[0].Duplicate {
		next := b.nextKey(l.node)
		if width += b.display.Widther.Width(next); width > maxChainWidth {
			break
		}
		l = link{joinKey(l.id, l.node, 0), termsafe.Concat(l.key, next), &l.node.Nodes[0]}
	}
	return l
}

// keyText returns the key or the index of member i, as it is at the start of a line.
func (b *builder) keyText(parent *line.Node, i int) termsafe.Safe {
	if parent.Kind != line.ObjectKind {
		return b.stepText(field.Step{Index: i})
	}
	key := parent.Nodes[i].Key.Raw()
	text := b.display.Widther.Truncate(termsafe.Clean(key, b.display.CleanOptions(maxKeyCells)), maxKeyCells)
	if plainKey(key) {
		return text
	}
	return termsafe.Concat(kit.Quote, text, kit.Quote)
}

// nextKey returns the key of the only member of a node, as it is after other keys.
func (b *builder) nextKey(parent *line.Node) termsafe.Safe {
	s := field.Step{}
	if parent.Kind == line.ObjectKind {
		s = field.Step{Key: parent.Nodes[0].Key.Raw(), Index: -1}
	}
	text := b.stepText(s)
	if s.Index < 0 && plainKey(s.Key) {
		return termsafe.Concat(termsafe.Const("."), text)
	}
	return text
}

// addTree adds the members of a node, in the order of the source.
func (b *builder) addTree(n *line.Node, id string, indent int) {
	b.addRange(n, id, indent, 0, len(n.Nodes))
}

// addRange adds the members from lo to hi, in pages if there are many.
func (b *builder) addRange(n *line.Node, id string, indent, lo, hi int) {
	if hi-lo <= maxMembers {
		b.addMembers(n, id, indent, lo, hi)
		return
	}
	b.addPages(id, indent, lo, hi, func(id string, lo, hi, indent int) { b.addMembers(n, id, indent, lo, hi) })
}

// addPages adds pages for the items from lo to hi, and calls show for the unfolded ones.
func (b *builder) addPages(id string, indent, lo, hi int, show func(id string, lo, hi, indent int)) {
	step := pageStep(hi - lo)
	for at := lo; at < hi; at += step {
		end := min(at+step, hi)
		p := block{id: pageID(id, at), indent: indent, role: kit.Muted, fold: pageID(id, at),
			text: termsafe.Concat(termsafe.Int(int64(at)), termsafe.Const(" to "), termsafe.Int(int64(end-1)))}
		p.open = b.isOpen(p.id, at == 0)
		b.add(p)
		switch {
		case !p.open:
		case end-at > maxMembers:
			b.addPages(p.id, indent+1, at, end, show)
		default:
			show(p.id, at, end, indent+1)
		}
	}
}

// pageStep returns the number of members on a page for n members.
func pageStep(n int) int {
	step := pageMembers
	for n/step > pageMembers {
		step *= 10
	}
	return step
}

func pageID(id string, at int) string { return joinNamed(id, "from"+strconv.Itoa(at)) }

// inPage returns the id of the page that shows member i of n of the node with an id; that id itself if there are no pages.
func inPage(id string, n, i int) string {
	for lo, hi := 0, n; hi-lo > maxMembers; {
		step := pageStep(hi - lo)
		lo += (i - lo) / step * step
		hi = min(lo+step, hi)
		id = pageID(id, lo)
	}
	return id
}

func (b *builder) addMembers(n *line.Node, id string, indent, lo, hi int) {
	links := make([]link, 0, hi-lo)
	width := 1
	for i := lo; i < hi; i++ {
		l := b.link(id, n, i)
		if w := b.display.Widther.Width(l.key); w <= maxKeyWidth && !b.opens(l.id, l.node, indent) {
			width = max(width, w)
		}
		links = append(links, l)
	}
	for _, l := range links {
		b.addNode(l.node, block{id: l.id, key: l.key, keyAt: width, indent: indent})
	}
}

// addNode adds one node. at has its id, indent and key.
func (b *builder) addNode(n *line.Node, at block) {
	if at.node = n; b.owner != nil {
		at.node = b.owner
	}
	if n.Duplicate {
		at.note = termsafe.Const("a key of this name came before")
	} else if b.note != nil {
		at.note = b.note(at.id, n)
	}
	switch n.Kind {
	case line.StringKind:
		b.addText(at, n)
	case line.ListKind, line.ObjectKind:
		at.node = nil
		b.addBranch(at, n)
	default:
		at.raw, at.role = n.Text.Raw(), kit.JsonNumber
		if n.Kind != line.NumberKind {
			at.role = kit.JsonWord
		}
		b.add(at)
	}
}

// addText adds a string in quotes. A long one is folded and shows its length; one that holds JSON becomes a tree.
func (b *builder) addText(at block, n *line.Node) {
	text := n.Text.Raw()
	at.role, at.raw, at.text, at.tail = kit.JsonString, text, kit.Quote, kit.Quote
	switch {
	case b.owner == nil && b.doc.inner[n] != nil:
		b.addInner(at, n)
		return
	case text == "":
		at.text, at.tail = termsafe.Const(`""`), termsafe.Safe{}
	}
	b.foldLong(&at)
	b.add(at)
}

// foldLong folds a long text and adds its length.
func (b *builder) foldLong(at *block) {
	if len(at.raw) <= openBytes {
		return
	}
	at.fold, at.note = at.id, termsafe.Count(int64(len(at.raw)), "byte", "bytes")
	if at.open = b.isOpen(at.id, false); !at.open {
		at.raw, at.tail = at.raw[:headEnd(at.raw)], b.display.Widther.Ellipsis()
	}
}

// headEnd returns where the shown start of a long text ends, at a rune boundary.
func headEnd(text string) int {
	at := headBytes
	for back := 0; back < 3 && at > 0 && text[at]&0xc0 == 0x80; back++ {
		at--
	}
	return at
}

// addInner adds a string that holds JSON, with a tree below it. Strings inside that tree stay strings.
func (b *builder) addInner(at block, n *line.Node) {
	in, id := b.doc.inner[n], joinInner(at.id)
	at.fold, at.node = id, n
	at.open = b.isOpen(id, len(in.Nodes) <= openMembers)
	says := termsafe.Concat(termsafe.Const("a string that holds JSON, "), termsafe.Count(int64(n.Text.Len()), "byte", "bytes"))
	if !at.open {
		at.note = says
		if len(at.raw) > openBytes {
			at.raw, at.tail = at.raw[:headEnd(at.raw)], b.display.Widther.Ellipsis()
		} else if at.raw == "" {
			at.raw = n.Text.Raw()[:min(n.Text.Len(), openBytes)]
		}
		b.add(at)
		return
	}
	at.raw, at.text, at.tail, at.role = "", says, termsafe.Safe{}, kit.Muted
	b.add(at)
	b.owner = n
	b.addTree(in, id, at.indent+1)
	b.owner = nil
}

// addBranch adds an object or a list, with its members if it is unfolded.
func (b *builder) addBranch(at block, n *line.Node) {
	empty, size := termsafe.Const("{}"), termsafe.Count(int64(len(n.Nodes)), "key", "keys")
	if n.Kind == line.ListKind {
		empty, size = termsafe.Const("[]"), termsafe.Count(int64(len(n.Nodes)), "item", "items")
	}
	at.role = kit.Muted
	if len(n.Nodes) == 0 {
		at.text = empty
		b.add(at)
		return
	}
	at.fold = at.id
	at.open = b.opens(at.id, n, at.indent)
	if !at.open {
		at.text, at.peek = size, n
	}
	b.add(at)
	if at.open {
		b.addTree(n, at.id, at.indent+1)
	}
}

// opens reports whether a branch is unfolded.
func (b *builder) opens(id string, n *line.Node, indent int) bool {
	return len(n.Nodes) > 0 && b.isOpen(id, indent < openLevels && len(n.Nodes) <= openMembers)
}
