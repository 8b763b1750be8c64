package completion

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/ptytest"
)

func event(actor string) string {
	return `{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"u","type":"USER","name":"` + actor + `"},"timestamp":"2026-11-02T09:00:00Z","pantherVersion":"1.113.138"}` + "\n"
}

func actors(data query.Data) (out []string) {
	if data.Values == nil {
		return nil
	}
	for _, v := range data.Values(model.ColActorName) {
		out = append(out, v.Value.Raw())
	}
	return out
}

func TestTheBeginningOfALogHasItsHarmlessValues(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	text := event("bob") + event("Aiko Tanabe") + event("bob") + "no event\n"
	for _, evil := range []string{"$(touch ran)", "`touch ran`", "a;touch ran", "x\\u001b[2Jy", "it's", "!!", "-rf", " ann", "\\u202ereversed", "日本", "a*", "~", "x\\ny", strings.Repeat("x", 100)} {
		text += event(evil)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := actors(Beginning(t.Context(), path)), []string{"bob", "Aiko Tanabe"}; !slices.Equal(got, want) {
		t.Errorf("the actors are %q, want %q", got, want)
	}
}

func TestOnlyTheBeginningIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	text := event("first") + strings.Repeat(event("many"), 2*readBytes/len(event("many"))) + event("last")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := actors(Beginning(t.Context(), path)), []string{"many", "first"}; !slices.Equal(got, want) {
		t.Errorf("the actors are %q, want %q", got, want)
	}
}

func TestOnlyARegularFileIsRead(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := ptytest.MakePipe(pipe); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, pipe, filepath.Join(folder, "none"), "/dev/zero", ""} {
		if got := actors(Beginning(t.Context(), path)); got != nil {
			t.Errorf("%q has the actors %q", path, got)
		}
	}
}
