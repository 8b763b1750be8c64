package clickhouse

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"pawprint/loader/engine"
)

// client sends statements to one server. Any goroutine may use it.
type client struct {
	place    *place
	user     string
	password string
	limits   Limits
	silence  time.Duration // how long an answer that began may stall

	once sync.Once
	http *http.Client
}

// connect makes the HTTP client. Nothing of it exists before the first statement.
func (c *client) connect() *http.Client {
	c.once.Do(func() {
		c.http = &http.Client{
			Transport: &http.Transport{
				Proxy:                 http.ProxyFromEnvironment,
				DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
				TLSHandshakeTimeout:   15 * time.Second,
				ResponseHeaderTimeout: c.limits.seconds() + 30*time.Second, // the server gives up earlier, and says so
				IdleConnTimeout:       30 * time.Second,
				ForceAttemptHTTP2:     true,
			},
			// The password goes to the host that the user named and to no other.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	})
	return c.http
}

func (c *client) close() { c.connect().CloseIdleConnections() }

// settings are sent with each statement. They allow it only to read, make the server answer a limit with an error instead of a partial
// answer, and undo what a profile may have set that would change the rows.
func (c *client) settings(mark string) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"readonly": "2",
		"cancel_http_readonly_queries_on_client_close": "1",
		"max_execution_time":                           strconv.Itoa(int(c.limits.seconds() / time.Second)),
		"max_bytes_to_read":                            strconv.FormatInt(c.limits.bytes(), 10),
		"read_overflow_mode":                           "throw",
		"timeout_overflow_mode":                        "throw",
		"result_overflow_mode":                         "throw",
		"sort_overflow_mode":                           "throw",
		"group_by_overflow_mode":                       "throw",
		"distinct_overflow_mode":                       "throw",
		"limit":                                        "0",
		"offset":                                       "0",
		"extremes":                                     "0",
		"skip_unavailable_shards":                      "0",
		"allow_simdjson":                               "1",
		"enable_http_compression":                      "1",
		"log_comment":                                  "pawprint",
		"default_format":                               "CustomSeparated",
		"format_custom_escaping_rule":                  "Escaped",
		"format_custom_row_after_delimiter":            "\t" + mark + "\n",
		"format_custom_result_after_delimiter":         "\t" + mark + "\tend\n",
	} {
		v.Set(name, value)
	}
	return v
}

// send sends a statement and returns a reader of the answer's rows, which the caller must close.
func (c *client) send(ctx context.Context, op, statement string) (*rows, error) {
	mark := random()
	ctx, cancel := context.WithCancelCause(ctx)
	v := c.settings(mark)
	v.Set("query_id", "pawprint-"+random())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.place.base+"?"+v.Encode(), strings.NewReader(statement))
	if err != nil {
		cancel(nil)
		return nil, c.failed(ctx, op, err)
	}
	r.Header.Set("User-Agent", "pawprint")
	r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	if c.user != "" {
		r.Header.Set("X-ClickHouse-User", c.user)
	}
	if c.password != "" {
		r.Header.Set("X-ClickHouse-Key", c.password)
	}
	answer, err := c.connect().Do(r)
	if err != nil {
		err = c.failed(ctx, op, err)
		cancel(nil)
		return nil, err
	}
	if err := c.refused(op, answer); err != nil {
		cancel(nil)
		answer.Body.Close()
		return nil, err
	}
	return newRows(ctx, cancel, c, op, mark, answer.Body), nil
}

// random returns a text that nobody can guess.
func random() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// refused returns the error for an answer that has no rows.
func (c *client) refused(op string, answer *http.Response) error {
	e := &engine.Error{Op: op, Name: c.place.name}
	if answer.StatusCode == http.StatusOK {
		if !speaks(answer.Header) {
			e.What, e.Hint = "the server that answers is not ClickHouse", "check the host, and that the port is that of HTTP, such as 8443"
			return e
		}
		return nil
	}
	e.Status, e.After = answer.StatusCode, engine.RetryAfter(answer.Header.Get("Retry-After"))
	e.Code, _ = strconv.Atoi(answer.Header.Get("X-ClickHouse-Exception-Code"))
	if e.Code == 0 && speaks(answer.Header) {
		head, _ := io.ReadAll(io.LimitReader(answer.Body, 4<<10)) // without it the status is all that is known
		e.Code = codeIn(head)
	}
	explain(e)
	return e
}

// speaks reports whether an answer is one of ClickHouse.
func speaks(h http.Header) bool {
	for name := range h {
		if strings.HasPrefix(name, "X-Clickhouse-") {
			return true
		}
	}
	return false
}

var errSilent = errors.New("no more data came")

// one sends a statement whose answer is one row, and returns its columns.
func (c *client) one(ctx context.Context, op, statement string) ([]string, error) {
	all, err := c.all(ctx, op, statement)
	if err == nil && len(all) != 1 {
		err = engine.Unclear(op, c.place.name)
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// all sends a statement with a small answer, and returns its rows.
func (c *client) all(ctx context.Context, op, statement string) (all [][]string, err error) {
	r, err := c.send(ctx, op, statement)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for {
		row, err := r.next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		var columns []string
		for _, column := range bytes.Split(row, []byte{'\t'}) {
			columns = append(columns, string(unescape(nil, column)))
		}
		all = append(all, columns)
	}
}
