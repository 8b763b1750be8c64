package query

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestARowWithoutATimeIsNeitherInAPeriodNorOutside(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"GET_RULE","timestamp":"2026-11-02T10:00:00Z"}`,
		`{"actionName":"GET_RULE","timestamp":"tomorrow"}`,
		`{"actionName":"DELETE_RULE"}`,
		`no event`,
		`{"actionName":"DELETE_RULE","timestamp":"2026-11-03T22:00:00Z"}`,
	})
	for _, c := range []struct {
		query            string
		found, undecided []int
	}{
		{"time:2026-11-02", []int{0}, []int{1, 2, 3}},
		{"-time:2026-11-02", []int{4}, []int{1, 2, 3}},
		{"NOT NOT time:2026-11-02", []int{0}, []int{1, 2, 3}},
		{"time!=2026-11-02", []int{4}, []int{1, 2, 3}},
		{"since:2026-11-01", []int{0, 4}, []int{1, 2, 3}},
		{"until:2026-11-30", []int{0, 4}, []int{1, 2, 3}},
		{"-since:2026-12-01", []int{0, 4}, []int{1, 2, 3}},
		{"on:2026-11-03", []int{4}, []int{1, 2, 3}},
		{"around:2026-11-02T10:00", []int{0}, []int{1, 2, 3}},
		{"time>2026-11-02", []int{4}, []int{1, 2, 3}},
		{"time:2026-11-01..", []int{0, 4}, []int{1, 2, 3}},
		{"is:offhours", []int{4}, []int{1, 2, 3}},
		{"-is:offhours", []int{0}, []int{1, 2, 3}},
		{"action:GET_RULE time:2026-11-02", []int{0}, []int{1}},
		{"action:GET_RULE -time:2026-11-02", []int{}, []int{1}},
		{"action:GET_RULE OR time:2026-11-02", []int{0, 1}, []int{2, 3}},
		{"-(action:GET_RULE OR time:2026-11-02)", []int{4}, []int{2, 3}},
		{"-(action:GET_RULE time:2026-11-02)", []int{2, 3, 4}, []int{1}},
		{"(action:DELETE_RULE OR time:2026-11-02) -is:reject", []int{0, 2, 4}, []int{1}},
		{"time:2026-11-02 OR -time:2026-11-02", []int{0, 4}, []int{1, 2, 3}},
		{"time:2026-11-02 OR -has:time", []int{0, 1, 2, 3}, []int{}},
		{"time:2026-11-02 has:time", []int{0}, []int{}},
		{"nothing time:2026-11-02", []int{}, []int{}},
	} {
		e := mustParse(t, c.query)
		if diff := cmp.Diff(c.found, selected(t, log, Compile(e, Env{Now: noon}))); diff != "" {
			t.Errorf("rows of %q (-want +got):\n%s", c.query, diff)
		}
		if diff := cmp.Diff(c.undecided, undecided(t, log, e, Env{Now: noon})); diff != "" {
			t.Errorf("rows that %q does not decide (-want +got):\n%s", c.query, diff)
		}
	}
}

func TestOnlyQueriesThatAskForTheTimeLeaveRowsUndecided(t *testing.T) {
	for query, asks := range map[string]bool{
		"": false, "is:failed rule": false, "time:*": false, "-has:time": false, "param.from:2026-11-02": false, "line>3": false,
		"since:24h": true, "a OR (b -on:2026-11-02)": true, "-is:offhours": true, "timestamp>=2026-11-02": true,
	} {
		if got := Undecided(mustParse(t, query), Env{Now: noon, Zone: time.UTC}) != nil; got != asks {
			t.Errorf("%q asks for the time: %v, want %v", query, got, asks)
		}
	}
}
