package s3

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// noStore is the api of a load that is offline. Every request fails.
type noStore struct{}

var errOffline = errors.New("not asked")

func (noStore) ListObjectsV2(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	return nil, errOffline
}

func (noStore) GetObject(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error) {
	return nil, errOffline
}

func (noStore) HeadObject(context.Context, *s3.HeadObjectInput, ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	return nil, errOffline
}

// StaleError says that a store could not be listed, and that all objects of an older listing in the cache were loaded instead.
// There may be newer ones.
type StaleError struct {
	URL   string
	At    time.Time // when the store was listed
	Cause error     // why it could not be listed now
}

// Error returns one line.
func (e *StaleError) Error() string {
	return fmt.Sprintf("loading %s: these objects are from the listing of %s, as there is no newer one (%v); --offline accepts an old listing",
		display(e.URL), moment(e.At), e.Cause)
}

func (e *StaleError) remark() string {
	return "no network: the listing of " + moment(e.At) + " is used"
}

// Unwrap returns the cause.
func (e *StaleError) Unwrap() error { return e.Cause }

// offline calls use with the last listing, if the store cannot be reached and the cache has one.
func (l *load) offline(ctx context.Context, err error, use func(held) error) error {
	if k := kindOf(err); k != unavailable && k != uncached || ctx.Err() != nil || l.fed { // objects that were read already would be read twice
		return err
	}
	h, head, ok := l.source.o.Cache.lastListing(ctx, l.bucket, l.source)
	if !ok {
		return err
	}
	if l.source.o.Offline {
		l.notice("offline: the listing of " + moment(head.At) + " is used")
	} else {
		l.stale = &StaleError{l.source.url, head.At, err}
		l.progress.remark(l.stale.remark())
	}
	if !head.covers(l.source.o.From, l.source.o.To) {
		l.notice("the listing has only objects " + head.span())
	}
	l.noteComplete(head.At) // following looks for objects that came since
	l.progress.change(func() { l.progress.listed, l.progress.counted = h.tally, true })
	return use(h)
}

// renewed notes that a new listing has replaced the old one from the cache.
func (l *load) renewed() {
	if l.stale != nil {
		l.progress.withdraw(l.stale.remark())
		l.stale = nil
	}
}
