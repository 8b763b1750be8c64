package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"pawprint/cmd/internal/disk"
)

// pages returns all pages of the manual by their names.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := newRoot(settingsOn(t).std, &ending{})
	for _, p := range manualPages(root) {
		out[p.name] = string(p.text)
	}
	return out
}

func TestEveryCommandHasAManualPage(t *testing.T) {
	got := pages(t)
	for c := range helped(t) {
		name := manualName(strings.Fields(c.CommandPath()))
		page, ok := got[name]
		if c.Name() == "help" || c.Hidden {
			continue
		}
		if !ok {
			t.Errorf("%s has no page", name)
			continue
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !strings.Contains(page, `\-\-`+escapeRoff(f.Name)+`\fR`) {
				t.Errorf("%s lacks --%s", name, f.Name)
			}
		})
		for example := range strings.Lines(c.Example) {
			if !strings.Contains(page, escapeRoff(strings.TrimSpace(example))) {
				t.Errorf("%s lacks the example %q", name, example)
			}
		}
	}
	for name := range got {
		if name != "pawprint" && !strings.Contains(got["pawprint"], escapeRoff(name)+"(1)") && strings.Count(name, "-") == 1 {
			t.Errorf("the page of the program does not name %s", name)
		}
	}
}

func TestTheManualDependsOnNoDayAndNoCharacterSet(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "86400")
	for name, page := range pages(t) {
		if !strings.Contains(page, "\n.TH ") || !strings.Contains(page, ` "1" "`+escapeRoff(manualDay())+`" "`) {
			t.Errorf("%s has no title with the day of the source", name)
		}
		if i := strings.IndexFunc(page, func(r rune) bool { return r > 0x7e || r < ' ' && r != '\n' }); i >= 0 {
			t.Errorf("%s is not ASCII: %q", name, page[i:min(i+20, len(page))])
		}
		for line := range strings.Lines(page) {
			if strings.HasPrefix(line, "'") || line == "\n" {
				t.Errorf("%s: a formatter obeys the line %q", name, line)
			}
		}
	}
}

func TestFormattersFindNothingWrongWithTheManual(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "86400") // mandoc warns of pages without a date
	for _, check := range [][]string{{"groff", "-Tutf8", "-man", "-ww", "-z"}, {"mandoc", "-Tlint", "-Wwarning"}} {
		if _, err := exec.LookPath(check[0]); err != nil {
			continue
		}
		for name, page := range pages(t) {
			c := exec.Command(check[0], check[1:]...)
			c.Stdin = strings.NewReader(page)
			if out, err := c.CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
				t.Errorf("%s of %s: %v\n%s", check[0], name, err, out)
			}
		}
	}
}

func TestManualPagesReplaceOnlyManualPages(t *testing.T) {
	folder := t.TempDir()
	list := manualPages(newRoot(settingsOn(t).std, &ending{}))
	for range 2 {
		if err := writePages(folder, list, nil); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != len(list) {
		t.Fatalf("%d files for %d pages, %v", len(entries), len(list), err)
	}
	path := filepath.Join(folder, "pawprint-query.1")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("the page has the mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writePages(folder, list, nil); err == nil || !strings.Contains(err.Error(), "pawprint-query.1 is not a page that pawprint wrote") {
		t.Errorf("a file in the way gives %v", err)
	}
	if got, err := os.ReadFile(path); string(got) != "mine" || err != nil {
		t.Errorf("a file of the user became %q, %v", got, err)
	}
	if err := writePages(filepath.Join(path, "man1"), list, nil); err == nil {
		t.Error("a folder that cannot be made is not an error")
	}
	fresh := filepath.Join(folder, "share", "man1") // of a home without manuals
	if err := writePages(fresh, list, nil); err != nil || !disk.Exists(filepath.Join(fresh, "pawprint.1")) {
		t.Errorf("a folder that is missing is not made: %v", err)
	}
}
