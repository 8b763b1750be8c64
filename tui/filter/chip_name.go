package filter

import (
	"cmp"
	"regexp"
	"strings"
	"time"
	"unicode"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// chipNames says what conditions mean in the words of people.
type chipNames struct {
	display *kit.Display
	actors  map[string]string // the only name of an actor, by id
	rests   map[string]string // the setting that a condition depends on, by its text; empty for none
}

// words returns the name of a condition in at most n cells or a little more: what it asks for in the words of people, or else its text
// in the query language, and whether it rests on the configuration.
func (n *chipNames) words(chip *kit.Chip, cells int) termsafe.Safe {
	words := n.plainWords(chip, cells)
	if n.restsOn(chip) == "" {
		return words
	}
	return termsafe.Concat(words, termsafe.Const(" (by "), n.display.Quoted(n.display.Changed.File), termsafe.Const(")"))
}

// fullWords is words with the settings that the condition depends on.
func (n *chipNames) fullWords(chip *kit.Chip, cells int) termsafe.Safe {
	words, rests := n.plainWords(chip, cells), n.restsOn(chip)
	if rests == "" {
		return words
	}
	return termsafe.Concat(words, termsafe.Const(" ("), n.display.FromConfig(rests), termsafe.Const(")"))
}

// restsOn names the settings that change what a condition finds; empty for none.
func (n *chipNames) restsOn(chip *kit.Chip) string {
	changed := &n.display.Changed
	if changed.File == "" || chip.Expr == nil {
		return ""
	}
	rests, known := n.rests[chip.Text]
	if known {
		return rests
	}
	switch {
	case changed.Office != "" && query.AsksForOffice(chip.Expr):
		rests = changed.Office
	case changed.CI != "" && query.AsksForCI(chip.Expr):
		rests = changed.CI
	case changed.Baseline != "" && query.RestsOnFirsts(chip.Expr):
		rests = "baseline " + changed.Baseline
	}
	if len(n.rests) > mostRests {
		clear(n.rests)
	}
	n.rests[chip.Text] = rests
	return rests
}

// mostRests limits the conditions that restsOn remembers.
const mostRests = 100

// plainWords returns the name of a condition alone.
func (n *chipNames) plainWords(chip *kit.Chip, cells int) termsafe.Safe {
	switch chip.Do {
	case kit.CmdFailedOnly:
		return termsafe.Const("failed only")
	case kit.CmdHideReads:
		return termsafe.Const("reads hidden")
	}
	switch {
	case chip.View != "" && plain(chip.View):
		return termsafe.Concat(termsafe.Const("view: "), n.quoted(chip.View, cells))
	case chip.Uses:
		return n.quoted(chip.Text, cells)
	}
	if at, radius, ok := query.AroundOf(chip.Expr); ok {
		return termsafe.Concat(n.radius(radius), termsafe.Const(" of "), n.moment(at))
	}
	if c, ok := query.Compared(chip.Expr); ok {
		if words, ok := n.stretch(&c); ok {
			return words
		}
		if words, ok := n.compared(&c, cells); ok {
			return words
		}
	}
	return n.quoted(chip.Text, cells)
}

func (n *chipNames) quoted(text string, cells int) termsafe.Safe {
	return termsafe.Clean(n.display.Masks("", text), n.display.CleanOptions(cells))
}

// compared names a term with one value; ok is false if its text is clearer.
func (n *chipNames) compared(c *query.Comparison, cells int) (words termsafe.Safe, ok bool) {
	name, text := c.Name+" ", c.Text
	actor, known := n.actors[c.Text]
	switch {
	case c.Name == actorID && c.Exact && known && plain(actor):
		name, text = "actor ", actor
	case c.Name == "view":
		v, err := query.FindView(c.Text)
		if err != nil {
			return words, false
		}
		name, text = "view: ", v.Title
	case !c.Exact || !plain(c.Name) || !plain(c.Text):
		return words, false
	}
	if c.Not {
		name = "not " + name
	}
	return termsafe.Concat(n.display.Own(name), n.quoted(text, cells)), true
}

// plain reports whether a text can stand in a chip without quotes: it could not be taken for the end of the chip, or for an empty one.
func plain(text string) bool {
	return text != "" && strings.TrimSpace(text) == text && !strings.Contains(text, "  ") && strings.IndexFunc(text, func(r rune) bool {
		return r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.:@/+,'#", r)
	}) < 0
}

// brief is words where the time of an event needs no saying.
func (n *chipNames) brief(chip *kit.Chip, cells int) termsafe.Safe {
	if _, radius, ok := query.AroundOf(chip.Expr); ok {
		return n.radius(radius)
	}
	if c, ok := query.Compared(chip.Expr); ok {
		if _, ok := n.stretch(&c); ok {
			return termsafe.Const("the chosen time")
		}
	}
	return n.words(chip, cells)
}

// writtenTime is a time of the query language that does not name its zone: its year, its day, and its time of day to the second.
var writtenTime = regexp.MustCompile(`^(\d{4}-)(\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?$`)

// stretch names a stretch of time by its ends, with the day of the second end only if it is another one. ok is false for other terms,
// and for ends that say more than a day and a time.
func (n *chipNames) stretch(c *query.Comparison) (words termsafe.Safe, ok bool) {
	first, last, between := strings.Cut(c.Text, "..")
	from, to := writtenTime.FindStringSubmatch(first), writtenTime.FindStringSubmatch(last)
	if c.Name != "time" || c.Not || !between || from == nil || to == nil {
		return words, false
	}
	day := func(t []string) string {
		if n.display.Year {
			return t[1] + t[2]
		}
		return t[2]
	}
	begin, end := day(from), day(to)
	if clock := cmp.Or(from[3], "00:00"); from[3]+to[3] != "" {
		begin += " " + clock
	}
	switch {
	case to[3] != "" && from[1]+from[2] == to[1]+to[2]:
		end = to[3]
	case to[3] != "":
		end += " " + to[3]
	}
	return n.display.Own("time " + begin + " to " + end), true
}

func (n *chipNames) moment(at time.Time) termsafe.Safe {
	if n.display.Year {
		return termsafe.Time(at.In(n.display.Zone), "2006-01-02 15:04:05")
	}
	return termsafe.Time(at.In(n.display.Zone), "01-02 15:04:05")
}

// radius names a length of time to both sides.
func (n *chipNames) radius(d time.Duration) termsafe.Safe {
	disp, before := n.display, termsafe.Const("±")
	if disp.Widther.ASCII {
		before = termsafe.Const("within ")
	}
	length := disp.Own(d.String())
	switch {
	case d >= time.Hour && d%time.Hour == 0:
		length = termsafe.Concat(termsafe.Int(int64(d/time.Hour)), termsafe.Const(" h"))
	case d >= time.Minute && d%time.Minute == 0:
		length = termsafe.Concat(termsafe.Int(int64(d/time.Minute)), termsafe.Const(" min"))
	}
	return termsafe.Concat(before, length)
}
