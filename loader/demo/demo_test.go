package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"pawprint/loader/demo/damaged"
)

// row is the part of an event that the tests look at.
type row struct {
	ActionName     string
	ActionResult   string
	ActionParams   map[string]json.RawMessage
	Actor          *struct{ ID, Type, Name string }
	Errors         []struct{ Message string }
	SourceIP       *string
	XForwardedFor  []string
	UserAgent      *string
	Timestamp      string
	PantherVersion string
	RowID          string `json:"p_row_id"`
	EventTime      string `json:"p_event_time"`
	AlertID        string `json:"p_alert_id"`
	RuleID         string `json:"p_rule_id"`
}

// timeLayouts are the forms of timestamps that occur, by name.
var timeLayouts = []struct{ name, layout string }{
	{"milliseconds Z", "2006-01-02T15:04:05.000Z"},
	{"nanoseconds Z", "2006-01-02T15:04:05.000000000Z"},
	{"offset", "2006-01-02T15:04:05.000-07:00"},
	{"space, nine digits", "2006-01-02 15:04:05.000000000"},
	{"space, zeros cut", "2006-01-02 15:04:05.99"},
}

// when returns the time of a row and the name of its form.
func (r row) when(t *testing.T) (time.Time, string) {
	t.Helper()
	for _, l := range timeLayouts {
		at, err := time.Parse(l.layout, r.Timestamp)
		if err == nil {
			return at.UTC(), l.name
		}
	}
	t.Fatalf("timestamp %q has none of the forms", r.Timestamp)
	return time.Time{}, ""
}

func (r row) reads() bool {
	verb, _, _ := strings.Cut(strings.TrimPrefix(r.ActionName, "PUBLIC_API_"), "_")
	return verb == "GET" || verb == "LIST" || verb == "CHECK"
}

// shape names the shape of the parameters.
func (r row) shape() string {
	_, dynamic := r.ActionParams["dynamic"]
	_, static := r.ActionParams["static"]
	_, input := r.ActionParams["input"]
	switch {
	case len(r.ActionParams) == 0:
		return "empty"
	case dynamic && static:
		return "dynamic and static"
	case dynamic:
		return "dynamic"
	case input:
		return "input"
	}
	return "flat"
}

// rows decodes a log whose every line has to be an event.
func rows(t *testing.T, log []byte) []row {
	t.Helper()
	var out []row
	for i, line := range bytes.Split(bytes.TrimSuffix(log, []byte("\n")), []byte("\n")) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("line %d: %v\n%s", i+1, err, line)
		}
		out = append(out, r)
	}
	return out
}

func generate(t testing.TB, opt Options) ([]byte, Tally) {
	t.Helper()
	g := New(opt)
	var b bytes.Buffer
	if _, err := g.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), g.Tally()
}

// sampleLog is the log that most tests look at, made once.
var sampleLog = sync.OnceValues(func() ([]byte, Tally) {
	g := New(Options{Events: 20_000})
	log, err := io.ReadAll(g)
	if err != nil {
		panic(err)
	}
	return log, g.Tally()
})

func sample(t *testing.T) ([]byte, []row, Tally) {
	t.Helper()
	log, tally := sampleLog()
	return log, rows(t, log), tally
}

func generated() []byte {
	log, _ := sampleLog()
	return log
}

func TestEqualOptionsGiveEqualBytes(t *testing.T) {
	for _, c := range []struct {
		name string
		opt  Options
		hash string
	}{
		{"zero", Options{}, "e586840d521ebe5b"},
		{"seed", Options{Seed: 7, Events: 3000}, "d667fdc8e33bdafa"},
		{"damage", Options{Seed: 7, Events: 3000, Damage: 0.2}, "9bbc35d305057eaa"},
		{"span", Options{
			Events: 3000,
			Start:  time.Date(2024, time.February, 27, 22, 30, 15, 5, time.UTC),
			End:    time.Date(2024, time.March, 2, 1, 0, 0, 7, time.UTC),
		}, "7bcac8d2be9d2e64"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, _ := generate(t, c.opt)
			second, _ := generate(t, c.opt)
			if !bytes.Equal(first, second) {
				t.Fatal("two runs differ")
			}
			sum := sha256.Sum256(first)
			if got := hex.EncodeToString(sum[:8]); got != c.hash {
				t.Errorf("hash = %s, want %s: the generator makes other bytes than before", got, c.hash)
			}
		})
	}
}

