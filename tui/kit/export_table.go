package kit

import (
	"context"

	"pawprint/model"
)

// ExportTable is a table of counts that a page shows and o writes to a file: all of it, not only the visible rows.
type ExportTable struct {
	Of      string           // the name of the field whose values are counted
	Columns []string         // their names
	Sel     *model.Selection // the counted rows
	// Rows returns the cells by row and column, with secrets masked if they are masked on the screen, and the number of masked values. It
	// is called outside Update.
	Rows func(ctx context.Context) (rows [][]ExportCell, masked int, err error)
}

// ExportCell is a cell of an ExportTable.
type ExportCell struct {
	Text    string // not cleaned; empty for a count
	Count   int    // if Counted
	Counted bool
	Absent  bool // there is no value
}
