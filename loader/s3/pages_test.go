package s3

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// listed answers listings with pages of these keys, whatever is asked; a key that ends with a slash is a common prefix. The last
// page comes again and again, with ever new tokens, if endless is set.
func listed(s *store, endless bool, pages ...[]string) {
	var asked atomic.Int64
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !isList(r) {
			return false
		}
		n := 0
		if token := r.URL.Query().Get("continuation-token"); token != "" {
			_, _ = fmt.Sscan(token, &n)
		}
		more := endless || n+1 < len(pages)
		fmt.Fprintf(w, "<ListBucketResult><IsTruncated>%t</IsTruncated><NextContinuationToken>%d %d</NextContinuationToken>", more, n+1, asked.Add(1))
		for _, key := range pages[min(n, len(pages)-1)] {
			s.mu.Lock()
			o, ok := s.objects[key]
			s.mu.Unlock()
			switch {
			case strings.HasSuffix(key, "/"):
				fmt.Fprintf(w, "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>", key)
			case ok:
				fmt.Fprintf(w, "<Contents><Key>%s</Key><ETag>%s</ETag><Size>%d</Size></Contents>", key, xmlText(o.etag()), len(o.data))
			default:
				fmt.Fprintf(w, "<Contents><Key>%s</Key><ETag>e</ETag><Size>1</Size></Contents>", key)
			}
		}
		fmt.Fprint(w, "</ListBucketResult>")
		return true
	})
}

func TestEachKeyOfAListingIsReadOnce(t *testing.T) {
	const a, b, c, d = "logs/a.json", "logs/b.json", "logs/c.json", "logs/d.json"
	const repeats, outside = "the store lists keys more than once", "the store lists keys that were not requested"
	for name, x := range map[string]struct {
		pages  [][]string
		notice string
	}{
		"as it should be":              {[][]string{{a, b}, {c, d}}, ""},
		"in no order":                  {[][]string{{d, a}, {c, b}}, ""},
		"backwards":                    {[][]string{{d}, {c}, {b}, {a}}, ""},
		"three times side by side":     {[][]string{{a, a, a, b, c, d}}, repeats},
		"apart in a page":              {[][]string{{a, b, c, d, a, b}}, repeats},
		"the end of the page before":   {[][]string{{a, b}, {b, c}, {c, d}}, repeats},
		"all of the page before":       {[][]string{{a, b}, {c, a, b}, {d, c, b, a}}, repeats},
		"two pages later":              {[][]string{{b, a}, {c}, {d, a}}, repeats},
		"in no order, and again":       {[][]string{{d, a}, {c, d}, {b, c, a, d}}, repeats},
		"after pages without anything": {[][]string{{a}, {}, {}, {b, c}, {}, {d}, {}}, ""},
		"beside keys of others":        {[][]string{{a, b, "other/x.json", c, d, "logs", "/logs/y.json"}}, outside},
		"beside prefixes":              {[][]string{{a, b, "logs/", "other/", c, d}}, outside},
	} {
		for _, ask := range []func(Plan) bool{nil, func(Plan) bool { return true }} {
			t.Run(fmt.Sprint(name, " counted ", ask != nil), func(t *testing.T) {
				s := newStore(t)
				for i, key := range []string{a, b, c, d} {
					s.put(key, events(10*i, 10))
				}
				listed(s, false, x.pages...)
				var notices []string
				wantNumbers(t, s.must("logs/", Options{Confirm: ask, Notice: func(text string) { notices = append(notices, text) }}), 40)
				if got := strings.Join(notices, "|"); x.notice == "" && got != "" || strings.Count(got, x.notice) != 1 && x.notice != "" {
					t.Errorf("notices %q, want %q once", got, x.notice)
				}
			})
		}
	}
}

func TestWhatLiesUnderPartitionsIsReadOnceHoweverTheyAreListed(t *testing.T) {
	const key = "logs/x/year=2026/month=11/day=22/hour=10/a.json"
	for name, folders := range map[string][]string{
		"a folder three times":      {"logs/x/", "logs/x/", "logs/x/"},
		"a folder and one in it":    {"logs/x/", "logs/x/year=2026/"},
		"a folder and what is deep": {key, "logs/x/"},
		"itself":                    {"logs/", "logs/x/"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put(key, events(0, 5))
			listed(s, false, folders)
			fault := s.fault
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				return r.URL.Query().Get("prefix") == "logs/" && r.URL.Query().Get("delimiter") != "" && fault(w, r)
			})
			wantNumbers(t, s.must("logs/", Options{From: utc("2026-11-22 00:00")}), 5)
		})
	}
}

func TestPagesThatBringNothingNewEndAndKeepWhatCame(t *testing.T) {
	for name, last := range map[string][]string{
		"empty":          {},
		"keys of before": {"logs/b.json", "logs/a.json"},
		"keys of others": {"other/a.json"},
		"only prefixes":  {"logs/x/"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put("logs/a.json", events(0, 1))
			s.put("logs/b.json", events(1, 1))
			listed(s, true, []string{"logs/a.json"}, []string{"logs/b.json"}, last)
			log, err := s.load("logs/", Options{})
			if err == nil || !strings.Contains(err.Error(), "listing logs/: the store ") {
				t.Errorf("error %v", err)
			}
			wantNumbers(t, log, 2)
			if n := s.listings(); n > maxIdlePages+10 {
				t.Errorf("%d listings", n)
			}
		})
	}
}

