package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picky is content with rules of its own.
type picky struct{ Name string }

func (*picky) UnmarshalJSON([]byte) error { return errors.New("this one did not write it: update") }

func TestAFileThatCannotBeDecodedSaysWhatToDo(t *testing.T) {
	const next = ": correct the file, or move it away"
	for text, want := range map[string]string{
		"": "EOF" + next, "{": "unexpected EOF" + next, "{bad": "of object key string" + next, `{"Name":5}`: "of type string" + next,
		`{"Other":1}`: `unknown field "Other"` + next, `{"Name":"a"} x`: "there is more after its end" + next, `{"Name":"a"}`: "",
	} {
		path := filepath.Join(t.TempDir(), "file.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var content struct{ Name string }
		err := File{Path: path}.Load(&content)
		if err == nil && want != "" || err != nil && (want == "" || !strings.HasSuffix(err.Error(), want) || !strings.Contains(err.Error(), path)) {
			t.Errorf("%q: %v, want the end %q", text, err, want)
		}
	}
	path := filepath.Join(t.TempDir(), "file.json")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (File{Path: path}).Load(new(picky)); err == nil || !strings.HasSuffix(err.Error(), "write it: update") {
		t.Errorf("what the content says of itself is %v", err)
	}
}
