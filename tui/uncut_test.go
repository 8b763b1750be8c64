package tui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// cutText is a text of the program that did not fit: "…" behind a letter. Where the program itself writes "…", a blank stands before it.
var cutText = regexp.MustCompile(`\S+…`)

// whole reports whether a text that ends in "…" is none of the program's that was cut: a range of keys, or a value of the log.
func whole(text string) bool {
	begin := strings.TrimSuffix(text, "…")
	return begin == "1" || strings.HasPrefix("UPDATE_ROLE", begin)
}

// damagedRow is a row of the list whose message says what is wrong with a line; the detail says it in full.
var damagedRow = regexp.MustCompile(`no time|INVALID`)

// shortLog is a log whose values are so short that every cell, menu and facet has room for them. So what is cut is the program's.
func shortLog(t testing.TB) kittest.StillLog {
	line := func(minute int, action, result, actor, more string) string {
		return fmt.Sprintf(`{"actionName":%q,"actionResult":%q,"actor":{"id":"%s1","type":"USER","name":%q,"attributes":{"email":"a@b.c","roleName":"R"}},`+
			`"sourceIP":"192.0.2.1","userAgent":"curl","timestamp":"2026-11-22T1%d:%02d:00Z","pantherVersion":"1.1.1"%s}`+"\n",
			action, result, actor, actor, minute/60, minute%60, more)
	}
	var b strings.Builder
	for i := range 30 {
		b.WriteString(line(2*i, "LIST_ROLES", "SUCCEEDED", "ann", ""))
		b.WriteString(line(2*i+1, "UPDATE_ROLE", "SUCCEEDED", "bob", fmt.Sprintf(`,"actionParams":{"dynamic":{"input":{"id":"r1","name":"R","n":%d}}}`, i)))
	}
	b.WriteString(line(62, "UPDATE_ROLE", "FAILED", "bob", `,"errors":[{"message":"no"}],"actionParams":{"dynamic":{"input":{"id":"r1","name":"R"}}}`))
	b.WriteString(line(63, "UPDATE_ROLE", "BROKEN", "bob", ""))
	b.WriteString("no json\n")
	b.WriteString(line(64, "LIST_ROLES", "SUCCEEDED", "ann", ""))
	return kittest.LoadText(t, "x", b.String())
}

// Nothing that the program says of itself is cut at the sizes that people work at: not in a pane, a menu, a page, the help, or a message.
func TestNoTextOfTheProgramIsCut(t *testing.T) {
	log := shortLog(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		for _, pane := range panesToPress {
			t.Run(fmt.Sprintf("%s at %d×%d", pane.name, size[0], size[1]), func(t *testing.T) {
				checkEveryKeyUncut(t, log, pane.keys, size[0], size[1])
			})
		}
	}
}

// checkEveryKeyUncut presses each key in a pane and goes through what it opens.
func checkEveryKeyUncut(t *testing.T, log kittest.StillLog, way string, width, height int) {
	t.Helper()
	_, keys := newCommands(nil)
	told := map[string]bool{}
	for _, row := range keys.Rows {
		if row.Do == kit.CmdQuit || row.Do == kit.CmdSuspend {
			continue
		}
		for _, k := range row.Binding.Keys() {
			d := newDriver(t, Options{Log: log, Views: &kittest.ViewShelf{}}, width, height)
			d.press(way)
			for _, step := range []string{k, "down", "pgdown", "pgdown", "enter", "pgdown", "enter"} {
				d.press(step)
				checkUncut(t, d, k+", "+step, told)
			}
		}
	}
}

// checkUncut fails for each text of the screen that is cut and was not told yet.
func checkUncut(t *testing.T, d *driver, after string, told map[string]bool) {
	t.Helper()
	for _, line := range d.lines() {
		if damagedRow.MatchString(line) {
			continue
		}
		for _, cut := range cutText.FindAllString(line, -1) {
			if !whole(cut) && !told[cut] {
				told[cut] = true
				t.Errorf("after %s: %q is cut in %q", after, cut, strings.TrimSpace(line))
			}
		}
	}
}
