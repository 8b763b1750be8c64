package tui

import (
	"context"
	"strings"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// rowFacts is what the list shows of a row beyond the columns of the log.
type rowFacts struct {
	row     model.Row
	target  termsafe.Safe
	message termsafe.Safe // of the first error; of a reject, the line
	more    int           // further errors
}

// Limits that keep a page of hostile rows as cheap as any other.
const (
	maxListLineBytes = 1 << 20 // longer lines are not read for the list
	maxFactBytes     = 4 << 10
	maxFactCells     = 400
)

// readFacts reads and parses the line of a row. What cannot be read stays empty: the detail says why.
func readFacts(snap *model.Snapshot, reader *model.RawReader, r model.Row, ascii bool, m masking) rowFacts {
	f := rowFacts{row: r}
	if snap.Origin(r).Length > maxListLineBytes {
		return f
	}
	raw, err := reader.Line(r)
	if err != nil {
		return f
	}
	raw, _ = m.line(raw)
	text := model.NewText(string(raw))
	if snap.Flags(r)&model.FlagReject != 0 {
		f.message = factText(text, ascii)
		return f
	}
	node, err := line.Parse(text)
	if err != nil {
		return f
	}
	f.target = factText(node.Target(snap.Event(r).Action), ascii)
	if messages := node.ErrorMessages(text); len(messages) > 0 {
		f.message, f.more = factText(messages[0], ascii), len(messages)-1
	}
	return f
}

// factText keeps the beginning of a text, in memory of its own.
func factText(t model.Text, ascii bool) termsafe.Safe {
	head := strings.Clone(t.Raw()[:min(t.Len(), maxFactBytes)])
	return termsafe.Clean(head, termsafe.Options{ASCII: ascii, MaxCells: maxFactCells})
}

// readAllFacts reads rows until ctx ends.
func readAllFacts(ctx context.Context, snap *model.Snapshot, rows []model.Row, ascii bool, m masking) []rowFacts {
	out, reader := make([]rowFacts, 0, len(rows)), model.NewRawReader(snap)
	for _, r := range rows {
		if ctx.Err() != nil {
			break
		}
		out = append(out, readFacts(snap, reader, r, ascii, m))
	}
	return out
}

// rowCache keeps what was read of the rows seen last: those that were used since the cache was half full, and those of the half
// before. The zero value is empty.
type rowCache[V any] struct {
	young, old map[model.Row]*V
}

const halfCache = 1024

func (c *rowCache[V]) clear() { c.young, c.old = nil, nil }

func (c *rowCache[V]) has(r model.Row) bool { return c.get(r) != nil }

// get gives what is kept of a row, or nil.
func (c *rowCache[V]) get(r model.Row) *V {
	if v := c.young[r]; v != nil {
		return v
	}
	v := c.old[r]
	if v != nil {
		c.put(r, v)
	}
	return v
}

func (c *rowCache[V]) put(r model.Row, v *V) {
	if c.young == nil || len(c.young) >= halfCache {
		c.young, c.old = make(map[model.Row]*V, halfCache), c.young
	}
	c.young[r] = v
}

// factCache keeps the facts of rows.
type factCache struct{ rowCache[rowFacts] }

// add keeps what was read.
func (c *factCache) add(facts []rowFacts) {
	for i := range facts {
		c.put(facts[i].row, &facts[i])
	}
}
