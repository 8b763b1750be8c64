package s3

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// object is an object as a listing shows it.
type object struct {
	key      string
	etag     string
	size     int64 // -1 if it is not known
	modified time.Time
}

// page is one answer of a listing.
type page struct {
	objects  []object
	prefixes []string // with a delimiter: what the keys begin with, up to it
	next     string   // the token of the page that follows, or empty
}

// request is what a listing asks. delimiter and after never come together: stores disagree about what that means.
type request struct {
	prefix    string
	after     string // only keys behind this one
	token     string
	delimiter string
	max       int32 // keys of a page; 0 leaves it to the store
}

// lister lists a bucket.
type lister interface {
	list(ctx context.Context, r request) (page, error)
	// remark tells something odd about what the store answers, in a few words that hold nothing of it.
	remark(text string)
}

// remark implements lister.
func (b *bucket) remark(text string) { b.notice(text) }

// list implements lister. What lies outside of what was asked for is left out.
func (b *bucket) list(ctx context.Context, r request) (page, error) {
	in := &s3.ListObjectsV2Input{Bucket: &b.name, EncodingType: types.EncodingTypeUrl, RequestPayer: b.payer,
		Prefix: given(r.prefix), ContinuationToken: given(r.token), Delimiter: given(r.delimiter)}
	if r.token == "" {
		in.StartAfter = given(r.after)
	}
	if r.max > 0 {
		in.MaxKeys = &r.max
	}
	var out *s3.ListObjectsV2Output
	err := b.ask(ctx, "listing", r.prefix, func(opt func(*s3.Options)) (err error) {
		out, err = b.api.ListObjectsV2(ctx, in, opt)
		return err
	})
	if err != nil {
		return page{}, err
	}
	if out.IsTruncated == nil && out.Name == nil && len(out.Contents) == 0 && len(out.CommonPrefixes) == 0 {
		return page{}, b.broken(r.prefix, "the answer cannot be understood") // the decoder takes any XML for an empty listing
	}
	// Without the encoding a key could hold bytes that XML cannot; a store that does not know it says so by not naming it.
	plain := func(s *string) string { return aws.ToString(s) }
	if out.EncodingType == types.EncodingTypeUrl {
		plain = decoded
	}
	p := page{objects: make([]object, 0, len(out.Contents))}
	for i := range out.Contents {
		c := &out.Contents[i]
		p.objects = append(p.objects, object{key: plain(c.Key), etag: bareTag(c.ETag), size: sizeOf(c.Size), modified: aws.ToTime(c.LastModified)})
	}
	for _, c := range out.CommonPrefixes {
		p.prefixes = append(p.prefixes, plain(c.Prefix))
	}
	if p.narrow(r) {
		b.remark("the store lists keys that were not asked for, which are left out")
	}
	if aws.ToBool(out.IsTruncated) {
		if p.next = aws.ToString(out.NextContinuationToken); p.next == "" {
			return page{}, b.broken(r.prefix, "the store says that there is more, but not how to get it")
		}
	}
	return p, nil
}

// narrow drops what does not lie below the prefix or, with a delimiter, what lies deeper. It reports whether there was any.
func (p *page) narrow(r request) bool {
	n := len(p.objects) + len(p.prefixes)
	p.objects = slices.DeleteFunc(p.objects, func(o object) bool {
		rest, below := strings.CutPrefix(o.key, r.prefix)
		return !below || r.delimiter != "" && strings.Contains(rest, r.delimiter)
	})
	p.prefixes = slices.DeleteFunc(p.prefixes, func(prefix string) bool {
		rest, below := strings.CutPrefix(prefix, r.prefix)
		return !below || rest == "" || r.delimiter == "" || strings.Index(rest, r.delimiter) != len(rest)-len(r.delimiter)
	})
	return len(p.objects)+len(p.prefixes) < n
}

// sizeOf is the size of an object, or -1 if a listing tells none that can be.
func sizeOf(n *int64) int64 { return max(-1, aws.ToInt64(n)) }

func (b *bucket) broken(prefix, what string) error {
	return &Error{Op: "listing", Bucket: b.name, Key: prefix, Region: *b.region.Load(), what: what, Hint: "check the endpoint"}
}

// given is nil for the empty string, which is to say that nothing is asked.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// decoded undoes the encoding of names. A name that is not encoded stays as it is.
func decoded(s *string) string {
	plain, err := url.QueryUnescape(aws.ToString(s))
	if err != nil {
		return aws.ToString(s)
	}
	return plain
}

// bareTag is an ETag without its quotes, as some interfaces give it.
func bareTag(s *string) string { return strings.Trim(aws.ToString(s), `"`) }

// head looks whether there is an object of exactly this key.
func (b *bucket) head(ctx context.Context, key string) (object, error) {
	var out *s3.HeadObjectOutput
	err := b.ask(ctx, "reading", key, func(opt func(*s3.Options)) (err error) {
		out, err = b.api.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.name, Key: &key, RequestPayer: b.payer}, opt)
		return err
	})
	if err != nil {
		return object{}, err
	}
	o := object{key: key, etag: bareTag(out.ETag), size: -1, modified: aws.ToTime(out.LastModified)}
	if out.ContentLength != nil {
		o.size = *out.ContentLength
	}
	return o, nil
}
