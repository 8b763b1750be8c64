package amount

import (
	"testing"
	"time"
)

func TestPaceTellsRateAndTimeLeft(t *testing.T) {
	var p Pace
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	if _, ok := p.Rate(now, 5); ok {
		t.Error("a rate is known before anything was watched")
	}
	p.Watch(now, 0)
	if _, ok := p.Left(now.Add(100*time.Millisecond), 10, 1000); ok {
		t.Error("the time left is known after a tenth of a second")
	}
	for s := 1; s <= 20; s++ { // 100 bytes a second, then 1,000
		read := int64(100 * s)
		if s > 10 {
			read = int64(1000 + 1000*(s-10))
		}
		now = now.Add(time.Second)
		p.Watch(now, read)
		perSecond, ok := p.Rate(now, read)
		if want := int64(100); !ok || s <= 10 && perSecond != want || s > 16 && perSecond != 10*want {
			t.Errorf("second %d: Rate = %d, %v", s, perSecond, ok)
		}
	}
	if left, ok := p.Left(now, 11_000, 15_500); !ok || left != 5*time.Second {
		t.Errorf("Left = %v, %v, want 5s", left, ok)
	}
	if _, ok := p.Left(now, 11_000, 11_000); ok {
		t.Error("there is time left with nothing left")
	}
}
