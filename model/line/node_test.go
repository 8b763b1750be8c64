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

func parse(t *testing.T, line string) *Node {
	t.Helper()
	n, err := Parse(model.NewText(line))
	if err != nil {
		t.Fatalf("Parse(%q): %v", line, err)
	}
	return n
}

func TestParametersAreFoundWhereverTheyStand(t *testing.T) {
	for line, want := range map[string]string{
		`{"actionParams":{"id":"flat"}}`:                                                         "flat",
		`{"actionParams":{"input":{"id":"input"},"id":"flat"}}`:                                  "input",
		`{"actionParams":{"static":{"input":{"id":"static"}},"input":{"id":"input"}}}`:           "static",
		`{"actionParams":{"dynamic":{"input":{"id":"dynamic"}},"static":{"input":{"id":"no"}}}}`: "dynamic",
		`{"actionParams":"text"}`:                                                                "", `{}`: "", `{"actionParams":null}`: "",
	} {
		got := ""
		if n := parse(t, line).Param("id"); n != nil {
			got = n.Text.Raw()
		}
		if got != want {
			t.Errorf("Param of %s = %q, want %q", line, got, want)
		}
	}
}

func TestTargetNamesWhatAnActionTouched(t *testing.T) {
	for _, c := range []struct{ action, params, want string }{
		{"DELETE_RULE", `{"dynamic":{"input":{"id":"AWS.Root.Login"}}}`, "AWS.Root.Login"},
		{"DELETE_DETECTION", `{"detections":[{"id":"A"},{"id":"B"}]}`, "A, B"},
		{"UPDATE_DETECTION_STATE", `{"input":{"detectionId":"A","enabled":false}}`, "A"},
		{"CREATE_USER", `{"input":{"email":"ann@example.com","role":{"id":"r"}}}`, "ann@example.com"},
		{"CREATE_USER_ROLE", `{"input":{"name":"Admins","permissions":["UserModify"]}}`, "Admins"},
		{"UPDATE_SAML_SETTINGS", `{"enabled":false}`, "false"},
		{"DELETE_ALERT_DESTINATION", `{"outputId":"o1"}`, "o1"},
		{"EXECUTE_DATA_LAKE_QUERY", `{"sql":"SELECT 1"}`, "SELECT 1"},
		{"LIST_RULES", `{}`, ""},
	} {
		doc := parse(t, `{"actionParams":`+c.params+`}`)
		if got := doc.Target(model.NewText(c.action)).Raw(); got != c.want {
			t.Errorf("the target of %s %s = %q, want %q", c.action, c.params, got, c.want)
		}
	}
}

func TestErrorMessagesAreGivenInEveryForm(t *testing.T) {
	for in, want := range map[string]string{
		`null`: "", `[]`: "", `[{"message":"a"},{"message":"b"}]`: "a|b", `["plain"]`: "plain", `{"message":"one"}`: "one", `[{"code":7}]`: `{"code":7}`, `"text"`: "text",
		`[{"message":"a","message":"b"}]`: `{"message":"a","message":"b"}`, `[{"message":"a","\u006dessage":"b"}]`: `{"message":"a","\u006dessage":"b"}`,
	} {
		text := model.NewText(`{"errors":` + in + `}`)
		var got []string
		for _, m := range parse(t, text.Raw()).ErrorMessages(text) {
			got = append(got, m.Raw())
		}
		if strings.Join(got, "|") != want {
			t.Errorf("messages of %s = %q, want %q", in, got, want)
		}
	}
}

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
