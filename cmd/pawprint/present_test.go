package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
)

// jsonValues are values of every JSON type, and whether an attribute with that value is present.
var jsonValues = []struct {
	value   string
	present bool
}{
	{`"text"`, true}, {`""`, true}, {`17`, true}, {`-0.5`, true}, {`true`, true}, {`false`, true}, {`["a","b"]`, true}, {`[7]`, true}, {`{"a":"b"}`, true}, {`[]`, true}, {`{}`, true}, {`null`, false},
}

// TestAValueOfAnyTypeIsPresentEverywhereOrNowhere gives each attribute a value of each JSON type. What is there is there for queries,
// facets, statistics and printed fields alike. A time is present as a time, and errors are what they hold.
func TestAValueOfAnyTypeIsPresentEverywhereOrNowhere(t *testing.T) {
	for _, f := range model.Schema() {
		switch f.Field {
		case model.FieldLake, model.FieldTimestamp, model.FieldErrors, model.FieldErrorsMessage:
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			var lines []string
			var want, rest []int
			for i, v := range jsonValues {
				lines = append(lines, nested(f.Name, v.value))
				present := v.present && !(f.Field == model.FieldActor && strings.HasPrefix(v.value, "{")) // its id and name are the actor
				if present {
					want = append(want, i)
				} else {
					rest = append(rest, i)
				}
			}
			log := model.NewLog()
			if err := loader.Load(t.Context(), log, &loader.Reader{Label: "a.jsonl", From: strings.NewReader(strings.Join(lines, "\n") + "\n")}); err != nil {
				t.Fatal(err)
			}
			snap := log.Snapshot()
			for expr, rows := range map[string][]int{f.Name + ":*": want, "has:" + f.Name: want, "-" + f.Name + ":*": rest, "NOT has:" + f.Name: rest} {
				if got := rowsFor(t, snap, expr); !slices.Equal(got, rows) {
					t.Errorf("%s finds the rows %v, want %v", expr, got, rows)
				}
			}
			checkPrinted(t, &snap, f.Name, want)
			checkCounted(t, snap, f.Name, len(want))
		})
	}
}

// rowsFor lists the rows that a query finds.
func rowsFor(t *testing.T, snap model.Snapshot, text string) (rows []int) {
	t.Helper()
	e, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	sel, err := model.Select(t.Context(), snap, query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for r := range snap.Rows() {
		if sel.Has(model.Row(r)) {
			rows = append(rows, r)
		}
	}
	return rows
}

// checkPrinted checks in which rows a printed field has a value.
func checkPrinted(t *testing.T, snap *model.Snapshot, name string, want []int) {
	t.Helper()
	reader, raw := field.NewReader(field.Of(name)), model.NewRawReader(snap)
	var got []int
	for r := range snap.Rows() {
		line, err := raw.Line(model.Row(r))
		if err != nil {
			t.Fatal(err)
		}
		v := reader.Value(&field.Row{Snap: snap, Event: snap.Event(model.Row(r)), Line: line})
		if !v.Absent {
			got = append(got, r)
		}
		if value := jsonValues[r].value; !v.Absent && v.String() != strings.Trim(value, `"`) {
			t.Errorf("the value %s is printed as %s", value, v)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the field is printed for the rows %v, want %v", got, want)
	}
}

// checkCounted checks how many events have a value in a facet, which statistics count too.
func checkCounted(t *testing.T, snap model.Snapshot, name string, want int) {
	t.Helper()
	f := field.Of(name)
	key, err := f.Key()
	if err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), snap, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	facets, err := count.NewFacets([]count.Key{key}).Extend(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	got, values := 0, []string{}
	for _, c := range facets.Facet(0).Top(0) {
		if !c.Values[0].Absent {
			got += c.Events
			values = append(values, fmt.Sprint(c.Values[0].Text.Raw(), " ", c.Events))
		}
	}
	if got != want {
		t.Errorf("%d events have a value, want %d: %q", got, want, values)
	}
}
