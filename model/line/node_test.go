package line

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"pawprint/model"
)

// tokens lists a text as encoding/json reads it: keys and strings quoted, numbers by their digits, in order.
func tokens(b []byte) ([]string, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var out []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case string:
			out = append(out, fmt.Sprintf("%q", oneMark(token)))
		default:
			out = append(out, fmt.Sprint(token))
		}
	}
}

// list lists a node in the same way.
func (n *Node) list(out []string) []string {
	switch n.Kind {
	case ObjectKind:
		out = append(out, "{")
		for i := range n.Nodes {
			out = append(out, fmt.Sprintf("%q", oneMark(n.Nodes[i].Key.Raw())))
			out = n.Nodes[i].list(out)
		}
		return append(out, "}")
	case ListKind:
		out = append(out, "[")
		for i := range n.Nodes {
			out = n.Nodes[i].list(out)
		}
		return append(out, "]")
	case StringKind:
		return append(out, fmt.Sprintf("%q", oneMark(n.Text.Raw())))
	case NullKind:
		return append(out, "<nil>")
	}
	return append(out, n.Text.Raw())
}

// oneMark makes one mark of each run of bad bytes, which readers mark in their own ways.
func oneMark(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	for strings.Contains(s, "\ufffd\ufffd") {
		s = strings.ReplaceAll(s, "\ufffd\ufffd", "\ufffd")
	}
	return s
}

// FuzzParseAgreesWithEncodingJSON holds nodes against an independent reader: the same texts are valid, with the same
// keys, strings and digits in the same order.
func FuzzParseAgreesWithEncodingJSON(f *testing.F) {
	for _, s := range []string{
		`{"a":1,"a":[2,{"b":null}],"\u0061":"\ud83d\ude00\ud83d"}`, `[1e400,-0,9007199254740993,1.0]`, `{"":"\"\\\/\b\f\n\r\t"}`, `"\u2028"`, ` {} `, `[]]`, "\"\xff\xfe\"", `{"a":tru}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := Parse(model.NewText(string(b)))
		if valid := json.Valid(b); valid != (err == nil) && !(valid && strings.Contains(err.Error(), "too deep")) {
			t.Fatalf("Parse(%q): %v, but encoding/json says %v", b, err, valid)
		}
		if err != nil {
			return
		}
		want, err := tokens(b)
		if err != nil {
			t.Fatalf("%q: %v", b, err)
		}
		if got := n.list(nil); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%q:\ngot  %s\nwant %s", b, got, want)
		}
	})
}
