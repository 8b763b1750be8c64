package near

import "testing"

func TestAMisspelledWordStandsForTheNearest(t *testing.T) {
	words := []string{"query", "stats", "check", "sourceIP", "audit.jsonl", "audit-2026.jsonl"}
	for text, want := range map[string]string{
		"querry": "query", "qurey": "query", "STATS": "stats", "che": "check", "sourceip": "sourceIP", "audit.json": "audit.jsonl", "audit-202": "audit-2026.jsonl",
		"x": "", "": "", "report": "", "ab": "", "an unlike text that is longer than any of the words": "",
	} {
		if got := Word(text, words); got != want {
			t.Errorf("%q stands for %q, want %q", text, got, want)
		}
	}
}
