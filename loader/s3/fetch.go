package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const (
	// maxFaults is how often a body may break without progress.
	maxFaults = 8
	// muchBytes is how many bytes between two faults count as progress.
	muchBytes = 64 << 10
	// crawlBytes is how many bytes must come within the time that a connection may be silent: a byte now and then is as bad as none.
	crawlBytes = 1 << 10
	// silentFaults is how many faults a silent connection counts as.
	silentFaults = 3
)

// body reads one version of an object from front to back. When the connection breaks, stalls or ends too early it continues
// after the last byte, with the same version. It is for one goroutine.
type body struct {
	ctx       context.Context
	bucket    *bucket
	key       string
	etag      string // the version that is being read; known after open
	versionID string // its id, where the store keeps versions
	size      int64  // -1 if it is not known
	at        int64  // offset of the next byte

	answer io.ReadCloser   // nil when there is no connection
	conn   context.Context // of the connection
	cancel context.CancelCauseFunc
	timer  *time.Timer   // cancels a connection that is silent
	waited time.Duration // time spent on the next crawlBytes
	lively int64         // offset where these begin
	listed int64         // the size of this version in the listing, or -1
	faults int
	mark   int64 // offset at the last fault
	fault  error // the last fault
}

var (
	errSilent = errors.New("no more data arrived")
	errShort  = errors.New("it ended too early")
)

// open opens the current version of an object.
func (b *bucket) open(ctx context.Context, o object) (*body, error) {
	r := &body{ctx: ctx, bucket: b, key: o.key, size: -1, listed: -1}
	if err := r.connect(); err != nil {
		return nil, err
	}
	if o.etag == r.etag {
		r.listed = o.size
		r.size = max(r.size, o.size) // an answer may state too small a size
	}
	return r, nil
}

// Read implements io.Reader. Its error is an *Error, or that of the context.
func (r *body) Read(p []byte) (int, error) {
	for {
		if r.at == r.size && (r.answer == nil || r.at != r.listed) {
			return 0, io.EOF
		}
		if r.answer == nil {
			if err := r.resume(); err != nil {
				return 0, err
			}
		}
		n, err := r.next(p)
		if r.listed >= 0 && r.at > r.listed {
			return n - int(r.at-r.listed), r.longer()
		}
		if err != nil {
			if err = r.broke(err); err == io.EOF {
				return n, err
			}
		}
		if n > 0 {
			return n, nil
		}
	}
}

// next reads from the connection, and counts the time that it takes for crawlBytes.
func (r *body) next(p []byte) (int, error) {
	began := time.Now()
	r.timer.Reset(max(r.bucket.timing.silence-r.waited, time.Millisecond))
	n, err := r.answer.Read(p)
	r.timer.Stop()
	r.at += int64(n)
	if r.waited += time.Since(began); r.at-r.lively >= crawlBytes {
		r.waited, r.lively = 0, r.at
	}
	return n, err
}

// longer returns the error of an object that is longer than the listing says of the same version: one of them is wrong.
func (r *body) longer() error {
	return &Error{Op: "reading", Bucket: r.bucket.name, Key: r.key, Region: *r.bucket.region.Load(),
		what: fmt.Sprintf("it is longer than the %d bytes in the listing; only these were read", r.listed)}
}

// broke closes a connection that ended with err. It returns io.EOF if that is the end of the object, and otherwise nil.
func (r *body) broke(err error) error {
	if errors.Is(context.Cause(r.conn), errSilent) {
		err = errSilent
	}
	r.Close()
	if err == io.EOF {
		if r.size < 0 || r.at >= r.size {
			r.size = r.at
			return io.EOF
		}
		err = errShort
	}
	if r.at-r.mark >= muchBytes {
		r.faults = 0
	}
	switch {
	case err == errSilent && r.at-r.mark < crawlBytes:
		r.faults += silentFaults
	case err == errShort && r.fault == errShort && r.at == r.mark:
		r.faults = maxFaults + 1 // the store ended the object here twice: do not try again
	default:
		r.faults++
	}
	r.mark, r.fault = r.at, err
	return nil
}

