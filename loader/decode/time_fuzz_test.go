package decode_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/logtest"
	"pawprint/model/query"
)

// FuzzTheQueryFindsEachTimeOfTheDecoder holds the decoder and the query against each other: a time that check calls clean is found by
// its own nanosecond, wherever it stands, and by no other.
func FuzzTheQueryFindsEachTimeOfTheDecoder(f *testing.F) {
	for _, text := range []string{
		"2026-11-02T10:00:00Z", "2026-11-02 10:00:00.000 UTC", "2026-11-02T10:00:60Z", "2026-11-02 10:00:00", "2026-11-02t10:00:00,123456789-0530", "1969-12-31T23:59:59.5+02",
		"2262-04-11T23:47:15Z", "1677-09-21T00:12:45Z", "2024-02-29T00:00:00z", "2026-11-02", "soon", "2026-11-02T10:00:00\x00",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !json.Valid([]byte(`"`+text+`"`)) || strings.ContainsAny(text, "\\") {
			return
		}
		in := `"` + text + `"`
		both := decodeText(logtest.Event(`"timestamp":`+in, `"p_event_time":`+in, `"p_parse_time":`+in, `"actionParams":{"at":`+in+`}`) + "\n")
		lake := decodeText(logtest.Event(`"timestamp"`, `"p_event_time":`+in) + "\n")
		if both.Flags(0)&model.FlagNoTime != lake.Flags(0)&model.FlagNoTime || both.Nanos(0) != lake.Nanos(0) {
			t.Fatalf("%q is %d as timestamp, %d as p_event_time", text, both.Nanos(0), lake.Nanos(0))
		}
		if both.Flags(0)&model.FlagNoTime != 0 {
			return
		}
		at := time.Unix(0, both.Nanos(0)).UTC().Format(time.RFC3339Nano)
		for _, name := range []string{"time", "p_event_time", "p_parse_time", "param.at"} {
			for op, want := range map[string]bool{">=": true, "<=": true, ">": false, "<": false} {
				if got := matches(t, both, name+op+at); got != want {
					t.Errorf("%s%s%s finds %q: %v, want %v", name, op, at, text, got, want)
				}
			}
		}
		if !matches(t, lake, "time:"+at) || !matches(t, lake, "p_event_time>="+at) {
			t.Errorf("%q is not found by its own nanosecond %s", text, at)
		}
	})
}

func matches(t *testing.T, snap model.Snapshot, text string) bool {
	t.Helper()
	e, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	sel, err2 := model.Select(context.Background(), snap, query.Compile(e, query.Env{}), nil)
	if err2 != nil {
		t.Fatal(err2)
	}
	return sel.Len() == 1
}
