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

func TestOffHoursFollowTheOffice(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"GET_RULE","timestamp":"2026-11-02T06:59:59Z"}`, // a Monday
		`{"actionName":"GET_RULE","timestamp":"2026-11-02T07:00:00Z"}`,
		`{"actionName":"GET_RULE","timestamp":"2026-11-02T18:59:59Z"}`,
		`{"actionName":"GET_RULE","timestamp":"2026-11-02T19:00:00Z"}`,
		`{"actionName":"GET_RULE","timestamp":"2026-11-06T12:00:00Z"}`, // a Friday
		`{"actionName":"GET_RULE","timestamp":"2026-11-07T12:00:00Z"}`,
		`{"actionName":"GET_RULE","timestamp":"2026-11-08T23:30:00Z"}`,
	})
	none := []time.Weekday{}
	for name, c := range map[string]struct {
		office Office
		zone   *time.Location
		want   []int
	}{
		"usual":         {Office{}, nil, []int{0, 3, 5, 6}},
		"to the minute": {Office{Opens: 6*60 + 59, Closes: 19*60 + 1}, nil, []int{5, 6}},
		"no weekend":    {Office{Weekend: none}, nil, []int{0, 3, 6}},
		"Friday":        {Office{Weekend: []time.Weekday{time.Friday}}, nil, []int{0, 3, 4, 6}},
		"by night":      {Office{Opens: 19 * 60, Closes: 7 * 60, Weekend: none}, nil, []int{1, 2, 4, 5}},
		"in a zone":     {Office{Weekend: none}, time.FixedZone("", 30*60), []int{2, 3, 6}},
	} {
		if diff := cmp.Diff(c.want, selected(t, log, Compile(mustParse(t, "is:offhours"), Env{Now: noon, Office: c.office, Zone: c.zone}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for query, want := range map[string]bool{"": false, "time:2026-11-02": false, "view:off-hours": true, "a OR -is:offhours": true} {
		if got := AsksForOffice(mustParse(t, query)); got != want {
			t.Errorf("AsksForOffice(%q) = %v", query, got)
		}
	}
}

func TestCIIsWhatTheUserSays(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"GET_RULE","actor":{"type":"TOKEN","name":"ci-token"}}`,
		`{"actionName":"GET_RULE","actor":{"type":"USER","name":"deploy-bot"}}`,
		`{"actionName":"GET_RULE","actor":{"type":"USER","name":"ann"}}`,
	})
	for _, c := range []struct {
		ci, query string
		want      []int
	}{
		{"", "is:ci", []int{0}}, {"", "-is:ci", []int{1, 2}}, {"actor:deploy-*", "is:ci", []int{1}}, {"actor:deploy-*", "-is:ci", []int{0, 2}},
	} {
		env := Env{Now: noon}
		if c.ci != "" {
			env.CI, _ = NewAutomation(mustParse(t, c.ci))
		}
		if diff := cmp.Diff(c.want, selected(t, log, Compile(mustParse(t, c.query), env))); diff != "" {
			t.Errorf("%s as %q (-want +got):\n%s", c.query, c.ci, diff)
		}
	}
	for text, fine := range map[string]bool{"is:token": true, "actor:a,b-* -action:GET_*": true, "userAgent:curl*": true, "ip:192.0.2.1": false, "is:ci": false, "since:24h": false, "is:first-seen": false, "param.id:x": false, "word": false} {
		if _, err := NewAutomation(mustParse(t, text)); (err == nil) != fine {
			t.Errorf("NewAutomation(%q) = %v", text, err)
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
