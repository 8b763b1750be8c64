package clickhouse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/engine"
	"pawprint/loader/sourcetest"
	"pawprint/model"
	"pawprint/model/condition"
)

func TestATableIsASourceLikeAllOthers(t *testing.T) {
	open := func(t *testing.T, _ string, text []byte) loader.Source {
		return newServer(t, text).open(t, engine.Options{})
	}
	sourcetest.Check(t, sourcetest.Kind{Name: "a table", Open: open, Break: func(t *testing.T, _ string, text []byte) (loader.Source, string) {
		s := newServer(t, text)
		s.fault = func(n int, w http.ResponseWriter, r *http.Request, statement string) bool {
			if n < 5 {
				return false
			}
			refuse(w, 500, 307)
			return true
		}
		return s.open(t, engine.Options{}), "one query would read more bytes"
	}})
}

// refuse answers with an exception, whose text quotes what must not be shown.
func refuse(w http.ResponseWriter, status, code int) {
	w.Header().Set("X-ClickHouse-Exception-Code", fmt.Sprint(code))
	w.WriteHeader(status)
	fmt.Fprintf(w, "Code: %d. DB::Exception: %s: while executing SELECT. (NAME)\n", code, secret)
}

func TestStatementsAreSentSafely(t *testing.T) {
	s := newServer(t, events(3))
	if _, err := s.load(t, t.Context(), engine.Options{}); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, r := range s.asked {
		v := r.URL.Query()
		for name, want := range map[string]string{"readonly": "2", "max_execution_time": "600", "max_bytes_to_read": fmt.Sprint(1 << 40), "read_overflow_mode": "throw",
			"timeout_overflow_mode": "throw", "result_overflow_mode": "throw", "limit": "0", "cancel_http_readonly_queries_on_client_close": "1"} {
			if v.Get(name) != want {
				t.Errorf("%s=%s, want %s", name, v.Get(name), want)
			}
		}
		if r.Method != http.MethodPost || r.Header.Get("X-ClickHouse-User") != "reader" || r.Header.Get("X-ClickHouse-Key") != secret || strings.Contains(r.URL.String()+s.texts[i], secret) {
			t.Errorf("%s %s with %v", r.Method, r.URL, r.Header)
		}
		if id := v.Get("query_id"); seen[id] || id == "" {
			t.Errorf("query_id %q", id)
		} else {
			seen[id] = true
		}
		if first, _, _ := strings.Cut(s.texts[i], " "); first != "SELECT" && first != "DESCRIBE" {
			t.Errorf("it sends %s", s.texts[i])
		}
	}
}

func TestFaultsOfTheServerAreSaid(t *testing.T) {
	for name, test := range map[string]struct {
		fault func(w http.ResponseWriter, r *http.Request)
		want  string
		tries int // of the statement that fails
	}{
		"401":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, "access is denied (HTTP 401); set CLICKHOUSE_USER", 1},
		"wrong":       {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 403, 516) }, "user or password is wrong (HTTP 403, code 516); set CLICKHOUSE_USER", 1},
		"no right":    {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 500, 497) }, "the user lacks a permission", 1},
		"readonly":    {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 500, 164) }, "readonly = 2", 1},
		"unknown":     {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 500, 31337) }, "it refused the query (HTTP 500, code 31337)", 1},
		"too long":    {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 500, 159) }, "took too long", 1},
		"too many":    {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 500, 202) }, "too many queries", 5},
		"no table":    {func(w http.ResponseWriter, _ *http.Request) { refuse(w, 404, 60) }, "no such table", 1},
		"unavailable": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "it is not available (HTTP 503)", 5},
		"500":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "it is not available (HTTP 500)", 5},
		"slow down":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, "it asks to slow down (HTTP 429)", 5},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/"+secret, http.StatusTemporaryRedirect)
		}, "redirects elsewhere, which is not followed", 1},
		"a page":  {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "<html>"+secret) }, "the server that answers is not ClickHouse", 1},
		"nothing": {func(w http.ResponseWriter, r *http.Request) { begin(w, r) }, "the answer broke off", 5},
		"later": {func(w http.ResponseWriter, r *http.Request) {
			begin(w, r)
			fmt.Fprintf(w, "Code: 241. DB::Exception: %s\n", secret)
		}, "too much memory of the server (code 241)", 1},
		"later, as now": {func(w http.ResponseWriter, r *http.Request) {
			begin(w, r)
			fmt.Fprintf(w, "\r\n__exception__\r\ntag\r\nCode: 307. DB::Exception: %s\r\n30 tag\r\n__exception__\r\n", secret)
		}, "more bytes than it may", 1},
		"stalls": {func(w http.ResponseWriter, r *http.Request) {
			begin(w, r)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "no more data came", 5},
		"closes": {func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, "the connection broke", 5},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, events(100))
			first := 0
			s.fault = func(n int, w http.ResponseWriter, r *http.Request, statement string) bool {
				if !strings.HasPrefix(statement, "SELECT line") {
					return false
				}
				s.mu.Lock()
				if first == 0 {
					first = n
				}
				s.mu.Unlock()
				test.fault(w, r)
				return true
			}
			snap, err := s.load(t, t.Context(), engine.Options{})
			s.mu.Lock()
			defer s.mu.Unlock()
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), secret) {
				t.Fatalf("error %v, want %s", err, test.want)
			}
			if tries := len(s.asked) - first + 1; tries != test.tries {
				t.Errorf("%d tries, want %d", tries, test.tries)
			}
			if snap.Rows() != 0 {
				t.Errorf("%d rows of an answer that did not come whole", snap.Rows())
			}
			for _, source := range snap.Sources() {
				if source.Phase != model.Broken || strings.Contains(source.Err.Raw()+source.Note.Raw(), secret) {
					t.Errorf("%s is %v: %s", source.Name.Raw(), source.Phase, source.Err.Raw())
				}
			}
		})
	}
}

