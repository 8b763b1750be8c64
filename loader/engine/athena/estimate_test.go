package athena

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pawprint/loader/engine"
)

func TestAnEstimateSaysWhatItKnows(t *testing.T) {
	for _, c := range []struct {
		e    Estimate
		much bool
		want string
	}{
		{Estimate{Known: true, Objects: 1, Bytes: 1000}, false, "each query reads at most 1,000 B of 1 object, which costs less than 0.0001 US dollars"},
		{Estimate{Known: true, Objects: 2000, Bytes: 3 << 30}, true, "each query reads at most 3.0 GiB of 2,000 objects, which costs about 0.0161 US dollars"},
		{Estimate{Known: true, Objects: 2, Bytes: 20 << 20, All: true}, false, "always counted"},
		{Estimate{Known: true, Objects: 2, Bytes: 20 << 20, More: true, Why: errors.New("too long")}, true, "may read more than 20 MiB, which costs about 0.0001 US dollars: too long"},
		{Estimate{More: true, Why: errors.New("no access")}, false, "is not known in advance: no access"},
	} {
		if got := c.e.String(); !strings.Contains(got, c.want) || c.e.Much() != c.much {
			t.Errorf("%+v says %q, much is %v", c.e, got, c.e.Much())
		}
	}
}

func TestThePartsOfTheTableAreThoseThatAQuestionNames(t *testing.T) {
	s := newService(t)
	tab, err := s.engine(t).find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	whole := *tab
	whole.hour = part{}
	for name, c := range map[string]struct {
		t        *table
		hours    int
		from, to string
	}{
		"an hour":     {tab, 1, "2026-11-02T10", "2026-11-02T11"},
		"a night":     {tab, 15, "2026-11-02T10", "2026-11-03T01"},
		"whole days":  {&whole, 1, "2026-11-02T00", "2026-11-03T00"},
		"many months": {tab, 24 * 100, "2026-11-01T00", "2027-03-01T00"},
	} {
		from, to := c.t.parted(window(c.hours).Span)
		const form = "2006-01-02T15"
		if from.Format(form) != c.from || to.Format(form) != c.to {
			t.Errorf("%s is from %v to %v", name, from, to)
		}
	}
	if _, err := s.engine(t).Estimate(t.Context(), engine.Always); err == nil || !strings.Contains(err.Error(), "--since") {
		t.Errorf("without an earliest time: %v", err)
	}
	e, err := s.engine(t).Estimate(t.Context(), engine.Span{From: base.UnixNano(), To: base.Add(time.Hour).UnixNano()})
	if err != nil || e.Known || !strings.Contains(e.String(), "the location of the table is unknown, as Athena does not name it") {
		t.Errorf("a table without a place: %v, %v", e, err)
	}
}
