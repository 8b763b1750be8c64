package query

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pawprint/loader/decode"
	"pawprint/model"
	"pawprint/model/ipaddr"
	"pawprint/model/logtest"
)

// forwarders invents a value of XForwardedFor: mostly a list of addresses in their usual form, with the odd element, spelling and type.
func forwarders(r *rand.Rand) string {
	odd := append(append([]string{`"192.0.2.07"`, `"2001:DB8::7"`, `"::"`, `"::ffff:c000:207"`, `"192.0.2.7."`, `"\u0031.2.3.4"`, `["192.0.2.7"]`}, forms...), others...)
	var elements []string
	for range r.IntN(5) * r.IntN(4) {
		switch r.IntN(12) {
		case 0:
			elements = append(elements, odd[r.IntN(len(odd))])
		case 1, 2:
			elements = append(elements, fmt.Sprintf(`"2001:db8::%x:%x"`, r.IntN(3), 1+r.IntN(9)))
		default:
			elements = append(elements, fmt.Sprintf(`"192.0.%d.%d"`, r.IntN(4), r.IntN(12)))
		}
	}
	return "[" + strings.Join(elements, []string{",", ", ", " ,\t"}[r.IntN(3)]) + "]"
}

// forwardedLines invents events, with the list under its name, also twice and in other spellings.
func forwardedLines(n int) (lines []string) {
	r := rand.New(rand.NewPCG(5, 6))
	for i := range n {
		member := func() string { return `"XForwardedFor":` + forwarders(r) }
		line := logtest.Event(`"sourceIP":"198.51.100.7"`, member())
		switch i % 16 {
		case 0:
			line = logtest.Event(member(), `"XForwardedFor":"192.0.2.7"`, member())
		case 1:
			line = logtest.Event(`"xforwardedFOR":`+forwarders(r), member())
		case 2:
			line = logtest.Event(`"XForwarded\u0046or":` + forwarders(r))
		case 3:
			line = logtest.Event(`"XForwardedFor":` + others[r.IntN(len(others))])
		case 4:
			line = logtest.Event(`"extra":{`+member()+`}`, `"actionParams":{`+member()+`}`)
		case 5:
			line = `{"XForwardedFor":["192.0.2.7"`
		case 6:
			line = "level=info " + line
		case 7:
			line = logtest.Event()
		}
		lines = append(lines, line)
	}
	return lines
}

// decodedLog is newLog with the decoder of logs.
func decodedLog(lines []string) *model.Log {
	raw := []byte(strings.Join(lines, "\n") + "\n")
	log := model.NewLog()
	b := &model.Batch{Source: log.AddSource(model.NewText("audit.jsonl")), Raw: bytes.NewReader(raw), Line: 1, Length: int64(len(raw))}
	decode.New().Lines(b, raw)
	log.Append(b)
	return log
}

var forwardedQueries = []string{"2.", "*2.7", "7", "*7", "1..2", ".1", "192.0.0.1.1", "..", "192.0*", "*.0.*",
	"192.0.2.7", "192.0.2.0/24", "192.0.2.3-192.0.2.9", "0.0.0.0/0", "::/0", "2001:db8::7", "2001:db8::/100", "(192.0.2.7 OR 2001:db8::1:7)", "192.0.", "0.2.1", "db8", "*", `""`, "192.0.2.1*", "*::*", "*.7", "/[.]1[01]$/", "/^$/", "unknown", "true", "3221225991", "::ffff:192.0.2.7", "10.0.0.0/8",
}