func TestSeedsDiffer(t *testing.T) {
	a, _ := generate(t, Options{Seed: 1, Events: 50})
	b, _ := generate(t, Options{Seed: 2, Events: 50})
	if bytes.Equal(a, b) {
		t.Error("seeds 1 and 2 give the same log")
	}
}

func TestAppendReadAndWriteToAgree(t *testing.T) {
	opt := Options{Seed: 3, Events: 700, Damage: 0.05}
	want, _ := generate(t, opt)
	var appended []byte
	g := New(opt)
	for more := true; more; {
		appended, more = g.Append(appended)
	}
	if !bytes.Equal(appended, want) {
		t.Error("Append and WriteTo differ")
	}
	if b, more := g.Append([]byte("kept")); more || string(b) != "kept" {
		t.Errorf("Append after the end = %q, %v, want it unchanged and false", b, more)
	}
	for name, r := range map[string]io.Reader{
		"whole":     New(opt),
		"half":      iotest.HalfReader(New(opt)),
		"byte-wise": iotest.OneByteReader(New(opt)),
	} {
		read, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(read, want) {
			t.Errorf("%s: Read and WriteTo differ, error %v", name, err)
		}
	}
}

func TestWriteToReportsErrorsAndShortWrites(t *testing.T) {
	for name, w := range map[string]io.Writer{"fails": failing{}, "short": short{}} {
		if _, err := New(Options{Events: 10}).WriteTo(w); err == nil {
			t.Errorf("%s: WriteTo returned no error", name)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) / 2, nil }

func TestNumberOfEvents(t *testing.T) {
	for _, c := range []struct{ events, want int }{{-1, 0}, {0, DefaultEvents}, {1, 1}, {333, 333}} {
		log, tally := generate(t, Options{Events: c.events})
		if got := bytes.Count(log, []byte("\n")); got != c.want || tally.Lines != int64(c.want) || tally.Bytes != int64(len(log)) {
			t.Errorf("Events %d: %d lines, tally %+v for %d bytes, want %d", c.events, got, tally, len(log), c.want)
		}
	}
}

func TestEventsKeepToTheSpan(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2025, time.May, d, 7, 20, 0, 0, time.UTC) }
	zero := time.Time{}
	last := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name                 string
		start, end, from, to time.Time
	}{
		{"neither", zero, zero, last.Add(-defaultSpan), last},
		{"start", day(2), zero, day(2), day(16)},
		{"end", zero, day(20), day(6), day(20)},
		{"both", day(2), day(3), day(2), day(3)},
		{"a moment", day(2), day(2).Add(time.Millisecond), day(2), day(2).Add(time.Millisecond)},
		{"nothing", day(2), day(2), day(2), day(2).Add(1)},
	} {
		log, _ := generate(t, Options{Events: 500, Start: c.start, End: c.end})
		first, final := c.to, c.from
		for _, r := range rows(t, log) {
			at, _ := r.when(t)
			if at.Before(c.from) || !at.Before(c.to) {
				t.Fatalf("%s: an event at %v, want it in [%v, %v)", c.name, at, c.from, c.to)
			}
			if at.Before(first) {
				first = at
			}
			final = maxTime(final, at)
		}
		if span := c.to.Sub(c.from); final.Sub(first) < span*8/10-time.Millisecond {
			t.Errorf("%s: events cover %v of %v", c.name, final.Sub(first), span)
		}
	}
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func TestSharesAreThoseOfARealLog(t *testing.T) {
	log, all, tally := sample(t)
	count := func(is func(row) bool) float64 {
		n := 0
		for _, r := range all {
			if is(r) {
				n++
			}
		}
		return float64(n) / float64(len(all))
	}
	for _, c := range []struct {
		name     string
		low, top float64
		is       func(row) bool
	}{
		{"reads", 0.75, 0.85, row.reads},
		{"failed", 0.04, 0.06, func(r row) bool { return r.ActionResult == failed }},
		{"partially failed", 0.007, 0.015, func(r row) bool { return r.ActionResult == partial }},
		{"tokens", 0.2, 0.5, func(r row) bool { return r.Actor.Type == "TOKEN" }},
		{"no zone", 0.002, 0.02, func(r row) bool { _, form := r.when(t); return strings.HasPrefix(form, "space") }},
		{"failed without errors", 0.0001, 0.004, func(r row) bool { return r.ActionResult != succeeded && len(r.Errors) == 0 }},
		{"trailing dot", 0.0001, 0.002, func(r row) bool { return r.SourceIP != nil && strings.HasSuffix(*r.SourceIP, ".") }},
		{"no address", 0.0001, 0.002, func(r row) bool { return r.SourceIP == nil }},
		{"empty address of no System", 0.0001, 0.002, func(r row) bool { return r.SourceIP != nil && *r.SourceIP == "" && r.Actor.ID != systemID }},
		{"user agent null", 0.0001, 0.002, func(r row) bool { return r.UserAgent == nil }},
		{"proxies", 0.02, 0.4, func(r row) bool { return len(r.XForwardedFor) > 1 }},
		{"IPv6", 0.02, 0.4, func(r row) bool { return r.SourceIP != nil && strings.Contains(*r.SourceIP, ":") }},
		{"rule matches", 0.001, 0.01, func(r row) bool { return r.AlertID != "" }},
		{"rows of no data lake", 0.05, 0.12, func(r row) bool { return r.RowID == "" }},
	} {
		if got := count(c.is); got < c.low || got > c.top {
			t.Errorf("share of %s = %.4f, want %.4f to %.4f", c.name, got, c.low, c.top)
		}
	}
	if size := len(log) / len(all); size < 1100 || size > 1200 {
		t.Errorf("%d bytes a line, want 1,100 to 1,200", size)
	}
	reads := count(row.reads) * float64(len(all))
	if got := float64(tally.Reads); got < reads-0.5 || got > reads+0.5 {
		t.Errorf("tally counts %v reads, the log has %v", got, reads)
	}
}

