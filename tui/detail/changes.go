package detail

import (
	"context"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// maxLooked limits the lines that are read to find an earlier event.
const maxLooked = 10_000

// earlier is the last event before another one that has the same action and target and did not fail.
type earlier struct {
	row    model.Row
	ok     bool
	failed int  // failed events in between, which changed nothing
	looked int  // lines that were read
	cut    bool // maxLooked stopped the search
}

// findEarlier reads at most maxLooked earlier events of the action. It stops early with the error of ctx.
func findEarlier(ctx context.Context, snap *model.Snapshot, d *document) (earlier, error) {
	var out earlier
	same, err := model.Select(ctx, *snap, query.Compile(query.Is("action", d.event.Action.Raw()), query.Env{}), nil)
	if err != nil {
		return out, err
	}
	raw := model.NewRawReader(snap)
	for k := same.Place(d.event.Row) - 1; k >= 0; k-- {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if out.cut = out.looked == maxLooked; out.cut {
			break
		}
		out.looked++
		row := same.At(k)
		text, err := raw.Line(row)
		if err != nil {
			continue
		}
		if field.ThingOf(model.NewText(string(text)), d.event.Action) != d.touched {
			continue
		}
		if snap.Result(row) == model.Failed {
			out.failed++
			continue
		}
		out.row, out.ok = row, true
		break
	}
	return out, nil
}

// readChanges makes the page that shows which parameters an event changed, compared with the event that findEarlier finds.
func readChanges(ctx context.Context, snap *model.Snapshot, d *document, m kit.Masking) (page, error) {
	c := &comparison{after: d, changes: true, title: termsafe.Const("What this changed")}
	if d.node == nil || d.target.Empty() {
		c.notes = append(c.notes, termsafe.Const("the event names no target"))
		return c, nil
	}
	e, err := findEarlier(ctx, snap, d)
	if err != nil {
		return nil, err
	}
	c.notes = e.notes(d)
	if !e.ok {
		return c, nil
	}
	if c.before = readDocument(ctx, snap, e.row, m); c.before.node == nil {
		c.notes = append(c.notes, termsafe.Const("the previous event can no longer be read"))
		return c, ctx.Err()
	}
	c.compare(membersOf(c.before, model.ParamsSection), membersOf(d, model.ParamsSection))
	return c, ctx.Err()
}

// notes returns what limits the comparison.
func (e *earlier) notes(d *document) []termsafe.Safe {
	var out []termsafe.Safe
	if d.event.Result == model.Failed {
		out = append(out, termsafe.Const("this event failed: what it asked for did not happen"))
	}
	looked := termsafe.Count(int64(e.looked), "event", "events")
	switch {
	case !e.ok && e.cut:
		out = append(out, termsafe.Concat(termsafe.Const("none of the last "), looked,
			termsafe.Const(" of this action had this target; older ones were not searched")))
	case !e.ok:
		out = append(out, termsafe.Concat(termsafe.Const("this log has no earlier event with this action and target among "), looked,
			termsafe.Const(" of this action")))
	}
	if e.failed > 0 {
		failed := termsafe.Count(int64(e.failed), "event", "events")
		out = append(out, termsafe.Concat(failed, termsafe.Const(" in between failed and changed nothing")))
	}
	return out
}

// readComparison makes the page that compares two rows.
func readComparison(ctx context.Context, snap *model.Snapshot, a, b model.Row, m kit.Masking) (page, error) {
	first, second := readDocument(ctx, snap, a, m), readDocument(ctx, snap, b, m)
	c := &comparison{before: first, after: second, title: termsafe.Const("Two events compared")}
	for _, d := range []*document{first, second} {
		if d.node == nil {
			c.notes = append(c.notes, termsafe.Const("a line that is not an event, or cannot be read, has no fields to compare"))
			return c, ctx.Err()
		}
	}
	return compareDocuments(first, second), ctx.Err()
}
