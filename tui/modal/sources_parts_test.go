package modal

import (
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit/kittest"
)

// A database is listed once, with what was read of it below, and enter finds the rows of all of it.
func TestADatabaseIsListedWithItsWindows(t *testing.T) {
	log := model.NewLog()
	of := model.NewText("clickhouse://ch.example.com:8443/logs.audit")
	whole := log.AddSource(of)
	file := log.AddSource(model.NewText("audit.jsonl"))
	for _, window := range []string{"2026-11-21T00:00:00Z/2026-11-22T00:00:00Z", "2026-11-14T00:00:00Z/2026-11-21T00:00:00Z"} {
		id := log.AddSource(model.NewText(of.Raw() + "#" + window))
		log.UpdateSource(id, func(s *model.SourceState) {
			s.Phase, s.Of, s.Note = model.Complete, of, model.NewText("asked for is:failed")
		})
		if err := loader.ReadLines(t.Context(), log, id, strings.NewReader(kittest.Events(3)), loader.Limits{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []model.SourceID{whole, file} {
		log.UpdateSource(id, func(s *model.SourceState) { s.Phase = model.Complete })
	}
	r := newSourceRig(t, kittest.StillLog{Log: log}, nil)
	text := r.Screen(120, 30)
	names := []string{of.Raw()[:20], "  2026-11-21 00:00 to 11-22 00:00", "  2026-11-14 00:00 to 11-21 00:00", "audit.jsonl"}
	for at, name := range names {
		next := strings.Index(text, name)
		if next < 0 {
			t.Fatalf("row %d is not %q:\n%s", at, name, text)
		}
		text = text[next:]
	}
	r.MustShow("6 lines = 6 events")
	r.Press("j")
	r.MustShow("asked for is:failed", "3 lines = 3 events")
	r.Press("k enter")
	if got := r.Wished.With.String(); !strings.HasPrefix(got, "source:") || !strings.Contains(got, "ch.example.com") {
		t.Errorf("enter filters by %q", got)
	}
	rows, err := model.Select(t.Context(), log.Snapshot(), query.Compile(r.Wished.With, query.Env{}), nil)
	if err != nil || rows.Len() != 6 {
		t.Errorf("enter finds %d rows, %v", rows.Len(), err)
	}
}
