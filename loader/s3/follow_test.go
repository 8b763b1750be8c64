package s3

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/model"
)

// following is a load that follows.
type following struct {
	*testing.T
	log    *model.Log
	cancel func()
	ended  chan error
}

func follow(t *testing.T, src *Source) *following {
	ctx, cancel := context.WithCancel(context.Background())
	f := &following{T: t, log: model.NewLog(), cancel: cancel, ended: make(chan error, 1)}
	t.Cleanup(cancel)
	go func() { f.ended <- src.Load(ctx, f.log) }()
	eventually(t, "everything is read", func() bool { return summary(f.log).Phase == model.Following })
	return f
}

func (f *following) rows(n int) {
	f.Helper()
	eventually(f.T, fmt.Sprintf("%d rows", n), func() bool { snap := f.log.Snapshot(); return snap.Rows() >= n })
}

func (f *following) stop() error {
	f.cancel()
	return <-f.ended
}

// at gives the key of an object of the hour before so many hours.
func at(hours int, name string) string {
	t := time.Now().UTC().Truncate(time.Hour).Add(-time.Duration(hours) * time.Hour)
	return "logs/panther_audit/" + (&layout{}).prefix(partition{t, hour}) + name
}

func TestNewObjectsAreFollowedLateOnesAndNewVersionsToo(t *testing.T) {
	s := newStore(t)
	s.put(at(0, "m.json"), events(0, 1))
	s.put(at(200, "old.json"), events(1, 1))
	f := follow(t, s.source("logs/", Options{Follow: true, Poll: time.Millisecond}))
	f.rows(2)
	s.put(at(0, "a.json"), events(2, 1)) // sorts before what was read
	f.rows(3)
	s.put(at(2, "late.json"), events(3, 1))
	f.rows(4)
	s.put(at(0, "z.tmp"), events(99, 1)) // no log
	s.put(at(0, "m.json"), events(4, 1)) // a new version
	f.rows(5)
	looks := s.listings()
	eventually(t, "more looks", func() bool { return s.listings() > looks+20 })
	if err := f.stop(); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, f.log, 5)
	for _, r := range s.requests()[max(0, len(s.requests())-10):] {
		if !strings.Contains(r, url.QueryEscape("day=")) {
			t.Errorf("a look asks for more than the last hours: %s", r)
		}
	}
}

func TestFollowingAnUnknownLayoutAndOneObject(t *testing.T) {
	for _, prefix := range []string{"raw/", "raw/a.json"} {
		s := newStore(t)
		s.put("raw/a.json", events(0, 1))
		f := follow(t, s.source(prefix, Options{Follow: true, Poll: time.Millisecond}))
		f.rows(1)
		if prefix == "raw/" {
			s.put("raw/0.json", events(1, 1))
		} else {
			s.put("raw/a.json.json", events(99, 1))
			s.put("raw/a.json", events(1, 1))
		}
		f.rows(2)
		if err := f.stop(); err != nil {
			t.Fatal(err)
		}
		wantNumbers(t, f.log, 2)
	}
}

func TestFollowingOutlivesAStoreThatIsDown(t *testing.T) {
	s := newStore(t)
	s.put(at(0, "a.json"), events(0, 1))
	f := follow(t, s.source("logs/", Options{Follow: true, Poll: time.Millisecond}))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool { refuse(w, r, 403, "AccessDenied"); return true })
	eventually(t, "the trouble is shown", func() bool { return strings.Contains(summary(f.log).Note.Raw(), "trying again: listing") })
	s.put(at(0, "b.json"), events(1, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if isGet(r) {
			refuse(w, r, 503, "SlowDown")
		}
		return isGet(r)
	})
	eventually(t, "an object fails", func() bool { return strings.Contains(summary(f.log).Note.Raw(), "1 object could not be read") })
	s.failWith(nil)
	f.rows(2)
	eventually(t, "the trouble is over", func() bool {
		note := summary(f.log).Note.Raw()
		return !strings.Contains(note, "trying again") && !strings.Contains(note, "could not be read")
	})
	if err := f.stop(); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, f.log, 2)
	snap := f.log.Snapshot()
	if len(snap.Sources()) != 3 {
		t.Errorf("%d sources for two objects", len(snap.Sources()))
	}
}

