package output

import (
	"strconv"
	"strings"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// table writes aligned columns and makes text from the log printable. The columns of a grid fit its rows, which are kept until the last one.
// Other rows are written as they come. If the table has to fit a terminal, its columns are measured by the first rows, and what does not
// fit is cut; without a terminal nothing is ever cut.
type table struct {
	Options
	grid    bool
	clean   termsafe.Options
	width   termsafe.Widther
	line    *paint.Line
	gap     int // between columns, in cells
	columns []tableColumn
	kept    []tableRow // rows that wait for the widths of the columns; the first are the titles
	laid    bool       // the columns have their widths
	tones   [numTones]paint.Style
	heading paint.Style
}

type tableColumn struct {
	name  string
	cells int  // 0 if the column is left out
	right bool // numbers of a grid are aligned right
	fit   Fit
}

// tableRow is a row as it will be written. Its last cell may be one more than there are columns.
type tableRow struct {
	cells  []termsafe.Safe
	styles []paint.Style // by cell
}

const (
	maxGridCells = 60  // the greatest width of a grid's columns; a wider cell moves the rest of its row
	measuredRows = 500 // how many rows of a table that has to fit a terminal are measured
	maxCells     = 2000
)

func newTable(o Options, h Head) Writer {
	t := &table{Options: o, grid: h.Grid, clean: termsafe.Options{ASCII: o.ASCII}, width: termsafe.Widther{ASCII: o.ASCII}, gap: 1}
	t.line = paint.NewLine(t.width)
	if o.Color != nil {
		t.tones[Partly], t.tones[Wrong], t.heading = o.Color.Partly, o.Color.Wrong, o.Color.Heading
	}
	switch {
	case t.fits():
		t.clean.MaxCells = maxCells // no terminal shows more
	case h.Grid:
		t.gap = 2
	}
	t.laid = !h.Grid && !t.fits()
	var titles tableRow
	for _, c := range h.Columns {
		t.columns = append(t.columns, tableColumn{name: c.Name, cells: c.Cells, fit: c.Fit})
		titles.cells = append(titles.cells, termsafe.Clean(t.title(c), t.clean))
		titles.styles = append(titles.styles, t.heading)
	}
	t.kept = []tableRow{titles}
	return t
}

// fits reports whether the table has to fit a terminal.
func (t *table) fits() bool { return t.Width > 0 }

func (t *table) title(c Column) string {
	title := strings.ToUpper(c.Name)
	if c.Note != "" && (t.fits() || !t.grid) { // in a pipe the cells of a grid name their zones themselves
		title += " (" + c.Note + ")"
	}
	return title
}

func (t *table) Row(r *Row) error {
	var row tableRow
	for i := range r.Cells {
		c := &r.Cells[i]
		row.cells = append(row.cells, t.shown(c))
		row.styles = append(row.styles, t.tones[c.tone])
		if t.grid && c.kind == cellNumber {
			t.columns[i].right = true
		}
	}
	if r.Flaw != "" {
		row.cells = append(row.cells, t.flaw(r))
		row.styles = append(row.styles, t.tones[Wrong])
	}
	switch {
	case t.grid:
		t.kept = append(t.kept, row)
		return nil
	case t.laid && t.kept == nil:
		return t.write(&row)
	}
	t.kept = append(t.kept, row)
	if !t.laid && len(t.kept) <= measuredRows {
		return nil
	}
	return t.Flush()
}

// Flush writes the rows that wait.
func (t *table) Flush() error {
	if len(t.kept) < 2 && !t.grid {
		return nil // a table without rows has no titles
	}
	if !t.laid {
		t.layOut()
	}
	rows := t.kept
	t.kept = nil
	for i := range rows {
		if err := t.write(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// layOut measures the rows that wait.
func (t *table) layOut() {
	t.laid = true
	var all []fitted
	for i := range t.columns {
		c := &t.columns[i]
		c.cells = 1
		empty := true
		for k, row := range t.kept {
			if i < len(row.cells) {
				c.cells = max(c.cells, t.width.Width(row.cells[i]))
				empty = empty && (k == 0 || row.cells[i].Empty())
			}
		}
		switch {
		case empty:
			c.fit = FitSpare
		case c.right && c.fit == FitCut:
			c.fit = FitWhole
		}
		all = append(all, fitted{c.cells, c.fit})
		if !t.fits() {
			c.cells = min(c.cells, maxGridCells)
		}
	}
	if t.fits() {
		t.fit(all)
	}
}

// fit sets the widths of the columns. The last one that is shown gets the room that is left, as rows that come later may need it.
func (t *table) fit(all []fitted) {
	room, last := t.Width+1, -1
	for i, cells := range fit(all, t.Width) {
		if t.columns[i].cells = cells; cells > 0 {
			room, last = room-cells-1, i
		}
	}
	if last >= 0 && !t.columns[last].right {
		t.columns[last].cells += max(room, 0)
	}
}

// flaw returns the flaw of a row, for a reject with its line.
func (t *table) flaw(r *Row) termsafe.Safe {
	why := termsafe.Clean(r.Flaw, t.clean)
	if !r.Reject {
		return why
	}
	return termsafe.Concat(termsafe.Const("REJECT "), why, termsafe.Const(": "), termsafe.Clean(string(r.Line), t.clean))
}

func (t *table) Separate() error {
	if err := t.Flush(); err != nil {
		return err
	}
	return put(t.Out, separator)
}

func (t *table) End() error {
	if err := t.Flush(); err != nil {
		return err
	}
	return t.tellLeftOut()
}

// tellLeftOut says below a table which columns did not fit on the terminal.
func (t *table) tellLeftOut() error {
	var names []string
	for _, c := range t.columns {
		if t.laid && t.fits() && c.cells == 0 {
			names = append(names, c.name)
		}
	}
	if names == nil {
		return nil
	}
	note := "not shown: " + strings.Join(names, ", ") + " (-w shows all)"
	t.line.Reset()
	t.line.Add(paint.Style{}, t.width.Truncate(termsafe.Clean(note, t.clean), t.Width))
	return put(t.Out, append([]byte(t.line.Plain()), '\n'))
}

// shown returns the text of a cell. In a grid an absent value and an empty text look different.
func (t *table) shown(c *Cell) termsafe.Safe {
	switch {
	case t.fits() && c.short != "":
		return termsafe.Clean(c.short, t.clean)
	case !t.grid:
	case c.kind == cellAbsent:
		return termsafe.Const("(absent)")
	case c.kind == cellText && c.text == "":
		return termsafe.Const(`""`)
	case c.kind == cellNumber:
		if n, err := strconv.ParseInt(c.text, 10, 64); err == nil {
			return termsafe.Int(n)
		}
	}
	return termsafe.Clean(c.text, t.clean)
}

// write writes a row.
func (t *table) write(r *tableRow) error {
	t.line.Reset()
	if t.fits() {
		t.addFitted(r)
	} else {
		t.addAll(r)
	}
	if t.Color != nil {
		return put(t.Out, append([]byte(t.line.Styled()), '\n'))
	}
	return put(t.Out, append([]byte(strings.TrimRight(t.line.Plain(), " ")), '\n'))
}

// addAll adds the cells of a row, whole. A cell that is wider than its column moves the rest of the row.
func (t *table) addAll(r *tableRow) {
	for i, c := range r.cells {
		if i == len(t.columns) { // the flaw: it follows the last column
			t.line.Add(r.styles[i], c)
			break
		}
		t.add(r.styles[i], c, &t.columns[i], i == len(r.cells)-1)
		t.line.Fill(paint.Style{}, t.gap)
	}
}

// add adds a cell, whole, in the width of its column.
func (t *table) add(style paint.Style, text termsafe.Safe, c *tableColumn, last bool) {
	switch wide := t.width.Width(text); {
	case wide >= c.cells || last && !c.right:
		t.line.Add(style, text)
	case c.right:
		t.line.AddWidth(style, text, c.cells, paint.Right)
	default:
		t.line.AddWidth(style, text, c.cells, paint.Left)
	}
}

// blanksBeforeFlaw returns the index of the first cell after which only blank cells and the flaw follow: the flaw takes their place, or the
// terminal would cut it off. Without a flaw it returns the number of cells.
func (t *table) blanksBeforeFlaw(r *tableRow) int {
	i := len(r.cells)
	if i > len(t.columns) {
		for i = len(t.columns); i > 0 && r.cells[i-1].Empty(); i-- {
		}
	}
	return i
}

// addFitted adds the cells of the columns that are shown. Only whole columns may be too wide for the line, which then ends in an ellipsis.
func (t *table) addFitted(r *tableRow) {
	whole := paint.NewLine(t.width)
	t.line, whole = whole, t.line
	skip := t.blanksBeforeFlaw(r)
	for i, c := range r.cells {
		if i >= skip && i < len(t.columns) {
			continue
		}
		column := tableColumn{fit: FitWhole}
		if i < len(t.columns) {
			if column = t.columns[i]; column.cells == 0 {
				continue
			}
		}
		if t.line.Width() > 0 {
			t.line.Fill(paint.Style{}, t.gap)
		}
		if column.fit != FitWhole {
			c = t.width.Truncate(c, column.cells)
		}
		t.add(r.styles[i], c, &column, i == len(r.cells)-1)
	}
	t.line, whole = whole, t.line
	t.line.AddCut(whole, t.Width)
}