func TestEveryShapeAndFormOccurs(t *testing.T) {
	for name, log := range map[string][]byte{"generated": generated(), "story": Story()} {
		seen := map[string]int{}
		for _, r := range rows(t, log) {
			_, form := r.when(t)
			seen["time: "+form]++
			seen["params: "+r.shape()]++
			seen[fmt.Sprintf("errors: %d", min(len(r.Errors), 2))]++
			if len(r.Errors) > 0 && strings.HasPrefix(r.Errors[0].Message, "{") {
				seen["errors: JSON"]++
			}
		}
		for _, want := range []string{
			"time: milliseconds Z", "time: nanoseconds Z", "time: offset", "time: space, nine digits", "time: space, zeros cut",
			"params: empty", "params: flat", "params: input", "params: dynamic and static", "params: dynamic",
			"errors: 0", "errors: 1", "errors: 2", "errors: JSON",
		} {
			if seen[want] == 0 {
				t.Errorf("%s: no event with %s", name, want)
			}
		}
		for _, want := range []string{`"errors":null`, `},"sourceIP"`, `(redacted)`, `"addRule.id":`, `"p_enrichment":`, `"emailVerified":false`} {
			if !bytes.Contains(log, []byte(want)) {
				t.Errorf("%s: nothing contains %s", name, want)
			}
		}
	}
}

func TestPeopleKeepOfficeHoursAndMachinesDoNot(t *testing.T) {
	_, all, _ := sample(t)
	var people, builds [2]int // on working days, at weekends
	night := 0
	for _, r := range all {
		at, _ := r.when(t)
		weekend := 0
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			weekend = 1
		}
		switch {
		case r.Actor.Name == "ci-token":
			builds[weekend]++
			if at.Hour() < 5 {
				night++
			}
		case r.Actor.Type == "USER" && r.Actor.ID != systemID:
			people[weekend]++
		}
	}
	if people[1]*10 > people[0] {
		t.Errorf("people: %d events at weekends and %d on working days, want less than a tenth", people[1], people[0])
	}
	if builds[1]*8 < builds[0] || night*8 < builds[0] {
		t.Errorf("ci-token: %d on working days, %d at weekends, %d at night: want it around the clock", builds[0], builds[1], night)
	}
}

