package output

import (
	"strconv"
	"strings"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// table writes aligned columns without any escape sequence. Text from the log is made printable. The rows of a grid wait for the
// last one, as the columns are as wide as they need; others are written as they come.
type table struct {
	Options
	grid    bool
	clean   termsafe.Options
	width   termsafe.Widther
	line    *paint.Line
	gap     int // between columns, in cells
	columns []tableColumn
	titles  []termsafe.Safe
	waiting [][]termsafe.Safe // the rows of a grid so far, titles included
	cells   []termsafe.Safe   // of the row, where none waits
}

type tableColumn struct {
	cells int
	right bool // numbers of a grid stand on the right
}

// maxGridCells is the widest column of a grid but the last.
const maxGridCells = 60

func newTable(o Options, h Head) Writer {
	t := &table{Options: o, grid: h.Grid, clean: termsafe.Options{ASCII: o.ASCII, MaxCells: 2000}, width: termsafe.Widther{ASCII: o.ASCII}, gap: 1}
	t.line = paint.NewLine(t.width)
	if h.Grid {
		t.clean.MaxCells, t.gap = 500, 2
	}
	for _, c := range h.Columns {
		t.columns = append(t.columns, tableColumn{cells: c.Cells})
		t.titles = append(t.titles, termsafe.Clean(strings.ToUpper(c.Name), t.clean))
	}
	if h.Grid {
		t.wait(t.titles)
	}
	return t
}

func (t *table) Row(r *Row) error {
	if t.grid {
		t.addToGrid(r)
		return nil
	}
	if t.titles != nil {
		if err := t.write(t.titles); err != nil {
			return err
		}
		t.titles = nil
	}
	t.cells = t.cells[:0]
	for i := range r.Cells {
		t.cells = append(t.cells, termsafe.Clean(r.Cells[i].text, t.clean))
	}
	if r.Flaw != "" {
		t.cells = append(t.cells, t.flaw(r))
	}
	return t.write(t.cells)
}

// flaw is why a row is no event, with its line if it never was one.
func (t *table) flaw(r *Row) termsafe.Safe {
	why := termsafe.Clean(r.Flaw, t.clean)
	if !r.Reject {
		return why
	}
	return termsafe.Concat(termsafe.Const("REJECT "), why, termsafe.Const(": "), termsafe.Clean(string(r.Line), t.clean))
}

func (t *table) End() error {
	for _, cells := range t.waiting {
		if err := t.write(cells); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) addToGrid(r *Row) {
	shown := make([]termsafe.Safe, len(r.Cells))
	for i, c := range r.Cells {
		shown[i] = c.inGrid(t.clean)
		t.columns[i].right = t.columns[i].right || c.kind == cellNumber
	}
	t.wait(shown)
}

// wait keeps a row of a grid, and widens the columns for it.
func (t *table) wait(cells []termsafe.Safe) {
	for i, c := range cells {
		t.columns[i].cells = min(max(t.columns[i].cells, t.width.Width(c)), maxGridCells)
	}
	t.waiting = append(t.waiting, cells)
}

// inGrid is the cell in a grid, where nothing and an empty text have to be told apart.
func (c Cell) inGrid(clean termsafe.Options) termsafe.Safe {
	switch {
	case c.kind == cellAbsent:
		return termsafe.Const("(absent)")
	case c.kind == cellText && c.text == "":
		return termsafe.Const(`""`)
	case c.kind == cellNumber:
		if n, err := strconv.ParseInt(c.text, 10, 64); err == nil {
			return termsafe.Int(n)
		}
	}
	return termsafe.Clean(c.text, clean)
}

// write writes cells; the last one, which may stand behind the last column, takes what it needs.
func (t *table) write(cells []termsafe.Safe) error {
	t.line.Reset()
	for i, c := range cells {
		switch {
		case i < len(t.columns) && t.columns[i].right:
			t.line.AddWidth(paint.Style{}, c, t.columns[i].cells, paint.Right)
		case i == len(cells)-1:
			t.line.Add(paint.Style{}, c)
		default:
			t.line.AddWidth(paint.Style{}, c, t.columns[i].cells, paint.Left)
		}
		t.line.Fill(paint.Style{}, t.gap)
	}
	return put(t.Out, append([]byte(strings.TrimRight(t.line.Plain(), " ")), '\n'))
}
