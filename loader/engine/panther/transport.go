package panther

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"pawprint/loader/engine"
)

const (
	answerBytes = 256 << 20 // of one page of 999 rows; far above what the API gives out
	silence     = 60 * time.Second
)

// transport sends calls to one instance. It follows no redirect, as the token would go along.
type transport struct {
	name  string // printable
	url   string
	token string
	http  *http.Client
	quiet time.Duration // how long an answer may stall
	wait  func(context.Context, time.Duration) error
}

// Options say how to ask an instance.
type Options struct {
	Token string
	Host  string                                           // set by Open; with a port or without; https, but for a loopback address
	HTTP  http.RoundTripper                                // http.DefaultTransport by default
	Wait  func(ctx context.Context, d time.Duration) error // sleeps by default
	Bytes int64                                            // at which a result is cut; 100 MB by default
}

func newClient(o Options) (*Client, error) {
	if strings.TrimSpace(o.Token) == "" {
		return nil, errors.New("a token is missing: set PANTHER_API_TOKEN, or write it to a file that PAWPRINT_PANTHER_TOKEN_FILE names")
	}
	if strings.ContainsFunc(o.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the token has characters that no token can have: copy it again")
	}
	if o.Wait == nil {
		o.Wait = engine.Sleep
	}
	kind := "https"
	if engine.Loopback(o.Host) {
		kind = "http"
	}
	t := &transport{name: scheme + o.Host, url: kind + "://" + o.Host + "/public/graphql", token: o.Token, quiet: silence, wait: o.Wait, http: &http.Client{Transport: o.HTTP,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	return &Client{transport: t, running: make(chan struct{}, 2), wait: o.Wait, limit: cmp.Or(o.Bytes, resultBytes)}, nil
}

// call is one of the texts of GraphQL of this package with its variables.
type call struct {
	op      string // in words, before the name of the instance
	text    string
	id      string
	input   map[string]any
	results map[string]any
	once    bool // must not be sent again if its answer is lost
}

func (c *call) body() ([]byte, error) {
	vars := map[string]any{}
	if c.id != "" {
		vars["id"] = c.id
	}
	if c.input != nil {
		vars["input"] = c.input
	}
	if c.results != nil {
		vars["results"] = c.results
	}
	return json.Marshal(map[string]any{"query": c.text, "variables": vars})
}

// ask sends a call until it is answered, and reads the data of the answer into out. What may not be sent again is left to the caller.
func (t *transport) ask(ctx context.Context, c call, out any) error {
	body, err := c.body()
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		whole, failed := t.send(ctx, c, body)
		if failed == nil {
			return t.read(c.op, whole, out)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if c.once {
			if failed.Status != http.StatusTooManyRequests {
				failed.Kind = engine.Other
			}
			return failed
		}
		if !failed.Again() || try == tries {
			failed.Kind = engine.Other // the query would run, and cost, a second time
			return failed
		}
		if err := t.wait(ctx, max(failed.After, time.Duration(try)*time.Second)); err != nil {
			return err
		}
	}
}

// send sends a call once.
func (t *transport) send(ctx context.Context, c call, body []byte) (whole []byte, failed *engine.Error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	silent := time.AfterFunc(t.quiet, func() { stop(errSilent) })
	defer silent.Stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(body))
	if err != nil {
		return nil, t.wrong(c.op, "its name is not a host name")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "pawprint")
	r.Header.Set("X-API-Key", t.token)
	answer, err := t.http.Do(r)
	if err != nil {
		return nil, t.lost(ctx, c.op, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, t.refused(c.op, answer)
	}
	whole, err = io.ReadAll(io.LimitReader(tick{answer.Body, func() { silent.Reset(t.quiet) }}, answerBytes+1))
	switch {
	case err != nil:
		return nil, t.lost(ctx, c.op, err)
	case len(whole) > answerBytes:
		return nil, t.wrong(c.op, "the answer is larger than any page of the API")
	}
	return whole, nil
}

// wrong is an error that does not go away by itself.
func (t *transport) wrong(op, what string) *engine.Error {
	return &engine.Error{Op: op, Name: t.name, What: what}
}

// tick calls before ahead of each read.
type tick struct {
	io.Reader
	before func()
}

func (t tick) Read(p []byte) (int, error) {
	t.before()
	return t.Reader.Read(p)
}

var errSilent = errors.New("nothing came for a minute")

// lost is the error for a request without a whole answer.
func (t *transport) lost(ctx context.Context, op string, err error) *engine.Error {
	e := &engine.Error{Op: op, Name: t.name, Kind: engine.Unavailable, What: "it cannot be reached", Hint: "check the host and the network"}
	var name *net.DNSError
	var dial *net.OpError
	var bad *tls.CertificateVerificationError
	switch {
	case errors.Is(context.Cause(ctx), errSilent):
		e.What = errSilent.Error()
	case errors.As(err, &name):
		e.Kind, e.What, e.Hint = engine.Other, "there is no host with this name", "check the URL"
	case errors.As(err, &bad):
		e.Kind, e.What, e.Hint = engine.Other, "its certificate is not valid", "set SSL_CERT_FILE if it is your own"
	case errors.As(err, &dial) && dial.Op == "dial":
	default:
		e.Kind, e.What, e.Hint = engine.Cut, "the answer ended too early", "try again later"
	}
	return e
}

// read takes the data out of an answer.
func (t *transport) read(op string, whole []byte, out any) error {
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(whole, &answer); err != nil {
		e := t.wrong(op, "the answer is not JSON")
		e.Hint = "check that the host is that of a Panther instance's API"
		return e
	}
	if len(answer.Errors) > 0 {
		e := t.wrong(op, "the instance refuses the query")
		e.Hint = `check the names of database and table, and that the token has the permission "Query Data Lake"`
		return e
	}
	if len(answer.Data) == 0 || string(answer.Data) == "null" {
		return engine.Unclear(op, t.name)
	}
	if err := json.Unmarshal(answer.Data, out); err != nil {
		return engine.Unclear(op, t.name)
	}
	return nil
}

// refused is the error of an answer with another status than 200.
func (t *transport) refused(op string, answer *http.Response) *engine.Error {
	e := &engine.Error{Op: op, Name: t.name, Status: answer.StatusCode, After: engine.RetryAfter(answer.Header.Get("Retry-After"))}
	switch {
	case e.Status == http.StatusUnauthorized:
		e.Kind, e.What, e.Hint = engine.Forbidden, "the token is not accepted", "check that it belongs to this instance; a new token needs a minute"
	case e.Status == http.StatusForbidden:
		e.Kind, e.What, e.Hint = engine.Forbidden, "the token may not do this", `it needs the permission "Query Data Lake"; a new token needs a minute`
	case e.Status == http.StatusTooManyRequests:
		e.Kind, e.What, e.Hint = engine.Unavailable, "it received too many requests", "try again later"
	case e.Status >= 300 && e.Status < 400:
		e.What, e.Hint = "it redirects to another host, which must not get the token", "name that host in the URL"
	case e.Status >= 500:
		e.Kind, e.What, e.Hint = engine.Unavailable, "it failed with an error of its own", "try again later"
	default:
		e.What, e.Hint = "it does not accept the request", "check that the host is that of a Panther instance's API"
	}
	return e
}
