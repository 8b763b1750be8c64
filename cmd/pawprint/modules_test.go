package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestModulesWithoutReleasesHaveAReason compares the modules of go.mod that are pinned to a commit with the table of
// ARCHITECTURE.md, which says why each of them is there.
func TestModulesWithoutReleasesHaveAReason(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(doc), "| module without a release | why it is here |\n|---|---|\n")
	if !found {
		t.Fatal("ARCHITECTURE.md has no table of modules without a release")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	reasons := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+) \\|$").FindAllStringSubmatch(table, -1) {
		reasons[row[1]] = true
	}
	commits := regexp.MustCompile(`(?m)^\s*(?:require )?(\S+) v\S*\d{14}-[0-9a-f]{12}\b`).FindAllStringSubmatch(string(mod), -1)
	if len(commits) == 0 {
		t.Error("go.mod has no module without a release: the test looks for the wrong thing, or the table can go")
	}
	for _, m := range commits {
		if !reasons[m[1]] {
			t.Errorf("%s has no release, and ARCHITECTURE.md does not say why it is here", m[1])
		}
		delete(reasons, m[1])
	}
	for name := range reasons {
		t.Errorf("ARCHITECTURE.md gives a reason for %s, which has a release or is not in go.mod", name)
	}
}
