package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model/fault"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestFramesLookAsTheyDid(t *testing.T) {
	sizes := []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"120x40", 120, 40}, {"200x50", 200, 50}}
	frames := []struct {
		name    string
		file    string
		options Options
		drive   func(*driver)
	}{
		{name: "opening", file: "audit.jsonl"},
		{name: "failed-only", file: "audit.jsonl", drive: func(d *driver) { d.press("f") }},
		{name: "detail", file: "audit.jsonl", drive: func(d *driver) { d.press("E enter") }},
		{name: "detail-end", file: "audit.jsonl", drive: func(d *driver) { d.press("E enter tab G enter G") }},
		{name: "profile", file: "audit.jsonl", drive: func(d *driver) { d.press("O") }},
		{name: "help", file: "audit.jsonl", drive: func(d *driver) { d.press("?") }},
		{name: "filter-error", file: "audit.jsonl", drive: func(d *driver) { d.press("/"); d.write("action:delete (actor:ci") }},
		{name: "nothing", file: "audit.jsonl", drive: func(d *driver) { d.press("f /"); d.write("nobody-did-this"); d.press("enter") }},
		{name: "reject", file: "damaged.jsonl", drive: func(d *driver) { d.press("G enter") }},
		{name: "rejects", file: "damaged.jsonl", drive: func(d *driver) { d.press("g pgdown pgdown") }},
		{name: "hostile", file: "damaged.jsonl", drive: func(d *driver) { d.press("/"); d.write("is:suspicious"); d.press("enter g enter") }},
		{name: "ascii", file: "damaged.jsonl", options: Options{ASCII: true}, drive: func(d *driver) { d.press("G enter") }},
	}
	for _, f := range frames {
		for _, size := range sizes {
			name := f.name + "-" + size.name
			t.Run(name, func(t *testing.T) {
				o := f.options
				o.Log = kittest.LoadFile(t, f.file)
				d := newDriver(t, o, size.w, size.h)
				if f.drive != nil {
					f.drive(d)
				}
				checkShape(t, d, size.w, size.h)
				kittest.CheckGolden(t, name, ansi.Strip(d.frame()))
			})
		}
	}
}

func TestSmallFramesLookAsTheyDid(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"1x1", 1, 1}, {"23x9", 23, 9}, {"24x6", 24, 6}, {"40x12", 40, 12}} {
		t.Run(size.name, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, size.w, size.h)
			d.press("E enter")
			checkShape(t, d, size.w, size.h)
			kittest.CheckGolden(t, "small-"+size.name, ansi.Strip(d.frame()))
		})
	}
}

func TestColorsLookAsTheyDid(t *testing.T) {
	for _, p := range []struct {
		name    string
		profile colorprofile.Profile
		back    kit.Background
	}{{"dark", colorprofile.TrueColor, kit.DarkBackground}, {"light", colorprofile.TrueColor, kit.LightBackground},
		{"256", colorprofile.ANSI256, kit.DarkBackground}, {"16", colorprofile.ANSI, kit.DarkBackground}, {"no-color", colorprofile.ASCII, kit.DarkBackground}} {
		t.Run(p.name, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.LoadFile(t, "damaged.jsonl"), Background: p.back}, 100, 24)
			d.send(tea.ColorProfileMsg{Profile: p.profile})
			d.press("G enter")
			kittest.CheckGolden(t, "color-"+p.name, d.frame())
		})
	}
}

func TestThemesLookAsTheyDid(t *testing.T) {
	log := kittest.LoadFile(t, "damaged.jsonl")
	for _, id := range Themes()[1:] {
		t.Run(id.String(), func(t *testing.T) {
			d := newDriver(t, Options{Log: log, Background: kit.DarkBackground, Theme: id}, 80, 24)
			d.press("G enter")
			kittest.CheckGolden(t, "theme-"+id.String(), d.frame())
		})
	}
}

// checkShape fails unless the frame has exactly h lines of exactly w cells and the tripwire found nothing.
func checkShape(t *testing.T, d *driver, w, h int) {
	t.Helper()
	width := ansi.StringWidthWc
	if d.app.display.Widther.Clusters {
		width = ansi.StringWidth
	}
	lines := strings.Split(d.frame(), "\n")
	if len(lines) != max(h, 1) {
		t.Fatalf("the frame has %d lines, want %d", len(lines), h)
	}
	for y, l := range lines {
		if n := width(ansi.Strip(l)); n != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", y, n, w, l)
		}
	}
	if n := d.app.screen.frame.Tripped(); n != 0 {
		t.Fatalf("the tripwire replaced %d runes: some text went round termsafe", n)
	}
	if err := d.app.Err(); err != nil {
		t.Fatalf("the app ended with %v\n%s", err, fault.In(err).Stack)
	}
}
