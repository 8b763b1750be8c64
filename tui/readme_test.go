package tui

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

// The marks in the README between which the keys stand.
const (
	keysBegin = "<!-- keys: made by go test ./tui -update -->\n"
	keysEnd   = "<!-- end of keys -->\n"
)

// keysMarkdown puts the key table into Markdown, in the groups of the help: those of the tasks first.
func keysMarkdown() string {
	var b strings.Builder
	_, keys := newCommands(nil)
	for _, group := range modal.KeyGroups(keys) {
		fmt.Fprintf(&b, "| %s | |\n|---|---|\n", group.Name)
		for _, help := range group.Keys {
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.Join(strings.Fields(help.Key), "` `"), help.Desc)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestTheReadmeListsTheKeysOfTheTable(t *testing.T) {
	path := filepath.Join(kittest.ModuleFolder(t), "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := bytes.Cut(readme, []byte(keysBegin))
	listed, after, ok2 := bytes.Cut(rest, []byte(keysEnd))
	if !ok || !ok2 {
		t.Fatal("the README has no place for the keys")
	}
	want := keysMarkdown()
	if *kittest.Update {
		out := string(before) + keysBegin + want + keysEnd + string(after)
		if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(listed) != want {
		t.Errorf("the README lists other keys than the table: run go test ./tui -update")
	}
}
