package statistics

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/query"
	"pawprint/model/redact"
)

// loaded is a snapshot of a log.
func loaded(t *testing.T, text string) model.Snapshot {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "a.jsonl", From: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	return log.Snapshot()
}

const log = `{"timestamp":"2026-11-22T10:00:00Z","actionName":"A","actionResult":"SUCCEEDED","actor":{"id":"u-1"},"userAgent":"token=hunter22xx"}
{"timestamp":"2026-11-22T10:30:00Z","actionName":"B","actionResult":"FAILED","actor":{"id":"u-1"}}
{"timestamp":"2026-11-22T12:00:00Z","actionName":"A","actionResult":"FAILED","actor":{"id":"u-2"}}
{"actionName":"C","actionResult":"SUCCEEDED","actor":{"id":""}}
no event
`

func TestGridsCountWhatTheySay(t *testing.T) {
	hour := clock.Step{Length: time.Hour, Zone: time.UTC}
	for _, c := range []struct {
		name string
		by   string
		step clock.Step
		top  int
		want string
	}{
		{"by a field", "action", clock.Step{}, 0, "action,count,failed,first,last\nA,2,1,2026-11-22T10:00:00Z,2026-11-22T12:00:00Z\nB,1,1,2026-11-22T10:30:00Z,2026-11-22T10:30:00Z\nC,1,0,,\n"},
		{"the most frequent", "Action", clock.Step{}, 1, "Action,count,failed,first,last\nA,2,1,2026-11-22T10:00:00Z,2026-11-22T12:00:00Z\n"},
		{"by the hour", "", hour, 0, "time,count,failed\n2026-11-22T10:00:00Z,2,1\n2026-11-22T11:00:00Z,0,0\n2026-11-22T12:00:00Z,1,1\n,1,0\n"},
		{"both", "action", hour, 1, "time,action,count,failed\n2026-11-22T10:00:00Z,A,1,0\n2026-11-22T12:00:00Z,A,1,1\n,C,1,0\n"},
		{"masked", "ua", clock.Step{}, 0, "ua,count,failed,first,last\n,3,2,2026-11-22T10:30:00Z,2026-11-22T12:00:00Z\ntoken=[redacted],1,0,2026-11-22T10:00:00Z,2026-11-22T10:00:00Z\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var by []string
			if c.by != "" {
				by = []string{c.by}
			}
			s, err := New("by", by, nil)
			if err != nil {
				t.Fatal(err)
			}
			s.Step, s.Top, s.Zone, s.Mask = c.step, c.top, time.UTC, new(redact.Masker)
			sel, err := model.Select(t.Context(), loaded(t, log), query.Compile(query.Everything(), query.Env{}), nil)
			if err != nil {
				t.Fatal(err)
			}
			g, events, err := s.Grid(t.Context(), sel)
			if err != nil || events != 4 {
				t.Fatalf("%d events, %v", events, err)
			}
			format, err := output.Grids.Find("csv")
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := format.WriteGrid(output.Options{Out: &out}, g); err != nil || out.String() != c.want {
				t.Errorf("%s, %v, want %s", &out, err, c.want)
			}
		})
	}
}

func TestFieldsThatCannotBeCountedAreRefused(t *testing.T) {
	for _, name := range []string{"time", "nothing", "is"} {
		if _, err := New("by", []string{name}, nil); err == nil || !strings.HasPrefix(err.Error(), "reading --by: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