func TestLinesAreAlmostInOrder(t *testing.T) {
	_, all, _ := sample(t)
	late := 0
	var latest time.Time
	for _, r := range all {
		at, _ := r.when(t)
		if latest.Sub(at) > 2*time.Minute {
			t.Fatalf("an event is %v late", latest.Sub(at))
		}
		if at.Before(latest) {
			late++
		}
		latest = maxTime(latest, at)
	}
	if late == 0 || late > len(all)/20 {
		t.Errorf("%d of %d lines are late, want a few", late, len(all))
	}
}

func TestRepeatsShareTheirRow(t *testing.T) {
	_, all, tally := sample(t)
	byRow := map[string]row{}
	var repeats int64
	for _, r := range all {
		if r.RowID == "" {
			continue
		}
		original, again := byRow[r.RowID]
		if again != (r.AlertID != "") {
			t.Fatalf("row %s: seen before %v, alert %q", r.RowID, again, r.AlertID)
		}
		if again {
			repeats++
			if original.ActionName != r.ActionName || original.Timestamp != r.Timestamp {
				t.Errorf("row %s repeats another event", r.RowID)
			}
		}
		byRow[r.RowID] = r
	}
	if repeats == 0 || repeats != tally.Repeats {
		t.Errorf("%d repeats, tally %d", repeats, tally.Repeats)
	}
}

func TestVersionRises(t *testing.T) {
	for _, c := range []struct{ at, want string }{
		{"2026-11-08T20:30:00Z", "1.112.160"},
		{"2026-11-10T15:00:00Z", "1.113.138"},
		{"2026-11-22T20:00:00Z", "1.113.160"},
		{"2026-11-24T15:00:00Z", "1.114.138"},
		{"2026-10-27T14:59:59Z", "1.111.160"},
		{"1970-01-01T00:00:00Z", "1.1."},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendVersion(nil, at)); !strings.HasPrefix(got, c.want) {
			t.Errorf("version at %s = %s, want %s", c.at, got, c.want)
		}
	}
}

func TestEventMakesOneLineAtTheTime(t *testing.T) {
	g := New(Options{Seed: 5})
	at := time.Date(2026, time.December, 1, 10, 0, 0, 123_456_789, time.FixedZone("", 3600))
	for range 200 {
		line := g.Event(at, []byte("kept\n"))
		events := rows(t, bytes.TrimPrefix(line, []byte("kept\n")))
		if len(events) != 1 {
			t.Fatalf("Event made %d lines", len(events))
		}
		got, _ := events[0].when(t)
		if d := at.Sub(got); d < 0 || d >= 10*time.Millisecond {
			t.Fatalf("event at %v, want %v", got, at.UTC())
		}
	}
	if n := g.Tally().Lines; n != 200 {
		t.Errorf("tally counts %d lines, want 200", n)
	}
}

func TestNoRuleOfAPackIsEverDeleted(t *testing.T) {
	_, all, _ := sample(t)
	refusals := 0
	for _, r := range all {
		if r.ActionName == "DELETE_RULE" && r.ActionResult == failed && len(r.Errors) == 1 && strings.Contains(r.Errors[0].Message, "pack") {
			refusals++
		}
		for _, d := range detections[:firstUnpacked] {
			if r.ActionName == "DELETE_RULE" && r.ActionResult == succeeded && bytes.Contains(r.params(t), []byte(`"`+d.id+`"`)) {
				t.Errorf("%s was deleted", d.id)
			}
		}
	}
	if refusals == 0 {
		t.Error("no deletion was refused")
	}
	if !detections[firstUnpacked-1].packed || detections[firstUnpacked].packed {
		t.Error("firstUnpacked is not the first detection outside of the packs")
	}
}

