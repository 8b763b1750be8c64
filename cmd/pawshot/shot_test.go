package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// actor is the environment variable that makes the test binary act as the program to draw.
const actor = "PAWSHOT_TEST_ACTOR"

func TestMain(m *testing.M) {
	if how := os.Getenv(actor); how != "" {
		act(how)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// act is a little program for a terminal: it shows a page for each line that it reads.
func act(how string) {
	if how == "end" {
		fmt.Print("that was all")
		return
	}
	fmt.Print("\x1b[2J\x1b[H\x1b[?25l\x1b[48;2;0;0;255m        \x1b[m\r\nready")
	lines := bufio.NewScanner(os.Stdin)
	for n := 1; lines.Scan(); n++ {
		fmt.Printf("\x1b[2J\x1b[H\x1b[48;2;255;0;0m        \x1b[m\r\npage %d: %s", n, lines.Text())
	}
}

// actorShot is a picture of the little program, on a terminal of 30×5 cells.
func actorShot(t *testing.T, how, keys string) *shot {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &shot{keys: keys, scale: testScale, holds: usualHolds, launch: launch{program: self, env: []string{actor + "=" + how},
		cols: 30, rows: 5, timeout: 2 * time.Minute, quiet: 50 * time.Millisecond}}
}

func TestProgramIsDrawn(t *testing.T) {
	s := actorShot(t, "pages", `wait:ready x wait:x enter "wait:page 1: x"`)
	file, err := s.make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if w, h := img.Bounds().Dx(), img.Bounds().Dy(); w != 30*cellWidth*testScale || h != 5*cellHeight*testScale {
		t.Errorf("the picture has %d×%d pixels, want 30×5 cells", w, h)
	}
	if got := opaque(img.At(3, 3)); got != red {
		t.Errorf("the bar of the page is %v, want %v", got, red)
	}
	if got := opaque(img.At(20*cellWidth*testScale, 3)); got != darkColors.bg {
		t.Errorf("the ground is %v, want %v", got, darkColors.bg)
	}
}

func TestLightTerminalIsLight(t *testing.T) {
	s := actorShot(t, "end", `"wait:that was all"`)
	s.light = true
	file, err := s.make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := opaque(img.At(img.Bounds().Max.X-1, 1)); got != lightColors.bg {
		t.Errorf("the ground is %v, want %v", got, lightColors.bg)
	}
}

func TestAnimationHasAFrameForEachStep(t *testing.T) {
	s := actorShot(t, "pages", `wait:ready one wait:one enter "wait:page 1: one" two wait:two enter "wait:page 2: two"`)
	s.moving = true
	file, err := s.make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if want := "[120 60 120 60 300]"; fmt.Sprint(g.Delay) != want {
		t.Errorf("the frames are shown for %v hundredths of a second, want %v", g.Delay, want)
	}
	if r := g.Image[0].Rect; r.Dx() != 30*cellWidth*testScale || r.Dy() != 5*cellHeight*testScale {
		t.Errorf("the first frame covers %v, want all cells", r)
	}
	// The typed text is in the second line, after "ready".
	if r := g.Image[1].Rect; r.Min.Y < cellHeight*testScale || r.Max.Y > 2*cellHeight*testScale || r.Min.X < 5*cellWidth*testScale {
		t.Errorf("the second frame covers %v, want only what was typed", r)
	}
	again, err := s.make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file, again) {
		t.Error("the same program gives other bytes")
	}
}

func TestWaitThatIsInVainShowsTheLastScreen(t *testing.T) {
	s := actorShot(t, "pages", "wait:ready wait:nothing")
	s.timeout = 3 * time.Second
	_, err := s.make(t.Context())
	for _, want := range []string{`waiting for "nothing"`, "3s", "ready"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

func TestProgramThatEndedCannotBeUsed(t *testing.T) {
	for _, keys := range []string{"wait:nothing", `"wait:that was all" wait:stable x wait:nothing`} {
		_, err := actorShot(t, "end", keys).make(t.Context())
		for _, want := range []string{"has ended", "that was all"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error is %v, want one with %q", keys, err, want)
			}
		}
	}
}

func TestEndOfTheContextEndsWaiting(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := actorShot(t, "pages", "wait:nothing").make(ctx); err == nil {
		t.Error("a picture was made without a context")
	}
}

func TestImpossiblePicturesAreRefused(t *testing.T) {
	for _, change := range []func(*shot){
		func(s *shot) { s.cols = 0 }, func(s *shot) { s.rows = maxSide + 1 }, func(s *shot) { s.scale = 0 },
		func(s *shot) { s.program = filepath.Join(t.TempDir(), "nosuch") }, func(s *shot) { s.keys = `"` },
	} {
		s := actorShot(t, "end", "")
		change(s)
		if _, err := s.make(t.Context()); err == nil {
			t.Errorf("%+v: no error", s)
		}
	}
}

func TestForeignTerminalsDoNotShow(t *testing.T) {
	got := strings.Join(environment([]string{"NO_COLOR=1", "TERM=dumb", "LC_ALL=C", "PATH=/bin", "TMUX=x"}), " ")
	if want := "PATH=/bin TERM=xterm-256color COLORTERM=truecolor LANG=C.UTF-8 TZ=UTC"; got != want {
		t.Errorf("environment = %q, want %q", got, want)
	}
}

func TestCommandWritesAFile(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(actor, "end")
	out := filepath.Join(t.TempDir(), "end.png")
	root := newRoot()
	root.SetArgs([]string{"png", "--cols", "20", "--rows", "3", "--keys", `"wait:that was all"`, "--out", out, self, "--not-a-flag-of-ours"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(file)); err != nil {
		t.Error(err)
	}
}

func TestQuickKeysMakeNoFrames(t *testing.T) {
	s := actorShot(t, "pages", `wait:ready quick:x wait:x enter "wait:page 1: x"`)
	frames, err := run(t.Context(), s.launch, s.keys, s.holds)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range frames[len(frames)-1].caption {
		names = append(names, p.name)
	}
	if got := fmt.Sprint(len(frames), names); got != "2 [x enter]" {
		t.Errorf("there are %s frames and names, want 2 [x enter]", got)
	}
}
