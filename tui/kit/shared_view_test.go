package kit

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestASharedViewIsOnePrintableLineThatComesBack(t *testing.T) {
	for _, v := range []SavedView{
		{Name: "mine"},
		{Name: "Nachtübung <家> & \"quotes\"", Query: `actor:"ann \"x\"" -is:read "<html>" ü`, Off: []string{"-is:read"}, FailedOnly: true, HideReads: true,
			Sort: "action", Reversed: true, Zone: "Europe/Zurich", Columns: []SavedColumn{{Name: "param.id", Width: 20}, {Name: "ip", Hidden: true}}, Facets: []string{"param.x"}},
		{Name: "times", Query: "since:24h", Appended: true},
	} {
		line := v.Line().String()
		if strings.Trim(line, "\x20\x21\x22\x23\x24\x25\x26\x27()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") != "" {
			t.Errorf("the line is not printable ASCII: %q", line)
		}
		if got, err := ParseShared("  " + line + "\n"); err != nil || !reflect.DeepEqual(got, v) {
			t.Errorf("%s comes back as %+v, %v", line, got, err)
		}
	}
}

// wrongShared are lines that no pawprint wrote, with what is said of them.
var wrongShared = map[string]string{
	``: "begins with pawprint-view:1", `pawprint-view:1`: "newer pawprint", `pawprint-view:2 {}`: "newer pawprint",
	`pawprint-view:1 `: "newer pawprint", `pawprint-view:1 {`: "copy it again", `pawprint-view:1 []`: "copy it again", `pawprint-view:1 {}`: "give the view a name",
	`pawprint-view:1 {"name":"a"}{"name":"b"}`: "after the shared view", `pawprint-view:1 {"name":"a","shape":1}`: "copy it again",
	`pawprint-view:1 {"name":"a` + "\n" + `"}`: "copy it again", `pawprint-view:1 {"name":"a\u001b[2J"}`: "cannot be seen", `pawprint-view:1 {"name":"a\u202eb"}`: "cannot be seen",
	`pawprint-view:1 {"name":" a"}`: "spaces around it", `pawprint-view:1 {"name":"failed"}`: "the name of a ready view",
	`pawprint-view:1 {"name":"a","query":"actor:("}`: "query is wrong", `pawprint-view:1 {"name":"a","query":"x\u200b"}`: "cannot be seen",
	`pawprint-view:1 {"name":"a","zone":"\u0007"}`: "cannot be seen", `pawprint-view:1 {"name":"a","sort":"\u0007"}`: "cannot be seen",
	`pawprint-view:1 {"name":"a","columns":[{"name":"\u0007"}]}`: "cannot be seen", `pawprint-view:1 {"name":"a","off":["\u0007"]}`: "cannot be seen",
	`pawprint-view:1 {"name":"a","facets":["` + strings.Repeat("x", 300) + `"]}`: "too long", `pawprint-view:1 {"name":"` + strings.Repeat("x", 81) + `"}`: "too long",
	`pawprint-view:1 {"name":"a","off":[` + strings.Repeat(`"x",`, 200) + `"x"]}`: "at most 100", `pawprint-view:1 {"name":"a","query":"` + strings.Repeat("x", 9000) + `"}`: "at most 8192 bytes",
}

func TestWhatIsNoSharedViewIsRefused(t *testing.T) {
	for line, want := range wrongShared {
		if v, err := ParseShared(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseShared(%.80q) = %+v, %v, want %s", line, v, err, want)
		}
	}
}

// FuzzSharedViews checks that a line either is refused or is a view that can be shared again.
func FuzzSharedViews(f *testing.F) {
	for line := range wrongShared {
		f.Add(line)
	}
	f.Add(`pawprint-view:1 {"name":"a","query":"is:failed","columns":[{"name":"ip","width":3}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		v, err := ParseShared(line)
		if err != nil {
			return
		}
		again := v.Line().String()
		if len(again) > maxSharedBytes {
			return
		}
		if !json.Valid([]byte(strings.TrimPrefix(again, sharedPrefix))) {
			t.Errorf("%q is shared as %q", line, again)
		}
		if _, err := ParseShared(again); err != nil {
			t.Errorf("%q is shared as %q, which is refused: %v", line, again, err)
		}
	})
}
