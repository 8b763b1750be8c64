package tui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/loader/demo"
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/model/query"
)

// attributeLog is an invented log, and what rows of it are read with.
type attributeLog struct {
	log  stillLog
	snap model.Snapshot
	docs []*document
}

func newAttributeLog(t *testing.T) *attributeLog {
	g, text := demo.New(demo.Options{Events: 1000}), []byte(nil)
	for more := true; more; {
		text, more = g.Append(text)
	}
	a := &attributeLog{log: loadText(t, "x", string(text))}
	a.snap = a.log.Snapshot()
	for r := range a.snap.Rows() {
		a.docs = append(a.docs, readDocument(t.Context(), &a.snap, model.Row(r), false))
	}
	return a
}

// first finds a row that has values of an attribute.
func (a *attributeLog) first(f *model.FieldInfo) (*document, []model.Text) {
	r := field.NewReader(field.Of(f.Name))
	for _, d := range a.docs {
		row := field.Row{Snap: &a.snap, Event: d.event, Line: []byte(d.line.Raw())}
		if texts := r.Texts(nil, &row, maxPathValues); len(texts) > 0 && !texts[0].Empty() {
			return d, texts
		}
	}
	return nil, nil
}

// TestAnAttributeOfTheSchemaAppearsInTheInterface holds each surface of the interface to the schema: a new row of it appears on all
// of them.
func TestAnAttributeOfTheSchemaAppearsInTheInterface(t *testing.T) {
	a := newAttributeLog(t)
	for _, f := range model.Schema() {
		if f.Field == model.FieldLake {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			d, texts := a.first(&f)
			if d == nil {
				t.Fatal("no event of the invented log has it")
			}
			for name, appears := range map[string]func(*document, *model.FieldInfo, []model.Text) bool{
				"query": a.inQuery, "column": a.inColumn, "detail": a.inDetail, "detail without the line": a.inColumnSections,
				"facets": a.inFacets, "completion": a.inCompletion, "words of an enumeration": a.inWords,
			} {
				if !appears(d, &f, texts) {
					t.Errorf("it does not appear: %s", name)
				}
			}
		})
	}
}

// inQuery: the name, and that of filters, find the row by its presence; a single value finds it, too.
func (a *attributeLog) inQuery(d *document, f *model.FieldInfo, texts []model.Text) bool {
	terms := []query.Expr{query.Has(f.Name), query.Has(f.Short())}
	if len(texts) == 1 && !f.Type.Nested() {
		terms = append(terms, query.Is(f.Name, texts[0].Raw()))
	}
	return !slices.ContainsFunc(terms, func(e query.Expr) bool { return !a.finds(d, e) })
}

func (a *attributeLog) finds(d *document, e query.Expr) bool {
	sel, err := model.Select(context.Background(), a.snap, query.Compile(e, query.Env{}), nil)
	return err == nil && sel.Has(d.event.Row)
}

// inColumn: a column of the name has a cell.
func (a *attributeLog) inColumn(d *document, f *model.FieldInfo, _ []model.Text) bool {
	row := field.Row{Snap: &a.snap, Event: d.event, Line: []byte(d.line.Raw())}
	at := newCellReader(f.Name).read(&row, cellOptions{})
	return !at.absent && !at.show.Empty()
}

// inDetail: the attribute stands in its section, and none of its values is called by a path.
func (a *attributeLog) inDetail(d *document, f *model.FieldInfo, _ []model.Text) bool {
	top, _, _ := strings.Cut(f.Name, ".")
	seen := slices.ContainsFunc(d.groups[f.Section], func(n *line.Node) bool { return n.Key.Raw() == top })
	named := f.Field == model.FieldErrorsMessage || f.Type.Nested() // shown as words of their own, and under the keys in them
	d.walk(func(id string, n *line.Node) bool {
		v, ok := d.valueOf(stepsOf(id), n)
		named = named || ok && v.name == f.Short()
		return !named
	})
	return seen && named
}

// inColumnSections: what the log keeps is shown without the line.
func (a *attributeLog) inColumnSections(d *document, f *model.FieldInfo, _ []model.Text) bool {
	if f.Column == model.NoColumn {
		return true
	}
	sketch := sketchDocument(&a.snap, d.event.Row)
	b := builder{display: rigLook(true, true, colorprofile.NoTTY), doc: sketch}
	b.columnSections()
	return slices.ContainsFunc(b.blocks, func(at block) bool { return at.value != nil && at.value.name == f.Short() && at.raw != "" })
}

// inFacets: it is counted if the schema says so.
func (a *attributeLog) inFacets(_ *document, f *model.FieldInfo, _ []model.Text) bool {
	i := slices.IndexFunc(facetSpecs, func(s facetSpec) bool { return s.title.String() == f.Facet.Title })
	if f.Facet.Place == model.NoFacet {
		return i < 0
	}
	sel, err := model.Select(context.Background(), a.snap, nil, nil)
	if i < 0 || err != nil {
		return false
	}
	counted := countFacets(context.Background(), job{}, facetOrder{sel: sel}, newFacets())
	return i == f.Facet.Place-1 && counted.err == nil && counted.groups[i].len > 0
}

// inCompletion: its name is offered.
func (a *attributeLog) inCompletion(_ *document, f *model.FieldInfo, _ []model.Text) bool {
	return offers(f.Name[:len(f.Name)-1], f.Name+":") || f.Field == model.FieldActor && offers("acto", "actor:")
}

// inWords: an enumeration offers its words, and a query takes no others.
func (a *attributeLog) inWords(_ *document, f *model.FieldInfo, _ []model.Text) bool {
	for _, word := range f.Values {
		_, err := query.Parse(f.Name + ":bogus")
		if err == nil || !strings.Contains(err.Error(), word) || !offers(f.Name+":"+word[:1], f.Name+":"+word) {
			return false
		}
	}
	return true
}

func offers(typed, want string) bool {
	_, _, options := query.Complete(typed, len(typed), query.Data{})
	return slices.ContainsFunc(options, func(c query.Completion) bool { return c.Text == want })
}
