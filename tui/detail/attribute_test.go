package detail

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/kit/kittest"
)

// TestAnAttributeOfTheSchemaStandsInTheDetail holds the detail to the schema: the attribute stands in its section, and none of its
// values is called by a path.
func TestAnAttributeOfTheSchemaStandsInTheDetail(t *testing.T) {
	kittest.EachAttribute(t, func(t *testing.T, r *kittest.AttributeRow) {
		f, d := r.Attribute, readDocument(t.Context(), r.Snap, r.Event.Row, false)
		top, _, _ := strings.Cut(f.Name, ".")
		if !slices.ContainsFunc(d.groups[f.Section], func(n *line.Node) bool { return n.Key.Raw() == top }) {
			t.Error("it is not in its section")
		}
		named := f.Field == model.FieldErrorsMessage || f.Type.Nested() // shown as words of their own, and under the keys in them
		d.walk(func(id string, n *line.Node) bool {
			v, ok := d.valueOf(stepsOf(id), n)
			named = named || ok && v.Name == f.Short()
			return !named
		})
		if !named {
			t.Error("its value is called by a path")
		}
	})
}

// TestWhatTheLogKeepsOfAnAttributeIsShownWithoutTheLine holds the detail of a line that cannot be read to the schema.
func TestWhatTheLogKeepsOfAnAttributeIsShownWithoutTheLine(t *testing.T) {
	kittest.EachAttribute(t, func(t *testing.T, r *kittest.AttributeRow) {
		if r.Attribute.Column == model.NoColumn {
			return
		}
		b := builder{display: kittest.RigLook(true, true, colorprofile.NoTTY), doc: sketchDocument(r.Snap, r.Event.Row)}
		b.columnSections()
		if !slices.ContainsFunc(b.blocks, func(at block) bool { return at.value != nil && at.value.Name == r.Attribute.Short() && at.raw != "" }) {
			t.Error("it does not appear")
		}
	})
}
