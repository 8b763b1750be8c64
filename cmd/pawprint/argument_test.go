package main

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/loader/tail"
	"pawprint/model"
)

// onceOnly is a source that cannot be followed.
type onceOnly struct{ url string }

func (o onceOnly) Name() model.Text                              { return model.NewText(o.url) }
func (o onceOnly) Load(ctx context.Context, s loader.Sink) error { return nil }

// withScheme adds a scheme that cannot be followed, for the duration of a test.
func withScheme(t *testing.T) {
	before := schemes
	t.Cleanup(func() { schemes = before })
	schemes = append(before[:len(before):len(before)], scheme{prefix: "once://", once: "it is read once", open: func(_ *settings, url string, _ loader.Limits, _ span) (loader.Source, error) {
		return onceOnly{url}, nil
	}})
}

func TestAnArgumentIsReadAsWhatItNames(t *testing.T) {
	withScheme(t)
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a.jsonl", "odd[1].jsonl", "other:/x/a.jsonl"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		arg    string
		follow bool
		want   any    // a source of its type, or nil
		says   string // the error
	}{
		{"a.jsonl", false, &loader.File{}, ""},
		{"missing.jsonl", false, &loader.File{}, ""},
		{"odd[1].jsonl", false, &loader.File{}, ""},
		{"other://x/a.jsonl", false, &loader.File{}, ""}, // there is such a file
		{".", false, &loader.Folder{}, ""},
		{"*.jsonl", false, &loader.Glob{}, ""},
		{"-", false, &loader.Reader{}, ""},
		{"-", true, &loader.Reader{}, ""}, // a pipe ends with its writers
		{"a.jsonl", true, &tail.Set{}, ""},
		{"other://x/a.jsonl", true, &tail.Set{}, ""},
		{"once://a", false, onceOnly{}, ""},
		{"once://a", true, nil, "once:// sources cannot be followed: it is read once"},
		{"other://user:hunter22@example.com/log", false, nil, "other:// is not read"},
		{"other://user:hunter22@example.com/log", true, nil, "other:// is not read"},
		{"://x", false, nil, ":// is not read"},
		{"\x1b[31m://hunter22", false, nil, "is not read"},
	} {
		in, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		s := &settings{follow: c.follow, std: &streams{in: in}}
		got, err := s.sources([]string{c.arg})
		_, _ = in.Close(), out.Close()
		switch {
		case c.want == nil:
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter22") {
				t.Errorf("%q, followed %v: %v, want %q", c.arg, c.follow, err, c.says)
			}
		case err != nil || len(got) != 1 || reflect.TypeOf(got[0]) != reflect.TypeOf(c.want):
			t.Errorf("%q, followed %v: %T, %v, want a %T", c.arg, c.follow, got, err, c.want)
		}
	}
}
