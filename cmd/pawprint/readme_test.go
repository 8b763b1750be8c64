package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheRecipesOfTheReadmeFindSomething runs the recipes in their order, on a copy of the shared log.
func TestTheRecipesOfTheReadmeFindSomething(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, recipes, _ := strings.Cut(string(readme), "<!-- recipes: run by the tests -->\n```sh\n")
	recipes, _, _ = strings.Cut(recipes, "```")
	folder := t.TempDir()
	log, err := os.ReadFile("../../testdata/audit.jsonl")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "audit.jsonl"), log, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for recipe := range strings.Lines(recipes) {
		n++
		c := exec.Command("sh", "-c", recipe)
		c.Dir = folder
		out, err := c.CombinedOutput()
		if problems := strings.HasPrefix(recipe, "pawprint check") && c.ProcessState.ExitCode() == 1; err != nil && !problems {
			t.Errorf("%s%v\n%s", recipe, err, out)
		}
	}
	if n < 10 {
		t.Errorf("the README has %d recipes: the test looks at the wrong place", n)
	}
}

// link matches a link of Markdown to a file of ours.
var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

func TestLinksBetweenPagesLeadSomewhere(t *testing.T) {
	pages, _ := filepath.Glob("../../*.md")
	for _, pattern := range []string{"../../*/*/README.md", "../../*/*/*/README.md"} {
		more, _ := filepath.Glob(pattern)
		pages = append(pages, more...)
	}
	links := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s has a link to %s: %v", page, m[1], err)
			}
		}
	}
	if links < 15 {
		t.Errorf("%d links were found on %d pages: the test looks at the wrong place", links, len(pages))
	}
}
