package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/model"
)

// TestFollowingSaysWhatItWaitsForAndLacksOnce has very many sources that say the same.
func TestFollowingSaysWhatItWaitsForAndLacksOnce(t *testing.T) {
	const polling, tooFew = "polling: the watch limit is reached", "too few files can be open"
	for name, c := range map[string]struct {
		sources       int
		note, lacking string
		lines         int64
		want          []string
	}{
		"nothing":             {sources: 9, want: nil},
		"one waits":           {sources: 1, note: "waiting: it is missing", want: []string{"pawprint: 0.jsonl: waiting: it is missing"}},
		"it was read":         {sources: 1, note: "it was rotated", lines: 1, want: nil},
		"lacking, and read":   {sources: 5000, lacking: tooFew, lines: 1, want: []string{"pawprint: following: " + tooFew}},
		"lacking, and unread": {sources: 5000, lacking: polling, want: []string{"pawprint: following: " + polling}},
	} {
		t.Run(name, func(t *testing.T) {
			got := reported(t, func(log *model.Log) {
				for i := range c.sources {
					addFollowed(log, i, c.note, c.lacking, c.lines)
				}
			})
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("printed %q, want %q", got, c.want)
			}
		})
	}
	got := reported(t, func(log *model.Log) {
		for i := range 5000 {
			addFollowed(log, i, "waiting: it is missing", []string{polling, tooFew}[i%2], 0)
		}
	})
	if len(got) != mostNotes+3 || !strings.Contains(strings.Join(got, "\n"), "more sources have notes") {
		t.Errorf("printed %d lines, want %d, of which one says that there are more:\n%s", len(got), mostNotes+3, strings.Join(got, "\n"))
	}
}

func addFollowed(log *model.Log, i int, note, lacking string, lines int64) {
	id := log.AddSource(model.NewText(fmt.Sprintf("%d.jsonl", i)))
	log.UpdateSource(id, func(s *model.SourceState) { s.Note, s.Lacking = model.NewText(note), model.NewText(lacking) })
	if lines > 0 {
		log.Append(&model.Batch{Source: id, Vocabulary: model.NewVocabulary(), Lines: lines, Blanks: lines})
	}
}

// reported returns the lines that following prints on standard error of a log, looked at twice.
func reported(t *testing.T, fill func(*model.Log)) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "err")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	log := model.NewLog()
	fill(log)
	snap := log.Snapshot()
	var notes waitingNotes
	for range 2 {
		notes.report(newOutlet(file), &snap, new(settings).sourceName)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
}
