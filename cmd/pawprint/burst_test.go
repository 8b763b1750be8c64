package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// burstSeconds is how long TestKeysAnswerWhileALogGrowsInBursts writes: what the environment variable PAWPRINT_BURST_SECONDS says,
// or 2 seconds.
func burstSeconds(t *testing.T) int {
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

// Each burst is written at once, which is faster than anybody reads. Meanwhile keys answer, and in the end every line was read.
func TestKeysAnswerWhileALogGrowsInBursts(t *testing.T) {
	const burst, perSecond = 25_000, 4
	log := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, log, event("GET_FIRST", "SUCCEEDED"))
	lines := strings.Repeat(event("LIST_RULES", "SUCCEEDED"), burst-1) + event("DELETE_RULE", "FAILED")
	bursts := burstSeconds(t) * perSecond
	x := start(t, nil, "-f", log)
	x.waitForText("GET_FIRST")
	written := make(chan struct{})
	go func() {
		defer close(written)
		pace := time.NewTicker(time.Second / perSecond)
		defer pace.Stop()
		for range bursts {
			appendTo(t, log, lines)
			<-pace.C
		}
	}()
	answers := 0
	for writing := true; writing; answers++ {
		select {
		case <-written:
			writing = false
		default:
		}
		x.checkKeysAnswer()
	}
	t.Logf("keys answered %d times", answers)
	x.waitForText(grouped(1+bursts*burst) + " events")
	x.typeKeys("f")
	x.waitForText(grouped(bursts) + " shown")
	x.quit()
}
