package state

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pawprint/tui"
)

// sessionsOf returns the sessions of sources in the state folder of the test.
func sessionsOf(sources ...string) Sessions {
	return UserSessions(func() []string { return sources })
}

func TestSessionsAreKeptBySources(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	one, two := sessionsOf("/logs/a.jsonl"), sessionsOf("/logs/a.jsonl", "s3://audit-logs/a/")
	if s, err := one.Session(); s != nil || err != nil {
		t.Fatalf("before any session there is %v, %v", s, err)
	}
	a := tui.Session{View: tui.SavedView{Query: "is:failed"}, Row: tui.SessionRow{Source: "a.jsonl", Line: 3, Offset: 1 << 40, Place: 2}, Sides: []string{"facets"}, Detail: true}
	for _, err := range []error{one.Keep(t.Context(), tui.Session{}), two.Keep(t.Context(), tui.Session{Detail: true}), one.Keep(t.Context(), a)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if s, err := one.Session(); err != nil || s == nil || s.View.Query != a.View.Query || s.Row != a.Row || !slices.Equal(s.Sides, a.Sides) {
		t.Errorf("the session comes back as %+v, %v", s, err)
	}
	if s, err := two.Session(); err != nil || s == nil || !s.Detail || s.View.Query != "" {
		t.Errorf("the session of two sources comes back as %+v, %v", s, err)
	}
	if err := (Sessions{dir: one.dir, sources: func() []string { return nil }}).Keep(t.Context(), a); err != nil {
		t.Errorf("a source that has no name: %v", err)
	}
	if info, err := os.Stat(filepath.Join(one.dir, "sessions.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info, err)
	}
}

func TestSessionsAreBounded(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	long := tui.Session{View: tui.SavedView{Query: strings.Repeat("x", 3900)}}
	var before sessionsFile // those of earlier runs, written at once
	for i := range MaxSessions - 5 {
		before.Sessions = slices.Insert(before.Sessions, 0, sourceOfUser{sessionsOf(fmt.Sprint("/", i)).sources(), long})
	}
	var f sessionsFile
	if err := sessionsOf().file("sessions.json").Update(t.Context(), &f, func() bool { f = before; f.Version = sessionsVersion; return true }); err != nil {
		t.Fatal(err)
	}
	for i := MaxSessions - 5; i < MaxSessions+5; i++ {
		if err := sessionsOf(fmt.Sprint("/", i)).Keep(t.Context(), long); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range map[int]bool{0: false, 4: false, 5: true, MaxSessions + 4: true} {
		if s, err := sessionsOf(fmt.Sprint("/", i)).Session(); err != nil || (s != nil) != want {
			t.Errorf("of source %d there is %v, %v", i, s != nil, err)
		}
	}
	long.View.Query += strings.Repeat("x", 200)
	if err := sessionsOf("/x").Keep(t.Context(), long); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("a session without bounds is kept: %v", err)
	}
}

func TestFiltersAreKeptOnceTheLatestLastAndBounded(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	s := sessionsOf()
	var many []string
	for i := range MaxFilters + 100 {
		many = append(many, fmt.Sprint("actor:", i))
	}
	for _, add := range [][]string{many, {"is:failed", "  ", "x"}, {"is:failed"}, {strings.Repeat("y", maxFilterBytes+1)}} {
		if err := s.AddFilters(t.Context(), add); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Filters()
	if err != nil || len(got) != MaxFilters || !slices.Equal(got[MaxFilters-3:], []string{"actor:1099", "x", "is:failed"}) {
		t.Errorf("%d filters are kept, at last %q, %v", len(got), got[max(0, len(got)-3):], err)
	}
	var large []string
	for i := range 300 {
		large = append(large, fmt.Sprint(i)+strings.Repeat("\"", 4000))
	}
	if err := s.AddFilters(t.Context(), large); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Filters(); err != nil || len(got) < 50 || got[len(got)-1] != large[299] {
		t.Errorf("%d large filters are kept, %v", len(got), err)
	}
}

func TestInstancesKeepEachOthersFiltersAndSessions(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	var all sync.WaitGroup
	for k := range 8 {
		all.Go(func() {
			s := sessionsOf(fmt.Sprint("/", k))
			for i := range 10 {
				if err := s.AddFilters(t.Context(), []string{fmt.Sprint("actor:", k, "-", i)}); err != nil {
					t.Error(err)
				}
				if err := s.Keep(t.Context(), tui.Session{Row: tui.SessionRow{Line: int64(i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got, err := sessionsOf().Filters(); err != nil || len(got) != 80 {
		t.Errorf("%d filters are kept, %v", len(got), err)
	}
	for k := range 8 {
		if s, err := sessionsOf(fmt.Sprint("/", k)).Session(); err != nil || s == nil || s.Row.Line != 9 {
			t.Errorf("the session of source %d is %+v, %v", k, s, err)
		}
	}
}

func TestSessionsThatAreNotUnderstoodAreLeftAlone(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	s := sessionsOf("/a")
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{`{"version": 2, "sessions": 7}`, `{damaged`} {
		path := filepath.Join(s.dir, "sessions.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Session(); err == nil {
			t.Errorf("%s is read", content)
		}
		if err := s.Keep(t.Context(), tui.Session{}); err == nil || !strings.Contains(err.Error(), "your place was not saved") {
			t.Errorf("%s is replaced: %v", content, err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("the file holds %s, %v", got, err)
		}
	}
}
