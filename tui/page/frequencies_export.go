package page

import (
	"context"
	"time"

	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// exportColumns are the columns of exported values.
var exportColumns = []string{"value", "events", "failed", "first", "last"}

// export wishes for a file with all values, in the order of their counts. Counts that are not those of the list are not written.
func (v *Frequencies) export() kit.Wish {
	switch {
	case v.counted.sel == nil || v.counting.Busy() || v.err != nil:
		return kit.Wish{Toast: termsafe.Const("nothing is exported while the values are being counted")}
	case v.marked.Sought:
		return kit.Wish{Toast: termsafe.Const("nothing is exported while marks are still being looked for")}
	case len(v.counted.top) == 0:
		return kit.Wish{Toast: termsafe.Const("there are no values to export")}
	}
	counted, mask, name, zone := v.counted, v.Display.Redact, v.name, v.Display.Zone
	return kit.Wish{Export: &kit.ExportTable{Of: name, Columns: exportColumns, Sel: counted.sel, Rows: func(ctx context.Context) ([][]kit.ExportCell, int, error) {
		all := counted.top
		if len(all) < counted.len {
			all = counted.facets.Facet(0).Top(0)
		}
		rows, masked := make([][]kit.ExportCell, 0, len(all)), 0
		for i := range all {
			if i%1000 == 0 && ctx.Err() != nil {
				return nil, 0, ctx.Err()
			}
			row := exportRow(&all[i], zone)
			if shown := mask.Text(name, row[0].Text); shown != row[0].Text {
				row[0].Text, masked = shown, masked+1
			}
			rows = append(rows, row)
		}
		return rows, masked, nil
	}}}
}

// exportRow returns the cells of a value.
func exportRow(c *count.Count, zone *time.Location) []kit.ExportCell {
	at := func(nanos int64) kit.ExportCell {
		if !c.Timed {
			return kit.ExportCell{Absent: true}
		}
		return kit.ExportCell{Text: time.Unix(0, nanos).In(zone).Format(time.RFC3339Nano)}
	}
	of := &c.Values[0]
	return []kit.ExportCell{{Text: of.Text.Raw(), Absent: of.Absent}, {Count: c.Events, Counted: true}, {Count: c.Failed, Counted: true}, at(c.First), at(c.Last)}
}

// copied wishes for a copy of the row under the cursor: the value, its counts and its times.
func (v *Frequencies) copied() kit.Wish {
	if v.At >= len(v.values.counts) {
		return kit.Wish{}
	}
	c := &v.values.counts[v.At]
	words := append([]termsafe.Safe{valueText(v.Display, v.name, &c.Values[0], mostCopiedCells), termsafe.Const(": ")}, v.aboutWords(c)...)
	return kit.Wish{Copy: termsafe.Concat(words...)}
}

// mostCopiedCells is the width up to which a value is copied.
const mostCopiedCells = 10_000
