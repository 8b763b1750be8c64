package athena

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"pawprint/loader/engine"
)

const (
	tries       = 5         // of one request
	answerBytes = 256 << 20 // of one page of rows; far above what Athena gives out
	silence     = time.Minute
)

// once makes the SDK send each request once: ask sends it again.
func once(o *athena.Options) { o.RetryMaxAttempts = 1 }

// ask makes a request until it is answered. Its error is final: a query that was started would run, and cost, a second time.
func (r *runner) ask(ctx context.Context, op string, send func(context.Context) error) error {
	for try := 1; ; try++ {
		err := send(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failed := r.failed(op, err)
		if !failed.Again() {
			return failed
		}
		if try == tries {
			failed.Kind = engine.Other
			return failed
		}
		if err := r.wait(ctx, max(failed.After, time.Duration(try)*time.Second)); err != nil {
			return err
		}
	}
}

// failed is the error of a request that was not answered. It quotes nothing of the answer but codes of Athena's own.
func (r *runner) failed(op string, err error) *engine.Error {
	e := r.wrong(op, "Athena does not accept the request")
	e.Hint = "check the region, and AWS_ENDPOINT_URL if it is set"
	var answer *smithyhttp.ResponseError
	if errors.As(err, &answer) && answer.Response != nil && answer.Response.Response != nil {
		e.Status, e.After = answer.HTTPStatusCode(), engine.RetryAfter(answer.Response.Header.Get("Retry-After"))
	}
	var coded smithy.APIError
	switch {
	case errors.As(err, &coded):
		explain(e, coded.ErrorCode())
	case e.Status >= 300: // from something in between, such as a proxy
		explain(e, "")
	default:
		e.Status = 0
		lost(e, err)
	}
	return e
}

// explain says what an error with a code or a status means.
func explain(e *engine.Error, code string) {
	switch code {
	case "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException", "AccessDenied":
		e.Kind, e.What, e.Hint = engine.Forbidden, "access is denied ("+code+")", "the page on databases lists the permissions that it needs"
	case "MetadataException", "InvalidRequestException":
		e.What, e.Hint = "Athena refuses the query ("+code+")", "check database, table and workgroup, and that the workgroup has a place for results"
	case "TooManyRequestsException", "ThrottlingException", "InternalServerException":
		e.Kind, e.What, e.Hint = engine.Unavailable, "Athena is busy ("+code+")", "try again later"
	default:
		switch s := e.Status; {
		case s == http.StatusUnauthorized || s == http.StatusForbidden:
			e.Kind, e.What, e.Hint = engine.Forbidden, "access is denied", "check the credentials; the page on databases lists the permissions that it needs"
		case s == http.StatusTooManyRequests || s >= 500:
			e.Kind, e.What, e.Hint = engine.Unavailable, "Athena is busy", "try again later"
		}
	}
}

// lost explains why there is no answer.
func lost(e *engine.Error, err error) {
	var name *net.DNSError
	var network *net.OpError
	var answer *smithy.DeserializationError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, errSilent):
		e.Kind, e.What, e.Hint = engine.Unavailable, errSilent.Error(), "check the network"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e.Kind, e.What, e.Hint = engine.Cut, "the answer ended too early", "check the network"
	case errors.As(err, &name):
		e.What, e.Hint = "there is no host with this name", "check the region and the network"
	case errors.As(err, &network):
		e.Kind, e.What, e.Hint = engine.Unavailable, "Athena cannot be reached", "check the network"
	case errors.As(err, &timeout) && timeout.Timeout():
		e.Kind, e.What, e.Hint = engine.Unavailable, "no answer came in time", "check the network"
	case errors.As(err, &answer):
		e.What, e.Hint = "the answer cannot be understood", "check the region, and AWS_ENDPOINT_URL if it is set"
	default:
		e.What, e.Hint = "no answer came", "check the credentials, the region and the network"
	}
}

var errSilent = errors.New("nothing came for a minute")

// whole is a client that reads answers as a whole, so that one that stalls or is cut is an error of its request. It is as an aws.HTTPClient.
type whole struct {
	next    aws.HTTPClient
	silence time.Duration
}

// Do implements aws.HTTPClient.
func (w whole) Do(r *http.Request) (*http.Response, error) {
	ctx, stop := context.WithCancelCause(r.Context())
	defer stop(nil)
	silent := time.AfterFunc(w.silence, func() { stop(errSilent) })
	defer silent.Stop()
	answer, err := w.next.Do(r.WithContext(ctx))
	if err == nil {
		defer answer.Body.Close()
		var text bytes.Buffer
		_, err = io.Copy(&text, io.LimitReader(tick{answer.Body, func() { silent.Reset(w.silence) }}, answerBytes))
		answer.Body = io.NopCloser(&text)
	}
	if errors.Is(context.Cause(ctx), errSilent) {
		err = errSilent
	}
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// tick calls before ahead of each read.
type tick struct {
	io.Reader
	before func()
}

// Read implements io.Reader.
func (t tick) Read(p []byte) (int, error) {
	t.before()
	return t.Reader.Read(p)
}
