package redact

import (
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// invented is a secret that nobody was ever given: it is drawn when the test runs, so that it stands in no file.
type invented struct{ name, text string }

// inventedSecrets draws a secret of every shape of the list.
func inventedSecrets(t testing.TB) (all []invented) {
	t.Helper()
	list, err := os.ReadFile("testdata/makers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			t.Fatalf("makers.tsv: %q has %d cells, want 3", line, len(cells))
		}
		all = append(all, invented{cells[0] + ", " + cells[1], drawn(t, cells[2])})
	}
	return all
}

var (
	placeholder = regexp.MustCompile(`<(\w+)\*(\d+)>`)
	signs       = map[string]string{
		"an": "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", "AN": "ABCDEFGHJKLMNPQRSTUVWXYZ234567", "low": "abcdefghijkmnopqrstuvwxyz23456789",
		"hex": "0123456789abcdef", "dig": "123456789", "url": "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_",
		"b64": "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789+/",
	}
)

// drawn makes a secret of a shape. The same shape always makes the same one.
func drawn(t testing.TB, shape string) string {
	t.Helper()
	from := rand.New(rand.NewPCG(uint64(len(shape)), uint64(shape[0])))
	return placeholder.ReplaceAllStringFunc(shape, func(p string) string {
		part := placeholder.FindStringSubmatch(p)
		n, err := strconv.Atoi(part[2])
		set := signs[part[1]]
		if err != nil || set == "" {
			t.Fatalf("makers.tsv: %q is not a part of a shape", p)
		}
		var b strings.Builder
		for range n {
			b.WriteByte(set[from.IntN(len(set))])
		}
		return b.String()
	})
}

// quoted is text as a JSON string, without its quotes.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b[1 : len(b)-1])
}

// positions are places where a secret is recognised by its own shape alone.
var positions = []struct {
	name string
	line func(secret string) string
}{
	{"string", func(s string) string { return `{"a":"` + quoted(s) + `","b":1}` }},
	{"key", func(s string) string { return `{"` + quoted(s) + `":1}` }},
	{"nested in an object", func(s string) string { return `{"a":{"b":{"c":"` + quoted(s) + `"}}}` }},
	{"in an array", func(s string) string { return `{"a":[1,["x","` + quoted(s) + `"]]}` }},
	{"in a JSON string", func(s string) string { return `{"a":"` + quoted(`{"b":["`+quoted(s)+`"]}`) + `"}` }},
	{"in a JSON string in a JSON string", func(s string) string {
		return `{"a":"` + quoted(`{"b":"`+quoted(`{"c":"`+quoted(s)+`"}`)+`"}`) + `"}`
	}},
	{"in cut JSON in a string", func(s string) string { return `{"a":"` + quoted(`{"b":{"c":"`+quoted(s)+`","d":`) + `"}` }},
	{"header", func(s string) string {
		return `{"a":"` + quoted("GET / HTTP/1.1\r\nHost: example.com\r\nX-Custom: "+s+"\r\nAccept: */*") + `"}`
	}},
	{"URL", func(s string) string {
		return `{"a":"https://example.com/p?q=1&c=` + quoted(url.QueryEscape(s)) + `&z=2"}`
	}},
	{"path of a URL", func(s string) string { return `{"a":"https://example.com/p/` + quoted(s) + `?z=2"}` }},
	{"name=value", func(s string) string { return `{"a":"run --flag CONFIG=` + quoted(s) + ` now"}` }},
	{"name and value", func(s string) string { return `{"a":[{"name":"X-Custom","value":"` + quoted(s) + `"}]}` }},
	{"message", func(s string) string { return `{"errors":[{"message":"no access with ` + quoted(s) + `, try again"}]}` }},
	{"line that is not JSON", func(s string) string { return `{"a":"` + quoted(s) + `","cut` }},
	{"hidden by a rune that cannot be seen", func(s string) string { return `{"a":"` + quoted(s[:6]+"\u200b"+s[6:]) + `"}` }},
	{"escaped", func(s string) string { return `{"a":"\u00` + strconv.FormatInt(int64(s[0]), 16) + quoted(s[1:]) + `"}` }},
}

// core is the part of a secret that must not be seen. Its beginning, which names its maker, may be.
func core(s string) string { return s[len(s)-8:] }

func TestShapesOfMakersAreMaskedWhereverTheyStand(t *testing.T) {
	secrets := inventedSecrets(t)
	if len(secrets) < 120 {
		t.Fatalf("%d secrets, want at least 120", len(secrets))
	}
	for _, secret := range secrets {
		for _, p := range positions {
			line := p.line(secret.text)
			var m Masker
			got := string(m.Line([]byte(line)))
			end := core(strings.TrimRight(secret.text, "."))
			if strings.Contains(got, end) || strings.Contains(got, quoted(end)) || m.Masked == 0 {
				t.Errorf("%s, %s: Line(%s) = %s", secret.name, p.name, line, got)
			}
			if json.Valid([]byte(line)) && !json.Valid([]byte(got)) {
				t.Errorf("%s, %s: Line(%s) = %s, which is not JSON", secret.name, p.name, line, got)
			}
		}
	}
}

func TestMakersOfTheTableHaveAShapeInTheList(t *testing.T) {
	secrets := inventedSecrets(t)
	for i := range makers {
		m := &makers[i]
		if m.form&keep != 0 || m.set == 0 {
			continue // addresses and words, which have tests of their own
		}
		made := false
		for _, secret := range secrets {
			made = made || strings.Contains(secret.text, m.prefix)
		}
		if !made {
			t.Errorf("nothing in makers.tsv holds %q", m.prefix)
		}
	}
}
