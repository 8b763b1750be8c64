package query

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

// counted are bytes that count how often they are read, and call a function at one of the reads.
type counted struct {
	bytes.Reader
	reads, at int
	call      func()
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	if c.reads++; c.reads == c.at {
		c.call()
	}
	return c.Reader.ReadAt(p, off)
}

// logOf is a log of lines that are read from a source.
func logOf(source *counted, lines []string) *model.Log {
	source.Reset([]byte(strings.Join(lines, "\n") + "\n"))
	log, v := model.NewLog(), model.NewVocabulary()
	id, base := log.AddSource(model.NewText("x")), int64(0)
	for _, line := range lines {
		b := &model.Batch{Source: id, Raw: source, Base: base, Length: int64(len(line) + 1), Lines: 1, Vocabulary: v}
		r := record(v, line)
		r.Length = uint32(len(line))
		b.AddRow(r)
		log.Append(b)
		base += b.Length
	}
	return log
}

// Each of these takes longer than the universe lasts where alternatives are tried one after the other.
func TestExpressionsTakeLinearTime(t *testing.T) {
	long := strings.Repeat("a", 1<<18)
	log := logOf(&counted{}, []string{`{"actionName":"GET_RULE","memo":"` + long + `"}`, `{"actionName":"GET_RULE","memo":"` + long + `b!"}`})
	for _, pattern := range []string{
		`(a*)*b!`, `(a+)+b!`, `(a|a)*b!`, `(a|aa)+b!`, `(a?){50}a{50}b!`, `(.*a){20}b!`, `(x+x+)+y|b!`, `^.*(([a-z])+.)+b!`, `a*a*a*a*a*a*a*b!`, `(((a*)*)*)*b!`, `(?i)(A|a)*B!`,
	} {
		begin := time.Now()
		if got := selected(t, log, Compile(mustParse(t, "/"+pattern+"/"), Env{})); len(got) != 1 || got[0] != 1 {
			t.Errorf("/%s/ selects %v, want the second row", pattern, got)
		}
		if took := time.Since(begin); took > time.Minute {
			t.Errorf("/%s/ takes %v", pattern, took)
		}
	}
}

func TestASearchThatIsCancelledReadsNoFurther(t *testing.T) {
	lines := make([]string, 200)
	for i := range lines {
		lines[i] = `{"actionName":"GET_RULE","memo":"` + strings.Repeat("lorem ipsum ", 100) + `"}`
	}
	for _, q := range []string{"/lorem.*nothing/", "nothing", "-ipsum", `memo:/x+y/ OR "nothing at all"`} {
		whole := &counted{}
		log := logOf(whole, lines)
		selected(t, log, Compile(mustParse(t, q), Env{}))
		ctx, cancel := context.WithCancel(t.Context())
		begun := &counted{at: 3, call: cancel}
		log = logOf(begun, lines)
		snap := log.Snapshot()
		var rows model.Bitmap
		rows.SetRange(0, snap.Segment(0).Rows())
		err := Compile(mustParse(t, q), Env{}).Narrow(ctx, &snap, snap.Segment(0), &rows)
		if !errors.Is(err, context.Canceled) || begun.reads < begun.at || begun.reads > whole.reads/2 {
			t.Errorf("%s: %v after %d reads of %d", q, err, begun.reads, whole.reads)
		}
	}
}

func TestTermsAreTakenApart(t *testing.T) {
	for text, want := range map[string]Comparison{
		"action:x": {"action", "x", false, false}, `action="a b"`: {"action", "a b", true, false}, "-action=x": {"action", "x", true, true},
		"action!=x": {"action", "x", true, true}, `param.a.b="*"`: {"param.a.b", "*", true, false}, "view:failed": {"view", "failed", false, false},
	} {
		e, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := Compared(e); !ok || got != want {
			t.Errorf("Compared(%s) = %+v, %v, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "x", "action:x,y", "action:x*", "a OR b", "a b", "version>2", "-(a b)"} {
		e, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := Compared(e); ok {
			t.Errorf("Compared(%s) = %+v", text, got)
		}
	}
	at, radius := time.Date(2026, 11, 21, 1, 44, 9, 446e6, time.UTC), 15*time.Minute
	if gotAt, gotRadius, ok := AroundOf(Around(at, radius)); !ok || !gotAt.Equal(at) || gotRadius != radius {
		t.Errorf("AroundOf gives %v, %v, %v", gotAt, gotRadius, ok)
	}
	if _, _, ok := AroundOf(Not(Around(at, radius))); ok {
		t.Error("what is not around a time is around it")
	}
}
