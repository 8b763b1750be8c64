package shape

import (
	"fmt"
	"testing"

	"pawprint/model"
	"pawprint/model/line"
)

// counted counts the values of documents.
func counted(t *testing.T, docs ...string) *Counter {
	t.Helper()
	c := NewCounter()
	for _, text := range docs {
		n, err := line.Parse(model.NewText(text))
		if err != nil {
			t.Fatal(err)
		}
		c.Add(n)
	}
	return c
}

func TestPlacesCountDocumentsAndValues(t *testing.T) {
	c := counted(t, `{"ids":["a","b"],"on":true}`, `{"ids":["a"],"on":null}`, `{"ids":[],"on":"true"}`)
	got := ""
	for _, p := range c.Root.List() {
		got += fmt.Sprintf("%s %d empty %d null %d;", p.Key, p.Rows, p.Empty, p.Nulls)
		for _, v := range append(p.ListValues(), members(p)...) {
			got += fmt.Sprintf(" %q×%d", v.Text, v.N)
		}
		got += "\n"
	}
	if want := "ids 3 empty 1 null 0; \"a\"×2 \"b\"×1\non 3 empty 0 null 1; \"true\"×1 \"true\"×1\n"; got != want {
		t.Errorf("counted:\n%swant:\n%s", got, want)
	}
}

// members returns the values of the elements of a list.
func members(p *Place) (out []CountedValue) {
	for _, m := range p.List() {
		out = append(out, m.ListValues()...)
	}
	return out
}

func TestValuesBeyondTheLimitsAreCountedAsSuch(t *testing.T) {
	var docs []string
	for i := range maxValues + 3 {
		docs = append(docs, fmt.Sprintf(`{"a":%d}`, i))
	}
	c := counted(t, append(docs, fmt.Sprintf(`{"a":"%0*d"}`, maxBytes+1, 0))...)
	p := c.Root.List()[0]
	if p.Rows != maxValues+4 || len(p.Values) != maxValues || p.Others != 3 || p.Long != 1 || c.Full {
		t.Errorf("counted %d documents, %d values, %d others, %d long, full %v; want %d, %d, 3, 1, false", p.Rows, len(p.Values), p.Others, p.Long, c.Full, maxValues+4, maxValues)
	}
}
