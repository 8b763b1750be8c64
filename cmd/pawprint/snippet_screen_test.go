package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/loader/s3"
	"pawprint/model"
	"pawprint/tui/snippet"
)

var clipboardWrite = regexp.MustCompile("\x1b\\]52;c;([A-Za-z0-9+/=]*)(?:\a|\x1b\\\\)")

// copied returns the last text that was put on the clipboard.
func (x *terminal) copied() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	all := clipboardWrite.FindAllStringSubmatch(x.raw.String(), -1)
	if len(all) == 0 {
		return ""
	}
	text, err := base64.StdEncoding.DecodeString(all[len(all)-1][1])
	if err != nil {
		x.t.Fatal(err)
	}
	return string(text)
}

// copyLast copies one of the choices of y for the last row.
func (x *terminal) copyLast(choice string) string {
	x.t.Helper()
	x.waitForText("▌") // a row is under the cursor
	x.typeKeys("Gy")
	x.waitForText("where it stands")
	x.typeKeys(choice)
	x.waitFor("the choice alone", func(s string) bool { return !strings.Contains(s, "where it stands") && strings.Contains(s, choice) })
	x.typeKeys("\r")
	x.waitForText(" to the terminal's clipboard")
	x.waitUntil("the clipboard", x.Exited(), func() bool { return x.copied() != "" })
	return x.copied()
}

func TestSnippetsThatAreCopiedOnTheScreenFindTheEvent(t *testing.T) {
	plain := slices.DeleteFunc(wholeUTF8(hostileEvents()), func(e string) bool { return strings.Contains(e, "[[") || strings.Contains(e, "ud800") || len(e) > 1000 })
	for _, w := range writings {
		if !slices.Contains([]string{"lines among rejects", "a pretty array", "a Records object", "a page of GraphQL", "objects without anything between them", "CSV", "lines that end with CR"}, w.name) {
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			b := newBench(t)
			text := w.write(plain)
			if w.name == "lines among rejects" {
				text, _, _ = strings.Cut(text, "\n[1,2]") // make an event the last row
			}
			path := filepath.Join(b.folder, "it's $(touch ran).log")
			b.file(filepath.Base(path), []byte(text))
			l := b.load(t, path)
			last := len(l.rows) - 1
			x := start(t, nil, path)
			x.waitForText(fmt.Sprintf(" %d/%d", len(l.rows), len(l.rows))) // all of them, not only the first ones that were read
			command := x.copyLast("jq command")
			if got, want := b.values(t, "sh", command), decodeAll(t, []byte(l.raw[last])); !reflect.DeepEqual(got, want) {
				t.Errorf("%s\nprints %.300v\nwant %.300v", command, got, want)
			}
			x.typeKeys("q")
			x.waitForExit(0)
		})
	}
}

func TestSnippetsCallTheProgramAsTheShellFindsIt(t *testing.T) {
	if got := programPath(); got != programName {
		t.Errorf("where the shell finds this program it is called %s", got)
	}
	self, err := os.Executable()
	must(t, err)
	other := t.TempDir()
	must(t, os.WriteFile(filepath.Join(other, programName), []byte("#!/bin/sh\n"), 0o700))
	for _, path := range []string{other + string(filepath.ListSeparator) + os.Getenv("PATH"), t.TempDir(), ""} {
		t.Setenv("PATH", path)
		if got := programPath(); got != self {
			t.Errorf("where the shell finds another program or none it is called %s, want %s", got, self)
		}
	}
}

func TestSnippetsFindObjectsOfAStore(t *testing.T) {
	objects := map[string]string{}
	events := hostileEvents()[:4]
	for i, key := range []string{"logs/a", "logs/a.json", "logs/a.json.1", "logs/it's $(touch ran)", "logs/`touch ran`;'\"", "logs/-n --help", "logs/\u202e日本", "logs/a*[b]{c}?", `logs/a\b`} {
		text := strings.Join(events, "\n")
		if i%2 == 1 {
			text = "[" + strings.Join(events, ",") + "]"
		}
		objects[key] = text
	}
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			fmt.Fprint(w, "<ListBucketResult><IsTruncated>false</IsTruncated>")
			for key, text := range objects {
				if strings.HasPrefix(key, r.URL.Query().Get("prefix")) {
					fmt.Fprintf(w, "<Contents><Key>%s</Key><ETag>e</ETag><Size>%d</Size><LastModified>2026-11-22T10:00:00.000Z</LastModified></Contents>", html.EscapeString(key), len(text))
				}
			}
			fmt.Fprint(w, "</ListBucketResult>")
			return
		}
		text, ok := objects[strings.TrimPrefix(r.URL.Path, "/audit-logs/")]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		w.Header().Set("ETag", "e")
		fmt.Fprint(w, text)
	})
	b := newBench(t)
	log := model.NewLog()
	source, err := s3.New("s3://audit-logs/logs/", s3.Options{Region: "eu-test-1"})
	must(t, err)
	must(t, loader.Load(context.Background(), log, source))
	l := rowsOf(t, log)
	if len(l.rows) != len(objects)*len(events) {
		t.Fatalf("%d rows are read", len(l.rows))
	}
	program := snippet.Program{Flags: []string{"--region=eu-test-1"}}
	for i := 0; i < len(l.rows); i += len(events) { // one of each object
		at := i + i/len(events)%len(events)
		command, err := l.rows[at].Pawprint(program)
		must(t, err)
		if got, want := string(b.output(t, "sh", command)), l.raw[at]+"\n"; got != want {
			t.Errorf("%s prints %q, want %q", command, got, want)
		}
		if command, err = l.rows[at].JQ(program); err != nil || !strings.HasSuffix(command, " | jq -ac .") {
			t.Errorf("the jq command is %s, %v", command, err)
		}
		if got, want := b.values(t, "sh", command), decodeAll(t, []byte(l.raw[at])); !reflect.DeepEqual(got, want) {
			t.Errorf("%s prints %v, want %v", command, got, want)
		}
	}
}

func TestSnippetsOfRemoteSourcesHaveTheFlagsOfTheirs(t *testing.T) {
	s := &settings{inputs: inputs{profile: "it's", region: "eu-test-1", payer: true, unsigned: true}}
	p := s.program()
	p.Name = "pawprint"
	r := snippet.Row{Source: &model.SourceState{Place: model.NewText("s3://audit-logs/a b"), Name: model.NewText("s3://audit-logs/a b")}}
	command, err := r.Pawprint(p)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("sh", "-c", `pawprint() { printf '<%s>' "$@"; }; `+command).Output()
	if want := `<query><-o><jsonl><--sort><none><--profile=it's><--region=eu-test-1><--request-payer><--no-sign-request><offset=0 source="s3://audit-logs/a b"><s3://audit-logs/a b>`; err != nil || string(out) != want {
		t.Errorf("%s calls the program with %s, %v, want %s", command, out, err, want)
	}
	r.Source.Place = model.NewText("a")
	if command, _ = r.Pawprint(p); strings.Contains(command, "--region") {
		t.Errorf("a file is read with the flags of a store: %s", command)
	}
}
