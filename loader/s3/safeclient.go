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
	// maxAnswer bounds an answer that is not an object: a page of a thousand long keys, each byte of them escaped, fits.
	maxAnswer = 16 << 20
	// maxVain is how many connections may fail before anything ever came back from a store.
	maxVain = 3
	// maxSilent is how often in a row a store may let a request wait in vain.
	maxSilent = 3
)

// reach is what is known about the way to a store.
type reach struct {
	answered   atomic.Bool  // something came back
	vain       atomic.Int64 // connections that could not be made
	silent     atomic.Int64 // waits in a row that nothing ended
	redirected func()       // a redirect is followed; nil tells nobody
}

// hopeless reports whether trying again is of no use: a store that never answered is not there, and one that redirects will do so
// again. It counts err.
func (r *reach) hopeless(err error) bool {
	var name *net.DNSError
	var op *net.OpError
	var stray *redirectError
	if errors.As(err, &stray) {
		return true
	}
	var timeout interface{ Timeout() bool }
	if errors.Is(err, errSilent) || errors.As(err, &timeout) && timeout.Timeout() {
		return r.silent.Add(1) >= maxSilent
	}
	if r.answered.Load() || !errors.As(err, &name) && !(errors.As(err, &op) && op.Op == "dial") {
		return false
	}
	return r.vain.Add(1) >= maxVain
}

// safeClient is the last step on the way to a store: a request that would change something is not sent, and of the answers only an object
// may be long, as only that is read with care for its end.
type safeClient struct {
	s3.HTTPClient
	reach   *reach
	home    *home
	silence time.Duration
}

// Do implements s3.HTTPClient. An answer that is not an object is read as a whole, so that one that stalls or is cut is an error
// here, where the request is sent again.
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
		g.reach.silent.Store(0)
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
	g.reach.silent.Store(0)
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

// readWhole reads an answer to its end, or as much of it as an answer may have. It calls before each time it waits.
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
