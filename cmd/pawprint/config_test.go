package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/cmd/internal/config"
	"pawprint/loader"
	"pawprint/tui"
)

// configured returns an environment with a configuration of its own.
func configured(t *testing.T, text string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "own.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{config.Variable + "=" + path}
}

func TestATerminalShowsTheZoneOfTheConfiguration(t *testing.T) {
	env := configured(t, "zone = \"Asia/Tokyo\"")
	dir := t.TempDir()
	appendTo(t, filepath.Join(dir, "log.jsonl"), event("GET_RULE", "SUCCEEDED"))
	own := printAt(t, 120, env, dir, "query", "", "log.jsonl")
	flag := printAt(t, 120, nil, dir, "query", "--tz", "Asia/Tokyo", "", "log.jsonl")
	if string(own.out) != string(flag.out) || !strings.Contains(string(own.err), "pawprint: zone Asia/Tokyo from ") {
		t.Errorf("the configuration shows\n%s%s\n--tz\n%s", own.out, own.err, flag.out)
	}
	utc, none := printAt(t, 120, env, dir, "query", "--tz", "utc", "", "log.jsonl"), printAt(t, 120, nil, dir, "query", "", "log.jsonl")
	if string(utc.out) != string(none.out) || len(utc.err) > 0 || string(utc.out) == string(own.out) {
		t.Errorf("--tz utc shows\n%s%s\nno configuration\n%s", utc.out, utc.err, none.out)
	}
}

func TestTheInterfaceLeavesTheMouseAlone(t *testing.T) {
	const takesMouse = "\x1b[?1002h"
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: configured(t, "mouse = false")}, nil, story)
	x.waitForText("2,000 events")
	if strings.Contains(x.output(), takesMouse) {
		t.Error("the mouse is taken")
	}
	x.typeKeys("\x1bOQ")
	x.waitForText("the mouse is on")
	x.waitForOutput(takesMouse)
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestTheInterfaceNamesWhatTheConfigurationChangesInCounts(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: configured(t, "office_hours = \"11:00-18:00\"\nweekend = [\"sunday\"]\nci = \"actor:x\"")}, nil, "-q", "is:offhours", story)
	x.waitForText("own.toml changes what is counted: B says how")
	x.waitForText("is:offhours (by own.toml)")
	x.typeKeys("B")
	x.waitForText("office hours 11:00-18:00, weekend sunday from own.toml")
	x.waitForText("is:ci is actor:x from own.toml")
	x.typeKeys("Bq")
	x.waitForExit(0)
}

func TestABaselineThatIsNotReadIsNotNamed(t *testing.T) {
	s := settings{baseline: "60d", baselineByConfig: true}
	s.config.Config = config.Default()
	if got := s.changed(); got != (tui.Changed{}) {
		t.Errorf("of files it says %+v", got)
	}
	s.past.sources, s.config.File = []loader.Source{&loader.File{}}, "/home/homer/own.toml"
	if got, want := s.changed(), (tui.Changed{File: "own.toml", Baseline: "60d"}); got != want {
		t.Errorf("of a baseline that is read it says %+v, want %+v", got, want)
	}
}

func TestTheConfigurationAsksForAlerts(t *testing.T) {
	env := configured(t, "alert = [\"is:failed\"]")
	path := liveLog(t)
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: env}, nil, "-f", path)
	x.waitForText("● live")
	appendTo(t, path, secondAlert)
	x.waitForText("● 1 alert: *")
	x.typeKeys("q")
	x.waitForExit(0)
	x = startOn(t, terminalOptions{cols: 80, rows: 24, env: env}, nil, path) // without -f no alert can come
	x.waitForText("DELETE_SECOND")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestMistakesInTheConfigurationAreNamedBeforeTheInterface(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 120, rows: 24, env: configured(t, "zone = 1\nmouse = 1")}, nil, story)
	x.waitForExit(exitError)
	for _, want := range []string{"own.toml:1:8: zone takes", "own.toml:2:9: mouse takes", "--no-config"} {
		x.waitUntil(want, nil, func() bool { return strings.Contains(strings.ReplaceAll(x.output(), "\r\n", ""), want) })
	}
}

func TestTheInterfaceTakesTheChosenKeys(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 120, rows: 24, env: configured(t, "[keys]\nfailed-only = '$'\nquit = 'f6'\n")}, nil, story)
	x.waitForText("$ failed")
	x.typeKeys("$")
	x.waitForText("127 shown")
	x.typeKeys("\x1b[17~")
	x.waitForExit(0)
}

// The keys in the documentation are a configuration that changes nothing when they are no longer comments.
func TestThePrintedKeysAreTheUsualOnes(t *testing.T) {
	text := strings.ReplaceAll(printConfig(config.Default()), "\n# ", "\n")
	_, keys, _ := strings.Cut(text, "[keys]\n")
	conf, err := config.Read("keys.toml", []byte("[keys]\n"+keys), configRules())
	if err != nil || len(conf.Keys) < 80 {
		t.Fatalf("%d keys, %v", len(conf.Keys), err)
	}
	for _, named := range tui.KeyNames() {
		if diff := cmp.Diff(named.Keys, conf.Keys[named.Name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", named.Name, diff)
		}
	}
}

func TestATerminalShowsTheColumnsOfTheConfiguration(t *testing.T) {
	env := configured(t, "columns = ['ip', 'actor']\ntheme = 'light'")
	dir := t.TempDir()
	appendTo(t, filepath.Join(dir, "log.jsonl"), event("GET_RULE", "SUCCEEDED"))
	own := string(printAt(t, 120, env, dir, "query", "--color=never", "", "log.jsonl").out)
	flag := string(printAt(t, 120, env, dir, "query", "--color=never", "--fields", "time,result,ip,actor", "", "log.jsonl").out)
	if own != flag || strings.Contains(own, "ACTION") {
		t.Errorf("the configuration shows\n%s\n--fields\n%s", own, flag)
	}
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: env}, nil, story)
	x.waitForText("2,000 events")
	x.waitFor("the columns", func(s string) bool {
		ip, actor := strings.Index(s, " IP "), strings.Index(s, " Actor ")
		return ip > 0 && ip < actor && !strings.Contains(s, " Action ")
	})
	x.typeKeys("q")
	x.waitForExit(0)
}
