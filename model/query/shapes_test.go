package query

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/field/fieldtest"
)

// shapeLog is the log of a shape, with an event that has none of its values.
func shapeLog(t *testing.T, s fieldtest.Shape) *model.Log {
	return newLog(t, []string{s.Line, `{"actionName":"OTHER","actionParams":{"name":"other"}}`})
}

// finds reports whether a query finds the event of a shape.
func finds(t *testing.T, log *model.Log, text string) bool {
	t.Helper()
	return slices.Contains(selected(t, log, Compile(mustParse(t, text), Env{})), 0)
}

func TestQueriesFindTheValuesOfEveryShape(t *testing.T) {
	for _, s := range fieldtest.Shapes {
		t.Run(s.Name, func(t *testing.T) {
			log := shapeLog(t, s)
			if found := finds(t, log, Has(s.Field).String()); found != (s.Texts != nil) {
				t.Errorf("%s finds the event: %v", Has(s.Field), found)
			}
			for _, text := range s.Texts {
				op := "="
				if strings.HasPrefix(s.Value, "{") {
					op = ":" // what stands in an object is not a value of its own
				}
				if query := s.Field + op + quoted(text); !finds(t, log, query) {
					t.Errorf("%s does not find the event", query)
				}
			}
			if query := s.Field + `:"no such value"`; finds(t, log, query) {
				t.Errorf("%s finds the event", query)
			}
		})
	}
}

// quoted writes a text as the value of a term.
func quoted(text string) string {
	var p printer
	p.quote(text)
	return p.String()
}

func TestCompletionOffersWhatQueriesFind(t *testing.T) {
	for _, s := range fieldtest.Shapes {
		t.Run(s.Name, func(t *testing.T) {
			log := shapeLog(t, s)
			sel, err := model.Select(context.Background(), log.Snapshot(), nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			paths, err := Paths(context.Background(), sel, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range paths {
				if found := selected(t, log, Compile(mustParse(t, p.Path+":*"), Env{})); len(found) != p.Count {
					t.Errorf("%s is offered for %d events, but finds %d", p.Path, p.Count, len(found))
				}
				for _, v := range p.Values {
					query := p.Path + "=" + quoted(v.Value.Raw())
					if found := selected(t, log, Compile(mustParse(t, query), Env{})); len(found) != v.Count {
						t.Errorf("%s is offered for %d events, but finds %d", query, v.Count, len(found))
					}
				}
			}
			if !strings.HasPrefix(s.Field, "param.") || strings.HasPrefix(s.Value, "{") {
				return
			}
			var got []string
			for _, v := range (&Data{Paths: paths}).valuesOf(s.Field, nil) {
				got = append(got, v.Value.Raw())
			}
			want := slices.Sorted(slices.Values(s.Texts))
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("the values of %s that are offered are %q, want %q", s.Field, got, want)
			}
		})
	}
}
