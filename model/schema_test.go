package model

import (
	"slices"
	"testing"
)

// TestEveryAttributeIsDescribedInFull fails when a row of the schema leaves open what some surface needs to know.
func TestEveryAttributeIsDescribedInFull(t *testing.T) {
	for i, f := range schema {
		if int(f.Field) != i {
			t.Fatalf("row %d of the schema is %s", i, f.Field)
		}
	}
	for _, f := range Schema() {
		if f.Field == FieldLake { // stands for many, none of which is known
			continue
		}
		for _, lack := range lacks(&f) {
			t.Errorf("%s lacks %s", f.Name, lack)
		}
	}
}

// lacks lists what is left open about an attribute.
func lacks(f *FieldInfo) (out []string) {
	say := func(missing bool, what string) {
		if missing {
			out = append(out, what)
		}
	}
	say(f.Name == "", "a name")
	say(f.Type == TypeAny, "a type")
	say(f.Doc == "", "a line of help")
	say(f.Comparison == NotCompared, "a comparison")
	say(f.Width <= 0, "a width")
	say(f.Section == UnknownSection, "a section of the detail")
	say(f.Top() && f.Section != LakeSection && f.Order <= 0, "an order in its section")
	say(f.Facet.Place == 0, "a decision about facets")
	say(f.Facet.Place > 0 && f.Facet.Title == "", "the title of its facet")
	say((f.Type == TypeEnumeration) != (len(f.Values) > 0), "the values of an enumeration, or the type of one")
	say((f.Type == TypeEnumeration) != (f.Comparison == AsWord), "the comparison of an enumeration, or the type of one")
	say(f.Facet.Place > 0 && f.Column == NoColumn && f.Field != FieldActor, "a column to be counted by")
	return out
}

func TestARowOfTheSchemaThatLeavesAnythingOpenIsFound(t *testing.T) {
	whole := *FieldActorType.Info()
	if got := lacks(&whole); got != nil {
		t.Fatalf("of a row in full, %q is said to be missing", got)
	}
	for _, c := range []struct {
		want  string
		spoil func(*FieldInfo)
	}{
		{"a comparison", func(f *FieldInfo) { f.Comparison = NotCompared }},
		{"a width", func(f *FieldInfo) { f.Width = 0 }},
		{"a section of the detail", func(f *FieldInfo) { f.Section = UnknownSection }},
		{"an order in its section", func(f *FieldInfo) { f.Name = "type" }},
		{"a decision about facets", func(f *FieldInfo) { f.Facet = FacetInfo{} }},
		{"the title of its facet", func(f *FieldInfo) { f.Facet.Title = "" }},
		{"the values of an enumeration, or the type of one", func(f *FieldInfo) { f.Values = nil }},
		{"the comparison of an enumeration, or the type of one", func(f *FieldInfo) { f.Comparison = AsText }},
		{"a column to be counted by", func(f *FieldInfo) { f.Column = NoColumn }},
	} {
		spoilt := whole
		c.spoil(&spoilt)
		if !slices.Contains(lacks(&spoilt), c.want) {
			t.Errorf("%q is not missed", c.want)
		}
	}
}

// TestColumnsAndPlacesAreTakenOnce shows that no column, place among the facets or place in a section belongs to two attributes,
// and that no column belongs to none.
func TestColumnsAndPlacesAreTakenOnce(t *testing.T) {
	columns, facets, orders := map[Column]string{}, map[int]string{}, map[[2]int]string{}
	for _, f := range Schema() {
		if f.Column != NoColumn {
			if other := columns[f.Column]; other != "" {
				t.Errorf("%s and %s are kept in one column", other, f.Name)
			}
			columns[f.Column] = f.Name
		}
		if place := f.Facet.Place; place > 0 {
			if facets[place] != "" {
				t.Errorf("%s and %s have one place among the facets", facets[place], f.Name)
			}
			facets[place] = f.Name
		}
		if at := [2]int{int(f.Section), f.Order}; f.Order > 0 {
			if orders[at] != "" {
				t.Errorf("%s and %s have one place in their section", orders[at], f.Name)
			}
			orders[at] = f.Name
		}
	}
	for c := range NumColumns {
		if columns[c] == "" {
			t.Errorf("column %d belongs to no attribute", c)
		}
	}
	for place := range len(facets) {
		if facets[place+1] == "" {
			t.Errorf("no attribute has place %d among the facets", place+1)
		}
	}
}
