package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
)

// checks are rules for tests: each refuses the texts that begin with "bad".
func checks() Rules {
	refuse := func(text string) error {
		if strings.HasPrefix(text, "bad") {
			return fmt.Errorf("%q is not good: write good", text)
		}
		return nil
	}
	keys := func(chosen map[string][]string) (out []KeyFault) {
		for _, name := range []string{"filter", "next-hit"} {
			for _, k := range chosen[name] {
				if strings.HasPrefix(k, "bad") {
					out = append(out, KeyFault{name, k, k + " is not good: write good"})
				}
			}
		}
		return out
	}
	return Rules{Zone: refuse, Length: refuse, Query: refuse, Theme: refuse, Column: refuse, Hours: refuse, Day: refuse, CI: refuse, Keys: keys,
		Commands: []Command{{"filter", "filter", []string{"/"}}, {"next-hit", "next, previous hit", []string{"n", "\\"}}}}
}

func TestEachMistakeHasItsLineAndARemedy(t *testing.T) {
	wrong := []struct{ text, want string }{
		{"zonne = \"utc\"", "1:1: zonne is not a setting; did you mean zone?"},
		{"\n\nZone = \"utc\"", "3:1: Zone is not a setting; did you mean zone?"},
		{"something = 1", "1:1: something is not a setting: remove it; there are "},
		{"zone.name = \"utc\"", "1:1: zone.name is not a setting; did you mean zone?"},
		{"[colors]\nred = 1\n", "1:2: colors is not a setting: remove it; there are "},
		{"[[mouse]]\nleft = 1\n", "1:3: mouse is not a table: write mouse = false"},
		{"[zone]\nname = 1\n", "1:2: zone is not a table: write zone = \"Europe/Zurich\""},
		{"aws_secret_key = \"x\"", "1:1: aws_secret_key is not a setting, and secrets do not belong in this file: remove it"},
		{"zone = utc", "1:8: zone = utc is not TOML: write the text in quotes: zone = \"utc\""},
		{"mouse = off", "1:9: mouse = off is not TOML: write mouse = true or mouse = false"},
		{"mouse = True", "1:9: mouse = True is not TOML: write mouse = true or mouse = false"},
		{"zone", "1:4: zone has no value: write zone = \"Europe/Zurich\""},
		{"zone =", "1:6: this line is not TOML"},
		{"zone = \"utc", "1:11: this line is not TOML"},
		{"mouse = true # fine\nzone = 'utc' zone", "2:14: this line is not TOML"},
		{"[zone", "1:5: this line is not TOML"},
		{"mouse = \"yes\"", "1:9: mouse takes true or false, not \"yes\": write mouse = false"},
		{"mouse = 1", "1:9: mouse takes true or false, not 1: write mouse = false"},
		{"mouse = [true]", "1:1: mouse takes true or false, not a list: write mouse = false"},
		{"zone = 5", "1:8: zone takes a text in quotes, not 5: write zone = \"Europe/Zurich\""},
		{"zone = true", "1:8: zone takes a text in quotes, not true: write zone = \"Europe/Zurich\""},
		{"zone = {name = \"utc\"}", "zone takes a text in quotes, not a table: write zone = \"Europe/Zurich\""},
		{"zone = 2026-11-02", "1:8: zone takes a text in quotes, not 2026-11-02: write zone = "},
		{"zone = \"\"", "1:8: zone: a text is empty: write zone = \"Europe/Zurich\""},
		{"# é\nzone = \"bad\"", "2:8: zone: \"bad\" is not good: write good"},
		{"\"zone\" = \"bad\"", "1:10: zone: \"bad\" is not good: write good"},
		{"zone = \"utc\"\nmouse = true\nzone = \"local\"", "3:1: zone is set twice: remove this line or line 1"},
		{"baseline = \"bad\"", "1:12: baseline: \"bad\" is not good: write good"},
		{"alert = true", "1:9: alert takes a list of texts, not true: write alert = ["},
		{"alert = [1]", "1:10: alert takes texts in quotes, not 1: write alert = ["},
		{"alert = [\"é\", \"bad\"]", "1:15: alert: \"bad\" is not good: write good"},
		{"alert = [\n\"a\",\n\"a\"]", "3:1: alert names \"a\" twice: remove one"},
		{"alert = [\"\"]", "1:10: alert: a text is empty: write alert = ["},
		{"[keys]\nfliter = \"Z\"", "2:1: fliter is not a command; did you mean filter?"},
		{"[keys]\nlaunch-rocket = \"Z\"", "2:1: launch-rocket is not a command: remove it; pawprint config lists all"},
		{"keys.next-hit.x = \"Z\"", "1:1: next-hit.x is not a command; did you mean next-hit?"},
		{"[keys]\nfilter = 1", "2:10: filter takes a list of texts, not 1: write filter = \"X\""},
		{"keys = \"Z\"", "1:8: keys is a table, not \"Z\": write [keys], and name = \"key\" below it"},
		{"[[keys]]\nfilter = \"Z\"", "1:3: keys is one table: write [keys]"},
		{"[keys]\nfilter = [\"a\", \"bad\"]", "2:16: filter: bad is not good: write good"},
		{"[keys]\nfilter = \"a\"\nfilter = \"b\"", "3:1: keys.filter is set twice: remove this line or line 2"},
		{"keys = {filter = \"a\"}\n[keys]", "2:2: keys is set twice: remove this line or line 1"},
		{"keys.filter = \"a\"\n[keys]", "2:2: keys is set twice: remove this line or line 1"},
		{"keys = {filter = \"a\"}\nkeys.next-hit = \"b\"", "2:1: keys is set in line 1: move this line below it"},
		{"zone = \"\xff\"", "1:9: this is not UTF-8: save the file as UTF-8"},
		{"[[view]]\nname = \"x\"\n", "1:3: view is not a setting: remove it; views of your own are in pawprint/views.json in $XDG_CONFIG_HOME (else ~/.config): save them with s, or pawprint views import"},
		{"theme = \"badly\"", "1:9: theme: \"badly\" is not good: write good"},
		{"columns = [\"ip\", \"bad\"]", "1:18: columns: \"bad\" is not good: write good"},
		{"office_hours = 8", "1:16: office_hours takes a text in quotes, not 8: write office_hours = \"08:00-18:30\""},
		{"office_hours = \"bad\"", "1:16: office_hours: \"bad\" is not good: write good"},
		{"weekend = [\"bad\"]", "1:12: weekend: \"bad\" is not good: write good"},
		{"office-hours = \"\"", "1:1: office-hours is not a setting; did you mean office_hours?"},
	}
	if len(wrong) < 40 {
		t.Errorf("only %d wrong configurations are tried", len(wrong))
	}
	for _, c := range wrong {
		conf, err := Read("conf.toml", []byte(c.text), checks())
		all := apart(err)
		if len(all) != 1 || !strings.HasPrefix(all[0].Error(), "conf.toml:") || !strings.Contains(all[0].Error(), c.want) {
			t.Errorf("Read(%q) says %v, want %q", c.text, all, c.want)
		}
		remedy := func(word string) bool { return strings.Contains(all[0].Error(), word) }
		if !slices.ContainsFunc([]string{"write ", "remove ", "did you mean ", "move ", "save "}, remedy) {
			t.Errorf("Read(%q) has no remedy: %v", c.text, all[0])
		}
		if diff := cmp.Diff(Default(), conf); diff != "" {
			t.Errorf("Read(%q) is not the default (-want +got):\n%s", c.text, diff)
		}
	}
}

