package s3

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Error says why something in a bucket cannot be read. Its text consists of words of this package, of fixed codes, and of the
// names of bucket, key and region. It never quotes a server, a credential or a configuration, which may hold a secret. Names
// that are not printable are escaped.
type Error struct {
	Op     string // the operation, such as "listing"
	Bucket string
	Key    string // the object, or the prefix that was listed; may be empty
	Region string
	Status int    // of HTTP, or 0
	Code   string // of S3, such as "AccessDenied", if it is a known one
	Hint   string // what the user can do; may be empty

	kind kind
	what string
}

// Error returns one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", e.Op, display(objectURL(e.Bucket, e.Key)))
	if e.Region != "" && e.kind != vanished && e.kind != changed && e.kind != archived {
		fmt.Fprintf(&b, " in %s", display(e.Region))
	}
	b.WriteString(": " + e.what)
	if code := strings.TrimSpace(fmt.Sprintf("%s %s", number(e.Status), e.Code)); code != "" {
		fmt.Fprintf(&b, " (%s)", code)
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// kind says what an error means for the load.
type kind uint8

const (
	other       kind = iota
	vanished         // the object is gone
	archived         // it would have to be restored first
	changed          // another version was written while it was read
	forbidden        // these credentials may not read it
	unavailable      // the store or the network does not answer, for now
	cut              // the object ended too early
	redirected       // the store redirects requests to where they must not go
	uncached         // the load is offline, and the cache does not have it
	noBucket
	wrongRegion
	expired       // the credentials were valid before
	noCredentials // there are none, or they are wrong
)

// kindOf returns the kind of an error; other if it is not an *Error.
func kindOf(err error) kind {
	var e *Error
	if errors.As(err, &e) {
		return e.kind
	}
	return other
}

// fatal reports whether all other objects would fail too.
func (k kind) fatal() bool { return k >= noBucket }

// passing reports whether trying again later may succeed.
func (k kind) passing() bool {
	return k == unavailable || k == cut || k == expired || k == noCredentials
}

// meaning explains error codes of S3 and compatible stores; see the list of error responses of S3.
var meaning = map[string]struct {
	kind kind
	what string
	hint string
}{
	"NoSuchKey":                               {vanished, "the object is gone", ""},
	"NotFound":                                {vanished, "there is no such object", ""},
	"NoSuchVersion":                           {vanished, "the object is gone", ""},
	"InvalidObjectState":                      {archived, "the object is archived", "restore it first"},
	"PreconditionFailed":                      {changed, "it changed while it was read", "load it again"},
	"AccessDenied":                            {forbidden, "access is denied", ""},
	"Forbidden":                               {forbidden, "access is denied", ""},
	"AllAccessDisabled":                       {forbidden, "access is disabled", ""},
	"NoSuchBucket":                            {noBucket, "there is no such bucket", "check its name, and the profile"},
	"PermanentRedirect":                       {wrongRegion, "the bucket is in another region", "name it with --region"},
	"TemporaryRedirect":                       {wrongRegion, "the bucket is in another region", "name it with --region"},
	"AuthorizationHeaderMalformed":            {wrongRegion, "the bucket is in another region", "name it with --region"},
	"IllegalLocationConstraintException":      {wrongRegion, "the bucket is in another region", "name it with --region"},
	"ExpiredToken":                            {expired, "the credentials have expired", "renew them, for example with aws sso login, and load again"},
	"ExpiredTokenException":                   {expired, "the credentials have expired", "renew them, for example with aws sso login, and load again"},
	"TokenRefreshRequired":                    {expired, "the credentials must be renewed", "renew them, for example with aws sso login, and load again"},
	"RequestExpired":                          {expired, "the credentials have expired", "renew them, for example with aws sso login, and load again"},
	"InvalidToken":                            {noCredentials, "the session token is not valid", "renew the credentials, or choose others with --profile"},
	"InvalidAccessKeyId":                      {noCredentials, "the access key is not known there", "choose other credentials with --profile"},
	"InvalidClientTokenId":                    {noCredentials, "the access key is not known there", "choose other credentials with --profile"},
	"UnrecognizedClientException":             {noCredentials, "the access key is not known there", "choose other credentials with --profile"},
	"SignatureDoesNotMatch":                   {noCredentials, "the secret key does not fit the access key", "choose other credentials with --profile"},
	"RequestTimeTooSkewed":                    {noCredentials, "the clock of this machine is wrong", "set it"},
	"InvalidRange":                            {cut, "it ended too early", "load it again"},
	"SlowDown":                                {unavailable, "the store asks to slow down", "try again later"},
	"ServiceUnavailable":                      {unavailable, "the store is not available", "try again later"},
	"InternalError":                           {unavailable, "the store has an internal error", "try again later"},
	"QueueDoesNotExist":                       {noBucket, "there is no such queue", "check its URL"},
	"AWS.SimpleQueueService.NonExistentQueue": {noBucket, "there is no such queue", "check its URL"},
}

// byStatus replaces the code of an answer without a known one, such as an answer to HEAD.
var byStatus = map[int]string{301: "PermanentRedirect", 307: "TemporaryRedirect", 403: "AccessDenied", 404: "NotFound", 412: "PreconditionFailed",
	416: "InvalidRange", 429: "SlowDown", 500: "InternalError", 502: "ServiceUnavailable", 503: "ServiceUnavailable", 504: "ServiceUnavailable"}

// explain turns an error of the SDK into an Error. If ctx was cancelled it returns the error of ctx.
func explain(ctx context.Context, e Error, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) {
		e.Status = response.HTTPStatusCode()
	}
	var answer smithy.APIError
	if errors.As(err, &answer) {
		e.Code = answer.ErrorCode()
	}
	m, known := meaning[e.Code]
	if !known {
		e.Code = "" // an unknown code may be any text
		m, known = meaning[byStatus[e.Status]]
	}
	var stray *redirectError
	var page *noListingError
	switch {
	case errors.As(err, &page):
		e.Status, e.Code = 0, ""
		e.what, e.Hint = page.Error(), "check the endpoint"
	case errors.Is(err, errOffline):
		e.kind, e.what, e.Hint = uncached, "it is not in the cache", "read it once with --cache and without --offline"
	case errors.As(err, &stray) && credentialTrouble(err):
		e.Status, e.Code = 0, ""
		e.kind, e.what, e.Hint = noCredentials, "the service that provides credentials "+stray.Error(), "check the settings of that service"
	case errors.As(err, &stray):
		e.Status, e.Code = 0, ""
		e.kind, e.what, e.Hint = redirected, "the store "+stray.Error(), "check the endpoint and the region"
	case credentialTrouble(err):
		e.Status, e.Code = 0, "" // they are of another service
		e.kind, e.what, e.Hint = unanswered(err, e.Status != 0)
	case known:
		e.kind, e.what, e.Hint = m.kind, m.what, m.hint
	case e.Status >= 300:
		e.what, e.Hint = "the store refused", "check the endpoint, the bucket and the credentials"
	default:
		e.kind, e.what, e.Hint = unanswered(err, e.Status != 0)
	}
	if e.kind == vanished && e.Op == "listing" {
		e.what = "nothing is there"
	}
	if e.kind == forbidden {
		e.Hint = map[string]string{
			"listing":  "the credentials need s3:ListBucket there; choose others with --profile",
			askingOp:   "the credentials need sqs:ReceiveMessage there",
			deletingOp: "the credentials need sqs:DeleteMessage there",
			"reading":  "the credentials need s3:GetObject there, and kms:Decrypt if it is encrypted; where the requester pays, use --request-payer",
		}[e.Op]
	}
	return &e
}

