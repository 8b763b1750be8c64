package termsafe_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

// everyOption are all ways to clean a text.
func everyOption() (all []termsafe.Options) {
	for flags := range 8 {
		for _, cells := range []int{0, 1, 30} {
			all = append(all, termsafe.Options{ASCII: flags&1 > 0, RightToLeft: flags&2 > 0, Drawing: flags&4 > 0, MaxCells: cells})
		}
	}
	return all
}

func TestHostileTextsComeOutAsOneHarmlessLine(t *testing.T) {
	check := func(x hostile.Text, how string, s termsafe.Safe) {
		t.Helper()
		if leaks := hostile.Leaks([]byte(s.String()), hostile.Allowed{}); leaks != nil || strings.Contains(s.String(), "\n") {
			t.Errorf("%s: %s of %.80q = %.80q leaks %q", x.Name, how, x.Raw, s, leaks)
		}
	}
	for _, x := range hostile.Texts() {
		for _, opt := range everyOption() {
			s := termsafe.Clean(x.Raw, opt)
			check(x, "Clean", s)
			check(x, "CleanBytes", termsafe.CleanBytes([]byte(x.Raw), opt))
			check(x, "JSONLine", termsafe.JSONLine([]byte(x.Raw), opt))
			if again := termsafe.Clean(s.String(), opt); opt.MaxCells == 0 && (again.String() != s.String() || again.Marked()) {
				t.Errorf("%s: cleaned twice, %.80q becomes %.80q", x.Name, s, again)
			}
		}
		check(x, "Escaped", termsafe.Escaped(x.Raw))
		check(x, "Title", termsafe.Title(x.Raw))
		check(x, "TagText", termsafe.Clean(termsafe.TagText(x.Raw), termsafe.Options{}))
	}
}

func TestTheTripwireStopsHostileTextsThatWentRoundIt(t *testing.T) {
	styled := hostile.Allowed{Styles: true}
	for _, x := range hostile.Texts() {
		clean, n := termsafe.Tripwire(x.Raw)
		if leaks := hostile.Leaks([]byte(clean), styled); leaks != nil {
			t.Errorf("%s: %.80q passes as %q", x.Name, x.Raw, leaks)
		}
		if harmless := hostile.Leaks([]byte(x.Raw), styled) == nil; harmless != (n == 0) && !strings.ContainsFunc(x.Raw, joins) {
			t.Errorf("%s: %.80q trips %d times, harmless %v", x.Name, x.Raw, n, harmless)
		}
	}
}

// joins reports runes that the tripwire stops beyond the policy: those that nothing draws, or that join what follows them.
func joins(r rune) bool { return strings.ContainsRune("\U0001d159\U0001107f\u2d7f\u0d4e\U000113d1", r) }

func TestHostileTextsInJSONStayTheSameJSON(t *testing.T) {
	for line := range strings.Lines(string(hostile.Events()) + string(hostile.Albums())) {
		var before, after any
		if err := json.Unmarshal([]byte(line), &before); err != nil {
			t.Fatal(err)
		}
		shown := termsafe.JSONLine([]byte(strings.TrimSuffix(line, "\n")), termsafe.Options{}).String()
		if leaks := hostile.Leaks([]byte(shown), hostile.Allowed{}); leaks != nil || strings.Contains(shown, "\n") {
			t.Errorf("%.80q leaks %q", line, leaks)
		}
		if err := json.Unmarshal([]byte(shown), &after); err != nil || !equal(before, after) {
			t.Errorf("%.200q became %.200q: %v", line, shown, err)
		}
	}
}

// equal compares values of JSON by what they are written as.
func equal(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
