package tail

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// pack writes a packed copy of a file of the test's folder, bit by bit as a packer does, and removes the file.
func (r *rig) pack(name, ending string) {
	r.Helper()
	r.packInto(name, name+ending)
}

func (r *rig) packInto(name, packed string) {
	r.Helper()
	text := readAll(r, name)
	data := gzipped(r.T, text)
	if strings.HasSuffix(packed, ".zst") {
		w, err := zstd.NewWriter(nil)
		r.must(err)
		data = w.EncodeAll([]byte(text), nil)
	}
	out, err := os.Create(r.at(packed))
	r.must(err)
	for len(data) > 0 {
		n := min(len(data), 64)
		_, err := out.Write(data[:n])
		r.must(err)
		data = data[n:]
	}
	r.must(errors.Join(out.Close(), os.Remove(r.at(name))))
}

// shift renames the numbered files of a log by one, as long as there are such.
func (r *rig) shift(base, ending string, from int) {
	r.Helper()
	for n := 9; n >= from; n-- {
		if _, err := os.Lstat(r.at(fmt.Sprintf("%s.%d%s", base, n, ending))); err == nil {
			r.move(fmt.Sprintf("%s.%d%s", base, n, ending), fmt.Sprintf("%s.%d%s", base, n+1, ending))
		}
	}
}

// schemes are ways to rotate audit.jsonl for the nth time, counted from 1.
var schemes = map[string]func(r *rig, n int){
	"numbers": func(r *rig, _ int) {
		r.shift("audit.jsonl", "", 1)
		r.rotate(".1")
	},
	"numbers, packed at once": func(r *rig, _ int) {
		r.shift("audit.jsonl", ".gz", 1)
		r.rotate(".1")
		r.pack("audit.jsonl.1", ".gz")
	},
	"numbers, packed later": func(r *rig, n int) {
		r.shift("audit.jsonl", ".gz", 2)
		if n > 1 {
			r.packInto("audit.jsonl.1", "audit.jsonl.2.gz")
		}
		r.rotate(".1")
	},
	"numbers, packed with zstd": func(r *rig, _ int) {
		r.shift("audit.jsonl", ".zst", 1)
		r.rotate(".1")
		r.pack("audit.jsonl.1", ".zst")
	},
	"dates": func(r *rig, n int) { r.rotate(fmt.Sprintf("-202611%02d", n)) },
	"dates, packed": func(r *rig, n int) {
		r.rotate(fmt.Sprintf("-202611%02d", n))
		r.pack(fmt.Sprintf("audit.jsonl-202611%02d", n), ".gz")
	},
	"dates behind a dot, packed": func(r *rig, n int) {
		r.rotate(fmt.Sprintf(".2026-11-%02d", n))
		r.pack(fmt.Sprintf("audit.jsonl.2026-11-%02d", n), ".gz")
	},
	"times before the ending, packed": func(r *rig, n int) {
		name := fmt.Sprintf("audit-2026-11-01T10-00-%02d.000.jsonl", n)
		r.move("audit.jsonl", name)
		r.pack(name, ".gz")
	},
	"copied and emptied": func(r *rig, _ int) {
		r.shift("audit.jsonl", "", 1)
		r.copyTruncate(".1")
	},
	"copied, emptied and packed": func(r *rig, _ int) {
		r.shift("audit.jsonl", ".gz", 1)
		r.copyTruncate(".1")
		r.pack("audit.jsonl.1", ".gz")
	},
	"packed into a file that is renamed": func(r *rig, n int) {
		r.rotate(".1")
		r.packInto("audit.jsonl.1", ".tmp")
		r.move(".tmp", fmt.Sprintf("audit.jsonl.%d.gz", n))
	},
}

// A folder holds the log and what rotation makes of it. Whatever is renamed, copied and packed there, each line is read once.
func TestAFollowedFolderReadsRotatedLinesOnce(t *testing.T) {
	t.Parallel()
	for name, rotate := range schemes {
		for _, calm := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/calm %t", name, calm), func(t *testing.T) {
				eachSet(t, "", func(r *rig) {
					// The last copy brings no rows that could be waited for.
					r.busy = strings.Contains(name, "emptied") || strings.Contains(name, "packed")
					r.write(r.lines(30))
					r.start()
					for n := 1; n <= 3; n++ {
						if calm || strings.Contains(name, "emptied") {
							r.caughtUp()
						}
						rotate(r, n)
						r.write(r.lines(20 + n))
					}
					r.caughtUp()
					r.end()
				})
			})
		}
	}
}

// What was rotated before following began is read too, once, though it is being packed at that moment.
func TestAFollowedFolderBeginsWithRotatedLogs(t *testing.T) {
	t.Parallel()
	for name, ending := range map[string]string{"gzip": ".gz", "zstd": ".zst"} {
		t.Run(name, func(t *testing.T) {
			eachSet(t, "", func(r *rig) {
				r.put("audit.jsonl.3", 40)
				r.pack("audit.jsonl.3", ending)
				r.put("audit.jsonl.2", 30)
				copied := readAll(r, "audit.jsonl.2")
				r.pack("audit.jsonl.2", ending)
				r.must(os.WriteFile(r.at("audit.jsonl.2"), []byte(copied), 0o600))
				r.put("audit.jsonl.1", 20)
				r.put("audit.jsonl", 10)
				r.start()
				r.caughtUp()
				r.noted("it holds the same as audit.jsonl.2")
				r.end()
			})
		})
	}
}

// A packed file that is not complete yet is no damaged one as long as all that comes out of it was read.
func TestAFollowedFolderWaitsForAPackerThatPauses(t *testing.T) {
	t.Parallel()
	eachSet(t, "", func(r *rig) {
		r.write(r.lines(300))
		r.start()
		r.caughtUp()
		data := gzipped(r.T, r.read())
		r.rotate(".1")
		r.write(r.lines(2))
		r.must(os.WriteFile(r.at("audit.jsonl.1.gz"), data[:len(data)/2], 0o600))
		r.noted("as far as it is complete")
		r.must(os.WriteFile(r.at("audit.jsonl.1.gz"), data, 0o600))
		r.must(os.Remove(r.at("audit.jsonl.1")))
		r.noted("and was not read again")
		r.end()
		snap := r.log.Snapshot()
		for _, source := range snap.Sources() {
			if packed := strings.HasSuffix(source.Name.Raw(), ".gz"); packed != source.Copy {
				t.Errorf("%v: it is a copy: %v", source.Name, source.Copy)
			}
			if source.Damaged || !source.Err.Empty() {
				t.Errorf("%v is damaged: %v", source.Name, source.Err)
			}
		}
	})
}