// apart returns the mistakes that an error joins.
func apart(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return nil
}

func TestAllMistakesAreFoundAtOnce(t *testing.T) {
	text := "zonne = 1\nzone = local\nmouse = 1\n[colors]\nzone = 1\n[keys\nx = 1\n"
	_, err := Read("conf.toml", []byte(text), checks())
	var got []int
	for _, one := range apart(err) {
		var f *Fault
		if !errors.As(one, &f) {
			t.Fatalf("%v is not a fault", one)
		}
		got = append(got, f.Line)
	}
	if diff := cmp.Diff([]int{1, 2, 3, 4, 6}, got); diff != "" {
		t.Errorf("the lines of the mistakes (-want +got):\n%s\n%v", diff, err)
	}
}

func TestMistakesEndSomewhere(t *testing.T) {
	_, err := Read("conf.toml", []byte(strings.Repeat("zone = x y\n", 50_000)), checks())
	if n := len(apart(err)); n != maxFaults {
		t.Errorf("%d mistakes", n)
	}
}

// The printed default changes nothing, also where its settings are read one by one.
func TestAPrintedConfigurationIsReadBack(t *testing.T) {
	rules := checks()
	for _, c := range []Config{Default(), full()} {
		text := rules.Print(c)
		got, err := Read("conf.toml", []byte(text), checks())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("Read differs (-want +got):\n%s", diff)
		}
		if again := rules.Print(got); again != text {
			t.Errorf("printed again it differs:\n%s", cmp.Diff(text, again))
		}
		windows := strings.ReplaceAll("\ufeff"+text, "\n", "\r\n")
		if got, err := Read("conf.toml", []byte(windows), checks()); err != nil || !cmp.Equal(c, got) {
			t.Errorf("with the ends of lines of Windows: %v, %s", err, cmp.Diff(c, got))
		}
	}
}

