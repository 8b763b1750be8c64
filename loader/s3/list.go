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
	prefixes []string // with a delimiter: common prefixes of keys, up to it
	next     string   // the token of the next page; empty on the last one
}

// request is the request of a listing. It never has both delimiter and after: stores disagree about what that means.
type request struct {
	prefix    string
	after     string // only keys after this one
	token     string
	delimiter string
	max       int32 // keys of a page; 0 leaves it to the store
}

// lister lists a bucket.
type lister interface {
	list(ctx context.Context, r request) (page, error)
	// remark reports something odd about the store's answers, in a few words that quote nothing from them.
	remark(text string)
}

// remark implements lister.
func (b *bucket) remark(text string) { b.notice(text) }

// list implements lister. It leaves out keys outside the request.
func (b *bucket) list(ctx context.Context, r request) (page, error) {
	in := &s3.ListObjectsV2Input{Bucket: &b.name, EncodingType: types.EncodingTypeUrl, RequestPayer: b.payer,
		Prefix: nilIfEmpty(r.prefix), ContinuationToken: nilIfEmpty(r.token), Delimiter: nilIfEmpty(r.delimiter)}
	if r.token == "" {
		in.StartAfter = nilIfEmpty(r.after)
	}
	if r.max > 0 {
		in.MaxKeys = &r.max
	}
	var out *s3.ListObjectsV2Output
	err := b.request(ctx, "listing", r.prefix, func(opt func(*s3.Options)) (err error) {
		out, err = b.api.ListObjectsV2(ctx, in, opt)
		return err
	})
	if err != nil {
		return page{}, err
	}
	if out.IsTruncated == nil && out.Name == nil && len(out.Contents) == 0 && len(out.CommonPrefixes) == 0 {
		return page{}, b.broken(r.prefix, "the answer cannot be understood") // the decoder accepts any XML as an empty listing
	}
	// Keys are requested URL-encoded, as they may have bytes that XML cannot. A store without that encoding does not name it.
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
		b.remark("the store lists keys that were not requested; they are left out")
	}
	if aws.ToBool(out.IsTruncated) {
		if p.next = aws.ToString(out.NextContinuationToken); p.next == "" {
			return page{}, b.broken(r.prefix, "the store says that there are more keys but sends no token for them")
		}
	}
	return p, nil
}

// narrow drops keys that are not below the prefix or, with a delimiter, that are deeper. It reports whether it dropped any.
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

// sizeOf returns the size of an object, or -1 if the listing's size is impossible.
func sizeOf(n *int64) int64 { return max(-1, aws.ToInt64(n)) }

func (b *bucket) broken(prefix, what string) error {
	return &Error{Op: "listing", Bucket: b.name, Key: prefix, Region: *b.region.Load(), what: what, Hint: "check the endpoint"}
}

// nilIfEmpty returns nil for an empty string, which leaves a parameter out of a request.
func nilIfEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// decoded decodes a URL-encoded name. It returns any other name unchanged.
func decoded(s *string) string {
	plain, err := url.QueryUnescape(aws.ToString(s))
	if err != nil {
		return aws.ToString(s)
	}
	return plain
}

// bareTag returns an ETag without its quotes, which only some interfaces add.
func bareTag(s *string) string { return strings.Trim(aws.ToString(s), `"`) }

// head returns the object with exactly this key.
func (b *bucket) head(ctx context.Context, key string) (object, error) {
	var out *s3.HeadObjectOutput
	err := b.request(ctx, "reading", key, func(opt func(*s3.Options)) (err error) {
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
