package s3

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/endpointcreds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// api is the only way to the SDK's client: the three requests that are made to S3.
type api interface {
	ListObjectsV2(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error)
	GetObject(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
	HeadObject(context.Context, *s3.HeadObjectInput, ...func(*s3.Options)) (*s3.HeadObjectOutput, error)
}

const (
	// maxAttempts is how often a request is sent.
	maxAttempts = 8
	// maxPause is the longest time between two attempts.
	maxPause = 20 * time.Second
	// defaultRegion is the first region to try when none is configured.
	defaultRegion = "us-east-1"
)

// timing holds timeouts and how connections are made. Tests shorten the times and stay on their machine.
type timing struct {
	silence time.Duration           // after which a connection counts as broken
	pause   func(int) time.Duration // before the n-th retry
	tick    time.Duration           // between two reports of the progress
	network func(*http.Transport)   // changes how connections are made; nil leaves it as it is
}

func defaultTiming() timing {
	return timing{silence: 20 * time.Second, pause: pause, tick: 500 * time.Millisecond}
}

// pause grows with the number of tries and is random, so that many readers do not retry at the same moment.
func pause(try int) time.Duration {
	longest := min(maxPause, time.Second<<min(try, 10))
	return longest/4 + rand.N(longest*3/4)
}

// retryPolicy decides whether and when a request is sent again, and reports each retry.
type retryPolicy struct {
	*retry.Standard
	pause   func(int) time.Duration
	reach   *reachability
	onRetry func()
}

func newRetryPolicy(pause func(int) time.Duration, reach *reachability, onRetry func()) retryPolicy {
	return retryPolicy{pause: pause, reach: reach, onRetry: onRetry, Standard: retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		o.RateLimiter = ratelimit.None // with a quota shared by all objects one bad minute would fail most of them
		o.Retryables = append(o.Retryables, retry.RetryableHTTPStatusCode{Codes: map[int]struct{}{http.StatusTooManyRequests: {}}})
	})}
}

// IsErrorRetryable implements aws.Retryer.
func (p retryPolicy) IsErrorRetryable(err error) bool {
	return p.Standard.IsErrorRetryable(err) && !p.reach.hopeless(err)
}

// RetryDelay implements aws.Retryer.
func (p retryPolicy) RetryDelay(attempt int, _ error) (time.Duration, error) {
	p.onRetry()
	return p.pause(attempt), nil
}

// newHTTPClient makes the HTTP client of all services. It is the SDK's, as only that one supports AWS_CA_BUNDLE.
func newHTTPClient(t timing, reach *reachability) *awshttp.BuildableClient {
	return awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
		tr.MaxIdleConnsPerHost = 2 * defaultFetchers
		tr.ResponseHeaderTimeout = t.silence
		tr.Proxy = redirects{tr.Proxy, reach.redirected}.proxy
		// With HTTP/2 a transport sends on open connections without calling Proxy.
		tr.Protocols = new(http.Protocols)
		tr.Protocols.SetHTTP1(true)
		if t.network != nil {
			t.network(tr)
		}
	})
}

// configure reads the environment and the files of the AWS tools as those tools do. It sends nothing.
func configure(ctx context.Context, o *Options, t timing, reach *reachability, onRetry func()) (aws.Config, error) {
	client := newHTTPClient(t, reach)
	loads := []func(*config.LoadOptions) error{
		config.WithLogger(logging.Nop{}),
		config.WithLogConfigurationWarnings(false),
		config.WithRequestChecksumCalculation(aws.RequestChecksumCalculationWhenRequired),
		config.WithResponseChecksumValidation(aws.ResponseChecksumValidationWhenRequired),
		config.WithDefaultsMode(aws.DefaultsModeLegacy), // the automatic mode would contact the metadata address
		config.WithRetryer(func() aws.Retryer { return newRetryPolicy(t.pause, reach, onRetry) }),
		config.WithHTTPClient(client),
		config.WithEndpointCredentialOptions(func(o *endpointcreds.Options) { o.HTTPClient = client }),
	}
	if o.Profile != "" {
		loads = append(loads, config.WithSharedConfigProfile(o.Profile))
	}
	if o.Region != "" {
		loads = append(loads, config.WithRegion(o.Region))
	}
	if o.Anonymous {
		loads = append(loads, config.WithCredentialsProvider(aws.AnonymousCredentials{}))
	}
	cfg, err := config.LoadDefaultConfig(ctx, loads...)
	cfg.ClientLogMode = 0
	silenced(&cfg)
	return cfg, err
}

