package query

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// timedLines are events at given times.
func timedLines(stamps ...string) []string {
	var lines []string
	for _, s := range stamps {
		lines = append(lines, fmt.Sprintf(`{"actionName":"GET_RULE","timestamp":%q}`, s))
	}
	return lines
}

func TestTimesSelectByTheZoneShown(t *testing.T) {
	log := newLog(t, timedLines(
		"2026-11-01T23:30:00Z", "2026-11-02T00:00:00Z", "2026-11-02T10:00:00Z", "2026-11-02T23:59:59.999999999Z", "2026-11-03T00:00:00Z", "2026-11-21T12:00:00Z", "2026-11-22T11:00:00Z", "no time"))
	berlin := time.FixedZone("", 3600)
	for _, c := range []struct {
		query string
		zone  *time.Location
		want  []int
	}{
		{"on:2026-11-02", nil, []int{1, 2, 3}}, {"on:2026-11-02", berlin, []int{0, 1, 2}}, {"time:2026-11-02", nil, []int{1, 2, 3}}, {"-time:2026-11", nil, []int{}},
		{"time>=2026-11-02", nil, []int{1, 2, 3, 4, 5, 6}}, {"time>2026-11-02", nil, []int{4, 5, 6}}, {"time<2026-11-02", nil, []int{0}}, {"time<=2026-11-02", nil, []int{0, 1, 2, 3}},
		{"time:2026-11-02..2026-11-03", nil, []int{1, 2, 3, 4}}, {"time:2026-11-02..", nil, []int{1, 2, 3, 4, 5, 6}}, {"time:..2026-11-01", nil, []int{0}}, {"time:2026-11-01,2026-11-03", nil, []int{0, 4}},
		{"since:24h", nil, []int{5, 6}}, {"since:1 day", nil, []int{5, 6}}, {"time:24h", nil, []int{5, 6}}, {"since:yesterday", nil, []int{5, 6}}, {"until:yesterday", nil, []int{0, 1, 2, 3, 4, 5}},
		{"on:yesterday", nil, []int{5}}, {"around:2026-11-02T00:10±15m", nil, []int{1}}, {"around:2026-11-02T00:10±40m", nil, []int{0, 1}}, {"around:2026-11-02T09:45", nil, []int{2}}, {"around:2026-11-02T10:15:00.000000001", nil, []int{}},
		{"time:*", nil, []int{0, 1, 2, 3, 4, 5, 6}}, {"-has:time", nil, []int{7}}, {"is:offhours", nil, []int{0, 1, 3, 4, 5, 6}}, {"is:offhours", time.FixedZone("", 8*3600), []int{5, 6}},
		{"timestamp=2026-11-02T10:00:00.000Z", nil, []int{2}},
	} {
		t.Run(c.query, func(t *testing.T) {
			e, err := Parse(c.query)
			if err != nil {
				t.Fatalf("Parse(%q): %v", c.query, err)
			}
			if diff := cmp.Diff(c.want, selected(t, log, Compile(e, Env{Now: noon, Zone: c.zone}))); diff != "" {
				t.Errorf("rows of %q (-want +got):\n%s", c.query, diff)
			}
		})
	}
}

// 2026-11-02 is a Monday.
func TestOfficeHoursBeginAtSevenAndEndAtNineteen(t *testing.T) {
	stamps := []string{
		"2026-11-02T06:59:59.999999999Z", "2026-11-02T07:00:00Z", "2026-11-02T18:59:59.999999999Z", "2026-11-02T19:00:00Z", "2026-11-02T19:59:59.999999999Z", "2026-11-02T20:00:00Z",
		"2026-11-06T18:30:00Z", "2026-11-07T12:00:00Z", "2026-11-08T12:00:00Z", "2026-11-09T06:30:00Z", "2026-11-09T07:30:00Z",
	}
	log := newLog(t, timedLines(stamps...))
	for _, c := range []struct {
		zone *time.Location
		want []int
	}{
		{nil, []int{0, 3, 4, 5, 7, 8, 9}},
		{time.FixedZone("", 3600), []int{2, 3, 4, 5, 6, 7, 8}},
		{time.FixedZone("", -3600), []int{0, 1, 5, 7, 8, 9, 10}},
	} {
		got := selected(t, log, Compile(mustParse(t, "is:offhours"), Env{Zone: c.zone}))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("off hours in %v (-want +got):\n%s", c.zone, diff)
		}
	}
}
