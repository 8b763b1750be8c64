package tail

import (
	"errors"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

// The place of a source is where its lines can be read again, or the look at it says that they cannot.
func TestPlacesOfRotatedFilesAreNotTakenForTheirSuccessors(t *testing.T) {
	t.Parallel()
	c := newCopyScene(t, 2)
	c.rotate(".2")
	c.write(c.lines(2)) // was never seen at the path
	c.rotate(".1")
	c.write(c.lines(2))
	c.check()
	places := map[string]int{}
	eachLine(t, c.log, func(s *model.SourceState, offset int64, line string) {
		switch err := loader.CheckPlace(s, offset, []byte(line)); {
		case err == nil:
			places[s.Place.Raw()]++
		case errors.Is(err, loader.ErrMoved):
			places["moved"]++
		default:
			t.Error(err)
		}
	})
	if places["moved"] != 2 || places[c.path] != 2 || places[c.path+".1"] != 2 {
		t.Errorf("lines stand at %v", places)
	}
}

// eachLine calls visit for each row of a log.
func eachLine(t *testing.T, log *model.Log, visit func(s *model.SourceState, offset int64, line string)) {
	t.Helper()
	snap := log.Snapshot()
	for i := range snap.Rows() {
		line, err := snap.Raw(model.Row(i))
		if err != nil {
			t.Fatal(err)
		}
		o := snap.Origin(model.Row(i))
		visit(&snap.Sources()[o.Source], o.Offset, line.Raw())
	}
}
