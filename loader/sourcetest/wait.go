package sourcetest

import (
	"context"
	"os"
	"testing"
	"time"

	"pawprint/model"
)

// timeoutVariable is the environment variable that sets Timeout, for machines that are busy or slow.
const timeoutVariable = "PAWPRINT_TEST_TIMEOUT"

// Timeout is how long a test waits for the next thing that must come: 10 s, or the value of PAWPRINT_TEST_TIMEOUT, such as 60s.
// Only a test that fails waits that long.
func Timeout() time.Duration {
	if text := os.Getenv(timeoutVariable); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil || d <= 0 {
			panic("sourcetest: " + timeoutVariable + " is no duration: " + text)
		}
		return d
	}
	return 10 * time.Second
}

// mostTimeouts bounds the wait, in Timeouts, for a log that keeps changing but never reaches the state that the test waits for.
const mostTimeouts = 6

// WhileChanging returns a context for waiting on a log: it ends when the log has not changed for Timeout, or has changed for
// six times that. So a test that makes progress on a slow machine goes on, and one that is stuck fails.
func WhileChanging(t testing.TB, log *model.Log) (context.Context, context.CancelFunc) {
	t.Helper()
	timeout := Timeout()
	ctx, cancel := context.WithTimeout(context.Background(), mostTimeouts*timeout)
	go func() {
		for {
			wait, stop := context.WithTimeout(ctx, timeout)
			s := log.Snapshot()
			err := log.Wait(wait, s.Revision())
			stop()
			if err != nil {
				cancel()
				return
			}
		}
	}()
	return ctx, cancel
}
