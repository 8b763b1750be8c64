package s3

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
)

// maxRedirects is how often one request may be redirected.
const maxRedirects = 5

// followedRedirect is the notice that a redirect was followed.
const followedRedirect = "the store redirects requests within the same host"

// redirectError says that an answer redirected a request to a host that it was not signed for, or too often.
type redirectError struct {
	from    *url.URL
	to      *url.URL // never quoted: the store wrote it
	endless bool
}

// Error says what the answer did.
func (e *redirectError) Error() string {
	if e.endless {
		return "redirects again and again"
	}
	return "redirects to another host, which is not followed"
}

// redirects decides which redirects are followed. Its method proxy is the Proxy of the transport: the only hook of the SDK's HTTP
// client that sees every request, including those that the client itself makes to follow a redirect. It also applies to the
// clients that fetch credentials.
type redirects struct {
	next     func(*http.Request) (*url.URL, error) // the transport's own choice of a proxy
	followed func()                                // called when a redirect within the same host is followed; may be nil
}

// proxy refuses a redirected request unless it goes to the scheme, host and port of the previous one.
func (d redirects) proxy(r *http.Request) (*url.URL, error) {
	if r.Response != nil { // this request follows a redirect
		if err := checkRedirect(r); err != nil {
			return nil, err
		}
		if d.followed != nil {
			d.followed()
		}
	}
	return d.next(r)
}

// checkRedirect checks the last step of a chain of redirects, and the length of the chain.
func checkRedirect(r *http.Request) error {
	steps := 0
	for at := r; at.Response != nil && at.Response.Request != nil; at = at.Response.Request {
		steps++
	}
	switch before := r.Response.Request; {
	case steps > maxRedirects:
		return &redirectError{from: before.URL, to: r.URL, endless: true}
	case r.URL.User != nil || !sameOrigin(before.URL, r.URL):
		return &redirectError{from: before.URL, to: r.URL}
	}
	return nil
}

// sameOrigin reports whether two URLs have the same scheme, host and port.
func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

// port returns the port of a URL, or the default one of its scheme.
func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case strings.EqualFold(u.Scheme, "https"):
		return "443"
	}
	return "80"
}

// regionalHost matches the hosts of Amazon's S3. Its groups are the part before the region (with the bucket, unless that is in
// the path), the region, and the domain of the partition.
var regionalHost = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^((?:[a-z0-9._-]+\.)?s3(?:-fips)?(?:\.dualstack)?)[.-]([a-z]{2,8}(?:-[a-z0-9]{1,12}){1,5})\.([a-z0-9.-]+)$`)
})

// sibling reports whether u is of the same bucket as home in some region of Amazon's. home must come from the configuration.
func sibling(home, u *url.URL) bool {
	a, b := regionalHost().FindStringSubmatch(strings.ToLower(home.Hostname())), regionalHost().FindStringSubmatch(strings.ToLower(u.Hostname()))
	return a != nil && b != nil && a[1] == b[1] && a[3] == b[3] && strings.EqualFold(home.Scheme, u.Scheme) && port(home) == port(u)
}

// regionOfRedirect returns the region of the host that a redirect names, or an empty string if it is not a host of Amazon's for
// the same bucket. The request is then signed again for that region: a request signed for one host goes to no other.
func regionOfRedirect(err error) string {
	var stray *redirectError
	if !errors.As(err, &stray) || stray.endless || !sibling(stray.from, stray.to) {
		return ""
	}
	return regionalHost().FindStringSubmatch(strings.ToLower(stray.to.Hostname()))[2]
}

// home is the host of a store. It is that of the first request, which is made from the configuration alone, before any answer.
// Requests to other hosts are not sent.
type home struct {
	first atomic.Pointer[url.URL]
	named bool // the configuration names the endpoint: then it has no regional hosts
}

// admits reports whether a request may go to a URL.
func (h *home) admits(u *url.URL) bool {
	if h.first.CompareAndSwap(nil, u) {
		return true
	}
	first := h.first.Load()
	return sameOrigin(first, u) || !h.named && sibling(first, u)
}
