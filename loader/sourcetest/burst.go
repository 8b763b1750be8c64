package sourcetest

import (
	"os"
	"strconv"
	"testing"
	"time"
)

// BurstSeconds is how long tests write as fast as a busy service does: the value of the environment variable
// PAWPRINT_BURST_SECONDS, or 2 seconds.
func BurstSeconds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PAWPRINT_BURST_SECONDS")
	if text == "" {
		return 2
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("PAWPRINT_BURST_SECONDS: %v", err)
	}
	return n
}

// Paced calls write n times, once in each interval, and returns at the end of the last.
func Paced(n int, interval time.Duration, write func(i int)) {
	pace := time.NewTicker(interval)
	defer pace.Stop()
	for i := range n {
		write(i)
		<-pace.C
	}
}
