package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const (
	// maxAnswer bounds an answer that is not an object. A page of a thousand long keys with every byte escaped fits.
	maxAnswer = 16 << 20
	// maxFailedDials is how many connections may fail before a store has ever answered.
	maxFailedDials = 3
	// maxTimeouts is how many requests in a row may time out.
	maxTimeouts = 3
)

// reachability is what is known about reaching a store.
type reachability struct {
	answered    atomic.Bool  // the store has answered once
	failedDials atomic.Int64 // connections that could not be made
	timeouts    atomic.Int64 // requests in a row that timed out
	redirected  func()       // called when a redirect is followed; may be nil
}

// hopeless counts err and reports whether trying again is useless: a store that never answered is not there, and one that
// redirects or shows web pages will do so again.
func (r *reachability) hopeless(err error) bool {
	var name *net.DNSError
	var op *net.OpError
	var stray *redirectError
	var page *noListingError
	if errors.As(err, &stray) || errors.As(err, &page) {
		return true
	}
	var timeout interface{ Timeout() bool }
	if errors.Is(err, errSilent) || errors.As(err, &timeout) && timeout.Timeout() {
		return r.timeouts.Add(1) >= maxTimeouts
	}
	if r.answered.Load() || !errors.As(err, &name) && !(errors.As(err, &op) && op.Op == "dial") {
		return false
	}
	return r.failedDials.Add(1) >= maxFailedDials
}

// safeClient is the last step before a store. It sends only requests that change nothing, and bounds every answer but an object,
// whose end body checks.
type safeClient struct {
	s3.HTTPClient
	reach   *reachability
	home    *home
	silence time.Duration
}

// Do implements s3.HTTPClient. It reads an answer that is not an object as a whole, so that an answer that stalls or is cut
// becomes an error here, where the request is retried.
func (g safeClient) Do(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil, fmt.Errorf("sending %s to a store: only GET and HEAD are sent", r.Method)
	}
	if !g.home.admits(r.URL) {
		return nil, &redirectError{from: r.URL, to: r.URL}
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	out, err := g.HTTPClient.Do(r.WithContext(ctx))
	if err != nil {
		cancel(nil)
		return out, err
	}
	g.reach.answered.Store(true)
	if out.StatusCode < 300 && r.URL.Query().Get("list-type") == "" {
		g.reach.timeouts.Store(0)
		out.Body = &cancelBody{out.Body, cancel}
		return out, nil
	}
	defer cancel(nil)
	defer out.Body.Close()
	silent := time.AfterFunc(g.silence, func() { cancel(errSilent) })
	defer silent.Stop()
	whole, err := readWhole(out.Body, func() { silent.Reset(g.silence) })
	if err != nil {
		if errors.Is(context.Cause(ctx), errSilent) {
			err = errSilent
		}
		return nil, err
	}
	g.reach.timeouts.Store(0)
	if out.StatusCode < 300 {
		if err := checkListing(whole, out); err != nil {
			return nil, err
		}
	}
	out.Body = io.NopCloser(bytes.NewReader(whole))
	return out, nil
}

// cancelBody is the body of an answer. Closing it cancels the context of its request.
type cancelBody struct {
	io.ReadCloser
	cancel context.CancelCauseFunc
}

// Close implements io.Closer.
func (b *cancelBody) Close() error {
	defer b.cancel(nil)
	return b.ReadCloser.Close()
}

// readWhole reads an answer to its end, but at most maxAnswer bytes. It calls before ahead of each read.
func readWhole(from io.Reader, before func()) ([]byte, error) {
	var whole bytes.Buffer
	from = io.LimitReader(from, maxAnswer)
	for {
		before()
		n, err := io.CopyN(&whole, from, chunkBytes/4)
		if err == io.EOF {
			return whole.Bytes(), nil
		}
		if err != nil {
			return nil, fmt.Errorf("after %d bytes: %w", int64(whole.Len())+n, err)
		}
	}
}
