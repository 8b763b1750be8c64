package s3

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

const scheme = "s3://"

// parseURL splits s3://bucket/prefix. The prefix is literal: it has no escapes.
func parseURL(name string) (bucket, prefix string, err error) {
	rest, ok := strings.CutPrefix(name, scheme)
	if !ok {
		return "", "", fmt.Errorf("parsing %s: it does not begin with %s", display(name), scheme)
	}
	bucket, prefix, _ = strings.Cut(rest, "/")
	strange := func(r rune) bool { return !strings.ContainsRune(bucketBytes, r) }
	if len(bucket) < 3 || len(bucket) > 255 || strings.ContainsFunc(bucket, strange) {
		return "", "", fmt.Errorf("parsing %s: %s is not a valid bucket name", display(name), strconv.QuoteToASCII(bucket))
	}
	return bucket, prefix, nil
}

// checkQueue returns what is wrong with the URL of a queue; an empty one is fine. It does not quote the URL, which may hold a
// secret.
func checkQueue(queue string) error {
	if queue == "" {
		return nil
	}
	q, err := url.Parse(queue)
	if err != nil || q.Scheme != "https" && q.Scheme != "http" || q.Host == "" || q.User != nil || strings.Trim(q.Path, "/") == "" {
		return errors.New("parsing the URL of a queue: it is not like https://sqs.eu-central-1.amazonaws.com/123456789012/name")
	}
	return nil
}

// bucketBytes are the bytes allowed in names of buckets, including old ones and those of other stores.
const bucketBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"

// objectURL returns the URL of an object. It is untrusted.
func objectURL(bucket, key string) string { return scheme + bucket + "/" + key }

// display makes a name safe to print on one line: unchanged if it is printable ASCII, otherwise quoted and escaped.
func display(name string) string {
	for i := range len(name) {
		if c := name[i]; c < ' ' || c > '~' {
			return strconv.QuoteToASCII(name)
		}
	}
	return name
}
