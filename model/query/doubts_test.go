package query

import (
	"strings"
	"testing"

	"pawprint/model/marks"
)

var doubtfulLines = []string{
	`{"actionName":"DELETE_RULE","actionResult":"FAILED","actionParams":{"n":1000,"name":"prod","tags":["x"],"deep":{"k":"v"}},"actor":{"id":"u1","type":"USER","name":"Homer"},"sourceIP":"192.0.2.7","errors":null}`,
	`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"u2","type":"USER","name":"Marge"},"sourceIP":"not an address","memo":"own"}`,
}

// doubtsOf is what is said about a query beside what it finds in those lines.
func doubtsOf(t *testing.T, text string, lines []string) (rows int, said string) {
	t.Helper()
	log := newLog(t, lines)
	e := mustParse(t, text)
	snap := log.Snapshot()
	rows = len(selected(t, log, Compile(e, Env{})))
	out, err := Doubts(t.Context(), &snap, e, Env{}, rows, true)
	if err != nil {
		t.Fatalf("Doubts(%q): %v", text, err)
	}
	return rows, strings.Join(out, "\n")
}

func TestATermThatCannotMatchIsSaidHoweverMuchIsFound(t *testing.T) {
	for _, c := range []struct {
		query string
		rows  int
		want  string
	}{
		{"is:failed OR actoin:x", 1, "no event has actoin; did you mean action?"}, {"is:failed OR user:x", 1, "no event has user; did you mean actor?"}, {"-created:2026", 2, "did you mean time?"},
		{"is:failed OR actor.nick:x", 1, "no event has actor.nick"}, {"is:failed OR param.nick[0].k:x", 1, "no event has param.nick[0].k"}, {"is:failed OR param.name>5", 1, "no value of param.name in this log is a number"}, {"is:failed OR param.n>2026-11-01", 1, "no value of param.n in this log is a time"},
		{"is:failed OR params=prod", 1, "is a single text or number"}, {"-param.deep=v", 2, "is a single text or number"}, {"is:failed OR email:x", 1, "no event has email"}, {"is:failed OR version>1.2", 1, "no event has version"},
		{"is:failed OR memo:zzz", 1, ""}, {"is:failed OR email:*", 1, ""}, {"-email:*", 2, ""}, {"is:failed OR param.n>5000", 1, ""}, {"is:failed OR param.tags=y", 1, ""}, {"is:failed OR since:2027", 1, ""}, {"is:failed OR ip:10.0.0.0/8", 1, ""},
	} {
		rows, said := doubtsOf(t, c.query, doubtfulLines)
		if rows != c.rows || (c.want == "") != (said == "") || !strings.Contains(said, c.want) {
			t.Errorf("%s finds %d rows and says %q; want %d and %q", c.query, rows, said, c.rows, c.want)
		}
	}
}

// What was said of marked events is not a text of the log.
func TestATagThatNoMarkHasIsNotLookedForInTheLog(t *testing.T) {
	log, here, away := newLog(t, doubtfulLines), &marks.Mark{Words: marks.Words{Tags: []string{"exfil"}, Note: "ask marge"}}, &marks.Mark{Words: marks.Words{Tags: []string{"T-1"}, Verdict: marks.Benign}}
	marked := marks.Rows{}.With(marks.Place{Row: 0, Mark: here})
	snap := log.Snapshot()
	for _, c := range []struct {
		query string
		kept  []*marks.Mark
		want  string
	}{
		{"tag:exfil", []*marks.Mark{here, away}, ""},
		{"tag:homer", []*marks.Mark{here, away}, "tag:homer: none of your marks has this tag"},
		{"tag:exfli", []*marks.Mark{here, away}, "tag:exfli: none of your marks has this tag; did you mean tag:exfil?"},
		{"tag:t-1", []*marks.Mark{here, away}, "tag:t-1: no marked event in this log has this tag, but events of other logs do"},
		{"tag:homer", nil, "tag:homer: no marked event in this log has this tag"},
		{"note:homer", []*marks.Mark{here, away}, "note:homer: none of your marks has a matching note"},
		{"verdict:malicious", []*marks.Mark{here, away}, "verdict:malicious: none of your marks has this verdict"},
		{"verdict:benign", []*marks.Mark{here, away}, "verdict:benign: no marked event in this log has this verdict, but events of other logs do"},
	} {
		env, e := Env{Marks: marked.Search, Kept: c.kept}, mustParse(t, c.query)
		rows := len(selected(t, log, Compile(e, env)))
		said, err := Doubts(t.Context(), &snap, e, env, rows, true)
		if err != nil || (c.want == "") != (rows == 1) || strings.Join(said, "\n") != c.want {
			t.Errorf("%s finds %d rows and says %q, %v; want %q", c.query, rows, said, err, c.want)
		}
	}
	none := Env{Kept: []*marks.Mark{}}
	if said, err := Doubts(t.Context(), &snap, mustParse(t, "tag:x"), none, 0, true); err != nil || len(said) != 1 || said[0] != "tag:x: none of your marks has this tag; .tag is the key of that name in the line" {
		t.Errorf("without marks it says %q, %v", said, err)
	}
}

func TestNothingFoundIsExplained(t *testing.T) {
	for query, want := range map[string]string{
		"actor:homre": "did you mean actor:Homer?", "delete_rul3": "did you mean DELETE_RULE?", "Homer actor:marge": "each term matches something", "action=delete_rule": "action:delete_rule ignores case",
		"HOMER": "homer ignores case", "is:partial": "is:partial matches nothing", "nonsense is:failed": "nonsense matches nothing", "-is:read -is:write": "each term matches something", "actoin:delete": "did you mean action?",
		"result=failed": "result:failed ignores case", "/x{9}/": "/x{9}/ matches nothing", "target:x": "target:x matches nothing", "ip:203.0.113.0/24": "ip:203.0.113.0/24 matches nothing",
	} {
		rows, said := doubtsOf(t, query, doubtfulLines)
		if rows != 0 || !strings.Contains(said, want) {
			t.Errorf("%s finds %d rows and says %q; want %q", query, rows, said, want)
		}
	}
}

// A query of all events excludes nothing, though a log of rejects alone has none.
func TestAllEventsOfALogWithoutEventsIsNoMistake(t *testing.T) {
	snap := newLog(t, []string{"no event"}).Snapshot()
	if said, err := Doubts(t.Context(), &snap, mustParse(t, ""), Env{}, 0, true); err != nil || len(said) > 0 {
		t.Errorf("%v, %q", err, said)
	}
}

func TestADoubtSuggestsNoNameThatTheTermHasAlready(t *testing.T) {
	if _, said := doubtsOf(t, "is:failed OR param.nick[0].k:x", doubtfulLines); strings.Contains(said, "did you mean") {
		t.Errorf("it says %q", said)
	}
}
