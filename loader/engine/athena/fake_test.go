package athena

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/athena"
)

const secret = "invented/secret/of/the/tests"

// service is an invented Athena. It speaks the protocol, and gives every query the same lines.
type service struct {
	*httptest.Server

	ended chan struct{}

	mu      sync.Mutex
	lines   []string
	running int    // questions for the state before a query succeeds
	state   string // in the end; SUCCEEDED if empty
	columns string
	keys    string
	fault   func(op string, nth int, w http.ResponseWriter) bool
	asked   []string // operations
	started []string // statements
	stopped int
	next    []string        // the tokens of the pages that follow; nil for what is right
	tokens  []string        // of the statements
	silence time.Duration   // of the client; a minute if zero
	waits   []time.Duration // of the client
}

func newService(t *testing.T, lines ...string) *service {
	s := &service{lines: lines, ended: make(chan struct{}), columns: `{"Name":"line","Type":"string"}`, keys: `{"Name":"year","Type":"string"},{"Name":"month","Type":"string"},{"Name":"day","Type":"int"},{"Name":"hour","Type":"string"}`}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(s.ended) })
	return s
}

func (s *service) engine(t *testing.T) *Engine {
	t.Helper()
	cfg := aws.Config{Region: "us-east-1", BaseEndpoint: &s.URL, Credentials: credentials.NewStaticCredentialsProvider("id", secret, ""), HTTPClient: whole{http.DefaultClient, cmp.Or(s.silence, silence)}}
	e, err := newEngine("athena://logs.audit?workgroup=auditors", athena.NewFromConfig(cfg, once), func(ctx context.Context, d time.Duration) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.waits = append(s.waits, d)
		return ctx.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	_, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	s.asked = append(s.asked, op)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	var in struct{ QueryString, WorkGroup, NextToken, ClientRequestToken string }
	_ = json.Unmarshal(body, &in) // what is missing is found below
	if in.ClientRequestToken != "" {
		s.tokens = append(s.tokens, in.ClientRequestToken)
	}
	if s.fault != nil && s.fault(op, len(s.asked), w) {
		return
	}
	switch op {
	case "GetTableMetadata":
		fmt.Fprintf(w, `{"TableMetadata":{"Name":"audit","Columns":[%s],"PartitionKeys":[%s]}}`, s.columns, s.keys)
	case "StartQueryExecution":
		s.started = append(s.started, in.QueryString)
		fmt.Fprint(w, `{"QueryExecutionId":"q-1"}`)
	case "GetQueryExecution":
		state := "RUNNING"
		if s.running--; s.running < 0 {
			if state = s.state; state == "" {
				state = "SUCCEEDED"
			}
		}
		fmt.Fprintf(w, `{"QueryExecution":{"QueryExecutionId":"q-1","Status":{"State":%q,"StateChangeReason":"near %s"},"Statistics":{"DataScannedInBytes":2000000}}}`, state, secret)
	case "StopQueryExecution":
		s.stopped++
		fmt.Fprint(w, `{}`)
	case "GetQueryResults":
		fmt.Fprint(w, s.page(in.NextToken))
	default:
		w.WriteHeader(http.StatusBadRequest)
	}
}

func (s *service) page(token string) string {
	from, _ := strconv.Atoi(strings.TrimSuffix(token, "."))
	all := append([]string{"line"}, s.lines...) // the first row is the header
	to := min(from+pageRows, len(all))
	rows := []string{}
	for _, line := range all[from:to] {
		text, _ := json.Marshal(line)
		rows = append(rows, `{"Data":[{"VarCharValue":`+string(text)+`}]}`)
	}
	next := ""
	if to < len(all) {
		next = fmt.Sprintf(`,"NextToken":"%d"`, to)
	}
	if len(s.next) > 0 {
		next, s.next = `,"NextToken":"`+s.next[0]+`"`, s.next[1:]
	}
	return `{"ResultSet":{"Rows":[` + strings.Join(rows, ",") + `]}` + next + `}`
}

// times is how often an operation was asked for.
func (s *service) times(op string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, asked := range s.asked {
		if asked == op {
			n++
		}
	}
	return n
}

// hold keeps an answer back until the end of the test. It is called with the lock held.
func (s *service) hold() {
	s.mu.Unlock()
	<-s.ended
	s.mu.Lock()
}