// full returns a configuration in which every setting differs from the default.
func full() Config {
	return Config{Zone: "Europe/Zurich", Theme: "light", Columns: []string{"ip"}, OfficeHours: "22:00-06:00", Weekend: []string{}, CI: "actor:x", Mouse: false, Baseline: "60d", Alert: []string{"is:failed", "say \"a\\b\"\t\n\u202e\x7f"},
		Keys: map[string][]string{"filter": {"Z", "é"}, "next-hit": {}}}
}

func TestEverySettingIsTriedWithAnotherValue(t *testing.T) {
	standard, other := Default(), full()
	for _, s := range new(Rules).settings() {
		if cmp.Equal(s.at(&standard), s.at(&other)) {
			t.Errorf("full does not set %s", s.name)
		}
		if _, err := Read("conf.toml", []byte(s.name+" = "+s.example), checks()); err != nil {
			t.Errorf("the example of %s: %v", s.name, err)
		}
	}
}

// FuzzReadAgreesWithTOML compares Read with a reader of TOML that knows nothing of our settings: what Read takes is TOML.
func FuzzReadAgreesWithTOML(f *testing.F) {
	rules := checks()
	for _, text := range []string{rules.Print(Default()), rules.Print(full()), "zone = 'utc'\r\nmouse = false", "alert = \"a\"", "alert = [ \"a\", # b\n'c',]", "[zone]\n[zone]", "zone.a = 1", "zone = \"\"\"\na\\\n b\"\"\"",
		"[keys]\nfilter = 'Z'", "keys.filter = []\nkeys.next-hit = 'x'\nmouse = false", "keys = { filter = 'a' }", "keys = {}\nkeys.filter = 'a'"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		conf, err := Read("conf.toml", []byte(text), checks())
		if err != nil {
			if len(apart(err)) == 0 {
				t.Errorf("Read(%q) joins no mistakes: %v", text, err)
			}
			return
		}
		var got map[string]any
		if err := toml.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &got); err != nil {
			t.Fatalf("Read takes %q, which is not TOML: %v", text, err)
		}
		if zone, ok := got["zone"]; ok && zone != conf.Zone {
			t.Errorf("Read(%q) has the zone %q, want %q", text, conf.Zone, zone)
		}
		if again, err := Read("conf.toml", []byte(rules.Print(conf)), checks()); err != nil || !cmp.Equal(conf, again) {
			t.Errorf("Read(%q) printed and read again: %v, %s", text, err, cmp.Diff(conf, again))
		}
	})
}
