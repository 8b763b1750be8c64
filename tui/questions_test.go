package tui

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit/kittest"
)

// mostKeys is how many keys a question may cost, words not counted.
const mostKeys = 5

// asking is the screen after a question.
type asking struct {
	*testing.T
	d *driver
}

// openAndAsk opens a log as the program does at its start, and presses the keys of a question.
func openAndAsk(t *testing.T, log kittest.StillLog, keys string, words ...string) asking {
	t.Helper()
	a := asking{t, newDriver(t, Options{Log: log, Views: &kittest.ViewShelf{}}, 160, 48)}
	a.ask(keys, words...)
	return a
}

// ask presses keys and types words in the places of the %s among them, all within what a question may cost.
func (a asking) ask(keys string, words ...string) {
	a.Helper()
	pressed := 0
	for _, key := range strings.Fields(keys) {
		if key == "%s" {
			a.d.write(words[0])
			words = words[1:]
			continue
		}
		a.d.press(key)
		pressed++
	}
	if pressed > mostKeys {
		a.Errorf("the question costs %d keys, want at most %d", pressed, mostKeys)
	}
}

// ruleLine is the rule above the rows of a day.
var ruleLine = regexp.MustCompile(`── [A-Z][a-z]{2} \d{4}-(\d\d-\d\d) ──`)

// rowLine is a row of the list on the screen, wherever that is.
var rowLine = regexp.MustCompile(`((?:\d\d-\d\d )?\d\d:\d\d:\d\d)\S* +\S (ok|FAILED|PARTIALLY_FAILED|INVALID|SUSPECT) +(.*)$`)

// wordsOfResults are the results as the list names them.
var wordsOfResults = map[string]string{"SUCCEEDED": "ok", "FAILED": "FAILED", "PARTIALLY_FAILED": "PARTIALLY_FAILED"}

// checkRows fails unless the answer is these events: so many are shown, and the list shows the last of them.
func (a asking) checkRows(want story) {
	a.Helper()
	lines := a.d.lines()
	if shown := grouped(len(want)) + " shown"; !strings.Contains(lines[0], shown) {
		a.Errorf("the title does not say %q:\n%s", shown, strings.Join(lines, "\n"))
	}
	var rows [][]string
	day := ""
	for _, l := range lines {
		if m := ruleLine.FindStringSubmatch(l); m != nil {
			day = m[1] + " "
		}
		if m := rowLine.FindStringSubmatch(l); m != nil {
			m[1] = day + m[1]
			rows = append(rows, m)
		}
	}
	if len(rows) == 0 || len(rows) > len(want) || len(rows) < min(len(want), 10) {
		a.Fatalf("%d rows are on the screen, want the last of %d:\n%s", len(rows), len(want), strings.Join(lines, "\n"))
	}
	for i, e := range want[len(want)-len(rows):] {
		if rows[i][1] != e.at.Format("01-02 15:04:05") || rows[i][2] != wordsOfResults[e.Result] ||
			!hasCell(rows[i][3], e.Action) || !hasCell(rows[i][3], e.Actor.Name) || !hasCell(rows[i][3], e.IP) {
			a.Errorf("a row is %q, want %v %s %s %s %s", rows[i][0], e.at, e.Result, e.Action, e.Actor.Name, e.IP)
		}
	}
}

// hasCell reports whether a line shows a text, at least the beginning of one that is too long for its cell.
func hasCell(line, text string) bool {
	if strings.Contains(line, text) {
		return true
	}
	const least = 8
	for n := len(text) - 1; n >= least; n-- {
		if strings.Contains(line, text[:n]+"…") {
			return true
		}
	}
	return false
}

// checkSays fails unless all of some texts are on the screen, and there is something to be said.
func (a asking) checkSays(want []string) {
	a.Helper()
	frame := ansi.Strip(a.d.frame())
	if len(want) == 0 {
		a.Error("nothing is expected on the screen")
	}
	for _, text := range want {
		if !hasCell(frame, text) {
			a.Errorf("the screen does not show %q:\n%s", text, frame)
		}
	}
}

