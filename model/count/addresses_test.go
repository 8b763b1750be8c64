package count_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/count"
)

// appendAddresses appends rows with the addresses and actions given, after those that are there.
func appendAddresses(l *model.Log, source model.SourceID, rows ...[2]string) {
	b := &model.Batch{Source: source, Vocabulary: model.NewVocabulary(), Lines: int64(len(rows))}
	for i, r := range rows {
		record := &model.RowRecord{Nanos: int64(i), Line: uint32(i)}
		record.Columns[model.ColResult] = []uint32{model.IDSucceeded, model.IDFailed}[i%2]
		if r[0] != "absent" {
			record.Columns[model.ColSourceIP] = b.Vocabulary.ID(model.ColSourceIP, []byte(r[0]))
		}
		record.Columns[model.ColAction] = b.Vocabulary.ID(model.ColAction, []byte(r[1]))
		b.AddRow(record)
	}
	l.Append(b)
}

// counted lists the values of a facet with their numbers of events and failures.
func counted(f *count.Facet) map[string]string {
	out := map[string]string{}
	for _, c := range f.Top(0) {
		name := ""
		for _, v := range c.Values {
			name += fmt.Sprintf("%s %v|", v.Text.Raw(), v.Absent)
		}
		out[name] = fmt.Sprint(c.Events, " ", c.Failed)
	}
	return out
}

func TestEventsCountForEachOfTheirAddresses(t *testing.T) {
	l := model.NewLog()
	source := l.AddSource(model.NewText("a"))
	appendAddresses(l, source, [2]string{"192.0.2.7", "A"}, [2]string{"192.0.2.7:443", "B"}, [2]string{"::ffff:192.0.2.7", "A"}, [2]string{"203.0.113.9, 192.0.2.7", "A"},
		[2]string{"192.0.2.7, 192.0.2.7", "B"}, [2]string{`["2001:DB8::1","192.0.2.7"]`, "B"}, [2]string{"[2001:db8::1]:443", "A"}, [2]string{"unknown", "A"}, [2]string{"", "A"}, [2]string{"absent", "A"})
	ip, action := count.ByAddresses(model.ColSourceIP), count.ByColumn(model.ColAction)
	facets := count.NewFacets([]count.Key{ip}, []count.Key{ip, action}, []count.Key{action, ip, ip})
	check := func(want, pairs map[string]string, triples int) {
		t.Helper()
		sel, err := model.Select(t.Context(), l.Snapshot(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if facets, err = facets.Extend(t.Context(), sel); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, counted(facets.Facet(0))); diff != "" {
			t.Errorf("events by address (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(pairs, counted(facets.Facet(1))); diff != "" {
			t.Errorf("events by address and action (-want +got):\n%s", diff)
		}
		if events, _ := facets.Facet(0).Events(); events != sel.Len() || facets.Facet(0).Len() != len(want) || facets.Facet(2).Len() != triples {
			t.Errorf("%d events of %d, %d values of %d, %d triples of %d", events, sel.Len(), facets.Facet(0).Len(), len(want), facets.Facet(2).Len(), triples)
		}
	}
	check(map[string]string{"192.0.2.7 false|": "6 3", "203.0.113.9 false|": "1 1", "2001:db8::1 false|": "2 1", "unknown false|": "1 1", " false|": "1 0", " true|": "1 1"},
		map[string]string{"192.0.2.7 false|A false|": "3 1", "192.0.2.7 false|B false|": "3 2", "203.0.113.9 false|A false|": "1 1", "2001:db8::1 false|A false|": "1 0", "2001:db8::1 false|B false|": "1 1",
			"unknown false|A false|": "1 1", " false|A false|": "1 0", " true|A false|": "1 1"}, 12)
	appendAddresses(l, source, [2]string{"192.0.2.7:9", "A"}, [2]string{"198.51.100.1", "C"})
	check(map[string]string{"192.0.2.7 false|": "7 3", "203.0.113.9 false|": "1 1", "2001:db8::1 false|": "2 1", "unknown false|": "1 1", " false|": "1 0", " true|": "1 1", "198.51.100.1 false|": "1 1"},
		map[string]string{"192.0.2.7 false|A false|": "4 1", "192.0.2.7 false|B false|": "3 2", "203.0.113.9 false|A false|": "1 1", "2001:db8::1 false|A false|": "1 0", "2001:db8::1 false|B false|": "1 1",
			"unknown false|A false|": "1 1", " false|A false|": "1 0", " true|A false|": "1 1", "198.51.100.1 false|C false|": "1 1"}, 13)
}
