package tui

import (
	"context"
	"crypto/sha256"
	"errors"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// document is an event, or a reject, with everything that the detail shows.
type document struct {
	event    model.Event
	source   model.Text
	problems []model.Problem

	read     bool // whether the line was read, or tried to be read
	err      error
	changed  bool // err says that the source changed
	line     model.Text
	sum      [sha256.Size]byte
	node     *model.Node // nil for a reject
	target   model.Text
	messages []model.Text
	chunks   []chunk    // of line
	smuggled model.Text // text in runes that are never drawn, made readable
}

// sketchDocument makes a document from the columns alone, without I/O.
func sketchDocument(snap *model.Snapshot, r model.Row) *document {
	d := &document{event: snap.Event(r), problems: snap.Problems(r)}
	if sources := snap.Sources(); int(d.event.Origin.Source) < len(sources) {
		d.source = sources[d.event.Origin.Source].Name
	}
	return d
}

// readDocument reads and parses the line. Everything that costs by the length of the line is done here, not in Update.
func readDocument(ctx context.Context, snap *model.Snapshot, r model.Row) *document {
	d := sketchDocument(snap, r)
	d.read = true
	d.line, d.err = snap.Raw(r)
	if d.err != nil {
		d.changed = errors.Is(d.err, model.ErrChanged)
		return d
	}
	d.sum = sha256.Sum256([]byte(d.line.Raw()))
	if ctx.Err() != nil {
		return d
	}
	if d.event.Reject() {
		d.chunks = splitChunks(d.line.Raw())
		return d
	}
	d.node, d.err = model.ParseLine(d.line)
	if d.err != nil {
		d.chunks = splitChunks(d.line.Raw())
		return d
	}
	d.target, d.messages = d.node.Target(d.event.Action), d.node.ErrorMessages(d.line)
	d.chunks = lexChunks(d.line.Raw())
	if d.event.Flags&model.FlagSuspicious != 0 {
		d.smuggled = model.NewText(smuggledText(d.node))
	}
	return d
}

// smuggledText joins what is written in tag runes anywhere in a node.
func smuggledText(n *model.Node) string {
	out := termsafe.TagText(n.Key.Raw()) + termsafe.TagText(n.Text.Raw())
	for i := range n.Nodes {
		out += smuggledText(&n.Nodes[i])
	}
	return out
}

// faultAt is the index in the line of the byte that made it a reject, or -1.
func (d *document) faultAt() int {
	if !d.event.Reject() || len(d.problems) == 0 {
		return -1
	}
	at := d.problems[0].Offset - d.event.Origin.Offset
	if at < 0 || at > int64(d.line.Len()) {
		return -1
	}
	return int(at)
}
