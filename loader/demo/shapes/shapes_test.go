package shapes_test

import (
	"bytes"
	"testing"

	"pawprint/loader/decode"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
)

func TestShapesAreWhatTheySay(t *testing.T) {
	for _, s := range shapes.All() {
		t.Run(s.Name, func(t *testing.T) {
			log := s.Lines(1, 1<<20)
			if !bytes.Equal(log, s.Lines(1, 1<<20)) {
				t.Error("the same seed gives other bytes")
			}
			if bytes.Equal(log, s.Lines(2, 1<<20)) {
				t.Error("another seed gives the same bytes")
			}
			batch := &model.Batch{}
			decode.New().Lines(batch, log)
			counted := model.NewLog()
			batch.Source, batch.Raw, batch.Length, batch.Line = counted.AddSource(model.NewText("shape")), bytes.NewReader(log), int64(len(log)), 1
			counted.Append(batch)
			snap := counted.Snapshot()
			flawed := 0
			for r := range model.Row(snap.Rows()) {
				if len(snap.Problems(r)) > 0 {
					flawed++
				}
			}
			if few := flawed <= int(snap.Rows())/50; few != s.Ours {
				t.Errorf("%d of %d rows have problems", flawed, snap.Rows())
			}
		})
	}
}