// begin sends the headers and a row.
func begin(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-ClickHouse-Query-Id", "1")
	_, _ = io.WriteString(w, "{}"+r.URL.Query().Get("format_custom_row_after_delimiter"))
}

func TestWhatFailsOnceIsReadOnce(t *testing.T) {
	for name, fault := range map[string]func(w http.ResponseWriter, r *http.Request, body string){
		"cut in a row": func(w http.ResponseWriter, _ *http.Request, body string) {
			_, _ = io.WriteString(w, body[:len(body)/2])
		},
		"cut after a row": func(w http.ResponseWriter, _ *http.Request, body string) {
			_, _ = io.WriteString(w, body[:strings.LastIndex(strings.TrimSuffix(body, "\n"), "\n")+1])
		},
		"cut in the end": func(w http.ResponseWriter, _ *http.Request, body string) {
			_, _ = io.WriteString(w, body[:len(body)-1])
		},
		"asked to wait": func(w http.ResponseWriter, _ *http.Request, _ string) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
		},
		"not available": func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(502) },
		"twice":         func(w http.ResponseWriter, _ *http.Request, body string) { _, _ = io.WriteString(w, body+body) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, events(100))
			done := false
			s.fault = func(_ int, w http.ResponseWriter, r *http.Request, statement string) bool {
				if done || !strings.HasPrefix(statement, "SELECT line") {
					return false
				}
				done = true
				w.Header().Set("X-ClickHouse-Query-Id", "1")
				fault(w, r, s.body(r, statement))
				return true
			}
			snap, err := s.load(t, t.Context(), engine.Options{})
			if b := snap.Books(); err != nil || b.Events != 100 || b.Lines != 100 {
				t.Errorf("%+v, %v", b, err)
			}
		})
	}
}

func TestACancelledLoadEndsTheQueryAtTheServer(t *testing.T) {
	s := newServer(t, events(10))
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan struct{})
	s.fault = func(_ int, w http.ResponseWriter, r *http.Request, statement string) bool {
		if !strings.HasPrefix(statement, "SELECT line") {
			return false
		}
		cancel()
		<-r.Context().Done() // the client closed the connection, at which the server ends the query
		close(gone)
		return true
	}
	if _, err := s.load(t, ctx, engine.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	<-gone
}

