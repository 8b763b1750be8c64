package tui

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// storyEvent is an event of the shared log as encoding/json alone reads it: what the screen is held against.
type storyEvent struct {
	Action string                     `json:"actionName"`
	Result string                     `json:"actionResult"`
	Params any                        `json:"actionParams"`
	Errors []struct{ Message string } `json:"errors"`
	IP     string                     `json:"sourceIP"`
	Stamp  string                     `json:"timestamp"`
	Lake   string                     `json:"p_event_time"`
	Actor  struct {
		ID, Type, Name string
		Attributes     struct{ Email, RoleName string }
	} `json:"actor"`
	at time.Time
}

// story is the shared log in the order of time.
type story []storyEvent

func readStory(t *testing.T) story {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "testdata", "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out story
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e storyEvent
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		e.at = e.time(t)
		out = append(out, e)
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
	slices.SortStableFunc(out, func(a, b storyEvent) int { return a.at.Compare(b.at) })
	return out
}

// time is when the event happened: its own time, else that of the data lake, in UTC unless it says otherwise.
func (e *storyEvent) time(t *testing.T) time.Time {
	t.Helper()
	stamp := strings.Replace(e.Stamp, "T", " ", 1)
	if stamp == "" {
		stamp = e.Lake
	}
	for _, layout := range []string{"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05"} {
		if at, err := time.Parse(layout, stamp); err == nil {
			return at.UTC()
		}
	}
	t.Fatalf("the time %q is of no kind that the shared log holds", stamp)
	return time.Time{}
}

// verb is the first word of the action, without the mark of the public interface.
func (e *storyEvent) verb() string {
	verb, _, _ := strings.Cut(strings.TrimPrefix(e.Action, "PUBLIC_API_"), "_")
	return verb
}

func (e *storyEvent) reads() bool { return slices.Contains([]string{"GET", "LIST", "CHECK"}, e.verb()) }

func (e *storyEvent) deletes() bool {
	return e.verb() == "DELETE" || strings.HasPrefix(e.Action, "BULK_DELETE_")
}

// writes reports whether the event's action creates, changes or deletes something.
func (e *storyEvent) writes() bool {
	quiet := []string{"SIGN", "EXECUTE", "GENERATE", "CANCEL", "SUMMARIZE", "INFER", "DOWNLOAD", "TEST", "SEND", "COMPUTE", "ISSUE"}
	return !e.reads() && !slices.Contains(quiet, e.verb())
}

func (e *storyEvent) fails() bool { return e.Result != "SUCCEEDED" }

// about reports whether the name of the action holds one of some words.
func (e *storyEvent) about(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(e.Action, w) })
}

// values are what stands under a key, wherever in the parameters that is; lists are taken apart.
func (e *storyEvent) values(key string) []any { return valuesUnder(e.Params, key) }

func valuesUnder(v any, key string) (out []any) {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			out = append(out, valuesUnder(element, key)...)
		}
	case map[string]any:
		for name, member := range v {
			switch list, isList := member.([]any); {
			case name == key && isList:
				out = append(out, list...)
			case name == key:
				out = append(out, member)
			default:
				out = append(out, valuesUnder(member, key)...)
			}
		}
	}
	return out
}

// texts are the values under a key that are strings.
func (e *storyEvent) texts(key string) (out []string) {
	for _, v := range e.values(key) {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// has reports whether one of some values stands under a key.
func (e *storyEvent) has(key string, wanted ...any) bool {
	return slices.ContainsFunc(e.values(key), func(v any) bool { return slices.Contains(wanted, v) })
}

// those are the events that satisfy a condition.
func (s story) those(ok func(*storyEvent) bool) (out story) {
	for i := range s {
		if ok(&s[i]) {
			out = append(out, s[i])
		}
	}
	return out
}

// last is the latest event that satisfies a condition.
func (s story) last(t *testing.T, ok func(*storyEvent) bool) *storyEvent {
	t.Helper()
	those := s.those(ok)
	if len(those) == 0 {
		t.Fatal("the shared log has no such event")
	}
	return &those[len(those)-1]
}

// count counts events by what a function makes of them.
func (s story) count(by func(*storyEvent) string) map[string]int {
	out := map[string]int{}
	for i := range s {
		out[by(&s[i])]++
	}
	return out
}

func byName(e *storyEvent) string   { return e.Actor.Name }
func byIP(e *storyEvent) string     { return e.IP }
func byAction(e *storyEvent) string { return e.Action }
