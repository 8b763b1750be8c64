package filter

import (
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit/kittest"
)

// TestAnAttributeOfTheSchemaCanBeFilteredBy holds filters to the schema: the name, and that of filters, find the row by its
// presence; a single value finds it, too.
func TestAnAttributeOfTheSchemaCanBeFilteredBy(t *testing.T) {
	kittest.EachAttribute(t, func(t *testing.T, r *kittest.AttributeRow) {
		f := r.Attribute
		terms := []query.Expr{query.Has(f.Name), query.Has(f.Short())}
		if len(r.Texts) == 1 && !f.Type.Nested() {
			terms = append(terms, query.Is(f.Name, r.Texts[0].Raw()))
		}
		for _, e := range terms {
			if !kittest.SelectedBy(t, r.Snap, e).Has(r.Event.Row) {
				t.Errorf("%s does not find the row", e)
			}
		}
	})
}

// TestAnAttributeOfTheSchemaIsCompleted holds the completion to the schema: it offers the name, and the words of an enumeration,
// besides which a query takes no others.
func TestAnAttributeOfTheSchemaIsCompleted(t *testing.T) {
	kittest.EachAttribute(t, func(t *testing.T, r *kittest.AttributeRow) {
		f := r.Attribute
		if !offers(f.Name[:len(f.Name)-1], f.Name+":") && (f.Field != model.FieldActor || !offers("acto", "actor:")) {
			t.Error("its name is not offered")
		}
		for _, word := range f.Values {
			if _, err := query.Parse(f.Name + ":bogus"); err == nil || !strings.Contains(err.Error(), word) {
				t.Errorf("a word that is none of it: %v", err)
			}
			if !offers(f.Name+":"+word[:1], f.Name+":"+word) {
				t.Errorf("%q is not offered", word)
			}
		}
	})
}

func offers(typed, want string) bool {
	_, _, options := query.Complete(typed, len(typed), query.Data{})
	return slices.ContainsFunc(options, func(c query.Completion) bool { return c.Text == want })
}
