package output

import "io"

// Grid is a small table that is complete in memory before it is written.
type Grid struct {
	Columns []string
	Rows    [][]Cell
}

// Add adds a row.
func (g *Grid) Add(cells ...Cell) { g.Rows = append(g.Rows, cells) }

// WriteGrid writes a grid to out.
func (f *Format) WriteGrid(out io.Writer, g *Grid, ascii bool) error {
	head := Head{Grid: true}
	for _, name := range g.Columns {
		head.Columns = append(head.Columns, Column{Name: name})
	}
	w := f.New(Options{Out: out, ASCII: ascii}, head)
	for _, cells := range g.Rows {
		if err := w.Row(&Row{Cells: cells}); err != nil {
			return err
		}
	}
	return w.End()
}
