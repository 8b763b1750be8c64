package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write anew what the tests make: the list of licences, the tables of ARCHITECTURE.md")

// TestLicencesAreThoseOfTheModules compares the embedded licences with the modules that are linked into the program and the files
// of those. With -update it collects the licences anew.
func TestLicencesAreThoseOfTheModules(t *testing.T) {
	want := collectComponents(t)
	if *update {
		writeComponents(t, slices.Insert(want, 1, goTexts(t)))
		return
	}
	got, err := components()
	if err != nil {
		t.Fatal(err)
	}
	var modules []component
	for _, c := range got {
		switch c.Name {
		case goComponent:
			if c.Licence != "BSD-3-Clause" || len(c.Texts) != 2 {
				t.Errorf("Go has the licence %s and %d texts, want BSD-3-Clause and 2", c.Licence, len(c.Texts))
			}
			continue // not every Go installation has its files
		case ownComponent:
			c.Version = ""
		}
		modules = append(modules, c)
	}
	if diff := cmp.Diff(want, modules); diff != "" {
		t.Errorf("the licences are not those of the modules; go test ./cmd/pawprint -run Licences -update collects them (-want +got):\n%s", diff)
	}
}

// collectComponents returns the components of the packages that are linked into the program, on every system that it is built for.
func collectComponents(t *testing.T) []component {
	t.Helper()
	byName := map[string]*component{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{$.Dir}}\t{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatalf("listing the packages for %s: %v", system, err)
		}
		for line := range strings.Lines(string(out)) {
			fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(fields) < 4 || fields[1] == ownComponent {
				continue // Go's own library has no module
			}
			c := byName[fields[1]]
			if c == nil {
				c = &component{Name: fields[1], Version: fields[2]}
				byName[c.Name] = c
			}
			c.collect(t, fields[0], fields[3])
		}
	}
	own := component{Name: ownComponent}
	own.collect(t, filepath.Join("..", ".."), filepath.Join("..", ".."))
	all := []component{own}
	for _, c := range byName {
		all = append(all, *c)
	}
	for i := range all {
		all[i].finish(t)
	}
	slices.SortFunc(all[1:], func(a, b component) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// termsFile matches the names of licence files.
var termsFile = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|copyright|notices?|patents)([.-].*)?$`)

// collect adds the licences in a folder of a module and in the folders above it: copied code may have licences of its own.
func (c *component) collect(t *testing.T, folder, root string) {
	t.Helper()
	for {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !e.IsDir() && termsFile.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
				c.add(t, root, filepath.Join(folder, e.Name()))
			}
		}
		if folder == root {
			return
		}
		folder = filepath.Dir(folder)
	}
}

func (c *component) add(t *testing.T, root, path string) {
	t.Helper()
	name, err := filepath.Rel(root, path)
	if err != nil {
		t.Fatal(err)
	}
	name = filepath.ToSlash(name)
	if slices.ContainsFunc(c.Texts, func(l licenceText) bool { return l.File == name }) {
		return
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.Trim(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") + "\n"
	c.Texts = append(c.Texts, licenceText{name, whole})
}

// finish sorts the texts and names the licence. It fails for an unknown licence, which a person has to read first.
func (c *component) finish(t *testing.T) {
	t.Helper()
	slices.SortFunc(c.Texts, func(a, b licenceText) int { return strings.Compare(a.File, b.File) })
	var kinds []string
	for _, l := range c.Texts {
		if base := strings.ToLower(filepath.Base(l.File)); strings.HasPrefix(base, "notice") || strings.HasPrefix(base, "patents") {
			continue
		}
		found := false
		for _, k := range knownLicences {
			if k.says.MatchString(strings.Join(strings.Fields(l.Text), " ")) {
				found = true
				if !slices.Contains(kinds, k.name) {
					kinds = append(kinds, k.name)
				}
			}
		}
		if !found {
			t.Errorf("%s: nobody has looked at the licence %s yet:\n%.300s", c.Name, l.File, l.Text)
		}
	}
	if len(kinds) == 0 {
		t.Errorf("%s has no licence", c.Name)
	}
	c.Licence = strings.Join(kinds, " AND ")
}

// knownLicences are the licences whose terms the program fulfils by printing their texts.
var knownLicences = []struct {
	name string
	says *regexp.Regexp
}{
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge.* included in all copies or substantial portions`)},
	{"BSD-3-Clause", regexp.MustCompile(`Redistribution and use in source and binary forms.* Neither the name`)},
	{"Apache-2.0", regexp.MustCompile(`Apache License,? Version 2\.0`)},
}

// goTexts returns the licences of Go, whose runtime and library are in the program.
func goTexts(t *testing.T) component {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := strings.TrimSpace(string(root))
	c := component{Name: goComponent}
	c.collect(t, folder, folder)
	c.finish(t)
	return c
}

func writeComponents(t *testing.T, all []component) {
	t.Helper()
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(json.NewEncoder(zip).Encode(all), zip.Close(), os.WriteFile("licences.json.gz", packed.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func TestEveryTextOfEveryModuleIsPrinted(t *testing.T) {
	out, errs, code := outcomeOf(t, "licences")
	if code != exitFound || errs != "" {
		t.Fatalf("licences exits %d and says %q", code, errs)
	}
	all, err := components()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if row := regexp.MustCompile(`(?m)^` + c.Licence + ` +` + regexp.QuoteMeta(c.Version) + ` +` + regexp.QuoteMeta(c.Name) + `$`); !row.MatchString(out) {
			t.Errorf("no row names %s %s %s", c.Licence, c.Version, c.Name)
		}
		for _, l := range c.Texts {
			if n := strings.Count(out, fmt.Sprintf("\n%s %s: %s\n", c.Name, c.Version, l.File)); n != 1 {
				t.Errorf("%d texts are said to be %s of %s, want one", n, l.File, c.Name)
			}
			if !strings.Contains(out, "\n\n"+strings.ReplaceAll(l.Text, "\t", "        ")) {
				t.Errorf("%s of %s is not printed", l.File, c.Name)
			}
		}
	}
	if strings.ContainsAny(out, "\x1b\t\r") {
		t.Error("the texts hold control characters")
	}
}

func TestLicencesAreListedInEveryFormat(t *testing.T) {
	for format, want := range map[string]string{
		"table": `(?m)^Apache-2\.0 +v[\d.]+ +github\.com/spf13/cobra$`,
		"csv":   `(?m)^Apache-2\.0,v[\d.]+,github\.com/spf13/cobra\r?$`,
		"json":  `(?m)^{"licence":"Apache-2\.0","version":"v[\d.]+","module":"github\.com/spf13/cobra"},?$`,
	} {
		out, errs, code := outcomeOf(t, "licences", "-o", format)
		if code != exitFound || !regexp.MustCompile(want).MatchString(out) || strings.Contains(out, "Permission is hereby") {
			t.Errorf("licences -o %s exits %d, says %q and prints\n%s", format, code, errs, out)
		}
	}
	for _, args := range [][]string{{"licences", "-o", "md"}, {"licences", "cobra"}} {
		if _, errs, code := outcomeOf(t, args...); code != exitError || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q exits %d and says %q, want %d and one line", args, code, errs, exitError)
		}
	}
}

func TestLicencesWeighLittle(t *testing.T) {
	const most = 64 << 10
	if len(packedLicences) > most {
		t.Errorf("the licences take %d bytes of the program, want at most %d", len(packedLicences), most)
	}
}
