package s3

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
)

// listingElement is the element that every listing of a bucket consists of.
const listingElement = "ListBucketResult"

// noListingError says what an endpoint answered in place of a listing. The decoder of listings would take it for an empty one.
type noListingError struct {
	what string // in words of this package
}

// Error says it.
func (e *noListingError) Error() string {
	return "the answer is " + e.what + ", not a listing of a bucket"
}

// checkListing returns a *noListingError if the answer to a request for a listing is anything else.
func checkListing(answer []byte, r *http.Response) error {
	answer = bytes.TrimSpace(bytes.TrimPrefix(answer, []byte("\ufeff")))
	root := rootElement(answer)
	switch {
	case root == listingElement:
		return nil
	case len(answer) == 0:
		return &noListingError{"empty"}
	case json.Valid(answer):
		return &noListingError{"JSON"}
	case root == "Error":
		return &noListingError{"an error"}
	case isWebPage(answer, r):
		return &noListingError{"a web page"}
	case root != "":
		return &noListingError{"XML of another kind"}
	}
	return &noListingError{"other text"}
}

// rootElement returns the name of the element that a document consists of; empty if it is no XML.
func rootElement(document []byte) string {
	d := xml.NewDecoder(bytes.NewReader(document))
	d.Strict = false
	for {
		token, err := d.RawToken()
		if err != nil {
			return ""
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name.Local
		}
	}
}

// isWebPage reports whether an answer is HTML.
func isWebPage(answer []byte, r *http.Response) bool {
	return strings.HasPrefix(http.DetectContentType(answer), "text/html") || strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") ||
		strings.EqualFold(rootElement(answer), "html")
}
