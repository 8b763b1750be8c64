package diff

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/line"
)

func parse(t testing.TB, text string) *line.Node {
	t.Helper()
	n, err := line.Parse(model.NewText(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// changesOf lists what differs between two lines, as text.
func changesOf(t *testing.T, a, b string) []string {
	t.Helper()
	var out []string
	for _, c := range Compare(parse(t, a), parse(t, b), 100).Changes {
		text := pathOf(c.Path)
		if c.Before != nil {
			text += " -" + a[c.Before.Start:c.Before.End]
		}
		if c.After != nil {
			text += " +" + b[c.After.Start:c.After.End]
		}
		out = append(out, text)
	}
	return out
}

func pathOf(steps []Step) string {
	text := ""
	for _, s := range steps {
		if s.Parent.Kind == line.ListKind {
			text += fmt.Sprintf("[%d]", s.Index)
		} else {
			text += "." + s.Parent.Nodes[s.Index].Key.Raw()
		}
	}
	return strings.TrimPrefix(text, ".")
}

func TestCompareListsWhatDiffers(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       []string
	}{
		{"nothing", `{"a":1,"b":[1,{"c":2}]}`, `{"b":[1,{"c":2}],"a":1}`, nil},
		{"a value", `{"a":"x","b":1}`, `{"a":"y","b":1}`, []string{`a -"x" +"y"`}},
		{"a number as it is written", `{"a":1.0}`, `{"a":1}`, []string{`a -1.0 +1`}},
		{"a kind", `{"a":"1"}`, `{"a":1}`, []string{`a -"1" +1`}},
		{"a key that went and one that came", `{"a":1,"b":{"c":2}}`, `{"d":{"e":[3]}}`, []string{`a -1`, `b.c -2`, `d.e +[3]`}},
		{"a set", `{"l":["a","b","c"]}`, `{"l":["x","a","b","c"]}`, []string{`l -["a","b","c"] +["x","a","b","c"]`}},
		{"the order of a set", `{"l":[1,2]}`, `{"l":[2,1]}`, []string{`l -[1,2] +[2,1]`}},
		{"objects in a list", `{"l":[{"a":1},{"a":2},{"a":3}]}`, `{"l":[{"a":0},{"a":1},{"a":2},{"a":3}]}`, []string{`l[0].a +0`}},
		{"an object that changed", `{"l":[{"id":1,"on":true},{"id":2}]}`, `{"l":[{"id":1,"on":false},{"id":2}]}`, []string{`l[0].on -true +false`}},
		{"an empty list", `{"l":[]}`, `{"l":[1]}`, []string{`l -[] +[1]`}},
		{"a list for a scalar", `{"l":"a"}`, `{"l":["a"]}`, []string{`l -"a" +["a"]`}},
		{"a list for an object", `{"l":[1]}`, `{"l":{"a":1}}`, []string{`l -[1]`, `l.a +1`}},
		{"objects for scalars", `{"l":[1,2]}`, `{"l":[{"a":1}]}`, []string{`l[0] -1`, `l[1] -2`, `l[0].a +1`}},
		{"null for a value", `{"a":null}`, `{"a":""}`, []string{`a -null +""`}},
		{"the same key twice", `{"a":1,"a":2}`, `{"a":1,"a":3}`, []string{`a -2 +3`}},
		{"an empty object that was filled", `{"a":{}}`, `{"a":{"b":1}}`, []string{`a.b +1`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, changesOf(t, tt.a, tt.b)); diff != "" {
				t.Errorf("comparing %s and %s (-want +got):\n%s", tt.a, tt.b, diff)
			}
		})
	}
}

func TestListsOfScalarsAreComparedAsSets(t *testing.T) {
	tests := []struct{ a, b, gone, came string }{
		{`["INFO","LOW"]`, `["HIGH","INFO","MEDIUM"]`, `LOW`, `HIGH MEDIUM`},
		{`[1,2]`, `[2,1]`, ``, ``},
		{`["a","a","b"]`, `["a"]`, `a b`, ``},
		{`["1",null]`, `[1,"null"]`, `1 null`, `1 null`},
		{`[]`, `[true]`, ``, `true`},
	}
	for _, tt := range tests {
		r := Compare(parse(t, tt.a), parse(t, tt.b), 1)
		if g, c := texts(r.Changes[0].Gone), texts(r.Changes[0].Came); g != tt.gone || c != tt.came {
			t.Errorf("from %s to %s gone are %q, came %q, want %q, %q", tt.a, tt.b, g, c, tt.gone, tt.came)
		}
	}
}

func texts(nodes []*line.Node) string {
	var out []string
	for _, n := range nodes {
		out = append(out, n.Text.Raw())
	}
	return strings.Join(out, " ")
}

func TestCountsStayExactBeyondTheLimit(t *testing.T) {
	var a, b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&a, `"same%d":1,"other%d":1,`, i, i)
		fmt.Fprintf(&b, `"same%d":1,"other%d":2,`, i, i)
	}
	r := Compare(parse(t, `{`+a.String()+`"gone":{"x":[1],"y":{}}}`), parse(t, `{`+b.String()+`"came":[{"z":1}]}`), 100)
	if r.Changed != 503 || r.Same != 500 || len(r.Changes) != 100 || len(r.Unchanged) != 100 {
		t.Errorf("Compare counts %d changed (%d listed), %d the same (%d listed), want 503 (100), 500 (100)", r.Changed, len(r.Changes), r.Same, len(r.Unchanged))
	}
}

// FuzzCompareAgreesWithEqual checks that Compare finds a change if and only if the trees are not equal.
func FuzzCompareAgreesWithEqual(f *testing.F) {
	f.Add(`{"a":[1,2],"b":{"c":null}}`, `{"a":[2,1,1],"b":{"c":""},"b":2}`)
	f.Add(`[{"a":1},{"a":2}]`, `[{"a":2}]`)
	f.Add(`{"a":{}}`, `{"a":[{}]}`)
	f.Fuzz(func(t *testing.T, x, y string) {
		a, errA := line.Parse(model.NewText(x))
		b, errB := line.Parse(model.NewText(y))
		if errA != nil || errB != nil {
			return
		}
		if r := Compare(a, a, 10); r.Changed != 0 || r.Same == 0 {
			t.Errorf("%q differs from itself in %d values, and %d are the same", x, r.Changed, r.Same)
		}
		if r := Compare(a, b, 10); (r.Changed == 0) != Equal(a, b) {
			t.Errorf("Compare(%q, %q) finds %d changes, Equal says %v", x, y, r.Changed, Equal(a, b))
		}
	})
}
