package list

import "pawprint/tui/kit"

// rowLayout says where the parts of a row stand.
type rowLayout struct {
	precise     bool // times have milliseconds
	word        bool // the result has its word, and not only its sign
	ruled       bool // times have no date: a rule above the rows of each day has it
	time        int  // the width of the time column
	result      int  // the width of the result column
	columns     []column
	left, right int // how many free columns do not fit, on either side
}

// The widths of the result column: of its sign, and of its word unless a longer one was seen.
const (
	signWidth = 2
	wordWidth = 7
)

// layouts are the ways to begin a row, from the one that takes most cells on. If space is short, the milliseconds go first, then
// the word of the result, then the date, where a rule can stand for it.
var layouts = [...]rowLayout{{precise: true, word: true}, {word: true}, {}, {ruled: true}}

// layout places the parts of a row.
func (l *List) layout() rowLayout {
	free, ways := l.fitted(), layouts[:]
	mayRule := l.mayRule()
	if !mayRule {
		ways = layouts[:len(layouts)-1]
	}
	for i, out := range ways {
		if out.precise && l.width < preciseFrom {
			continue
		}
		out.ruled = out.ruled || mayRule && l.view.Days
		out.time, out.result = l.display.TimeWidth(out.precise), signWidth
		switch {
		case out.ruled:
			out.time = l.display.ClockWidth()
		case l.since():
			out.time = kit.SinceWidth
		}
		if out.word {
			out.result += max(wordWidth, l.widths.word)
		}
		if i+1 < len(ways) && comfort(free, out.precise) > l.width-out.x() {
			continue
		}
		out.columns = l.Columns.place(out.x(), l.width, free)
		out.left = l.Columns.first
		out.right = len(free) - out.left - len(out.columns)
		return out
	}
	panic("list: the last layout takes any width")
}

// x is the cell where the free columns start.
func (k *rowLayout) x() int {
	return gutterWidth + k.time + kit.Gap + k.result + 1 + marksWidth + 1
}

// comfort is the width in which the columns can be read: the actions in full, most of the actors, targets and addresses. all
// includes the messages.
func comfort(free []columnSpec, all bool) int {
	cells := 0
	for i := range free {
		s := &free[i]
		most := 0
		switch s.kind {
		case actionColumn:
			most = s.least
		case actorColumn:
			most = 16
		case targetColumn, pathColumn:
			most = 20
		case ipColumn:
			most = s.least
		case messageColumn:
			if all {
				most = s.least
			}
		}
		switch {
		case most == 0:
			continue
		case s.set > 0:
			most = s.set
		}
		cells += min(most, max(s.best, s.set)) + kit.Gap
	}
	return max(0, cells-kit.Gap)
}
