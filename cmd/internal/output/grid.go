package output

// Grid is a small table that is complete in memory before it is written.
type Grid struct {
	Columns []string
	Rows    [][]Cell
	Traits  map[string]Column // what else a table needs to know of some of the columns, by name
}

// Add adds a row.
func (g *Grid) Add(cells ...Cell) { g.Rows = append(g.Rows, cells) }

// WriteGrid writes a grid.
func (f *Format) WriteGrid(o Options, g *Grid) error {
	head := Head{Grid: true}
	for _, name := range g.Columns {
		c := g.Traits[name]
		c.Name = name
		head.Columns = append(head.Columns, c)
	}
	w := f.New(o, head)
	for _, cells := range g.Rows {
		if err := w.Row(&Row{Cells: cells}); err != nil {
			return err
		}
	}
	return w.End()
}
