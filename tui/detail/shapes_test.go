package detail

import (
	"testing"

	"pawprint/model/field/fieldtest"
	"pawprint/model/line"
	"pawprint/tui/kit/kittest"
)

// TestEachValueOfTheDetailIsFoundByItsFilter holds the detail to the shapes that all surfaces share: the filter for any value in it
// finds the event.
func TestEachValueOfTheDetailIsFoundByItsFilter(t *testing.T) {
	for _, s := range append(fieldtest.Shapes, fieldtest.OneMember) {
		t.Run(s.Name, func(t *testing.T) {
			snap, values := kittest.ShapeLog(t, s.Line).Snapshot(), 0
			doc := readDocument(t.Context(), &snap, 0, false)
			doc.walk(func(id string, n *line.Node) bool {
				v, ok := doc.valueOf(stepsOf(id), n)
				if !ok {
					return true
				}
				values++
				if !kittest.SelectedBy(t, &snap, v.Expr()).Has(0) {
					t.Errorf("the filter %s does not find the event", v.Expr())
				}
				return true
			})
			if values == 0 {
				t.Error("no value of the detail can be filtered by")
			}
		})
	}
}