// params returns the parameters as JSON.
func (r row) params(t *testing.T) []byte {
	t.Helper()
	b, err := json.Marshal(r.ActionParams)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDamageIsTallied(t *testing.T) {
	const events, share = 10_000, 0.1
	log, tally := generate(t, Options{Events: events, Damage: share})
	lines := bytes.Split(bytes.TrimSuffix(log, []byte("\n")), []byte("\n"))
	var rejects int64
	for _, line := range lines {
		var object map[string]json.RawMessage
		if json.Unmarshal(line, &object) != nil {
			rejects++
		}
	}
	if len(lines) != events || tally.Rejects != rejects {
		t.Errorf("%d lines and %d rejects, tally %+v", len(lines), rejects, tally)
	}
	for name, n := range map[string]int64{"quirks": tally.Quirks, "rejects": tally.Rejects} {
		if got := float64(n) / events; got < share/2*0.9 || got > share/2*1.1 {
			t.Errorf("share of %s = %.4f, want about %.3f", name, got, share/2)
		}
	}
}

func TestDamageLeavesNoLineWhole(t *testing.T) {
	log, tally := generate(t, Options{Events: 500, Damage: 1})
	if tally.Quirks+tally.Rejects != 500 {
		t.Errorf("tally %+v, want 500 damaged lines", tally)
	}
	if bytes.Count(log, []byte("\n")) != 500 {
		t.Errorf("%d newlines, want 500", bytes.Count(log, []byte("\n")))
	}
}

var (
	dottedQuad = regexp.MustCompile(`(?:^|[^0-9./])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})`)
	documented = regexp.MustCompile(`^(192\.0\.2|198\.51\.100|203\.0\.113)\.`)
	colonHex   = regexp.MustCompile(`"([0-9a-fA-F]{1,4}:[0-9a-fA-F:]*:[0-9a-fA-F:.]*)"`)
	mailDomain = regexp.MustCompile(`[\w.+-]+@([A-Za-z][\w.-]*)`)
	webHost    = regexp.MustCompile(`https?://([\w.-]+)`)
	invented   = regexp.MustCompile(`(^|\.)example\.(com|org|net)$`)
)

func TestOnlyDocumentationAddressesAndDomainsOccur(t *testing.T) {
	logs := map[string][]byte{
		"generated": generated()[:4<<20],
		"story":     Story(),
		"damaged":   damaged.File(),
	}
	for name, log := range logs {
		for _, m := range dottedQuad.FindAllSubmatch(log, -1) {
			if !documented.Match(m[1]) {
				t.Errorf("%s: address %s", name, m[1])
			}
		}
		for _, m := range colonHex.FindAllSubmatch(log, -1) {
			v := strings.ToLower(string(m[1]))
			if !strings.HasPrefix(v, "2001:db8") && !strings.HasPrefix(v, "::ffff:192.0.2.") {
				t.Errorf("%s: address %s", name, v)
			}
		}
		for _, re := range []*regexp.Regexp{mailDomain, webHost} {
			for _, m := range re.FindAllSubmatch(log, -1) {
				if !invented.Match(m[1]) {
					t.Errorf("%s: domain %s", name, m[1])
				}
			}
		}
	}
	if !bytes.Contains(logs["generated"], []byte(`"2001:db8:`)) || !dottedQuad.Match(logs["story"]) || !mailDomain.Match(logs["story"]) {
		t.Error("the patterns match nothing")
	}
}

func TestAppendHardlyAllocates(t *testing.T) {
	g := New(Options{Events: 1 << 30})
	buf := make([]byte, 0, 64<<10)
	const events = 1000
	allocs := testing.AllocsPerRun(20, func() {
		for range events {
			buf, _ = g.Append(buf[:0])
		}
	})
	if allocs > events/5 {
		t.Errorf("%v allocations for %d events, want at most one in five events", allocs, events)
	}
}

func BenchmarkGenerator(b *testing.B) {
	for _, damage := range []float64{0, 0.001} {
		b.Run(fmt.Sprintf("damage=%v", damage), func(b *testing.B) {
			const events = 20_000
			b.ReportAllocs()
			var n int64
			for b.Loop() {
				n, _ = New(Options{Events: events, Damage: damage}).WriteTo(io.Discard)
			}
			b.SetBytes(n)
			b.ReportMetric(float64(n)/events, "B/event")
		})
	}
}

func ExampleGenerator_Append() {
	g := New(Options{Seed: 1, Events: 3})
	var lines []byte
	for more := true; more; {
		lines, more = g.Append(lines)
	}
	fmt.Println(bytes.Count(lines, []byte("\n")), "lines")
	// Output: 3 lines
}
