package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pawprint/loader/engine/enginetest"
)

// someEvents answers statements about some days, with an event every ten minutes. It understands the time and the limit of a window, and knows that
// there are no other rows.
type someEvents struct{ lake bool }

var (
	eventsBegin = time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC)
	athenaSpan  = regexp.MustCompile(`x_time BETWEEN '([^']*)' AND '([^']*)'`)
	lakeSpans   = regexp.MustCompile(`p_event_time >= TO_TIMESTAMP_NTZ\('([^']*)'\)(?: AND p_event_time < TO_TIMESTAMP_NTZ\('([^']*)'\))?`)
)

// numberOfEvents is how many there are, in three days.
const numberOfEvents = 3 * 24 * 6

// Ask implements enginetest.Asked.
func (s someEvents) Ask(statement string) (a enginetest.Answer) {
	span := athenaSpan.FindStringSubmatch(statement)
	if s.lake {
		span = lakeSpans.FindStringSubmatch(statement)
	}
	limit := rowsAtMost.FindStringSubmatch(statement)
	switch {
	case strings.Contains(statement, `"c3"`): // groups by one attribute
		a.Columns, a.Types = []string{"c0", "c1", "c2", "c3", "c4", "c5", "c6"}, slices.Repeat([]string{"VARCHAR"}, 7)
		a.Rows = [][]any{{"", 1, "GET_RULE", numberOfEvents, 0, "2026-11-10 00:00:00.000", "2026-11-12 23:59:00.000"}}
	case strings.Contains(statement, "count(*)"):
		a.Columns, a.Types, a.Rows = []string{"c0"}, []string{"BIGINT"}, [][]any{{numberOfEvents}}
	case strings.Contains(statement, "MIN("):
		a.Columns, a.Types = []string{"oldest", "newest"}, []string{"VARCHAR", "VARCHAR"}
		a.Rows = [][]any{{eventsBegin.Format("2006-01-02 15:04:05.000"), momentOf(numberOfEvents - 1).Format("2006-01-02 15:04:05.000")}}
	default:
		a.Columns, a.Types = []string{"line"}, []string{"VARCHAR"}
		if s.lake {
			a.Columns, a.Types = []string{"actionName", "actionResult", "timestamp", "pantherVersion", "actor", "p_event_time"}, []string{"VARCHAR", "VARCHAR", "TIMESTAMP", "VARCHAR", "JSON", "TIMESTAMP"}
		}
		if span != nil && limit != nil {
			a.Rows = s.rows(span[1], span[2], limit[1])
		}
	}
	return a
}

func momentOf(i int) time.Time { return eventsBegin.Add(time.Duration(i) * 10 * time.Minute) }

// rows returns the newest rows of a span.
func (s someEvents) rows(from, to, limit string) (rows [][]any) {
	for i := range numberOfEvents {
		at := momentOf(i)
		if text := strings.Replace(from, "T", " ", 1); at.Format("2006-01-02 15:04:05.000000000") < text {
			continue
		}
		if text := strings.Replace(to, "T", " ", 1); text != "" && at.Format("2006-01-02 15:04:05.000000000") >= text {
			break
		}
		if moment := at.Format("2006-01-02 15:04:05.000"); s.lake {
			rows = append(rows, []any{"GET_RULE", "SUCCEEDED", moment, "1.110.0", `{"id":"u-1","type":"USER","name":"ann"}`, moment})
		} else {
			rows = append(rows, []any{`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"u-1","type":"USER","name":"ann"},"pantherVersion":"1.110.0","timestamp":"` + at.Format(time.RFC3339) + `"}`})
		}
	}
	n, _ := strconv.Atoi(limit)
	return rows[max(0, len(rows)-n):]
}

// faultyEngine is a fake database with a fault.
type faultyEngine struct {
	url     string
	stopped func() int // queries
	asked   func(op string) int

	statements func() []string // that were sent
}

// playPanther starts an instance with a fault.
func playPanther(t *testing.T, fault enginetest.Fault, change func(*enginetest.Panther)) faultyEngine {
	p := enginetest.PlayPanther(t, someEvents{lake: true}, func(p *enginetest.Panther) {
		if p.Fault = fault; change != nil {
			change(p)
		}
	})
	return faultyEngine{"panther://" + strings.TrimPrefix(p.URL, "http://"), p.Stopped, p.Asked, p.Statements}
}

// playAthena starts an Athena with a fault, and has the runs of this test find it.
func playAthena(t *testing.T, fault enginetest.Fault, change func(*enginetest.Athena)) faultyEngine {
	a := enginetest.PlayAthena(t, someEvents{}, func(a *enginetest.Athena) {
		if a.Fault = fault; change != nil {
			change(a)
		}
	})
	t.Setenv("AWS_ENDPOINT_URL_ATHENA", a.URL)
	return faultyEngine{"athena://" + enginetest.AthenaTable, a.Stopped, a.Asked, a.Statements}
}
