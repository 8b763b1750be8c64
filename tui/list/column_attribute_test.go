package list

import (
	"testing"

	"pawprint/tui/kit/kittest"
)

// TestAnAttributeOfTheSchemaHasAColumn holds the list to the schema: a column of the name has a cell.
func TestAnAttributeOfTheSchemaHasAColumn(t *testing.T) {
	kittest.EachAttribute(t, func(t *testing.T, r *kittest.AttributeRow) {
		if at := newCellReader(r.Attribute.Name).read(&r.Row, cellOptions{}); at.absent || at.show.Empty() {
			t.Error("its column is empty")
		}
	})
}
