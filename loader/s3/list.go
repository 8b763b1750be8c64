package s3

import (
	"context"
	"fmt"
	"hash/maphash"
	"net/url"
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
}

// list implements lister.
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
	// Without the encoding a key could hold bytes that XML cannot; a store that does not know it says so by not naming it.
	plain := func(s *string) string { return aws.ToString(s) }
	if out.EncodingType == types.EncodingTypeUrl {
		plain = decoded
	}
	p := page{objects: make([]object, 0, len(out.Contents))}
	for i := range out.Contents {
		c := &out.Contents[i]
		p.objects = append(p.objects, object{key: plain(c.Key), etag: bareTag(c.ETag), size: aws.ToInt64(c.Size), modified: aws.ToTime(c.LastModified)})
	}
	for _, c := range out.CommonPrefixes {
		p.prefixes = append(p.prefixes, plain(c.Prefix))
	}
	if aws.ToBool(out.IsTruncated) {
		if p.next = aws.ToString(out.NextContinuationToken); p.next == "" {
			return page{}, b.broken(r.prefix, "the store says that there is more, but not how to get it")
		}
	}
	return p, nil
}

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

// decoded undoes the encoding of names. What is no such encoding stays as it is.
func decoded(s *string) string {
	plain, err := url.QueryUnescape(aws.ToString(s))
	if err != nil {
		return aws.ToString(s)
	}
	return plain
}

// bareTag is an ETag without its quotes, as some interfaces give it.
func bareTag(s *string) string { return strings.Trim(aws.ToString(s), `"`) }

// pages lists all keys of a request page by page, until visit says no. It ends with an error when the store leads it in
// circles, before a page is visited for the second time.
func pages(ctx context.Context, l lister, r request, visit func(page) (bool, error)) error {
	tokens, firsts := circle{}, circle{}
	for {
		p, err := l.list(ctx, r)
		if err != nil {
			return err
		}
		if len(p.objects) > 0 && firsts.closed(p.objects[0].key) {
			return fmt.Errorf("listing %s: the store gives the page of key %s again", display(r.prefix), display(p.objects[0].key))
		}
		if goOn, err := visit(p); err != nil || !goOn {
			return err
		}
		if p.next == "" {
			return nil
		}
		if tokens.closed(p.next) {
			return fmt.Errorf("listing %s: the store gives a continuation token again", display(r.prefix))
		}
		r.token = p.next
	}
}

// circle finds out that something comes again. It costs some bytes a page, of a thousand keys each.
type circle map[uint64]struct{}

var circleSeed = maphash.MakeSeed()

func (c circle) closed(s string) bool {
	h := maphash.String(circleSeed, s)
	_, seen := c[h]
	c[h] = struct{}{}
	return seen
}

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
