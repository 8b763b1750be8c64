package report

import (
	"strings"
	"testing"
	"time"
)

func TestTheTimelineSaysWhatItsBarsAreAndKeepsItsLabelsWhole(t *testing.T) {
	line := timeline{from: time.Unix(0, 0), to: time.Unix(buckets*3600, 0), most: 7}
	line.all[0], line.all[buckets-1], line.marks[0], line.marks[buckets-1] = 7, 1, []int{1}, []int{1234, 1235}
	for _, want := range []string{"highest bar: 7 events in 1 hour; red: failed; numbers: events below", `x="5" y="139" text-anchor="middle">1<`, `x="780" y="139" text-anchor="middle">1234+<`} {
		if svg := line.svg(time.UTC); !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %q:\n%s", want, svg)
		}
	}
	line.to = line.from
	if svg := line.svg(time.UTC); !strings.Contains(svg, "highest bar: 7 events; red") {
		t.Errorf("of a moment, the picture is\n%s", svg)
	}
}
