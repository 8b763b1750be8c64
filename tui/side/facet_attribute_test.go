package side

import (
	"slices"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// TestAnAttributeOfTheSchemaIsCounted holds the facets to the schema: an attribute is counted at its place if the schema says so.
func TestAnAttributeOfTheSchemaIsCounted(t *testing.T) {
	kittest.EachAttribute(t, func(t *testing.T, r *kittest.AttributeRow) {
		facet := r.Attribute.Facet
		i := slices.IndexFunc(facetSpecs, func(s facetSpec) bool { return s.title.String() == facet.Title })
		if i != facet.Place-1 && (i >= 0 || facet.Place != model.NoFacet) {
			t.Fatalf("it is facet %d, want %d", i, facet.Place-1)
		}
		if i < 0 {
			return
		}
		sel, err := model.Select(t.Context(), *r.Snap, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if counted := countFacets(t.Context(), kit.Job{}, facetOrder{sel: sel}, newFacets()); counted.err != nil || counted.groups[i].len == 0 {
			t.Errorf("nothing is counted: %v", counted.err)
		}
	})
}
