package output

import (
	"slices"
	"strconv"
	"strings"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// table writes aligned columns without escape sequences, and makes text from the log printable. The rows of a grid are kept until the
// last one, to fit the columns to them; other rows are written as they come.
type table struct {
	Options
	grid    bool
	clean   termsafe.Options
	width   termsafe.Widther
	line    *paint.Line
	gap     int // between columns, in cells
	columns []tableColumn
	titles  []termsafe.Safe
	kept    [][]termsafe.Safe // the rows of a grid so far, starting with the titles
	cells   []termsafe.Safe   // of the current row, if it is not a grid
	styles  []paint.Style     // by cell of the current row
	tones   [numTones]paint.Style
	heading paint.Style
}

type tableColumn struct {
	cells int
	right bool // numbers of a grid are aligned right
}

// maxGridCells is the greatest width of a grid's columns; only the last may be wider.
const maxGridCells = 60

func newTable(o Options, h Head) Writer {
	t := &table{Options: o, grid: h.Grid, clean: termsafe.Options{ASCII: o.ASCII, MaxCells: 2000}, width: termsafe.Widther{ASCII: o.ASCII}, gap: 1}
	t.line = paint.NewLine(t.width)
	if o.Color {
		t.tones[Partly] = paint.Basic(paint.Yellow, false)
		t.tones[Wrong] = paint.Basic(paint.Red, true)
		t.heading = paint.Basic(paint.Default, true)
	}
	if h.Grid {
		t.clean.MaxCells, t.gap = 500, 2
	}
	for _, c := range h.Columns {
		t.columns = append(t.columns, tableColumn{cells: c.Cells})
		title := strings.ToUpper(c.Name)
		if c.Note != "" {
			title += " " + c.Note
		}
		t.titles = append(t.titles, termsafe.Clean(title, t.clean))
	}
	if h.Grid {
		t.keep(t.titles)
	}
	return t
}

func (t *table) Row(r *Row) error {
	if t.grid {
		t.addToGrid(r)
		return nil
	}
	if t.titles != nil {
		if err := t.head(t.titles); err != nil {
			return err
		}
		t.titles = nil
	}
	t.cells, t.styles = t.cells[:0], t.styles[:0]
	for i := range r.Cells {
		t.cells = append(t.cells, termsafe.Clean(r.Cells[i].text, t.clean))
		t.styles = append(t.styles, t.tones[r.Cells[i].tone])
	}
	if r.Flaw != "" {
		t.cells = append(t.cells, t.flaw(r))
		t.styles = append(t.styles, t.tones[Wrong])
	}
	return t.write(t.cells)
}

// flaw returns the flaw of a row, for a reject with its line.
func (t *table) flaw(r *Row) termsafe.Safe {
	why := termsafe.Clean(r.Flaw, t.clean)
	if !r.Reject {
		return why
	}
	return termsafe.Concat(termsafe.Const("REJECT "), why, termsafe.Const(": "), termsafe.Clean(string(r.Line), t.clean))
}

func (t *table) Separate() error { return put(t.Out, separator) }

func (t *table) End() error {
	for i, cells := range t.kept {
		write := t.write
		if i == 0 {
			write = t.head
		}
		if err := write(cells); err != nil {
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
	t.keep(shown)
}

// keep keeps a row of a grid until the end, and widens the columns for it.
func (t *table) keep(cells []termsafe.Safe) {
	for i, c := range cells {
		t.columns[i].cells = min(max(t.columns[i].cells, t.width.Width(c)), maxGridCells)
	}
	t.kept = append(t.kept, cells)
}

// inGrid returns the text of a cell in a grid, where an absent value and an empty text look different.
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

// head writes the titles.
func (t *table) head(titles []termsafe.Safe) error {
	t.styles = slices.Repeat([]paint.Style{t.heading}, len(titles))
	err := t.write(titles)
	t.styles = nil
	return err
}

// write writes a row. Its last cell is as wide as it needs to be, and may be one more than there are columns.
func (t *table) write(cells []termsafe.Safe) error {
	t.line.Reset()
	for i, c := range cells {
		var style paint.Style
		if i < len(t.styles) {
			style = t.styles[i]
		}
		switch {
		case i < len(t.columns) && t.columns[i].right:
			t.line.AddWidth(style, c, t.columns[i].cells, paint.Right)
		case i == len(cells)-1:
			t.line.Add(style, c)
		default:
			t.line.AddWidth(style, c, t.columns[i].cells, paint.Left)
		}
		t.line.Fill(paint.Style{}, t.gap)
	}
	if t.Color {
		return put(t.Out, append([]byte(t.line.Styled()), '\n'))
	}
	return put(t.Out, append([]byte(strings.TrimRight(t.line.Plain(), " ")), '\n'))
}
