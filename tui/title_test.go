package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// titleOf is the first line for a log of the given sources.
func titleOf(t *testing.T, width int, sources ...model.SourceState) string {
	t.Helper()
	log := kittest.LoadText(t, "first", "")
	for i, s := range sources {
		id := model.SourceID(0)
		if i > 0 {
			id = log.AddSource(s.Name)
		}
		log.UpdateSource(id, func(state *model.SourceState) { *state = s })
	}
	return newDriver(t, Options{Log: log}, width, 24).lines()[0]
}

func TestTitleSaysWhatTheSourcesDo(t *testing.T) {
	name := model.NewText("logs/audit.jsonl")
	tests := []struct {
		name    string
		sources []model.SourceState
		want    []string
		not     string
	}{
		{"complete", []model.SourceState{{Name: name, Phase: model.Complete}}, []string{"pawprint  audit.jsonl  0 events", "UTC"}, "loading"},
		{"loading", []model.SourceState{{Name: name, Phase: model.Loading, Size: 1000}}, []string{"loading 0 % ────────────"}, "live"},
		{"loading without a size", []model.SourceState{{Name: name, Phase: model.Loading, Size: -1}}, []string{"loading 0 B"}, "%"},
		{"live", []model.SourceState{{Name: name, Phase: model.Following, Size: 7}}, []string{"● live · 7 behind"}, "loading"},
		{"broken", []model.SourceState{{Name: name, Phase: model.Broken}}, []string{"✗ broken · B says why"}, "live"},
		{"several", []model.SourceState{{Name: name, Phase: model.Following}, {Name: name, Phase: model.Broken}, {Name: name, Phase: model.Complete}},
			[]string{"audit.jsonl +2", "✗ 1 of 3 broken · B says why", "● live"}, "loading"},
		{"the newest of more", []model.SourceState{{Name: name, Phase: model.Complete, Newest: true}}, []string{"  newest 0 loaded  "}, "match"},
		{"the newest of a number", []model.SourceState{{Name: name, Newest: true, Total: model.Total{Least: 83_200_000, Most: 83_200_000}}}, []string{"83.2 M match · newest 0 loaded"}, " to "},
		{"the newest of an interval", []model.SourceState{{Name: name, Newest: true, Total: model.Total{Least: 1, Most: 2000}}}, []string{"1 to 2,000 match · newest 0 loaded"}, "more"},
		{"the newest of two sources", []model.SourceState{{Name: name, Newest: true, Total: model.Total{Least: 1, Most: 1}}, {Name: name, Newest: true}},
			[]string{"  newest 0 loaded  "}, "match"},
		{"an interval that looks like a number", []model.SourceState{{Name: name, Newest: true, Total: model.Total{Least: 83_200_001, Most: 83_200_002}}}, []string{"83,200,001 to 83,200,002 match"}, " M "},
		{"a database with its windows", []model.SourceState{{Name: name, Phase: model.Broken, Newest: true}, {Name: name, Of: name, Phase: model.Complete}, {Name: name, Of: name, Phase: model.Broken}},
			[]string{"audit.jsonl  newest 0 loaded", "✗ broken"}, "+"},
		{"hostile", []model.SourceState{{Name: model.NewText("a\x1b[2J\u202e/b\x07\n"), Phase: model.Complete}}, []string{"b␇␊"}, "\x1b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			title := titleOf(t, 120, tt.sources...)
			for _, want := range tt.want {
				if !strings.Contains(title, want) {
					t.Errorf("the title is %q, want %q in it", title, want)
				}
			}
			if strings.Contains(title, tt.not) {
				t.Errorf("the title is %q, want no %q in it", title, tt.not)
			}
		})
	}
}

func TestNarrowTitleKeepsWhatMatters(t *testing.T) {
	source := model.SourceState{Name: model.NewText("audit.jsonl"), Phase: model.Following}
	for width := minWidth; width < 120; width++ {
		if title := titleOf(t, width, source); ansi.StringWidthWc(title) != width || !strings.Contains(title, "● live") {
			t.Fatalf("with %d cells the title is %q", width, title)
		}
	}
}

func TestBrokenSourceIsExplained(t *testing.T) {
	log := kittest.LoadText(t, "first", "")
	log.UpdateSource(0, func(s *model.SourceState) {
		s.Phase, s.Err = model.Broken, model.NewText("opening /x\x1b[31m: permission denied")
	})
	d := newDriver(t, Options{Log: log}, 100, 24)
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "✗ first: opening /x␛[31m: permission denied") {
		t.Errorf("the frame does not explain the source:\n%s", frame)
	}
}