func TestSeenForgetsWhatIsOldAndNothingElse(t *testing.T) {
	s := newSeen()
	now := utc("2026-11-22 10:00")
	for i := range 3 * manySeen {
		o := object{key: fmt.Sprint(i), etag: "e", modified: now.Add(time.Duration(i) * time.Second)}
		if !s.add(&o) || s.add(&o) {
			t.Fatalf("object %d", i)
		}
	}
	if len(s.marks) > 2*manySeen {
		t.Errorf("%d marks", len(s.marks))
	}
	last := now.Add(3 * manySeen * time.Second)
	if o := (object{key: "late", modified: last.Add(-3 * time.Hour)}); !s.add(&o) {
		t.Error("an object of the last hours is taken for one that was seen")
	}
	if o := (object{key: "0", etag: "e", modified: now}); s.add(&o) {
		t.Error("an old object is new again")
	}
	if o := (object{key: "0", etag: "other", modified: last}); !s.add(&o) {
		t.Error("another version is not new")
	}
}

// fakeQueue is a queue in memory: what is received stays until it is removed.
type fakeQueue struct {
	mu       sync.Mutex
	messages []message
	removed  []string
	wake     chan struct{}
}

func (q *fakeQueue) send(bodies ...string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, body := range bodies {
		q.messages = append(q.messages, message{body, fmt.Sprint("receipt ", len(q.messages))})
	}
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *fakeQueue) receive(ctx context.Context) ([]message, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-q.wake:
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(q.messages), func(m message) bool { return slices.Contains(q.removed, m.receipt) }), nil
}

func (q *fakeQueue) remove(_ context.Context, receipts []string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.removed = append(q.removed, receipts...)
	return nil
}

func (q *fakeQueue) gone() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	sorted := slices.Clone(q.removed)
	slices.Sort(sorted)
	return sorted
}

func notification(name, bucket, key string, data []byte) string {
	etag := strings.Trim((&stored{data: data}).etag(), `"`)
	return fmt.Sprintf(`{"Records":[{"eventName":%q,"eventTime":"2026-11-22T10:00:00.000Z","s3":{"bucket":{"name":%q},"object":{"key":%q,"size":%d,"eTag":%q}}}]}`,
		name, bucket, url.QueryEscape(key), len(data), etag)
}

func TestAQueueTellsOfNewObjectsAndLosesOnlyTheMessagesOfWhatIsLoaded(t *testing.T) {
	s := newStore(t)
	s.put("logs/old one.json", events(0, 1))
	q := &fakeQueue{wake: make(chan struct{}, 1)}
	src := s.source("logs/", Options{Follow: true, Queue: "https://sqs.eu-test-1.example.com/1/q"})
	src.queue = func(context.Context) (queue, error) { return q, nil }
	f := follow(t, src)
	s.put("logs/a b+c/ü.json", events(1, 1))
	s.put("logs/2.json", events(2, 1))
	s.put("logs/3.json", events(3, 1))
	created := notification("ObjectCreated:Put", s.bucket, "logs/a b+c/ü.json", events(1, 1))
	wrapped, err := json.Marshal(map[string]string{"Type": "Notification", "Message": notification("ObjectCreated:CompleteMultipartUpload", s.bucket, "logs/2.json", events(2, 1))})
	if err != nil {
		t.Fatal(err)
	}
	q.send(
		notification("ObjectCreated:Put", s.bucket, "logs/old one.json", events(0, 1)), // 0: listed and read
		created,         // 1
		string(wrapped), // 2
		created,         // 3: once more
		`{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"audit-logs"}`, // 4
		notification("ObjectCreated:Put", "other-bucket", "logs/x.json", nil),  // 5: not ours
		notification("ObjectCreated:Put", s.bucket, "elsewhere/x.json", nil),   // 6: not ours
		notification("ObjectRemoved:Delete", s.bucket, "logs/2.json", nil),     // 7: nothing to load
		`no JSON`, // 8
		`{"detail-type":"Object Created","detail":{"bucket":{"name":"audit-logs"},"object":{"key":"logs/3.json","size":5}}}`, // 9: no ETag
		notification("ObjectCreated:Put", s.bucket, "logs/missing.json", []byte("x")),                                        // 10: cannot be read
	)
	f.rows(4)
	want := []string{"receipt 0", "receipt 1", "receipt 2", "receipt 3", "receipt 4", "receipt 9"}
	eventually(t, "the messages are gone", func() bool { return slices.Equal(q.gone(), want) })
	q.send() // what is left comes again
	looks := len(s.requests())
	s.put("logs/4.json", events(4, 1))
	q.send(notification("ObjectCreated:Put", s.bucket, "logs/4.json", events(4, 1)))
	f.rows(5)
	if err := f.stop(); err == nil || !strings.Contains(err.Error(), "missing.json: the object is gone") {
		t.Errorf("error %v", err)
	}
	wantNumbers(t, f.log, 5)
	for _, r := range s.requests()[looks:] {
		if strings.Contains(r, "list-type=2") {
			t.Errorf("a queue makes no listing: %s", r)
		}
	}
}

