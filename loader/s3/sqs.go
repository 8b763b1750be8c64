package s3

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// queue delivers messages about new objects.
type queue interface {
	// receive waits for messages. It may return none.
	receive(ctx context.Context) ([]message, error)
	// remove deletes messages by their receipts.
	remove(ctx context.Context, receipts []string) error
}

type message struct{ body, receipt string }

const (
	// queueWait is how long one request waits for messages, in seconds: the longest time that is allowed, as each request costs
	// money.
	queueWait = 20
	// queueBatch is how many messages one request may return.
	queueBatch = 10
)

// queueAPI is the requests that are made to a queue.
type queueAPI interface {
	ReceiveMessage(context.Context, *sqs.ReceiveMessageInput, ...func(*sqs.Options)) (*sqs.ReceiveMessageOutput, error)
	DeleteMessageBatch(context.Context, *sqs.DeleteMessageBatchInput, ...func(*sqs.Options)) (*sqs.DeleteMessageBatchOutput, error)
}

// amazonQueue is a queue of Amazon SQS or a compatible service.
type amazonQueue struct {
	api    queueAPI
	url    string
	region string
}

var queueRegion = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^https?://sqs\.([a-z0-9-]+)\.amazonaws\.com`) })

// dialQueue makes the client of the queue in the options. It sends nothing.
func (l *load) dialQueue(ctx context.Context) (queue, error) {
	o := l.source.o
	reach := &reachability{redirected: func() { l.notice(followedRedirect) }}
	reach.answered.Store(true) // keep trying, as new objects are announced only there
	cfg, err := configure(ctx, &o, l.source.timing, reach, l.progress.retry)
	if err != nil {
		return nil, unusable(ctx, Error{Op: "preparing to follow", Bucket: l.source.bucket, Key: l.source.prefix}, err)
	}
	if m := queueRegion().FindStringSubmatch(o.Queue); m != nil {
		cfg.Region = m[1]
	} else if cfg.Region == "" {
		cfg.Region = *l.bucket.region.Load()
	}
	api := sqs.NewFromConfig(cfg, func(so *sqs.Options) {
		if q, err := url.Parse(o.Queue); err == nil && so.BaseEndpoint == nil && !queueRegion().MatchString(o.Queue) {
			so.BaseEndpoint = aws.String(q.Scheme + "://" + q.Host)
		}
	})
	return &amazonQueue{api: api, url: o.Queue, region: cfg.Region}, nil
}

// What is done with a queue, in the words of errors.
const askingOp, deletingOp = "asking", "deleting messages of"

func (q *amazonQueue) explain(ctx context.Context, op string, err error) error {
	err = explain(ctx, Error{Op: op, Region: q.region}, err)
	if e, ok := err.(*Error); ok {
		text := fmt.Sprintf("%s a queue in %s: %s (%s)", op, q.region, e.what, strings.TrimSpace(number(e.Status)+" "+e.Code))
		if e.Hint != "" {
			text += "; " + e.Hint
		}
		return errors.New(text)
	}
	return err
}

func (q *amazonQueue) receive(ctx context.Context) ([]message, error) {
	out, err := q.api.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: &q.url, MaxNumberOfMessages: queueBatch, WaitTimeSeconds: queueWait})
	if err != nil {
		return nil, q.explain(ctx, askingOp, err)
	}
	messages := make([]message, len(out.Messages))
	for i, m := range out.Messages {
		messages[i] = message{aws.ToString(m.Body), aws.ToString(m.ReceiptHandle)}
	}
	return messages, nil
}

func (q *amazonQueue) remove(ctx context.Context, receipts []string) error {
	in := &sqs.DeleteMessageBatchInput{QueueUrl: &q.url}
	for i := range receipts {
		in.Entries = append(in.Entries, types.DeleteMessageBatchRequestEntry{Id: aws.String(strconv.Itoa(i)), ReceiptHandle: &receipts[i]})
	}
	out, err := q.api.DeleteMessageBatch(ctx, in)
	if err != nil {
		return q.explain(ctx, deletingOp, err)
	}
	if n := len(out.Failed); n > 0 {
		return fmt.Errorf("deleting messages of a queue in %s: %d of %d were not deleted, and will come again: check that the credentials have sqs:DeleteMessage", q.region, n, len(receipts))
	}
	return nil
}

// notice is what a message says about one object.
type notice struct {
	created     bool
	bucket, key string
	etag        string
	size        int64 // -1 if the message has none
	at          time.Time
}

// parseNotice parses a notification of S3, plain or wrapped by SNS, or an event of EventBridge. A test message has no notices.
func parseNotice(body string) ([]notice, error) {
	var m struct {
		Type, Message, Event string
		Records              []struct {
			EventName string    `json:"eventName"`
			EventTime time.Time `json:"eventTime"`
			S3        struct {
				Bucket struct{ Name string }
				Object struct {
					Key, ETag string
					Size      *int64
				}
			}
		}
		DetailType string    `json:"detail-type"`
		Time       time.Time `json:"time"`
		Detail     struct {
			Bucket struct{ Name string }
			Object struct {
				Key, ETag string
				Size      *int64
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		return nil, fmt.Errorf("reading a message: it is not a notification")
	}
	switch {
	case m.Type == "Notification" && m.Message != "":
		var inner struct{ Type string }
		if json.Unmarshal([]byte(m.Message), &inner) == nil && inner.Type == "Notification" {
			return nil, fmt.Errorf("reading a message: it is wrapped more than once")
		}
		return parseNotice(m.Message)
	case m.Event == "s3:TestEvent":
		return nil, nil
	case m.DetailType != "":
		n := notice{m.DetailType == "Object Created", m.Detail.Bucket.Name, m.Detail.Object.Key, bareTag(&m.Detail.Object.ETag), given64(m.Detail.Object.Size), m.Time}
		return []notice{n}, nil
	case len(m.Records) == 0:
		return nil, fmt.Errorf("reading a message: it names no object")
	}
	var notices []notice
	for _, r := range m.Records {
		key, err := url.QueryUnescape(r.S3.Object.Key)
		if err != nil {
			return nil, fmt.Errorf("reading a message: its key is not encoded the way S3 does it")
		}
		created := strings.HasPrefix(strings.TrimPrefix(r.EventName, "s3:"), "ObjectCreated:")
		notices = append(notices, notice{created, r.S3.Bucket.Name, key, bareTag(&r.S3.Object.ETag), given64(r.S3.Object.Size), r.EventTime})
	}
	return notices, nil
}

func given64(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}