// unanswered explains why there was no answer, or no readable one.
func unanswered(err error, answered bool) (k kind, what, hint string) {
	var (
		profile config.SharedConfigProfileNotExistError
		name    *net.DNSError
		errno   syscall.Errno
		trust   *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
		timeout interface{ Timeout() bool }
		sent    *smithyhttp.RequestSendError
	)
	switch {
	case errors.As(err, &profile):
		return noCredentials, "there is no profile " + display(profile.Profile), "list the profiles with aws configure list-profiles"
	case credentialTrouble(err):
		return noCredentials, "no credentials were found", "set AWS_PROFILE or --profile, log in with aws sso login, or use --no-sign-request for a public bucket"
	case errors.Is(err, errSilent):
		return unavailable, "no more data arrived", "check the network and the endpoint"
	case errors.As(err, &name):
		return unavailable, "there is no host with this name", "check the network, the region and the endpoint"
	case errors.As(err, &trust), errors.As(err, &unknown):
		return other, "the certificate of the host is not trusted", "set AWS_CA_BUNDLE if it is your own"
	case errors.As(err, &errno):
		return unavailable, errno.Error(), "check the network and the endpoint"
	case errors.As(err, &timeout) && timeout.Timeout():
		return unavailable, "no answer came in time", "check the network and the endpoint"
	case errors.As(err, &sent):
		return unavailable, "the connection broke", "check the network and the endpoint"
	case strings.Contains(err.Error(), "region"):
		return wrongRegion, "the region is not known", "name it with --region"
	}
	if !answered {
		return other, "the request could not be made", "check the endpoint (AWS_ENDPOINT_URL_S3, or endpoint_url in the profile), the region and the bucket"
	}
	return other, "the answer cannot be understood", "check the endpoint"
}

// credentialTrouble reports whether a request was not sent because there were no credentials to sign it with.
func credentialTrouble(err error) bool {
	// The SDK has no type for this error.
	text := err.Error()
	return strings.Contains(text, "get identity") || strings.Contains(text, "failed to refresh cached credentials") ||
		strings.Contains(text, "failed to sign request") || strings.Contains(text, "failed to retrieve credentials")
}
