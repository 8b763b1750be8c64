package s3

import (
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
		p.tell()
		if got := summary(log); got.Note.Raw() != note || got.Phase != p.phase {
			t.Errorf("note %v, want %s", got.Note, note)
		}
	}
	want("listing: 0 objects, 0 B")
	p.listed = tally{1999, 40_000_000}
	want("listing: 1,999 objects, 40.0 MB")
	p.done, p.bytes = 1, 500
	want("1 of at least 1,999 objects, 500 B of 40.0 MB")
	for range 20 {
		now = now.Add(time.Second)
		p.done, p.bytes = p.done+10, p.bytes+1_000_000
		p.tell()
	}
	p.counted = true
	want("201 of 1,999 objects, 20.0 MB of 40.0 MB, 1.0 MB/s, 20s left")
	p.retries, p.failed = 1, 2
	p.skipped.add("folders")
	p.remark("the layout is unknown")
	p.remark("the layout is unknown")
	want("201 of 1,999 objects, 20.0 MB of 40.0 MB, 1.0 MB/s, 20s left; 2 objects could not be read; 1 retry; 1 object skipped as no logs (folders 1); the layout is unknown")
	now = now.Add(9 * time.Second) // nothing comes any more: the rate falls
	p.tell()
	now = now.Add(9 * time.Second)
	p.tell()
	now = now.Add(9 * time.Second)
	if p.tell(); p.rate() != 0 {
		t.Errorf("a rate of %v after half a minute of silence", p.rate())
	}
	p.end(nil)
	if got := summary(log); got.Phase != model.Complete || got.Stored != p.bytes || got.Size != 40_000_000 || got.Err.Raw() != "" {
		t.Errorf("the end: %+v", got)
	}
}

func TestSizesAreShort(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_960: "1.0 MB", 78_200_000: "78.2 MB", 3_100_000_000: "3.1 GB", 5_000_000_000_000_000: "5000.0 TB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %s, want %s", n, got, want)
		}
	}
}
