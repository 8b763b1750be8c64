package modal

import (
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// states puts a log of sources in all states together.
func states(t *testing.T) (kittest.StillLog, []model.SourceID) {
	t.Helper()
	log := model.NewLog()
	var ids []model.SourceID
	for _, s := range []model.SourceState{
		{Name: model.NewText("live.jsonl"), Phase: model.Following, Size: 10},
		{Name: model.NewText("big.json.gz"), Phase: model.Loading, Form: "JSON lines, gzip", Size: 1 << 30, Stored: 5 << 20},
		{Name: model.NewText("gone\x1b[2J"), Phase: model.Broken, Size: -1, Err: model.NewText("opening gone\x1b[2J: permission denied")},
		{Name: model.NewText("cut.zst"), Phase: model.Complete, Size: 100, Damaged: true, Note: model.NewText("the frame ends early")},
		{Name: model.NewText("stopped"), Phase: model.Cancelled, Size: -1},
		{Name: model.NewText("waiting"), Phase: model.Waiting, Size: -1},
		{Name: model.NewText("done.jsonl"), Phase: model.Complete, Size: 0},
	} {
		id := log.AddSource(s.Name)
		log.UpdateSource(id, func(now *model.SourceState) { *now = s })
		ids = append(ids, id)
	}
	readBlanks(log, ids[1], 40<<20)
	return kittest.StillLog{Log: log}, ids
}

// readBlanks has a source read nine blank lines of some bytes in all.
func readBlanks(log *model.Log, id model.SourceID, bytes int64) {
	log.Append(&model.Batch{Source: id, Raw: strings.NewReader(""), Length: bytes, Line: 1, Lines: 9, Blanks: 9, Vocabulary: model.NewVocabulary()})
}

// newSourceRig shows the sources of a log alone.
func newSourceRig(t testing.TB, log kittest.StillLog, memory Memory) *kittest.ModalRig {
	t.Helper()
	r := kittest.NewModalRig(t)
	r.Log = log
	r.Obey(kit.Wish{Modal: NewSourceView(r.Display, memory)})
	r.Work()
	return r
}

func TestEverySourceTellsItsState(t *testing.T) {
	log, _ := states(t)
	r := newSourceRig(t, log, func() (int64, int64) { return 3 << 29, 2 << 30 })
	r.MustShow("live       live.jsonl", "loading    big.json.gz", "broken     gone", "damaged    cut.zst", "stopped    stopped", "waiting    waiting", "complete   done.jsonl",
		"JSON lines, gzip", "40 MiB", "memory: 1.5 GiB of 2.0 GiB for all sources")
	r.Press("j")
	r.MustShow("9 lines = 0 events + 0 rejects + 9 blanks", "40 MiB read from 5.0 MiB as stored", "to go")
	r.Press("j")
	r.MustShow("opening gone", "permission denied")
	r.Press("j")
	r.MustShow("the frame ends early")
}

func TestEnterFiltersByTheSource(t *testing.T) {
	log := kittest.LoadText(t, "one", kittest.Events(3))
	kittest.AppendText(t, log.Log, kittest.Events(4))
	r := newSourceRig(t, log, nil)
	r.Press("j enter")
	got, snap := r.Wished.With, log.Snapshot()
	if want := query.Is("source", "more").String(); len(r.Modals) != 0 || got == nil || got.String() != want || kittest.SelectedBy(t, &snap, got).Len() != 4 {
		t.Errorf("enter leaves %d modals and filters by %v, want %q, which finds 4 rows", len(r.Modals), got, want)
	}
}

func TestRateIsThatOfTheLastSeconds(t *testing.T) {
	now := kittest.TestNow
	log, ids := states(t)
	r := kittest.NewModalRig(t)
	r.Log, r.Display.Now = log, func() time.Time { return now }
	r.Obey(kit.Wish{Modal: NewSourceView(r.Display, nil)})
	r.Work()
	grow := func(bytes int64, after time.Duration) {
		now = now.Add(after)
		readBlanks(log.Log, ids[1], bytes)
		r.Work()
	}
	grow(100<<20, 0)
	if shown := r.Screen(160, 40); strings.Contains(shown, "/s") {
		t.Errorf("there is a rate of no time:\n%s", shown)
	}
	grow(100<<20, 2*time.Second)
	r.MustShow("100 MiB/s")
	for range 8 {
		grow(20<<20, time.Second)
	}
	r.MustShow("20 MiB/s")
}
