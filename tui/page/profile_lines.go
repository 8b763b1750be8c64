package page

import (
	"slices"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit"
)

// pageLine is a line of a profile below its head.
type pageLine struct {
	kind    lineKind
	section int       // index in sectionSpecs; news have none
	value   kit.Value // of a value or a finding
	action  kit.Value // of a failure
	count   count.Count
	finding *finding
	row     model.Row // of a finding
	more    int       // values that are not shown
}

type lineKind uint8

const (
	headLine  lineKind = iota // who it is, and the days and hours
	titleLine                 // the name of a section
	valueLine
	newsLine
	moreLine    // there are more values
	messageLine // the message of the failure above it
	noteLine    // why a section has no values
	blankLine   // between sections
)

// newsSection stands for the section of the news.
const newsSection = -1

// chosen reports whether the cursor can stand on the line.
func (l *pageLine) chosen() bool {
	return l.kind == valueLine || l.kind == newsLine || l.kind == moreLine && l.section != newsSection
}

// The number of values that a section shows, by the height of the page.
const (
	leastShown  = 4
	shownPerRow = 8 // one value for so many lines of the page
	mostWarmUp  = 2 // findings in the first days of the log, when there is no later one
)

// rebuild makes the lines anew. The cursor stays on its value.
func (p *Profile) rebuild() {
	before, had := p.line()
	p.shown = p.shown[:0]
	for range hoursLines {
		p.shown = append(p.shown, pageLine{kind: headLine, section: newsSection})
	}
	fits := min(mostShown, max(leastShown, p.height/shownPerRow))
	p.addNews(fits)
	for i := range sectionSpecs {
		if sectionSpecs[i].of(&p.about) {
			p.addSection(i, fits)
		}
	}
	if had && p.moved {
		same := func(l pageLine) bool {
			return l.kind == before.kind && l.section == before.section && l.value == before.value && l.action == before.action && l.row == before.row
		}
		if i := slices.IndexFunc(p.shown, same); i >= 0 {
			p.at = i
		}
	}
	if !p.moved {
		p.at = 0
	}
	p.settle(1)
}

// addNews adds what was new.
func (p *Profile) addNews(fits int) {
	p.shown = append(p.shown, pageLine{kind: blankLine}, pageLine{kind: titleLine, section: newsSection})
	for i := range p.news.found {
		f := &p.news.found[i]
		if f.warmUp && (p.news.settled > 0 || i >= mostWarmUp) || i >= fits {
			break
		}
		p.shown = append(p.shown, pageLine{kind: newsLine, section: newsSection, finding: f, row: f.row, value: kit.Value{Name: f.name, Text: f.value}})
	}
	if len(p.news.found) == 0 {
		p.shown = append(p.shown, pageLine{kind: noteLine, section: newsSection})
		return
	}
	left := p.news.settled + p.news.warmUp - p.newsShown()
	if left > 0 || p.news.warmUp > 0 || p.news.background.Cut != 0 {
		p.shown = append(p.shown, pageLine{kind: moreLine, section: newsSection, more: left})
	}
}

// newsShown counts the lines of the news.
func (p *Profile) newsShown() (n int) {
	for i := range p.shown {
		if p.shown[i].kind == newsLine {
			n++
		}
	}
	return n
}

// addSection adds the values of a section.
func (p *Profile) addSection(i, fits int) {
	spec := &sectionSpecs[i]
	c, known := p.sectionOf(i)
	if spec.many && c.len < 2 || spec.failed && known && c.events == 0 {
		return
	}
	p.shown = append(p.shown, pageLine{kind: blankLine}, pageLine{kind: titleLine, section: i})
	if len(c.top) == 0 {
		p.shown = append(p.shown, pageLine{kind: noteLine, section: i})
		return
	}
	if len(c.top) == fits+1 { // a line that says "1 more" would take the same room
		fits++
	}
	for k := range c.top[:min(fits, len(c.top))] {
		of := &c.top[k]
		l := pageLine{kind: valueLine, section: i, count: *of}
		last := of.Values[len(of.Values)-1]
		l.value = kit.Value{Name: spec.name, Text: last.Text, Absent: last.Absent}
		if spec.failed {
			l.action = kit.Value{Name: "action", Text: of.Values[0].Text, Absent: of.Values[0].Absent}
		}
		if p.shown = append(p.shown, l); spec.failed {
			l.kind = messageLine
			p.shown = append(p.shown, l)
		}
	}
	if c.len > fits {
		p.shown = append(p.shown, pageLine{kind: moreLine, section: i, more: c.len - fits})
	}
}

// sectionOf returns the counts of a section; known is false as long as they are not counted.
func (p *Profile) sectionOf(i int) (c sectionCounts, known bool) {
	if c, known = p.counted.sections[i]; known {
		return c, true
	}
	c, known = p.lines.sections[i]
	return c, known
}

// line returns the line under the cursor.
func (p *Profile) line() (pageLine, bool) {
	if p.at >= len(p.shown) || !p.shown[p.at].chosen() {
		return pageLine{}, false
	}
	return p.shown[p.at], true
}

// settle moves the cursor to the nearest line that it can stand on: in the direction of step, else the other way.
func (p *Profile) settle(step int) {
	p.at = max(0, min(p.at, len(p.shown)-1))
	for _, d := range []int{step, -step} {
		for i := p.at; i >= 0 && i < len(p.shown); i += d {
			if p.shown[i].chosen() {
				p.at = i
				return
			}
		}
	}
}

// move moves the cursor.
func (p *Profile) move(c kit.Command) {
	page := max(1, p.height-2)
	p.moved = true
	switch c {
	case kit.CmdUp:
		p.moveBy(-1)
	case kit.CmdDown:
		p.moveBy(1)
	case kit.CmdHalfUp:
		p.moveBy(-page / 2)
	case kit.CmdHalfDown:
		p.moveBy(page / 2)
	case kit.CmdPageUp:
		p.moveBy(-page)
	case kit.CmdPageDown:
		p.moveBy(page)
	case kit.CmdTop:
		p.at, p.top = 0, 0
		p.settle(1)
	case kit.CmdBottom:
		p.at = len(p.shown) - 1
		p.settle(-1)
	case kit.CmdNextSection, kit.CmdPreviousSection:
		p.toSection(c == kit.CmdNextSection)
	}
}

func (p *Profile) moveBy(n int) {
	step := 1
	if n < 0 {
		step = -1
	}
	from := p.at
	p.at += n
	if p.settle(step); n > 0 && p.at < from || n < 0 && p.at > from {
		p.at = from
	}
	if first := slices.IndexFunc(p.shown, func(l pageLine) bool { return l.chosen() }); p.at == first {
		p.top = 0
	}
}

// toSection moves to the first value of the next or the previous section.
func (p *Profile) toSection(next bool) {
	var starts []int
	for i := range p.shown {
		if p.shown[i].chosen() && (i == 0 || !p.shown[i-1].chosen()) {
			starts = append(starts, i)
		}
	}
	if next {
		if i := slices.IndexFunc(starts, func(i int) bool { return i > p.at }); i >= 0 {
			p.at = starts[i]
		}
		return
	}
	for _, i := range slices.Backward(starts) {
		if i < p.at {
			p.moveBy(i - p.at)
			return
		}
	}
}
