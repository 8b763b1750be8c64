package s3

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"regexp"
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

// api is all that can be asked of S3: the SDK's client is reached through it alone.
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
	// defaultRegion is where to ask first when nothing names a region.
	defaultRegion = "us-east-1"
)

// timing is how long things may take, and how connections are made; tests shorten it and stay on their machine.
type timing struct {
	silence time.Duration           // of a connection, before it counts as broken
	pause   func(int) time.Duration // before trying again for the n-th time
	tick    time.Duration           // between two looks at the progress
	network func(*http.Transport)   // changes how connections are made; nil leaves it as it is
}

func defaultTiming() timing {
	return timing{silence: 20 * time.Second, pause: pause, tick: 500 * time.Millisecond}
}

// pause grows with the number of tries and is random, so that many readers do not come back all at once.
func pause(try int) time.Duration {
	longest := min(maxPause, time.Second<<min(try, 10))
	return longest/4 + rand.N(longest*3/4)
}

// retryPolicy decides how often and when a request is sent again, and tells of it.
type retryPolicy struct {
	*retry.Standard
	pause func(int) time.Duration
	reach *reach
	told  func()
}

func newRetryPolicy(pause func(int) time.Duration, way *reach, told func()) retryPolicy {
	return retryPolicy{pause: pause, reach: way, told: told, Standard: retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		o.RateLimiter = ratelimit.None // a quota shared by all objects would fail most of them in one bad minute
		o.Retryables = append(o.Retryables, retry.RetryableHTTPStatusCode{Codes: map[int]struct{}{http.StatusTooManyRequests: {}}})
	})}
}

// IsErrorRetryable implements aws.Retryer.
func (p retryPolicy) IsErrorRetryable(err error) bool {
	return p.Standard.IsErrorRetryable(err) && !p.reach.hopeless(err)
}

// RetryDelay implements aws.Retryer.
func (p retryPolicy) RetryDelay(attempt int, _ error) (time.Duration, error) {
	p.told()
	return p.pause(attempt), nil
}

// newHTTPClient makes the client of all services. It is the SDK's, as only that one takes AWS_CA_BUNDLE.
func newHTTPClient(t timing, way *reach) *awshttp.BuildableClient {
	return awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
		tr.MaxIdleConnsPerHost = 2 * defaultFetchers
		tr.ResponseHeaderTimeout = t.silence
		tr.Proxy = redirects{tr.Proxy, way.redirected}.proxy
		// With HTTP/2 a transport sends on connections that it has without asking for the proxy.
		tr.Protocols = new(http.Protocols)
		tr.Protocols.SetHTTP1(true)
		if t.network != nil {
			t.network(tr)
		}
	})
}

// configure reads the environment and the files of the AWS tools, as they do. It sends nothing.
func configure(ctx context.Context, o *Options, t timing, way *reach, told func()) (aws.Config, error) {
	client := newHTTPClient(t, way)
	loads := []func(*config.LoadOptions) error{
		config.WithLogger(logging.Nop{}),
		config.WithLogConfigurationWarnings(false),
		config.WithRequestChecksumCalculation(aws.RequestChecksumCalculationWhenRequired),
		config.WithResponseChecksumValidation(aws.ResponseChecksumValidationWhenRequired),
		config.WithDefaultsMode(aws.DefaultsModeLegacy), // the automatic mode would ask the metadata address
		config.WithRetryer(func() aws.Retryer { return newRetryPolicy(t.pause, way, told) }),
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

// bucket is what is asked: a bucket, through three calls.
type bucket struct {
	api      api
	name     string
	endpoint string // if it is not Amazon's
	payer    types.RequestPayer
	region   atomic.Pointer[string] // it moves to where the bucket is found to be
	timing   timing
	told     func() // something has to be tried again
	notice   func(string)
}

func newBucket(ctx context.Context, name string, o *Options, t timing, told func(), notice func(string)) (*bucket, error) {
	b := &bucket{name: name, timing: t, told: told, notice: notice}
	region := o.Region
	b.region.Store(&region)
	way := &reach{redirected: func() { notice(followedRedirect) }}
	cfg, err := configure(ctx, o, t, way, told)
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
	b.api = newClient(cfg, o, t, way, &b.endpoint)
	if o.Offline {
		b.api = nobody{}
	}
	return b, nil
}

// newClient makes the SDK's client, of which nobody sees more than the three calls. It stores the endpoint if that is not
// Amazon's.
func newClient(cfg aws.Config, o *Options, t timing, way *reach, endpoint *string) api {
	return s3.NewFromConfig(cfg, func(so *s3.Options) {
		if o.Endpoint != "" {
			so.BaseEndpoint = aws.String(o.Endpoint)
		}
		if so.BaseEndpoint != nil {
			*endpoint = *so.BaseEndpoint
		}
		// Stores that are not Amazon's seldom have a host name for each bucket.
		so.UsePathStyle = o.PathStyle || so.BaseEndpoint != nil
		so.DisableLogOutputChecksumValidationSkipped = true
		so.DisableS3ExpressSessionAuth = aws.Bool(true) // it would be a fourth call
		so.HTTPClient = safeClient{so.HTTPClient, way, &home{named: so.BaseEndpoint != nil}, t.silence}
	})
}

// ask makes a call, and makes it again where the bucket turns out to be.
func (b *bucket) ask(ctx context.Context, op, key string, call func(func(*s3.Options)) error) error {
	for moves := 0; ; moves++ {
		region := *b.region.Load()
		err := call(func(o *s3.Options) { o.Region = region })
		if err == nil {
			return nil
		}
		if next := elsewhere(err); next != "" && next != region && moves < maxRedirects && ctx.Err() == nil {
			b.region.Store(&next)
			continue
		}
		return explain(ctx, Error{Op: op, Bucket: b.name, Key: key, Region: region}, err)
	}
}

var (
	regionForm = regexp.MustCompile(`^[a-z]{2,8}(-[a-z0-9]{1,12}){1,5}$`)
	expecting  = regexp.MustCompile(`expecting '([a-z0-9-]{1,40})'`)
)

// elsewhere finds in an error the region where the bucket is, or nothing.
func elsewhere(err error) string {
	region := regionOfRedirect(err)
	var response *smithyhttp.ResponseError
	if region == "" && errors.As(err, &response) && response.Response != nil && response.Response.Response != nil {
		region = response.Response.Header.Get("X-Amz-Bucket-Region")
	}
	var answer smithy.APIError
	if region == "" && errors.As(err, &answer) {
		if m := expecting.FindStringSubmatch(answer.ErrorMessage()); m != nil {
			region = m[1]
		}
	}
	if !regionForm.MatchString(region) {
		return ""
	}
	return region
}

// rest waits before the n-th try.
func (b *bucket) rest(ctx context.Context, try int) error {
	b.told()
	timer := time.NewTimer(b.timing.pause(try))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
