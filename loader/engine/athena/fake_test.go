package athena

import (
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

	mu       sync.Mutex
	lines    []string
	running  int    // questions for the state before a query succeeds
	state    string // in the end; SUCCEEDED if empty
	columns  string
	keys     string
	fault    func(op string, nth int, w http.ResponseWriter) bool
	asked    []string // operations
	started  []string // statements
	stopped  int
	together bool // the same page again and again
}

func newService(t *testing.T, lines ...string) *service {
	s := &service{lines: lines, columns: `{"Name":"line","Type":"string"}`, keys: `{"Name":"year","Type":"string"},{"Name":"month","Type":"string"},{"Name":"day","Type":"int"},{"Name":"hour","Type":"string"}`}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *service) engine(t *testing.T) *Engine {
	t.Helper()
	cfg := aws.Config{Region: "us-east-1", BaseEndpoint: &s.URL, Credentials: credentials.NewStaticCredentialsProvider("id", secret, ""), RetryMaxAttempts: 2}
	e, err := newEngine("athena://logs.audit?workgroup=auditors", athena.NewFromConfig(cfg), func(ctx context.Context, _ time.Duration) error { return ctx.Err() })
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
	if s.fault != nil && s.fault(op, len(s.asked), w) {
		return
	}
	var in struct{ QueryString, WorkGroup, NextToken string }
	_ = json.Unmarshal(body, &in) // what is missing is found below
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
	from, _ := strconv.Atoi(token)
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
	if s.together {
		next = `,"NextToken":"7"`
	}
	return `{"ResultSet":{"Rows":[` + strings.Join(rows, ",") + `]}` + next + `}`
}
