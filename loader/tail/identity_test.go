package tail

import (
	"os"
	"strings"
	"testing"

	"pawprint/model"
)

func TestSetKnowsFilesByIdentity(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(r *rig){
		"renamed within the glob": func(r *rig) {
			r.move("audit.jsonl", "audit.jsonl.1")
			r.put("audit.jsonl", 2)
			r.caughtUp()
			r.put("audit.jsonl.1", 2) // late
			r.caughtUp()
			r.noted("renamed from audit.jsonl to audit.jsonl.1")
			if n := r.sources(); n != 2 {
				r.Errorf("there are %d sources, want 2", n)
			}
		},
		"renamed again and again": func(r *rig) {
			for range 4 {
				for i := 3; i >= 1; i-- {
					_ = os.Rename(r.at("audit.jsonl."+string('0'+rune(i))), r.at("audit.jsonl."+string('1'+rune(i))))
				}
				r.move("audit.jsonl", "audit.jsonl.1")
				r.put("audit.jsonl", 2)
				r.caughtUp()
			}
			if n := r.sources(); n != 5 {
				r.Errorf("there are %d sources, want 5", n)
			}
		},
		"swapped": func(r *rig) {
			r.put("audit.jsonl.1", 3)
			r.caughtUp()
			r.move("audit.jsonl", "tmp")
			r.move("audit.jsonl.1", "audit.jsonl")
			r.move("tmp", "audit.jsonl.1")
			r.caughtUp()
			r.put("audit.jsonl", 3)
			r.put("audit.jsonl.1", 3)
		},
		"copied and truncated": func(r *rig) {
			for _, to := range []string{".1", ".2", ".3"} {
				r.put("audit.jsonl", 40)
				r.copyTruncate(to)
				r.put("audit.jsonl", 1)
				r.caughtUp()
			}
			r.noted("truncated after byte")
			r.noted("a copy of audit.jsonl")
		},
		"copied and truncated while short": func(r *rig) {
			r.caughtUp()
			r.put("audit.jsonl", 1)
			r.copyTruncate(".1")
			r.put("audit.jsonl", 1)
		},
		"copied over older copies": func(r *rig) {
			r.busy = true // the last copy brings no rows that could be waited for
			for range 3 {
				r.put("audit.jsonl", 5)
				r.caughtUp()
				if old, err := os.ReadFile(r.at("audit.jsonl.1")); err == nil {
					r.must(os.WriteFile(r.at("audit.jsonl.2"), old, 0o600))
				}
				r.copyTruncate(".1")
				r.put("audit.jsonl", 1)
				r.caughtUp()
			}
		},
		"a copy that goes on": func(r *rig) {
			r.put("audit.jsonl", 40)
			r.caughtUp()
			r.must(os.WriteFile(r.at("audit.jsonl.x"), []byte(r.read()), 0o600))
			r.noted("a copy of audit.jsonl, which was read")
			if s := r.named("audit.jsonl.x"); !s.Copy {
				r.Errorf("a file that is known to be a copy is told as %+v", s)
			}
			r.put("audit.jsonl", 3)
			r.put("audit.jsonl.x", 3)
			r.caughtUp()
			s := r.named("audit.jsonl.x")
			if s.Books.Events != 3 || s.Copy || strings.Contains(s.Note.Raw(), "which was read") {
				r.Errorf("%d events were read from the copy, want 3, and it is told as %+v", s.Books.Events, s)
			}
		},
		"a new file that begins as one that is read": func(r *rig) {
			first, _, _ := strings.Cut(r.read(), "\n")
			r.must(os.WriteFile(r.at("audit.jsonl.x"), []byte(first+"\n"+r.lines(1)), 0o600))
			r.expect(first)
		},
		"a new file that is the first line of one that is read": func(r *rig) {
			first, _, _ := strings.Cut(r.read(), "\n")
			r.must(os.WriteFile(r.at("audit.jsonl.x"), []byte(first+"\n"), 0o600))
			r.expect(first)
		},
		"a number of a file that is used again": func(r *rig) {
			for range 5 {
				r.must(os.Remove(r.at("audit.jsonl")))
				r.put("audit.jsonl.y", 3) // mostly gets the same number
				r.caughtUp()
				r.move("audit.jsonl.y", "audit.jsonl")
				r.put("audit.jsonl", 3)
				r.caughtUp()
			}
		},
		"moved out and back": func(r *rig) {
			r.put("audit.jsonl", 40)
			r.caughtUp()
			r.move("audit.jsonl", "other")
			r.until("let go of it", func(s model.Snapshot) bool { return s.Sources()[0].Phase == model.Complete })
			r.move("other", "audit.jsonl.1")
			r.put("audit.jsonl.1", 2)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachSet(t, "audit.jsonl*", func(r *rig) {
				r.write(r.lines(3))
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.put("audit.jsonl.z", 1) // what was read twice shows
				r.caughtUp()
				r.halt()
			})
		})
	}
}
