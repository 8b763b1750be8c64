//go:build integration

package s3

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"pawprint/model"
)

// realStore is a bucket of its own on the server of AWS_ENDPOINT_URL_S3, with the credentials of the environment.
type realStore struct {
	*testing.T
	client *s3.Client
	bucket string
	o      Options
}

func newRealStore(t *testing.T) *realStore {
	endpoint := os.Getenv("AWS_ENDPOINT_URL_S3")
	if endpoint == "" {
		t.Fatal("AWS_ENDPOINT_URL_S3 is not set: it names the server to test with")
	}
	client := awshttp.NewBuildableClient().WithTransportOptions(closeWhenIdle)
	cfg, err := config.LoadDefaultConfig(context.Background(), config.WithDefaultRegion("us-east-1"), config.WithHTTPClient(client))
	if err != nil {
		t.Fatal(err)
	}
	r := &realStore{T: t, bucket: "pawprint-" + time.Now().Format("20060102") + "-" + randomName(), o: Options{Endpoint: endpoint}}
	r.client = s3.NewFromConfig(cfg, func(o *s3.Options) { o.BaseEndpoint, o.UsePathStyle = &endpoint, true })
	if _, err := r.client.CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: &r.bucket}); err != nil {
		t.Fatal(err)
	}
	return r
}

// closeWhenIdle keeps no connection that is not used. The server closes each after its answer, but one that was opened and then not
// needed would wait until the end of the tests, and count as left behind.
func closeWhenIdle(tr *http.Transport) { tr.DisableKeepAlives = true }

func randomName() string { return string(bytes.ToLower([]byte(rand.Text()[:12]))) }

func (r *realStore) put(key string, data []byte) {
	r.Helper()
	_, err := r.client.PutObject(context.Background(), &s3.PutObjectInput{Bucket: &r.bucket, Key: &key, Body: bytes.NewReader(data), ContentLength: aws.Int64(int64(len(data)))})
	if err != nil {
		r.Fatal(err)
	}
}

func (r *realStore) source(prefix string, o Options) *Source {
	r.Helper()
	o.Endpoint = r.o.Endpoint
	src, err := New("s3://"+r.bucket+"/"+prefix, o)
	if err != nil {
		r.Fatal(err)
	}
	src.timing.network = closeWhenIdle
	return src
}

func (r *realStore) load(prefix string, o Options) *model.Log {
	r.Helper()
	log, err := run(context.Background(), r.source(prefix, o))
	if err != nil {
		r.Fatal(err)
	}
	return log
}

func TestARealServerIsReadCachedAndFollowed(t *testing.T) {
	r := newRealStore(t)
	n := 0
	now := time.Now().UTC().Truncate(time.Hour)
	for i := range 60 {
		key := "logs/panther_audit/" + (&layout{}).prefix(partition{now.Add(-time.Duration(i) * time.Hour), hour}) + fmt.Sprintf("%02d +%%2F ü&=.json.gz", i)
		r.put(key, gz(events(n, 5)))
		n += 5
	}
	r.put("logs/panther_audit/_SUCCESS", []byte("x"))
	r.put("big/one.json", events(0, 60_000))
	wantNumbers(t, r.load("big/", Options{}), 60_000)
	wantNumbers(t, r.load("big/one.json", Options{}), 60_000)
	wantNumbers(t, r.load("logs/", Options{}), n)
	wantNumbers(t, r.load("logs/panther_audit/", Options{From: now.Add(-time.Hour)}), 10)
	cache := &Cache{Dir: t.TempDir()}
	wantNumbers(t, r.load("logs/", Options{Cache: cache}), n)
	wantNumbers(t, r.load("logs/", Options{Cache: cache, Confirm: func(Plan) bool { return true }, ConfirmObjects: 1}), n)
	f := follow(t, r.source("logs/", Options{Follow: true, Poll: 50 * time.Millisecond}))
	for range 5 {
		r.put("logs/panther_audit/"+(&layout{}).prefix(partition{now, hour})+randomName()+".json", events(n, 2))
		n += 2
		f.rows(n)
	}
	if err := f.stop(); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, f.log, n)
}

func TestARealServerGoesOnWithABodyInTheMiddle(t *testing.T) {
	r := newRealStore(t)
	data := events(0, 20_000)
	r.put("a.json", data)
	b, err := newBucket(context.Background(), r.bucket, &r.o, defaultTiming(), func() {}, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	o, err := b.head(context.Background(), "a.json")
	if err != nil || o.size != int64(len(data)) {
		t.Fatalf("%+v, %v", o, err)
	}
	body, err := b.open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	buf := make([]byte, 300_000)
	for {
		n, err := body.Read(buf)
		got = append(got, buf[:n]...)
		if err != nil {
			break
		}
		body.Close() // as if the connection had broken: the next read asks for the rest
	}
	if !bytes.Equal(got, data) {
		t.Errorf("%d bytes of %d", len(got), len(data))
	}
	body, err = b.open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := body.Read(buf[:10]); err != nil {
		t.Fatal(err)
	}
	body.Close()
	r.put("a.json", events(1, 20_000))
	if _, err := body.Read(buf); kindOf(err) != changed {
		t.Errorf("a changed object: %v", err)
	}
}

func TestARealServerSaysWhatIsMissing(t *testing.T) {
	r := newRealStore(t)
	for _, url := range []string{"s3://" + r.bucket + "-missing/logs/", "s3://" + r.bucket + "-missing/a.json"} {
		src, err := New(url, r.o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := run(context.Background(), src); err == nil || kindOf(err) != noBucket {
			t.Errorf("%s: %v", url, err)
		}
	}
}
