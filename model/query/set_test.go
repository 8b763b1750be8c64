package query

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

// setsOf returns a lookup of sets by their path.
func setsOf(t testing.TB, files map[string]string) func(path string) (*Set, error) {
	t.Helper()
	sets := map[string]*Set{}
	for path, content := range files {
		set, err := ParseSet(path, []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		sets[path] = set
	}
	return func(path string) (*Set, error) {
		if s := sets[path]; s != nil {
			return s, nil
		}
		return nil, fmt.Errorf("reading @%s: no such file", path)
	}
}

// A value in a file finds what it finds in a query.
func TestAFileStandsForItsValues(t *testing.T) {
	files := map[string]string{
		"ips":   "# seen on Tuesday\n192.0.2.7\n\n  203[.]0[.]113[.]9   # scanner\r\n10.0.0.0/8\n2001:db8::/32\n198.51.100.5-198.51.100.9\n",
		"who":   "\xef\xbb\xbfalice\nuser[at]example[.]com\ncafe\u0301\nOktaSSO\n",
		"ids":   "3F2A\nu-1\n",
		"words": "aws\nRULE\nhxxps://example[.]com\n1000\ntrue\n",
		"class": "failed\nPARTIALLY_FAILED\n",
	}
	sets := setsOf(t, files)
	values := map[string][]string{
		"ips": {"192.0.2.7", "203.0.113.9", "10.0.0.0/8", "2001:db8::/32", "198.51.100.5-198.51.100.9"}, "who": {"alice", "user@example.com", "cafe\u0301", "OktaSSO"}, "ids": {"3F2A", "u-1"},
		"words": {"aws", "RULE", "https://example.com", "1000", "true"}, "class": {"failed", "PARTIALLY_FAILED"},
	}
	log := newLog(t, propertyLines(t))
	snap := log.Snapshot()
	rows := snap.Rows()
	for _, name := range []string{"ip", "sourceIP", "actor", "actor.id", "actor.name", "email", "action", "result", "ua", "desc", "param.name", "param.count", "extra", "extra.name", "target", "source", "error", "p_any_ip_addresses"} {
		for file, list := range values {
			for _, op := range []string{":", "="} {
				if (name == "result") != (file == "class") && op == ":" && name == "result" {
					continue // words that are none of the results are an error in a query
				}
				if file == "words" && lookup(name).kind == kindAddress && op == ":" {
					continue // a text with a slash that is not a network is an error in a query
				}
				quoted := make([]string, len(list))
				for i, v := range list {
					quoted[i] = attributeValue(v)
				}
				want := selected(t, log, Compile(mustParse(t, name+op+strings.Join(quoted, ",")), Env{Now: noon}))
				for q, same := range map[string]bool{name + op + "@" + file: true, "-" + name + op + "@" + file: false, name + op + "(@" + file + ")": true, name + op + `@"` + file + `"`: true} {
					got := selected(t, log, Compile(mustParse(t, q), Env{Now: noon, Sets: sets}))
					if !same {
						got = otherRows(got, rows)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("rows of %s (-want +got):\n%s", q, diff)
					}
				}
			}
		}
	}
}

// otherRows lists the rows that are not in a list.
func otherRows(rows []int, n int) []int {
	out := []int{}
	for i := range n {
		if !slices.Contains(rows, i) {
			out = append(out, i)
		}
	}
	return out
}

func TestSetsFindTheEntryThatMatches(t *testing.T) {
	set, err := ParseSet("x", []byte("10.0.0.0/8\n10.1.0.0/16\n10.1.2.3\n192.0.2.0/24\n192.0.2.200\n2001:db8::/32\n2001:db8:1::/48\nann\nannabel\nbob\n"))
	if err != nil {
		t.Fatal(err)
	}
	ip, text := lookup("ip"), lookup("ua")
	for _, c := range []struct {
		of    subject
		value string
		want  int // the line; 0 for none
	}{
		{ip, "10.1.2.3", 1}, {ip, "11.0.0.0", 0}, {ip, "9.255.255.255", 0}, {ip, "192.0.2.201", 4}, {ip, "192.0.3.0", 0}, {ip, "2001:db8:1::5", 6}, {ip, "2001:db9::", 0}, {ip, "203.0.113.1, 192.0.2.7:443", 4}, {ip, "::ffff:10.0.0.1", 1},
		{text, "HANNAH", 8}, {text, "xannabelx", 8}, {text, "an", 0}, {text, "", 0}, {text, "Bob", 10}, {text, "from 10.9.9.9", 1}, {text, "10.1.2.3456", 0},
	} {
		got := 0
		if i := set.finder(&c.of, opHas)([]byte(c.value)); i >= 0 {
			got = set.entries[i].line
		}
		if got != c.want {
			t.Errorf("%q in %s is in line %d, want %d", c.value, c.of.Name, got, c.want)
		}
	}
}

func TestAFileThatHoldsNothingIsAnError(t *testing.T) {
	for content, want := range map[string]string{"": "no values", "\n# only\n  # comments\n": "no values", "a\x00b": "NUL", "a\n\n10.0.0.0/33\n": "line 3: 10.0.0.0/33", "10.0.0.9-10.0.0.5": "line 1: 10.0.0.9-10.0.0.5", "2001:db8::/129 # x": "line 1", strings.Repeat("a\n", MaxSetValues+1): "at most"} {
		if _, err := ParseSet("bad.txt", []byte(content)); err == nil || !strings.Contains(err.Error(), "@bad.txt") || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseSet(%.20q) = %v, want an error with %q", content, err, want)
		}
	}
	log := newLog(t, propertyLines(t))
	for _, sets := range []func(string) (*Set, error){nil, setsOf(t, nil), func(string) (*Set, error) { return nil, errors.New("reading @bad.txt: denied") }} {
		m := Compile(mustParse(t, "-ip:@bad.txt"), Env{Sets: sets})
		if _, err := model.Select(t.Context(), log.Snapshot(), m, nil); err == nil || !strings.Contains(err.Error(), "@bad.txt") {
			t.Errorf("a query with a file that cannot be read: %v, want an error that names it", err)
		}
	}
}

