package s3

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"pawprint/model"
)

// An endpoint that is not a store answers anything. It never counts as a bucket in which there is nothing.
func TestAnAnswerThatIsNoListingIsAnError(t *testing.T) {
	for name, c := range map[string]struct{ kind, body, want string }{
		"a page":                 {"text/html", "<!doctype html><html><body>Log in</body></html>", "a web page"},
		"a page called XML":      {"application/xml", "<html><body>Log in to the portal</body></html>", "a web page"},
		"a page that names":      {"application/xml", `<?xml version="1.0"?><html><Name>audit-logs</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></html>`, "a web page"},
		"half a page":            {"text/html", "<html>Welcome", "a web page"},
		"a text in HTML":         {"text/html; charset=utf-8", "please log in", "a web page"},
		"JSON":                   {"application/json", `{"message":"ok"}`, "JSON"},
		"a list in JSON":         {"text/plain", "[]", "JSON"},
		"nothing":                {"application/xml", "", "empty"},
		"blanks":                 {"text/plain", " \r\n", "empty"},
		"a text":                 {"text/plain", "OK", "other text"},
		"buckets":                {"application/xml", `<ListAllMyBucketsResult><Owner><ID>x</ID></Owner><Buckets/></ListAllMyBucketsResult>`, "XML of another kind"},
		"XML with a name":        {"application/xml", `<Thing><Name>audit-logs</Name><IsTruncated>false</IsTruncated></Thing>`, "XML of another kind"},
		"an error":               {"application/xml", `<?xml version="1.0"?><Error><Code>InternalError</Code></Error>`, "an error"},
		"bytes":                  {"application/octet-stream", "\x00\x01\x02", "other text"},
		"a listing, cut in half": {"application/xml", `<ListBucketResult><Name>audit-logs</Name><Contents><Key>a`, ""},
	} {
		for _, url := range []string{"", "logs/", "logs/a.jsonl", "logs/*.jsonl", "logs/audit"} {
			t.Run(name+"/"+url, func(t *testing.T) {
				s := newStore(t)
				s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
					w.Header().Set("Content-Type", c.kind)
					_, _ = io.WriteString(w, c.body)
					return true
				})
				log, err := s.load(url, Options{})
				var said *Error
				if !errors.As(err, &said) {
					t.Fatalf("error %v", err)
				}
				if want := "the answer is " + c.want + ", not a listing of a bucket"; c.want != "" && !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q", err, want)
				}
				if sum := summary(log); sum.Phase != model.Broken {
					t.Errorf("the prefix is %v", sum.Phase)
				}
			})
		}
	}
}

func TestAStoreWithoutETagsIsListed(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.jsonl", events(0, 2))
	s.put("logs/a.jsonl.1", events(2, 2))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "HEAD" {
			w.Header().Set("Content-Length", "7")
		}
		return r.Method == "HEAD"
	})
	wantNumbers(t, s.must("logs/a.jsonl", Options{}), 4)
}

func TestAListingIsKnownByItsElement(t *testing.T) {
	for _, body := range []string{"<ListBucketResult/>", "\ufeff\n<?xml version=\"1.0\"?>\n<!-- x --><ListBucketResult xmlns=\"http://s3.example.com/\"></ListBucketResult>", "<s3:ListBucketResult/>"} {
		if err := checkListing([]byte(body), &http.Response{}); err != nil {
			t.Errorf("%q: %v", body, err)
		}
	}
	if err := checkListing(fmt.Append(nil, "<A><ListBucketResult/></A>"), &http.Response{}); err == nil {
		t.Error("a listing inside of something else passes")
	}
}
