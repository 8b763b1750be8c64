package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
)

func sizeMsg(w, h int) tea.WindowSizeMsg { return tea.WindowSizeMsg{Width: w, Height: h} }

// states puts a log of sources in all states together.
func states(t *testing.T) (stillLog, []model.SourceID) {
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
	return stillLog{log}, ids
}

// readBlanks has a source read nine blank lines of some bytes in all.
func readBlanks(log *model.Log, id model.SourceID, bytes int64) {
	log.Append(&model.Batch{Source: id, Raw: strings.NewReader(""), Length: bytes, Line: 1, Lines: 9, Blanks: 9, Vocabulary: model.NewVocabulary()})
}

func TestEverySourceTellsItsState(t *testing.T) {
	log, _ := states(t)
	d := newDriver(t, Options{Log: log, Memory: func() (int64, int64) { return 3 << 29, 2 << 30 }}, 160, 40)
	d.press("B")
	d.mustShow("live       live.jsonl", "loading    big.json.gz", "broken     gone", "damaged    cut.zst", "stopped    stopped", "waiting    waiting", "complete   done.jsonl",
		"JSON lines, gzip", "40 MiB", "memory: 1.5 GiB of 2.0 GiB for all sources")
	d.press("j")
	d.mustShow("9 lines = 0 events + 0 rejects + 9 blanks", "40 MiB read from 5.0 MiB as stored", "to go")
	d.press("j")
	d.mustShow("opening gone", "permission denied")
	d.press("j")
	d.mustShow("the frame ends early")
}

func TestEnterFiltersByTheSource(t *testing.T) {
	log := loadText(t, "one", events(3))
	appendText(t, log.Log, events(4))
	d := newDriver(t, Options{Log: log}, 120, 40)
	d.press("B j enter")
	if want := query.Is("source", "more").String(); len(d.app.modals) != 0 || d.app.feed.text != want || d.app.list.len() != 4 {
		t.Errorf("enter leaves %d modals, the filter %q and %d rows, want %q and 4", len(d.app.modals), d.app.feed.text, d.app.list.len(), want)
	}
}

func TestSourcesAndProblemsLeadToEachOther(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "damaged.jsonl")}, 120, 40)
	for _, step := range []struct{ key, title string }{{"B", " Sources "}, {"p", " Problems "}, {"B", " Sources "}} {
		d.press(step.key)
		if len(d.app.modals) != 1 {
			t.Fatalf("after %s there are %d modals", step.key, len(d.app.modals))
		}
		d.mustShow(step.title)
	}
	d.press("?")
	d.mustShow("Problems and sources")
	d.press("esc B")
	if len(d.app.modals) != 0 {
		t.Errorf("B leaves %d modals", len(d.app.modals))
	}
}

func TestRateIsThatOfTheLastSeconds(t *testing.T) {
	now := testNow
	log, ids := states(t)
	d := newDriver(t, Options{Log: log, Now: func() time.Time { return now }}, 160, 40)
	d.press("B")
	grow := func(bytes int64, after time.Duration) {
		now = now.Add(after)
		readBlanks(log.Log, ids[1], bytes)
		d.send(logGrew{job: startedJob(d), snap: log.Snapshot()})
	}
	grow(100<<20, 0)
	if strings.Contains(d.screenText(), "/s") {
		t.Errorf("there is a rate of no time:\n%s", d.screenText())
	}
	grow(100<<20, 2*time.Second)
	d.mustShow("100 MiB/s")
	for range 8 {
		grow(20<<20, time.Second)
	}
	d.mustShow("20 MiB/s")
}
