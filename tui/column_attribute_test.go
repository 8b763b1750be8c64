package tui

import "testing"

// TestAnAttributeOfTheSchemaHasAColumn holds the list to the schema: a column of the name has a cell.
func TestAnAttributeOfTheSchemaHasAColumn(t *testing.T) {
	eachAttribute(t, func(t *testing.T, r *attributeRow) {
		if at := newCellReader(r.attribute.Name).read(&r.Row, cellOptions{}); at.absent || at.show.Empty() {
			t.Error("its column is empty")
		}
	})
}
