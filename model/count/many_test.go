package count_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/logtest"
)

// pieces is a key of the pieces between the commas of each line; a line that says none has no value.
func pieces() count.Key {
	return count.ByMany(func() count.LineValue {
		return func(dst, line []byte) ([]byte, bool) {
			if string(line) == "none" {
				return dst, false
			}
			for piece := range strings.SplitSeq(string(line), ",") {
				dst = count.AppendValue(dst, []byte(piece))
			}
			return dst, true
		}
	})
}

// appendLines appends rows with these lines; every other one failed.
func appendLines(l *model.Log, source model.SourceID, lines ...string) {
	text := []byte(strings.Join(lines, "\n") + "\n")
	b := &model.Batch{Source: source, Raw: strings.NewReader(string(text)), Line: 1, Lines: int64(len(lines)), Length: int64(len(text)),
		Summed: int64(len(text)), Sum: model.Checksum(text), Vocabulary: model.NewVocabulary()}
	at := 0
	for i, line := range lines {
		record := &model.RowRecord{Nanos: int64(i), Offset: uint32(at), Length: uint32(len(line)), Line: uint32(i)}
		record.Columns[model.ColResult] = []uint32{model.IDSucceeded, model.IDFailed}[i%2]
		b.AddRow(record)
		at += len(line) + 1
	}
	l.Append(b)
}

func TestALineCountsOnceForEachOfItsValues(t *testing.T) {
	l := model.NewLog()
	var read atomic.Int64
	facets := count.NewFacets([]count.Key{pieces().Reporting(&read)}, []count.Key{pieces(), count.ByColumn(model.ColResult)})
	check := func(want map[string]string, pairs int) {
		t.Helper()
		next, err := facets.Extend(t.Context(), logtest.Select(t, l.Snapshot(), nil, nil))
		if err != nil {
			t.Fatal(err)
		}
		facets = next
		if diff := cmp.Diff(want, counted(facets.Facet(0))); diff != "" {
			t.Errorf("events by piece (-want +got):\n%s", diff)
		}
		if got := facets.Facet(1).Len(); got != pairs {
			t.Errorf("%d pairs, want %d", got, pairs)
		}
	}
	appendLines(l, l.AddSource(model.NewText("a")), "x,y,x", "y", "none", "", "x")
	check(map[string]string{"x false|": "2 0", "y false|": "2 1", " true|": "1 0", " false|": "1 1"}, 5)
	appendLines(l, l.AddSource(model.NewText("b")), "z", "x,z")
	check(map[string]string{"x false|": "3 1", "y false|": "2 1", "z false|": "2 1", " true|": "1 0", " false|": "1 1"}, 8)
}

func TestProgressIsReportedInSteps(t *testing.T) {
	l := model.NewLog()
	lines := make([]string, 20_000)
	for i := range lines {
		lines[i] = fmt.Sprint(i)
	}
	appendLines(l, l.AddSource(model.NewText("a")), lines...)
	var read atomic.Int64
	facets, err := count.NewFacets([]count.Key{pieces().Reporting(&read)}).Extend(t.Context(), logtest.Select(t, l.Snapshot(), nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	if n := read.Load(); n <= 0 || n > int64(len(lines)) {
		t.Errorf("%d of %d lines are reported", n, len(lines))
	}
	top := facets.Facet(0).Top(0)
	for _, n := range []int{1, 7, 19_999, 20_000, 30_000} {
		if diff := cmp.Diff(texts(top[:min(n, len(top))]), texts(facets.Facet(0).Top(n))); diff != "" {
			t.Errorf("the %d most frequent values are others than the first of all:\n%.200s", n, diff)
		}
	}
	if columns := count.ByColumn(model.ColAction).Reporting(&read); columns.ReadsLines() || !pieces().ReadsLines() {
		t.Error("a column reads lines, or a line does not")
	}
}

// texts lists the values of counts.
func texts(counts []count.Count) (out []string) {
	for _, c := range counts {
		out = append(out, c.Values[0].Text.Raw())
	}
	return out
}
