package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pawprint/loader/sourcetest"
)

// Each burst is written at once, faster than the program can read it. Meanwhile keys are answered, and in the end every line was read.
func TestKeysAnswerWhileALogGrowsInBursts(t *testing.T) {
	const burst, perSecond = 25_000, 4
	log := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, log, event("GET_FIRST", "SUCCEEDED"))
	lines := strings.Repeat(event("LIST_RULES", "SUCCEEDED"), burst-1) + event("DELETE_RULE", "FAILED")
	bursts := sourcetest.BurstSeconds(t) * perSecond
	x := start(t, nil, "-f", log)
	x.waitForText("GET_FIRST")
	written := make(chan struct{})
	go func() {
		defer close(written)
		sourcetest.Paced(bursts, time.Second/perSecond, func(int) { appendTo(t, log, lines) })
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
