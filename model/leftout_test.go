package model_test

import (
	"testing"

	"pawprint/model"
)

func TestWhatIsLeftOutIsCountedByReason(t *testing.T) {
	var l model.LeftOut
	if l.Text() != "" || l.Words() != "" {
		t.Errorf("nothing left out is %q", l.Text())
	}
	for _, reason := range []string{"hidden", ".txt", ".txt", ".a", "folders", ".b", ".c", ".d", ".e", ".f", ".g", ".f", "hidden"} {
		l.Add(reason, 1)
	}
	l.Add(".parquet", 1_200)
	l.Add(".none", 0)
	before := l.Clone()
	l.Add("hidden", 5)
	if got, want := before.Text(), "1,213 left out (others 1,203, .txt 2, hidden 2, .a 1, .b 1, .c 1, .d 1, .e 1, folders 1)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.From = model.NewText("logs")
	if got, want := l.Text(), "1,218 left out of logs (others 1,203, hidden 7, .txt 2, .a 1, .b 1, .c 1, .d 1, .e 1, folders 1)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if l.Count("hidden") != 7 || l.Count("none") != 0 {
		t.Errorf("hidden %d, none %d", l.Count("hidden"), l.Count("none"))
	}
}

func TestASnapshotSumsWhatIsLeftOut(t *testing.T) {
	log := model.NewLog()
	for _, reason := range []string{"hidden", ".txt", "hidden"} {
		id := log.AddSource(model.NewText("x"))
		log.UpdateSource(id, func(s *model.SourceState) {
			s.LeftOut.Add(reason, 2)
			s.Note = model.NewText("rotated")
		})
	}
	snap := log.Snapshot()
	sum := snap.LeftOut()
	if got := sum.Text(); got != "6 left out (hidden 4, .txt 2)" {
		t.Errorf("the sum is %q", got)
	}
	if got := snap.Sources()[1].Remarks().Raw(); got != "rotated; 2 left out (.txt 2)" {
		t.Errorf("the remarks are %q", got)
	}
}
