package tail

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

// A file that several arguments reach is followed once, under the first name on the command line, and says so.
func TestAFileIsFollowedOnceHoweverItIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"a.jsonl a.jsonl", "a.jsonl: named more than once, read once"},
		{"a.jsonl ./a.jsonl", "a.jsonl: also reached as ./a.jsonl, read once"},
		{"link.jsonl a.jsonl", "link.jsonl: also reached as a.jsonl, read once"},
		{"a.jsonl link.jsonl", "a.jsonl: also reached as link.jsonl, read once"},
		{"hard/a.jsonl a.jsonl", "hard/a.jsonl: also reached as a.jsonl, read once"},
		{"a.jsonl hard", "a.jsonl: also reached as hard/a.jsonl, read once"},
		{"hard a.jsonl", "hard/a.jsonl: also reached as a.jsonl, read once"},
		{"hard hard/a.jsonl", "hard/a.jsonl: named more than once, read once"},
		{"hard/* hard/a*", "hard/a.jsonl: named more than once, read once"},
		{"way/a.jsonl hard/*.jsonl link.jsonl", "way/a.jsonl: also reached as hard/a.jsonl, link.jsonl, read once"},
		{"twice", "twice/a.jsonl: also reached as twice/b.jsonl, read once"},
		{"hard/{a,[a]}.jsonl", "hard/a.jsonl: "},
	} {
		t.Run(strings.NewReplacer("{", "(", "}", ")").Replace(c.args), func(t *testing.T) { // its folder must not be a pattern
			t.Parallel()
			r := newRig(t)
			dir := filepath.Dir(r.path)
			r.put("a.jsonl", 3)
			r.folder("hard")
			r.folder("twice")
			for _, name := range []string{"hard/a.jsonl", "twice/a.jsonl"} {
				r.must(os.Link(r.at("a.jsonl"), r.at(name)))
			}
			for name, target := range map[string]string{"link.jsonl": "a.jsonl", "way": "hard", "twice/b.jsonl": "a.jsonl"} {
				r.must(os.Symlink(target, r.at(name)))
			}
			r.set.Paths = nil
			for arg := range strings.FieldsSeq(c.args) {
				if strings.HasPrefix(arg, "./") {
					r.set.Paths = append(r.set.Paths, dir+"/"+arg)
					continue
				}
				r.set.Paths = append(r.set.Paths, r.at(arg))
			}
			r.start()
			r.caughtUp()
			r.put("a.jsonl", 2)
			r.caughtUp()
			r.until("said", func(s model.Snapshot) bool {
				return len(s.Sources()) > 0 && (c.want == "hard/a.jsonl: " || !s.Sources()[0].Again.Empty()) && s.Sources()[0].Phase == model.Following
			})
			s := r.log.Snapshot()
			var got []string
			for _, source := range s.Sources() {
				got = append(got, strings.ReplaceAll(fmt.Sprintf("%s: %s", source.Name.Raw(), source.Again.Raw()), dir+"/", ""))
			}
			if d := cmp.Diff([]string{c.want}, got); d != "" {
				t.Error(d)
			}
			r.halt()
		})
	}
}

// Names that lead to the same file may part.
func TestAFileReachedTwiceIsFollowedWhenItsNamesPart(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.put("a.jsonl", 3)
	r.must(os.Symlink("a.jsonl", r.at("link.jsonl")))
	r.set.Paths = []string{r.at("link.jsonl"), r.at("a.jsonl")}
	r.start()
	r.caughtUp()
	r.put("b.jsonl", 2)
	r.must(os.Symlink("b.jsonl", r.at("new.jsonl")))
	r.move("new.jsonl", "link.jsonl")
	r.caughtUp()
	r.put("a.jsonl", 2)
	r.put("b.jsonl", 2)
	r.caughtUp()
	r.halt()
}