func TestALineOfTheLogCannotEndAnAnswerNorMakeTwoLines(t *testing.T) {
	text := []string{"\tend", "a\t\tb", `\N`, "\\", `\\n`, "Code: 241. DB::Exception: no", "\r\n__exception__\r", "\x00\xff", `{"a":`, "1}"}
	s := newServer(t, events(1))
	for _, line := range text {
		s.lines, s.nanos, s.timed = append(s.lines, line), append(s.nanos, 0), append(s.timed, false)
	}
	snap, err := s.load(t, t.Context(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := range model.Row(snap.Rows()) {
		line, err := snap.Raw(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, line.Raw())
	}
	for i, line := range text {
		if want := strings.ReplaceAll(line, "\n", " "); got[i+1] != want {
			t.Errorf("line %q, want %q", got[i+1], want)
		}
	}
}

func TestTheColumnOfTheLinesIsFound(t *testing.T) {
	for _, test := range []struct{ columns, query, want string }{
		{"at\tDateTime\nraw\tString\n", "", "FROM (SELECT source.`raw` AS line"},
		{"a`b\tLowCardinality(Nullable(String))\n", "", "SELECT ifNull(CAST(source.`a\\x60b` AS Nullable(String)), '') AS line"},
		{"a\tString\nb\tString\n", "?column=b", "SELECT source.`b` AS line"},
		{"a\tString\nb\tString\n", "", "2 of its columns are text; name the one with the raw lines: ?column=NAME"},
		{"a\tUInt8\n", "", "none of its columns is text; name a table"},
		{"a\tString\n", "?column=b", "?column= does not name a text column"},
		{"a\tString\nat\tDateTime64(3)\n", "?time=at", "source.`at` >= fromUnixTimestamp64Nano("},
		{"a\tString\nat\tString\n", "?column=a&time=at", "?time= does not name a column of date and time"},
	} {
		s := newServer(t, events(1))
		s.columns = test.columns
		e, err := New(s.url()+test.query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		log := model.NewLog()
		err = loader.Load(t.Context(), log, engine.New("clickhouse://x", e, engine.Options{}))
		if said := fmt.Sprint(err, s.texts); !strings.Contains(said, test.want) {
			t.Errorf("%s with %q: %s, want %s", test.query, test.columns, said, test.want)
		}
	}
}

func TestURLsAreRead(t *testing.T) {
	for url, want := range map[string]string{
		"clickhouse://ch.example.com/logs.audit":                          "https://ch.example.com:8443/",
		"clickhouse://ch.example.com:443/logs.audit":                      "https://ch.example.com:443/",
		"clickhouse://ch.example.com:8123/logs.audit":                     "https://ch.example.com:8123/", // TLS always, but to this machine
		"clickhouse://127.0.0.1:8123/audit":                               "http://127.0.0.1:8123/",
		"clickhouse://[::1]:8123/audit":                                   "http://[::1]:8123/",
		"clickhouse://localhost:8443/audit":                               "https://localhost:8443/",
		"clickhouse://127.0.0.1.example.com:8123/audit":                   "https://127.0.0.1.example.com:8123/",
		"clickhouse://h/?s3=https://b.s3.amazonaws.com/logs/**/*.json.gz": "https://h:8443/",
		"clickhouse://u:" + secret + "@h/a.b":                             "CLICKHOUSE_PASSWORD",
		"clickhouse://h/a.b?password=" + secret:                           "the options are ?column=",
		"clickhouse://h/a.b#x":                                            "after #",
		"clickhouse://h/":                                                 "names no table",
		"clickhouse://":                                                   "cannot be read",
		"clickhouse://h/a/b":                                              "names no table",
		"clickhouse://h/a.b?s3=https://b/":                                "take the place of a table",
		"clickhouse://h/a.b?file=x":                                       "take the place of a table",
		"clickhouse://h/?s3=https://b/x&file=x":                           "leave ?s3=",
		"clickhouse://h/?file=x&cluster=c":                                "leave ?s3=",
		"clickhouse://h/a.b?cluster=c":                                    "names no table",
		"clickhouse://h/?file=logs/*.json":                                "https://h:8443/",
		"clickhouse://h/?s3=https://b/x&cluster=c&collection=d":           "https://h:8443/",
		"clickhouse://h/?s3=https://u:" + secret + "@b/x":                 "holds a credential",
		"clickhouse://h/?s3=https://b/x%3FX-Amz-Signature%3D" + secret:    "holds a credential",
		"clickhouse://h/?s3=file:///etc/passwd":                           "is the URL of objects",
		"clickhouse://h/a.b?time=x&time=y":                                "each at most once",
	} {
		e, err := New(url, Options{})
		switch {
		case err != nil && (!strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret)):
			t.Errorf("%s: %v, want %s", url, err, want)
		case err == nil && e.client.place.base != want:
			t.Errorf("%s: %s, want %s", url, e.client.place.base, want)
		}
	}
}

func TestObjectsAreReadByTheServer(t *testing.T) {
	const hours = "https://b.example.com/logs/year=*/month=*/day=*/hour=*/*.json.gz"
	window := engine.Window{Span: engine.Span{From: 3_600_000_000_000, To: 7_200_000_000_000}, Newest: 5}
	for _, test := range []struct {
		query       string
		want, never []string
	}{
		{"?s3=https://b.example.com/**.gz", []string{`FROM s3('https://b.example.com/**.gz', 'LineAsString', 'line String') AS source`, " ORDER BY moment DESC LIMIT 5) ORDER BY moment"}, []string{"_path"}},
		{"?s3=https://b.example.com/x&cluster=it's", []string{`FROM s3Cluster('it\x27s', 'https://b.example.com/x', 'LineAsString', 'line String')`}, nil},
		{"?s3=https://b.example.com/x&cluster=c&collection=d", []string{"FROM s3Cluster('c', `d`, url = 'https://b.example.com/x', format = 'LineAsString', structure = 'line String')"}, nil},
		{"?file=logs/*.json", []string{`FROM file('logs/*.json', 'LineAsString', 'line String')`}, []string{"_path"}},
		{"?s3=" + hours, []string{"WHERE if(match(source._path, 'year=", "'UTC'), NULL) >= fromUnixTimestamp64Nano(3600000000000, 'UTC') AND ", " AS exact FROM", "ORDER BY moment DESC, exact DESC LIMIT 5) ORDER BY moment, exact"}, nil},
	} {
		e, err := New("clickhouse://h/"+test.query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		lines, _ := e.Statements(window, condition.Const(true))
		for _, want := range test.want {
			if !strings.Contains(lines, want) {
				t.Errorf("%s: %s, want %s", test.query, lines, want)
			}
		}
		for _, never := range test.never {
			if strings.Contains(lines, never) {
				t.Errorf("%s: %s has %s", test.query, lines, never)
			}
		}
		if hourly := strings.Contains(test.query, "year="); hourly != (e.Margin() == time.Hour) {
			t.Errorf("%s: the margin is %v", test.query, e.Margin())
		}
	}
}

// TestTheHoursOfObjectsAreListed asks for the bounds of objects by their names alone.
func TestTheHoursOfObjectsAreListed(t *testing.T) {
	s := newServer(t, events(3))
	e, err := New(strings.Replace(s.url(), "/x.audit", "/?s3=https://b.example.com/year=*/month=*/day=*/hour=*/*", 1), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok, err := e.Bounds(t.Context(), engine.Always); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if len(s.texts) != 1 || !strings.Contains(s.texts[0], "'One', 'nothing UInt8'") || strings.Contains(s.texts[0], "LineAsString") {
		t.Errorf("it sends %q", s.texts)
	}
	e.Close()
}

func TestNothingIsSentBeforeALoad(t *testing.T) {
	s := newServer(t, events(1))
	src := s.open(t, engine.Options{})
	if src.Name().Raw() != s.url() || len(s.asked) != 0 {
		t.Errorf("%d requests", len(s.asked))
	}
}

func TestQuotedTextsHoldNothingThatEndsThem(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, text := range []string{string(all), "'", `\`, "`", "\\'", "", "é", "' OR 1=1 --"} {
		inside := strings.TrimSuffix(strings.TrimPrefix(quote(text), "'"), "'")
		if strings.ContainsAny(inside, "'`\"\n") || strings.ContainsFunc(inside, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is written as %s", text, inside)
		}
		if got := unescapeHex(inside); got != text {
			t.Errorf("%q reads back as %q", text, got)
		}
	}
}

// unescapeHex reads the escapes of quote.
func unescapeHex(text string) string {
	var b bytes.Buffer
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			b.WriteByte(text[i])
			continue
		}
		var c byte
		_, _ = fmt.Sscanf(text[i:i+4], `\x%02X`, &c)
		b.WriteByte(c)
		i += 3
	}
	return b.String()
}