func TestFilesArePrintedBackAndNamed(t *testing.T) {
	for text, want := range map[string]string{
		"ip:@bad.txt": "ip:@bad.txt", "-ip:@bad.txt": "-ip:@bad.txt", `ip:@"bad.txt"`: "ip:@bad.txt", `ip:@"my bad.txt"`: `ip:@"my bad.txt"`, "ip in (@a, @b)": "ip:@a,@b", "ip=@a": "ip=@a", "ip!=@a": "-ip=@a", "actor:ann,@/tmp/x-1.txt": "actor:ann,@/tmp/x-1.txt",
		`email:"@example.com"`: `email:"@example.com"`, "ip:@~/bad.txt": "ip:@~/bad.txt", `ip:@"a,b"`: `ip:@"a,b"`, `email:a@example.com`: `email:a@example.com`, `"@x"`: "@x", "@x": "@x",
	} {
		e, err := Parse(text)
		if err != nil || e.String() != want {
			t.Errorf("Parse(%s) = %v, %v; want %s", text, e, err, want)
			continue
		}
		if again := mustParse(t, want); again.String() != want {
			t.Errorf("%s prints as %s", want, again)
		}
	}
	if diff := cmp.Diff([]string{"a", "b"}, Files(mustParse(t, "ip:@a (-actor:@b OR ip:x,@a)"))); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]string{"ip:@": "name of a file is missing", "ip:a,@": "name of a file", "time:@x": "no values from a file", "since:@x": "no values", "is:@x": "no values", "line:@x": "no values", "view:@x": "no values", "actor~@x": "no values", "version>@x": "no values", `ip:@"a`: "not closed"} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%s): %v, want %q", text, err, want)
		}
	}
	if a := mustParse(t, "ip:@a"); Implies(a, a) {
		t.Error("a reading of a file is taken for another one")
	}
}

// The time for a value must not grow with the number of values.
func BenchmarkSet(b *testing.B) {
	for _, n := range []int{1, 100, 10_000} {
		var list strings.Builder
		for i := range n {
			fmt.Fprintf(&list, "10.%d.%d.%d\nuser-%d@example.com\n", i>>16, i>>8&255, i&255, i)
		}
		set, err := ParseSet("x", []byte(list.String()))
		if err != nil {
			b.Fatal(err)
		}
		for name, value := range map[string]string{"ip": "203.0.113.77", "ua": "Mozilla/5.0 (X11; Linux x86_64) user-agent"} {
			of := lookup(name)
			find := set.finder(&of, opHas)
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					if find([]byte(value)) >= 0 {
						b.Fatal("found")
					}
				}
			})
		}
	}
}

// propertyLines are lines as the property test has them.
func propertyLines(t *testing.T) []string {
	t.Helper()
	v := inventor{rand.New(rand.NewPCG(7, 1))}
	lines := make([]string, 150)
	for i := range lines {
		lines[i] = v.line()
	}
	return lines
}
