package s3

import (
	"testing"
	"time"
)

func TestPausesGrowAreBoundedAndDiffer(t *testing.T) {
	const runs = 200
	before := time.Duration(0)
	for _, try := range []int{0, 1, 2, 4, 6, 8, 20, 100, 1 << 30} {
		least, most, sum := time.Hour, time.Duration(0), time.Duration(0)
		for range runs {
			p := pause(try)
			least, most, sum = min(least, p), max(most, p), sum+p
		}
		switch mean := sum / runs; {
		case least < 0 || most > time.Minute:
			t.Errorf("before try %d the pauses are from %v to %v, want at most a minute", try, least, most)
		case most-least < most/4:
			t.Errorf("before try %d the pauses are from %v to %v: many readers come back together", try, least, most)
		case mean < before*2/3:
			t.Errorf("before try %d the pause is %v, before a former one %v", try, mean, before)
		default:
			before = mean
		}
	}
	if before < time.Second {
		t.Errorf("a store that stays down is asked again after %v", before)
	}
}