// resume connects again after a fault, after a pause.
func (r *body) resume() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.faults > maxFaults {
		return r.incomplete()
	}
	if r.faults > 0 {
		if err := r.bucket.waitForRetry(r.ctx, r.faults); err != nil {
			return err
		}
	}
	err := r.connect()
	if kindOf(err) == cut {
		return r.incomplete()
	}
	return err
}

// incomplete returns the error that says where reading the object stopped.
func (r *body) incomplete() error {
	what := "the connection broke"
	if errors.Is(r.fault, errSilent) || errors.Is(r.fault, errShort) {
		what = r.fault.Error()
	}
	of := ""
	if r.size >= 0 {
		of = fmt.Sprintf(" of %d", r.size)
	}
	return &Error{Op: "reading", Bucket: r.bucket.name, Key: r.key, Region: *r.bucket.region.Load(), kind: cut,
		what: fmt.Sprintf("incomplete at byte %d%s: %s again and again", r.at, of, what)}
}

// connect requests the object from the current offset on, in the version that was read so far.
func (r *body) connect() error {
	ctx, cancel := context.WithCancelCause(r.ctx)
	in := &s3.GetObjectInput{Bucket: &r.bucket.name, Key: &r.key, RequestPayer: r.bucket.payer}
	if r.at > 0 {
		in.Range = aws.String(fmt.Sprintf("bytes=%d-", r.at))
		if r.etag != "" {
			in.IfMatch = aws.String(`"` + r.etag + `"`)
		}
	}
	var out *s3.GetObjectOutput
	err := r.bucket.request(ctx, "reading", r.key, func(opt func(*s3.Options)) (err error) {
		out, err = r.bucket.api.GetObject(ctx, in, opt)
		return err
	})
	if err != nil {
		cancel(nil)
		return err
	}
	r.answer, r.conn, r.cancel = out.Body, ctx, cancel
	r.waited, r.lively = 0, r.at
	r.timer = time.AfterFunc(r.bucket.timing.silence, func() { cancel(errSilent) })
	r.timer.Stop()
	if err := r.check(out); err != nil {
		r.Close()
		return err
	}
	return nil
}

// check checks that an answer matches the request: stores may ignore a range or a condition.
func (r *body) check(out *s3.GetObjectOutput) error {
	etag := bareTag(out.ETag)
	if r.at == 0 {
		r.etag, r.versionID = etag, aws.ToString(out.VersionId)
		if out.ContentLength != nil {
			r.size = *out.ContentLength
		}
		return nil
	}
	if etag != r.etag {
		return &Error{Op: "reading", Bucket: r.bucket.name, Key: r.key, kind: changed, what: "it changed while it was read"}
	}
	if where := aws.ToString(out.ContentRange); where != "" {
		if !strings.HasPrefix(where, fmt.Sprintf("bytes %d-", r.at)) {
			r.fault = errShort
			return r.incomplete()
		}
		return nil
	}
	// The store ignored the range: skip the bytes that were read.
	r.timer.Reset(r.bucket.timing.silence)
	defer r.timer.Stop()
	if n, err := io.CopyN(io.Discard, r.answer, r.at); err != nil {
		r.fault = fmt.Errorf("after %d bytes: %w", n, err)
		return r.incomplete()
	}
	return nil
}

// Close closes the connection.
func (r *body) Close() {
	if r.answer == nil {
		return
	}
	r.timer.Stop()
	r.cancel(nil)
	_ = r.answer.Close() // errors of reading were handled
	r.answer = nil
}

// left returns how many bytes are still to come, or -1 if that is not known.
func (r *body) left() int64 {
	if r.size < 0 {
		return -1
	}
	return r.size - r.at
}