// bucket makes requests to one bucket.
type bucket struct {
	api      api
	name     string
	endpoint string // if it is not Amazon's
	payer    types.RequestPayer
	region   atomic.Pointer[string] // replaced once the bucket is found elsewhere
	timing   timing
	onRetry  func() // called before each retry
	notice   func(string)
}

func newBucket(ctx context.Context, name string, o *Options, t timing, onRetry func(), notice func(string)) (*bucket, error) {
	b := &bucket{name: name, timing: t, onRetry: onRetry, notice: notice}
	region := o.Region
	b.region.Store(&region)
	reach := &reachability{redirected: func() { notice(followedRedirect) }}
	cfg, err := configure(ctx, o, t, reach, onRetry)
	if err != nil {
		return nil, unusable(ctx, Error{Op: "preparing to read", Bucket: name, Region: region}, err)
	}
	if region = cfg.Region; region == "" {
		region = defaultRegion
	}
	cfg.Region = region
	if o.RequestPayer {
		b.payer = types.RequestPayerRequester
	}
	b.api = newClient(cfg, o, t, reach, &b.endpoint)
	if o.Offline {
		b.api = noStore{}
	}
	return b, nil
}

// newClient makes the SDK's client, restricted to api. It sets *endpoint if the store is not Amazon's.
func newClient(cfg aws.Config, o *Options, t timing, reach *reachability, endpoint *string) api {
	return s3.NewFromConfig(cfg, func(so *s3.Options) {
		if o.Endpoint != "" {
			so.BaseEndpoint = aws.String(o.Endpoint)
		}
		if so.BaseEndpoint != nil {
			*endpoint = *so.BaseEndpoint
		}
		// Stores other than Amazon's seldom have a host name for each bucket.
		so.UsePathStyle = o.PathStyle || so.BaseEndpoint != nil
		so.DisableLogOutputChecksumValidationSkipped = true
		so.DisableS3ExpressSessionAuth = aws.Bool(true) // it would be a fourth kind of request
		so.HTTPClient = safeClient{so.HTTPClient, reach, &home{named: so.BaseEndpoint != nil}, t.silence}
	})
}

// request sends a request. If the bucket turns out to be in another region it sends it again there.
func (b *bucket) request(ctx context.Context, op, key string, call func(func(*s3.Options)) error) error {
	for moves := 0; ; moves++ {
		region := *b.region.Load()
		err := call(func(o *s3.Options) { o.Region = region })
		if err == nil {
			return nil
		}
		if next := regionInError(err); next != "" && next != region && moves < maxRedirects && ctx.Err() == nil {
			b.region.Store(&next)
			continue
		}
		return explain(ctx, Error{Op: op, Bucket: b.name, Key: key, Region: region}, err)
	}
}

var (
	regionForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]{2,8}(-[a-z0-9]{1,12}){1,5}$`) })
	expecting  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`expecting '([a-z0-9-]{1,40})'`) })
)

// regionInError returns the region of the bucket that an error names, or an empty string.
func regionInError(err error) string {
	region := regionOfRedirect(err)
	var response *smithyhttp.ResponseError
	if region == "" && errors.As(err, &response) && response.Response != nil && response.Response.Response != nil {
		region = response.Response.Header.Get("X-Amz-Bucket-Region")
	}
	var answer smithy.APIError
	if region == "" && errors.As(err, &answer) {
		if m := expecting().FindStringSubmatch(answer.ErrorMessage()); m != nil {
			region = m[1]
		}
	}
	if !regionForm().MatchString(region) {
		return ""
	}
	return region
}

// waitForRetry waits before the n-th retry.
func (b *bucket) waitForRetry(ctx context.Context, try int) error {
	b.onRetry()
	timer := time.NewTimer(b.timing.pause(try))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Configure reads the environment and the files of the AWS tools for another service of Amazon, as for buckets. It sends nothing.
func Configure(ctx context.Context, profile, region string) (aws.Config, error) {
	return configure(ctx, &Options{Profile: profile, Region: region}, defaultTiming(), new(reachability), func() {})
}
