package model

import "testing"

func TestProgressCountsBytesAsTheyAreStored(t *testing.T) {
	log := NewLog()
	for _, s := range []SourceState{{Size: 100, Stored: 40}, {Size: 50, Stored: 25}} {
		id := log.AddSource(NewText("x"))
		log.UpdateSource(id, func(state *SourceState) { *state = s })
	}
	snap := log.Snapshot()
	if read, size := snap.Progress(); read != 65 || size != 150 {
		t.Errorf("Progress = %d, %d, want 65, 150", read, size)
	}
	if plain := (SourceState{Books: Books{Bytes: 400}}); plain.Read() != 400 {
		t.Errorf("%d bytes of a plain source were read, want those of its books", plain.Read())
	}
	log.UpdateSource(log.AddSource(NewText("pipe")), func(state *SourceState) { state.Size = -1 })
	snap = log.Snapshot()
	if read, size := snap.Progress(); read != 65 || size != -1 {
		t.Errorf("Progress with a pipe = %d, %d, want 65, -1", read, size)
	}
}
