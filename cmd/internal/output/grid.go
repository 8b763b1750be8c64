package output

// Grid is a small table that is complete in memory before it is written.
type Grid struct {
	Columns []string
	Rows    [][]Cell
}

// Add adds a row.
func (g *Grid) Add(cells ...Cell) { g.Rows = append(g.Rows, cells) }

// WriteGrid writes a grid.
func (f *Format) WriteGrid(o Options, g *Grid) error {
	head := Head{Grid: true}
	for _, name := range g.Columns {
		head.Columns = append(head.Columns, Column{Name: name})
	}
	w := f.New(o, head)
	for _, cells := range g.Rows {
		if err := w.Row(&Row{Cells: cells}); err != nil {
			return err
		}
	}
	return w.End()
}