func TestTheQueueIsAskedAndItsMessagesAreDeletedThroughTheSDK(t *testing.T) {
	s := newStore(t)
	s.put("logs/0.json", events(0, 1))
	var deleted, asked atomic.Int64
	ready := make(chan struct{})
	calls := map[string]bool{}
	var mu sync.Mutex
	q := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := r.Header.Get("X-Amz-Target")
		mu.Lock()
		calls[r.Method+" "+call] = true
		mu.Unlock()
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		switch call {
		case "AmazonSQS.ReceiveMessage":
			<-ready
			if asked.Add(1) > 1 {
				fmt.Fprint(w, "{}")
				return
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"Messages": []map[string]string{{"MessageId": "1", "ReceiptHandle": "r",
				"Body": notification("ObjectCreated:Put", s.bucket, "logs/1.json", events(1, 1))}}})
		case "AmazonSQS.DeleteMessageBatch":
			deleted.Add(1)
			fmt.Fprint(w, `{"Successful":[{"Id":"0"}],"Failed":[]}`)
		}
	})
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "POST" {
			q(w, r)
		}
		return r.Method == "POST"
	})
	f := follow(t, s.source("logs/", Options{Follow: true, Queue: s.URL + "/123/queue"}))
	s.put("logs/1.json", events(1, 1))
	close(ready)
	f.rows(2)
	eventually(t, "the message is deleted", func() bool { return deleted.Load() == 1 })
	if err := f.stop(); err != nil {
		t.Error(err)
	}
	wantNumbers(t, f.log, 2)
	mu.Lock()
	defer mu.Unlock()
	for call := range calls {
		if call != "POST AmazonSQS.ReceiveMessage" && call != "POST AmazonSQS.DeleteMessageBatch" {
			t.Errorf("asked: %s", call)
		}
	}
}

func TestMessagesOfAnOverwrittenObjectReadEachVersionOnce(t *testing.T) {
	first, last := events(50_000, 10), events(1, 20)
	for name, told := range map[string][][]byte{
		"both versions":         {first, last},
		"the new one first":     {last, first},
		"the same one twice":    {last, last},
		"many, in any order":    {first, last, first, last, last, first},
		"only the one before":   {first},
		"one before, and again": {first, first},
	} {
		for _, apart := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " apart ", apart), func(t *testing.T) {
				s := newStore(t)
				s.put("logs/0.json", events(0, 1))
				q := &fakeQueue{wake: make(chan struct{}, 1)}
				src := s.source("logs/", Options{Follow: true, Queue: "https://sqs.eu-test-1.example.com/1/q"})
				src.queue = func(context.Context) (queue, error) { return q, nil }
				f := follow(t, src)
				s.put("logs/1.json", last)
				var bodies []string
				for _, data := range told {
					bodies = append(bodies, notification("ObjectCreated:Put", s.bucket, "logs/1.json", data))
				}
				if apart {
					for i, body := range bodies {
						q.send(body)
						eventually(t, "the message is gone", func() bool { return len(q.gone()) == i+1 })
					}
				} else {
					q.send(bodies...)
					eventually(t, "the messages are gone", func() bool { return len(q.gone()) == len(bodies) })
				}
				if err := f.stop(); err != nil {
					t.Error(err)
				}
				wantNumbers(t, f.log, 21)
			})
		}
	}
}

func TestAnObjectThatIsOverwrittenAfterItWasReadIsSaidToBe(t *testing.T) {
	s := newStore(t)
	s.put(at(0, "a.json"), events(0, 3))
	notices := make(chan string, 10)
	f := follow(t, s.source("logs/", Options{Follow: true, Poll: time.Millisecond, Notice: func(text string) { notices <- text }}))
	s.put(at(0, "a.json"), events(3, 4))
	f.rows(7)
	s.put(at(0, "a.json"), events(7, 2))
	f.rows(9)
	if err := f.stop(); err != nil {
		t.Error(err)
	}
	wantNumbers(t, f.log, 9)
	if len(notices) != 1 {
		t.Fatalf("%d notices", len(notices))
	}
	if got := <-notices; !strings.Contains(got, "objects were overwritten") || !strings.Contains(got, "--dedupe") {
		t.Errorf("notice %s", got)
	}
}
