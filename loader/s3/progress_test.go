package s3

import (
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

func TestTheNoteTellsHowFarItIsHowFastAndHowLong(t *testing.T) {
	now := utc("2026-11-22 10:00")
	log := model.NewLog()
	p := newProgress(log, model.NewText("s3://audit-logs/"), func() time.Time { return now })
	want := func(note string) {
		t.Helper()
		p.report()
		if got := summary(log); got.Note.Raw() != note || got.Phase != p.phase {
			t.Errorf("note %v, want %s", got.Note, note)
		}
	}
	want("listing: 0 objects, 0 B")
	p.listed = tally{1999, 40 << 20}
	want("listing: 1,999 objects, 40 MiB")
	p.done, p.bytes = 1, 500
	want("1 of at least 1,999 objects, 500 B of 40 MiB")
	for range 20 {
		now = now.Add(time.Second)
		p.done, p.bytes = p.done+10, p.bytes+1<<20
		p.report()
	}
	p.counted = true
	want("201 of 1,999 objects, 20 MiB of 40 MiB, 1.0 MiB/s, 20s left")
	p.retries, p.failed = 1, 2
	p.remark("the layout is unknown")
	p.remark("the layout is unknown")
	want("201 of 1,999 objects, 20 MiB of 40 MiB, 1.0 MiB/s, 20s left; 2 objects could not be read; 1 retry; the layout is unknown")
	now = now.Add(9 * time.Second) // nothing comes any more: the rate falls
	p.report()
	now = now.Add(9 * time.Second)
	p.report()
	now = now.Add(9 * time.Second)
	if p.report(); strings.Contains(summary(log).Note.Raw(), "/s") {
		t.Errorf("the note after half a minute of silence: %v", summary(log).Note)
	}
	p.end(nil)
	if got := summary(log); got.Phase != model.Complete || got.Stored != p.bytes || got.Size != 40<<20 || got.Err.Raw() != "" {
		t.Errorf("the end: %+v", got)
	}
}
