package tui

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

// investigation is something that people find out on a small terminal over a slow line.
type investigation struct {
	asks  string
	keys  string // as in question
	words []string
	// answer is what the screen has to show in full, from the events of the whole log.
	answer func(t *testing.T, all story) []string
}

// lastOf makes the answer from the newest n of some events.
func lastOf(n int, which func(*storyEvent) bool, of func(*storyEvent) []string) func(*testing.T, story) []string {
	return func(t *testing.T, all story) (out []string) {
		t.Helper()
		those := all.those(which)
		if len(those) < n {
			t.Fatalf("there are %d events, want at least %d", len(those), n)
		}
		for i := range those[len(those)-n:] {
			out = append(out, of(&those[len(those)-n+i])...)
		}
		return out
	}
}

// investigations are what these logs are asked most often.
var investigations = []investigation{
	{asks: "who deleted or switched off a detection, and which one", keys: "V %s enter enter", words: []string{"detect"},
		answer: lastOf(1, func(e *storyEvent) bool { return deletesDetection(e) || switchesDetectionOff(e) },
			func(e *storyEvent) []string { return []string{e.Actor.Name, e.Action, e.texts("id")[0]} })},
	{asks: "who changed the SAML settings, and to what", keys: "V %s enter", words: []string{"saml"},
		answer: lastOf(1, func(e *storyEvent) bool { return e.Action == "UPDATE_SAML_SETTINGS" },
			func(e *storyEvent) []string { return []string{e.Actor.Name, e.Action, "SAML: enabled"} })},
	{asks: "what did a token do, and from where", keys: "/ %s enter b", words: []string{"actor:metrics-exporter"},
		answer: func(_ *testing.T, all story) (out []string) {
			those := all.those(isNamed("metrics-exporter"))
			return slices.Concat(slices.Collect(maps.Keys(those.count(byAction))), slices.Collect(maps.Keys(those.count(byIP))))
		}},
	{asks: "who got which role, and from whom", keys: "V %s enter", words: []string{"roles"},
		answer: lastOf(5, func(e *storyEvent) bool { return len(e.texts("role")) > 0 }, func(e *storyEvent) []string {
			return append(e.texts("role"), e.Actor.Name, strings.Split(e.texts("email")[0], "@")[0])
		})},
	{asks: "which actions failed, for whom, with which message", keys: "f L",
		answer: lastOf(8, (*storyEvent).fails, func(e *storyEvent) []string {
			if len(e.Errors) == 0 {
				return []string{e.Action}
			}
			return []string{e.Action, e.Errors[0].Message} // the detail lists the others
		})},
	{asks: "who signed in from an address for the first time", keys: "V %s enter", words: []string{"new"},
		answer: lastOf(1, func(e *storyEvent) bool { return e.Actor.Name == "Ops Support" && e.Action == "SIGN_IN" },
			func(e *storyEvent) []string { return []string{e.Actor.Name, e.IP} })},
	{asks: "which SQL did a person run", keys: "/ %s enter enter", words: []string{"actor:elena action:execute_data_lake_query"},
		answer: lastOf(1, func(e *storyEvent) bool {
			return e.Actor.Name == "Elena Sorrel" && e.Action == "EXECUTE_DATA_LAKE_QUERY"
		}, func(e *storyEvent) []string { return strings.Fields(e.texts("sql")[0])[:6] })},
	{asks: "what was done at night and on weekends", keys: "V %s enter", words: []string{"off hours"},
		answer: lastOf(8, func(e *storyEvent) bool {
			return atNight(e) && e.writes() && !isScimOrSystem(e) && e.Actor.Type == "USER"
		},
			func(e *storyEvent) []string { return []string{e.Action, e.Actor.Name} })},
	{asks: "how much do people do, against System and SCIM", keys: "b",
		answer: func(_ *testing.T, all story) (out []string) {
			for name, n := range all.count(byName) {
				if name == "System" || name == "scim" || name == "Elena Sorrel" {
					out = append(out, name, strconv.Itoa(n))
				}
			}
			return out
		}},
	{asks: "which changes did the CI token not make", keys: "/ %s enter", words: []string{"is:write -actor:ci-token"},
		answer: lastOf(8, func(e *storyEvent) bool { return e.writes() && e.Actor.Name != "ci-token" },
			func(e *storyEvent) []string { return []string{e.Action, e.Actor.Name} })},
	{asks: "how was the routing of alerts narrowed", keys: "/ %s enter D", words: []string{"action:update_alert_destination actor:mira"},
		answer: lastOf(1, func(e *storyEvent) bool {
			return e.Action == "UPDATE_ALERT_DESTINATION" && e.Actor.Name == "Elena Sorrel"
		},
			func(e *storyEvent) []string {
				return append(e.texts("defaultForSeverity"), "defaultForSeverity")
			})},
	{asks: "a table to hand over", keys: "f o %s enter enter", words: []string{"csv"},
		answer: func(_ *testing.T, all story) []string {
			return []string{grouped(len(all.those((*storyEvent).fails))) + " rows written to "}
		}},
}

// Each answer is on a screen of 80×24 after at most five keys.
func TestInvestigationsAreAnsweredOnASmallScreen(t *testing.T) {
	all, log := readStory(t), kittest.LoadFile(t, "audit.jsonl")
	if len(investigations) != 12 {
		t.Errorf("%d investigations, want 12", len(investigations))
	}
	for _, q := range investigations {
		t.Run(q.asks, func(t *testing.T) {
			a := asking{t, newDriver(t, Options{Log: log, Views: &kittest.ViewShelf{}, Exports: testFormats(nil)}, 80, 24)}
			a.ask(q.keys, q.words...)
			want := q.answer(t, all)
			if len(want) == 0 {
				t.Fatal("there is no answer to look for")
			}
			a.d.mustShow(want...)
		})
	}
}
