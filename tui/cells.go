package tui

import (
	"context"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// cell is what stands at a path of one event.
type cell struct {
	show  termsafe.Safe
	text  model.Text // to filter by …
	exact bool       // … if it is one value, and all of it

	absent bool // there is nothing
}

// rowCells is what a row's line holds for the columns, in the order of columns.paths, and for its target.
type rowCells struct {
	row     model.Row
	target  cell
	message cell // of the first error
	cells   []cell
}

// cellCache keeps the cells of the rows that were drawn last.
type cellCache struct{ rowCache[rowCells] }

// targetValue is the filter for the rows with the target of a row; ok is false if it has none that is known.
func (c *cellCache) targetValue(r model.Row) (value, bool) {
	f := c.get(r)
	if f == nil || f.target.text.Empty() {
		return value{}, false
	}
	return value{name: "target", text: f.target.text}, f.target.exact
}

// readCells reads what rows hold for the columns of the given names, until ctx ends.
func readCells(ctx context.Context, snap *model.Snapshot, rows []model.Row, names []string, ascii bool, m masking) []rowCells {
	out, reader := make([]rowCells, 0, len(rows)), model.NewRawReader(snap)
	for _, r := range rows {
		if ctx.Err() != nil {
			break
		}
		out = append(out, readRowCells(snap, reader, r, names, ascii, m))
	}
	return out
}

// readRowCells leaves empty what cannot be read: the detail says why.
func readRowCells(snap *model.Snapshot, reader *model.RawReader, r model.Row, names []string, ascii bool, m masking) rowCells {
	c := rowCells{row: r, cells: make([]cell, len(names))}
	if snap.Flags(r)&model.FlagReject != 0 || snap.Origin(r).Length > maxListLineBytes {
		return c
	}
	raw, err := reader.Line(r)
	if err != nil {
		return c
	}
	raw, _ = m.line(raw)
	text := model.NewText(string(raw))
	node, err := line.Parse(text)
	if err != nil {
		return c
	}
	if t := node.Target(snap.Event(r).Action); !t.Empty() {
		c.target = newCell(t, ascii, true)
	}
	if messages := node.ErrorMessages(text); len(messages) > 0 {
		c.message = newCell(messages[0], ascii, true)
	}
	for i, name := range names {
		c.cells[i] = columnCell(snap, node, r, name, ascii, m)
	}
	return c
}

// columnCell is what a row shows in the column of a name.
func columnCell(snap *model.Snapshot, doc *line.Node, r model.Row, name string, ascii bool, m masking) cell {
	o := snap.Origin(r)
	switch name {
	case "source":
		return newCell(m.field("source", snap.Sources()[o.Source].Name), ascii, true)
	case "line":
		show := lineNumber(o)
		return cell{show: show, text: model.NewText(strings.ReplaceAll(show.String(), ",", "")), exact: o.Line > 0}
	case "class":
		e := snap.Event(r)
		return cell{show: termsafe.Clean(e.Class().String(), termsafe.Options{ASCII: ascii})}
	}
	return valuesCell(pathValues(doc, name), ascii)
}

// valuesCell joins the values at a path.
func valuesCell(values []model.Text, ascii bool) cell {
	if len(values) == 1 {
		return newCell(values[0], ascii, true)
	}
	var all strings.Builder
	for i, v := range values {
		if all.Len() > maxFactBytes {
			break
		}
		if i > 0 {
			all.WriteString(", ")
		}
		all.WriteString(v.Raw())
	}
	joined := newCell(model.NewText(all.String()), ascii, false)
	joined.absent = len(values) == 0
	return joined
}

// newCell keeps a text in memory of its own, as far as a list needs it.
func newCell(t model.Text, ascii, exact bool) cell {
	head := strings.Clone(t.Raw()[:min(t.Len(), maxFactBytes)])
	return cell{show: factText(t, ascii), text: model.NewText(head), exact: exact && t.Len() <= maxFactBytes}
}

// maxPathValues bounds the values of a cell.
const maxPathValues = 50

// pathValues lists what stands at a path of an event, as the query language finds it.
func pathValues(doc *line.Node, name string) []model.Text {
	if f, ok := model.Lookup(name); ok {
		name = f.Info().Name
	}
	if rest, ok := cutPrefixFold(name, "param."); ok {
		key, path, _ := strings.Cut(rest, ".")
		return appendValues(nil, doc.Param(key), path)
	}
	return appendValues(nil, doc, strings.TrimPrefix(name, "."))
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// appendValues lists the values at a path below a node: through objects by key in any case, through lists by itself. Keys
// may hold dots.
func appendValues(dst []model.Text, n *line.Node, path string) []model.Text {
	switch {
	case n == nil || n.Kind == line.NullKind || len(dst) >= maxPathValues:
	case n.Kind == line.ListKind:
		for i := range n.Nodes {
			dst = appendValues(dst, &n.Nodes[i], strings.TrimPrefix(path, "[]."))
		}
	case n.Kind == line.ObjectKind && path != "":
		for i := range n.Nodes {
			key := n.Nodes[i].Key.Raw()
			if rest, ok := cutPrefixFold(path, key); ok && key != "" && (rest == "" || rest[0] == '.' || rest[0] == '[') {
				dst = appendValues(dst, &n.Nodes[i], strings.TrimPrefix(strings.TrimPrefix(rest, "[]"), "."))
			}
		}
	case n.Kind == line.ObjectKind:
		for i := range n.Nodes {
			dst = appendValues(dst, &n.Nodes[i], "")
		}
	case path == "":
		dst = append(dst, n.Text)
	}
	return dst
}

// targetNode is what an event touched, as a node without a place in the line; nil if that is not known.
func targetNode(doc *line.Node) *line.Node {
	var action model.Text
	if n := doc.Get("actionName"); n != nil {
		action = n.Text
	}
	if t := doc.Target(action); !t.Empty() {
		return &line.Node{Kind: line.StringKind, Text: t}
	}
	return nil
}

// cellValue gives the value that rows are sorted by for the column of a name.
func cellValue(name string) func() count.LineValue {
	return func() count.LineValue {
		return func(dst, text []byte) ([]byte, bool) {
			node, err := line.Parse(model.NewText(string(text)))
			if err != nil {
				return dst, false
			}
			var values []model.Text
			if name == "target" {
				values = appendValues(values, targetNode(node), "")
			} else {
				values = pathValues(node, name)
			}
			for i, v := range values {
				if i > 0 {
					dst = append(dst, ", "...)
				}
				dst = append(dst, v.Raw()...)
			}
			return dst, len(values) > 0
		}
	}
}

// pathValue is what a row holds at the path of a column; ok is false if that is not one value.
func (l *list) pathValue(r model.Row, c *columnSpec) (value, bool) {
	cells := l.cells.get(r)
	if cells == nil {
		return value{}, false
	}
	if c.kind == messageColumn {
		return value{name: c.name, text: cells.message.text}, cells.message.exact
	}
	i := slices.Index(l.paths(), c.name)
	if i < 0 || i >= len(cells.cells) {
		return value{}, false
	}
	return value{name: c.name, text: cells.cells[i].text, absent: cells.cells[i].absent}, cells.cells[i].exact || cells.cells[i].absent
}

// actorValue is the filter for the rows of the actor of an event: by the id, which alone is sure to be the actor's own; by
// the name if there is none.
func actorValue(e *model.Event) (value, bool) {
	if !e.Actor.ID.Empty() {
		return value{name: "actor.id", text: e.Actor.ID}, true
	}
	label := e.Actor.Label()
	return value{name: "actor", text: label}, !label.Empty()
}