// facetValueLine is a value of a facet on the screen, with the number of events.
var facetValueLine = regexp.MustCompile(`^[^│]{2}(\S[^│━]*?)(?: +━+)? +([\d,]+)(?: +✗\S*)? *│`)

// checkCounts fails unless the facet of a name shows right counts, those of the most frequent values.
func (a asking) checkCounts(title string, want map[string]int) {
	a.Helper()
	frame := ansi.Strip(a.d.frame())
	_, group, ok := strings.Cut(frame, "▾ "+title+" ")
	if !ok {
		a.Fatalf("there is no facet %s:\n%s", title, frame)
	}
	var shown []int
	for _, l := range strings.Split(group, "\n")[1:] {
		if strings.HasPrefix(l, "▾") || strings.HasPrefix(l, "▸") {
			break
		}
		if m := facetValueLine.FindStringSubmatch(l); m != nil {
			n, _ := strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
			shown = append(shown, n)
			a.checkCount(title, m[1], n, want)
		}
	}
	if len(shown) < min(len(want), 5) || shown[0] != slices.Max(mapValues(want)) {
		a.Errorf("the facet %s shows the counts %v, want the highest of %v:\n%s", title, shown, want, frame)
	}
}

// checkCount fails unless one of the values that a line of a facet can stand for occurs so often.
func (a asking) checkCount(title, label string, n int, want map[string]int) {
	a.Helper()
	begin, cut := strings.CutSuffix(label, "…")
	for value, events := range want {
		if events == n && (value == label || cut && strings.HasPrefix(value, begin) || value == "" && label == `""`) {
			return
		}
	}
	a.Errorf("the facet %s says %s %d, want %v", title, label, n, want)
}

func mapValues(m map[string]int) []int {
	var out []int
	for _, n := range m {
		out = append(out, n)
	}
	return out
}

// grouped writes a number as the interface does.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(n/1000) + "," + strconv.Itoa(n)[len(strconv.Itoa(n))-3:]
}

func TestQuestionsAreAnsweredInFewKeys(t *testing.T) {
	all, log := readStory(t), kittest.LoadFile(t, "audit.jsonl")
	for _, q := range questions {
		t.Run(q.asks, func(t *testing.T) {
			a := openAndAsk(t, log, q.keys, q.words...)
			answer := all
			if q.rows != nil {
				answer = all.those(q.rows)
				a.checkRows(answer)
			}
			if q.says != nil {
				a.checkSays(q.says(t, all, answer))
			}
			for title, by := range q.counts {
				a.checkCounts(title, answer.count(by))
			}
		})
	}
}

func TestWhatTheSameActorOrAddressDidAroundAnEventIsTwoKeysAway(t *testing.T) {
	all, log := readStory(t), kittest.LoadFile(t, "audit.jsonl")
	failure := all.last(t, (*storyEvent).fails)
	near := func(e *storyEvent) bool { return e.at.Sub(failure.at).Abs() <= 15*time.Minute }
	a := openAndAsk(t, log, "E a ~")
	a.checkRows(all.those(func(e *storyEvent) bool { return near(e) && e.Actor.Name == failure.Actor.Name }))
	a = openAndAsk(t, log, "E i ~")
	a.checkRows(all.those(func(e *storyEvent) bool { return near(e) && e.IP == failure.IP }))
}

func TestSignInsFromNewAddressesAreOneViewAway(t *testing.T) {
	all, seen := readStory(t), map[string]bool{}
	first := all.those(func(e *storyEvent) bool {
		pair := e.Actor.ID + " " + e.IP
		before := seen[pair]
		seen[pair] = before || e.Action == "SIGN_IN"
		return e.Action == "SIGN_IN" && !before
	})
	openAndAsk(t, kittest.LoadFile(t, "audit.jsonl"), "V %s enter", "sign").checkRows(first)
}