func TestAListingThatIsNotWholeIsNotTakenForAnEmptyOne(t *testing.T) {
	for name, body := range map[string]string{
		"deep":            "<ListBucketResult>" + strings.Repeat("<a>", 20_000) + strings.Repeat("</a>", 20_000) + "</ListBucketResult>",
		"cut":             "<ListBucketResult><Contents><Key>logs/a.json</Key>",
		"entities":        `<!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>logs/&b;.json</Key></Contents></ListBucketResult>`,
		"a file's entity": `<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/hostname">]><ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>logs/&a;.json</Key></Contents></ListBucketResult>`,
		"a wrong size":    "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>logs/a.json</Key><Size>many</Size></Contents></ListBucketResult>",
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool { fmt.Fprint(w, body); return true })
			if _, err := s.load("logs/", Options{}); err == nil || !strings.Contains(err.Error(), "the answer cannot be understood") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// shuffled lists keys in no order, page by page.
type shuffled struct{ keys, page int }

func (s *shuffled) remark(string) {}

func (s *shuffled) list(_ context.Context, r request) (page, error) {
	n := 0
	_, _ = fmt.Sscan(r.token, &n)
	var p page
	for i := n; i < min(n+s.page, s.keys); i++ {
		p.objects = append(p.objects, object{key: fmt.Sprintf("%s%07d", r.prefix, i*7_368_787%s.keys), etag: "e", size: 1})
	}
	if n+s.page < s.keys {
		p.next = fmt.Sprint(n + s.page)
	}
	return p, nil
}

func TestAListingInNoOrderIsReadAsFarAsItsKeysCanBeToldApart(t *testing.T) {
	for keys, want := range map[int]string{100_000: "", maxUnsorted + 5000: "in no order, so repeated keys cannot be recognised; name a longer prefix"} {
		found := map[string]bool{}
		err := pages(t.Context(), &shuffled{keys, 1000}, request{prefix: "x/"}, func(p page) (bool, error) {
			for _, o := range p.objects {
				if found[o.key] {
					t.Fatalf("%s came twice", o.key)
				}
				found[o.key] = true
			}
			return true, nil
		})
		if want == "" && (err != nil || len(found) != keys) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%d of %d keys, error %v", len(found), keys, err)
		}
	}
}

func TestKeysInNoOrderAreNeitherLostNorDoubledWhenSomeHaveNoRoom(t *testing.T) {
	w, err := newPrefixLister(t.Context(), &shuffled{5000, 100}, []string{"x/"}, utc("2026-01-01 00:00"), utc("2026-01-02 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.hold(t.Context(), 1000, func(*object) bool { return true }, func(tally) {})
	if err == nil || !strings.Contains(err.Error(), "in no order; name a longer prefix") {
		t.Errorf("error %v", err)
	}
}

// gaps lists keys with pages between them that are empty.
type gaps struct{ keys int }

func (g *gaps) remark(string) {}

func (g *gaps) list(_ context.Context, r request) (page, error) {
	n := 0
	_, _ = fmt.Sscan(r.token, &n)
	var p page
	if key := fmt.Sprintf("%s%05d", r.prefix, n); n%2 == 0 && key > r.after {
		p.objects = []object{{key: key, etag: "e", size: 1}}
	}
	if n < 2*g.keys {
		p.next = fmt.Sprint(n + 1)
	}
	return p, nil
}

func TestEmptyPagesDoNotMakeWhatIsListedAgainBeginAtItsStart(t *testing.T) {
	for room := 1; room < 20; room++ {
		var got []string
		take := func(objects []object) {
			for _, o := range objects {
				got = append(got, o.key)
			}
		}
		w := &prefixLister{lister: &gaps{20}, spans: []span{{prefix: "x/"}}}
		h, err := w.hold(t.Context(), room, func(*object) bool { return true }, func(tally) {})
		if err != nil {
			t.Fatal(err)
		}
		take(h.first)
		again := &prefixLister{lister: &gaps{20}, spans: h.rest, visit: func(_ *span, found []object, _ bool) error { take(found); return nil }}
		if err := again.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(got); n != 21 || len(slices.Compact(got)) != n {
			t.Fatalf("room for %d: %d keys: %v", room, n, got)
		}
	}
}

func TestSizesThatCannotBeAreNotBelieved(t *testing.T) {
	for name, size := range map[string]string{"negative": "-2020", "the least": "-9223372036854775808"} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put("logs/a.json", events(0, 10))
			s.put("logs/b.json", events(10, 10))
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				if isList(r) {
					fmt.Fprint(w, "<ListBucketResult><IsTruncated>false</IsTruncated>")
					for _, key := range []string{"logs/a.json", "logs/b.json"} {
						fmt.Fprintf(w, "<Contents><Key>%s</Key><ETag>%s</ETag><Size>%s</Size></Contents>", key, xmlText(s.objects[key].etag()), size)
					}
					fmt.Fprint(w, "</ListBucketResult>")
				}
				return isList(r)
			})
			wantNumbers(t, s.must("logs/", Options{}), 20)
		})
	}
	most := int64(9_223_372_036_854_775_807)
	var sum tally
	for range 3 {
		sum.add(&object{size: most})
	}
	if sum.bytes != most {
		t.Errorf("three of the largest sizes are %d", sum.bytes)
	}
}