// TestForwardedAddressesMatchAsTheirLinesDo compares what the log keeps of lists with what their lines hold.
func TestForwardedAddressesMatchAsTheirLinesDo(t *testing.T) {
	log := decodedLog(forwardedLines(3000))
	queries := []string{"XForwardedFor>1", "XForwardedFor~192.0", "XForwardedFor~/7$/", "has:XForwardedFor", "XForwardedFor>=2020-01-01"}
	for _, value := range forwardedQueries {
		queries = append(queries, "XForwardedFor:"+value, "xforwardedfor="+value)
	}
	snap := log.Snapshot()
	kept, matched := 0, 0
	for _, text := range queries {
		e, err := Parse(text)
		if err != nil {
			continue // not all values go with =
		}
		f, is := compile(e, new(Env)).(*forwardedTest)
		if !is {
			t.Fatalf("%s is decided by %T", text, compile(e, new(Env)))
		}
		for k := range snap.Segments() {
			seg := snap.Segment(k)
			w := newWorker()
			w.ctx, w.snap, w.seg, w.env = context.Background(), &snap, seg, new(Env)
			var all, got, want model.Bitmap
			all.SetRange(0, seg.Rows())
			got, want = all, all
			if err := f.narrow(w, &got); err != nil {
				t.Fatal(err)
			}
			if err := f.lines.narrow(w, &want); err != nil {
				t.Fatal(err)
			}
			for row := range seg.Rows() {
				if got.Has(row) != want.Has(row) {
					line, _ := snap.Raw(seg.Base() + model.Row(row))
					t.Fatalf("%s: row %d is found: %v, want %v: %s", text, row, got.Has(row), want.Has(row), line.Raw())
				}
			}
			_, unread := f.each(seg.Forwarded(), &all, new(addressMemo))
			kept, matched = kept+seg.Rows()-unread.Count(), matched+got.Count()
		}
	}
	if rows := snap.Rows() * len(queries); kept < rows/2 || kept > rows*9/10 || matched < rows/20 {
		t.Errorf("of %d rows %d were decided without their lines and %d matched: the lists are too much alike", rows, kept, matched)
	}
}

// TestEachAddressOfAListCounts looks for every address of long lists, and for those beside them.
func TestEachAddressOfAListCounts(t *testing.T) {
	for _, list := range [][]string{
		{"1.1.1.1"}, {"2001:db8::1"}, {"1.1.1.1", "2001:db8::1", "1.1.1.2"}, {"2001:db8::1", "2001:db8::2", "1.1.1.1"}, {"2001:db8::1", "2001:db8::2", "2001:db8::3", "1.1.1.1"}, {"1.1.1.1", "1.1.1.2", "2001:db8::1", "2001:db8::2", "1.1.1.3"},
		strings.Fields(strings.Repeat("1.1.1.1 ", 12) + "1.1.1.2"), strings.Fields(strings.Repeat("1.1.1.2 ", 9) + "2001:db8::1"),
	} {
		log := decodedLog([]string{logtest.Event(), logtest.Event(`"XForwardedFor":["` + strings.Join(list, `","`) + `"]`)})
		for _, text := range []string{"1.1.1.1", "1.1.1.2", "1.1.1.3", "2001:db8::1", "2001:db8::2", "2001:db8::3"} {
			span, _ := ipaddr.ParseSpan(text)
			want := span.In([]byte(strings.Join(list, " ")))
			for _, query := range []string{"ip:" + text, "ip=" + text, "ip:" + text + "*", "ip:/^" + text + "$/"} {
				if got := len(selected(t, log, Compile(mustParse(t, query), Env{}))) > 0; got != want {
					t.Errorf("%s is found in %v: %v, want %v", query, list, got, want)
				}
			}
		}
	}
}

func TestWhatMayReadLinesIsNoAutomation(t *testing.T) {
	if _, err := NewAutomation(mustParse(t, "ip:192.0.2.0/24")); err == nil {
		t.Error("is:ci may ask for addresses that some lines have to be read for")
	}
	if ReadsLines(mustParse(t, "ip:192.0.2.0/24")) {
		t.Error("ip: is said to be decided by the lines alone")
	}
}

func TestNoTestFindsNoAddress(t *testing.T) {
	log := decodedLog([]string{logtest.Event(`"XForwardedFor":["192.0.2.7"]`)})
	if got := selected(t, log, newMatcher(pathPredicate([]string{"XForwardedFor"}, false, nil), Env{})); len(got) > 0 {
		t.Errorf("without a test, the rows %v are found", got)
	}
}
