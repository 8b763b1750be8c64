package clickhouse

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"syscall"

	"pawprint/loader/engine"
)

// meaning is what codes of ClickHouse's exceptions mean; see ErrorCodes.cpp. Their texts are never shown, as they quote the query.
var meaning = map[int]struct {
	kind engine.Kind
	what string
	hint string
}{
	36:  {engine.Other, "an argument is not accepted", ""},
	41:  {engine.Other, "a time of the table cannot be read", ""},
	46:  {engine.Other, "the server lacks a function that is needed", "it must be 24.1 or newer"},
	47:  {engine.Other, "there is no such column", "check ?column= and ?time="},
	60:  {engine.Other, "there is no such table, or the user may not see it", "check its name, as in DATABASE.TABLE"},
	81:  {engine.Other, "there is no such database, or the user may not see it", "check its name"},
	107: {engine.Other, "the server finds no files", "check the pattern after ?file=, which begins in the server's folder user_files"},
	115: {engine.Other, "the server lacks a setting that is needed", "it must be 24.1 or newer"},
	158: {engine.TooMuch, "one query would read too many rows", "narrow it with --since"},
	159: {engine.TooMuch, "the query took too long", "narrow it with --since, or raise --engine-seconds"},
	160: {engine.TooMuch, "the query would take too long", "narrow it with --since, or raise --engine-seconds"},
	164: {engine.Forbidden, "the user may not change the settings of a query", "give it a profile with readonly = 2 instead of 1"},
	201: {engine.TooMuch, "the quota of the user is used up", "try again later"},
	202: {engine.Unavailable, "the server has too many queries", "try again later"},
	209: {engine.Unavailable, "the server waited for the network for too long", "try again later"},
	210: {engine.Unavailable, "the server has trouble with its network", "try again later"},
	241: {engine.TooMuch, "the query needs too much memory of the server", "narrow it with --since, or ask for fewer --rows"},
	279: {engine.Unavailable, "the server cannot reach the other servers of its cluster", "try again later"},
	291: {engine.Forbidden, "the server may not read the files", "they must lie in its folder user_files"},
	307: {engine.TooMuch, "one query would read more bytes than it may", "narrow it with --since, or raise --engine-bytes"},
	354: {engine.Other, "an object is damaged and cannot be unpacked", "leave it out of the pattern after ?s3= or ?file="},
	394: {engine.Other, "the query was stopped at the server", ""},
	396: {engine.TooMuch, "the answer is larger than the server allows", "narrow it with --since, or ask for fewer --rows"},
	452: {engine.Forbidden, "the user may not change a setting that is needed", "the page on databases lists them"},
	497: {engine.Forbidden, "the user lacks a permission", "it needs SELECT on the table"},
	499: {engine.Other, "the server cannot read the objects", "check the URL after ?s3= and the server's credentials for it, see ?collection="},
	516: {engine.Forbidden, "user or password is wrong", "set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD"},
	636: {engine.Other, "the server finds no objects", "check the pattern after ?s3= or ?file="},
	701: {engine.Other, "the server has no such cluster", "check ?cluster="},
	669: {engine.Other, "the server has no such named collection", "check ?collection="},
}

// explain fills in what an error with a code or a status means.
func explain(e *engine.Error) {
	if m, known := meaning[e.Code]; known {
		e.Kind, e.What, e.Hint = m.kind, m.what, m.hint
		if e.Status == 429 || e.Status == 503 {
			e.Kind = engine.Unavailable
		}
		return
	}
	switch s := e.Status; {
	case s >= 300 && s < 400:
		e.What, e.Hint = "it redirects elsewhere, which is not followed", "name that place in the URL"
	case s == 401 || s == 403:
		e.Kind, e.What, e.Hint = engine.Forbidden, "access is denied", "set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD"
	case s == 429:
		e.Kind, e.What, e.Hint = engine.Unavailable, "it asks to slow down", "try again later"
	case s == 502 || s == 503 || s == 504 || s >= 500 && e.Code == 0:
		e.Kind, e.What, e.Hint = engine.Unavailable, "it is not available", "try again later"
	default:
		e.Kind, e.What, e.Hint = engine.Other, "it refused the query", "the log of the server has the reason"
	}
}

// failed returns the error of a request that had no answer.
func (c *client) failed(ctx context.Context, op string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var (
		name    *net.DNSError
		errno   syscall.Errno
		trust   *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
		record  tls.RecordHeaderError
		timeout interface{ Timeout() bool }
	)
	e := &engine.Error{Op: op, Name: c.place.name, Kind: engine.Unavailable, What: "the connection broke", Hint: "check the network, host and port"}
	switch {
	case errors.As(err, &name):
		e.What = "there is no host with this name"
	case errors.As(err, &trust), errors.As(err, &unknown):
		e.Kind, e.What, e.Hint = engine.Other, "the certificate of the host is not trusted", "set SSL_CERT_FILE if it is your own"
	case errors.As(err, &record):
		e.Kind, e.What, e.Hint = engine.Other, "the port does not speak TLS", "name the one of HTTPS, such as 8443"
	case errors.As(err, &errno):
		e.What = errno.Error()
	case errors.As(err, &timeout) && timeout.Timeout():
		e.What = "no answer came in time"
	}
	return e
}
