package tail

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"strings"
	"testing"

	"pawprint/model"
)

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSetLoadsWholeFilesOnce(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(r *rig){
		"gzipped away": func(r *rig) {
			r.put("audit.jsonl", 200)
			r.caughtUp()
			r.move("audit.jsonl", "audit.jsonl.1")
			r.put("audit.jsonl", 1)
			r.must(os.WriteFile(r.at("audit.jsonl.1.gz"), gzipped(r.T, readAll(r, "audit.jsonl.1")), 0o600))
			r.must(os.Remove(r.at("audit.jsonl.1")))
			r.noted("it holds the same as audit.jsonl")
		},
		"gzipped away with lines that nobody saw": func(r *rig) {
			all := r.read() + r.lines(3)
			r.must(os.WriteFile(r.at("audit.jsonl.1.gz"), gzipped(r.T, all), 0o600))
			r.must(os.Remove(r.at("audit.jsonl")))
			r.noted("it holds the same as audit.jsonl")
		},
		"new and gzipped": func(r *rig) {
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(50)), 0o600))
			r.caughtUp()
			r.until("complete", func(s model.Snapshot) bool {
				last := s.Sources()[len(s.Sources())-1]
				return last.Phase == model.Complete && last.Form == "JSON lines, gzip"
			})
		},
		"gzipped and renamed": func(r *rig) {
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(50)), 0o600))
			r.caughtUp()
			r.move("audit.jsonl.5.gz", "audit.jsonl.6.gz")
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(50)), 0o600))
		},
		"gzipped and changed": func(r *rig) {
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(5)), 0o600))
			r.caughtUp()
			r.until("complete", func(s model.Snapshot) bool { return s.Sources()[len(s.Sources())-1].Phase == model.Complete })
			r.must(appendFile(r.at("audit.jsonl.5.gz"), "more"))
			r.noted("it changed after it was loaded")
		},
		"an array": func(r *rig) {
			lines := strings.Split(strings.TrimSpace(r.lines(3)), "\n")
			r.must(os.WriteFile(r.at("audit.jsonl.json"), []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o600))
			r.noted("not followed, as it is not written line by line: JSON array")
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachSet(t, "audit.jsonl*", func(r *rig) {
				r.write(r.lines(3))
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.put("audit.jsonl.z", 1)
				r.caughtUp()
				r.halt()
			})
		})
	}
}

func readAll(r *rig, name string) string {
	r.Helper()
	b, err := os.ReadFile(r.at(name))
	r.must(err)
	return string(b)
}
