// Package condition defines the conditions that an engine, such as a database, can be asked about the raw lines of an audit log. They are
// independent of any engine's language: each engine writes a Condition in its own. The package is pure.
//
// An engine need not read a line as pawprint does. So where the two may differ, a condition says so: Unsettled and Untimed are true of
// the lines whose answer must not be trusted. They may be true of more lines, never of fewer, and so may Holds; of the lines for which
// neither is true, In, Present, Filled and Time must be exact. An engine's unknown (NULL) is false, under Not as well.
package condition

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Condition is true or false of a line. It is one of the types of this package; whoever writes it for an engine switches on them.
// Two conditions with the same String mean the same.
type Condition interface {
	// String writes the condition for people. It holds text of the query and of the log, quoted in printable ASCII.
	String() string

	condition() // no other package has conditions
}

// Const is true of every line, or of none.
type Const bool

// All is true of the lines for which all its parts are true.
type All []Condition

// Any is true of the lines for which any of its parts is true.
type Any []Condition

// Not is true of the lines for which its part is false.
type Not struct{ Part Condition }

// Time is true of the lines whose time, the string at the top-level key timestamp, is at or after From and before To, in nanoseconds
// since 1970 UTC. math.MinInt64 and math.MaxInt64 leave an end open. A time without a zone is in UTC. It is false of a line that is
// Untimed.
type Time struct{ From, To int64 }

// Untimed is true of the lines whose time the engine does not know for certain: there is no timestamp or more than one, it has not
// the form YYYY-MM-DD hh:mm:ss with T or a blank between, at most nine digits of fraction and an offset, Z, or nothing, or the line is
// Unsettled. Such lines belong to no window of time; whoever reads window by window asks for them once.
type Untimed struct{}

// Holds is true of the lines that hold a text in their bytes, where ASCII letters match in any case. Text is ASCII or a single
// letter beyond it, and not empty. It may be true of more lines.
type Holds struct{ Text string }

// In is true of the lines where a string stands at a path, and is exactly one of the values. One of them may be empty: a string that
// is empty, which is not the same as none. Values are UTF-8 and may hold quotes, backslashes and letters that show nothing, but no
// control bytes of ASCII. No element of a path is an index.
type In struct {
	Path   []string
	Values []string
}

// Present is true of the lines where anything but null stands at a path.
type Present struct{ Path []string }

// Filled is true of the lines where anything but null and the list without elements stands at a path.
type Filled struct{ Path []string }

// Unsettled is true of the lines that the engine may read otherwise than pawprint: they hold \u, are not UTF-8, are not a single JSON
// object as RFC 8259 has it, with or without blanks around it, nest more than a thousand deep, or have a key of the path more than once at
// its place. An empty path is about the line only. Keys are compared exactly.
type Unsettled struct {
	Path []string
	// Text adds the lines where the value at the path is neither a string nor null, and those where a value above it is neither an object
	// nor null. Without such a value there is no string at the path.
	Text bool
}

func (Const) condition()     {}
func (All) condition()       {}
func (Any) condition()       {}
func (Not) condition()       {}
func (Time) condition()      {}
func (Untimed) condition()   {}
func (Holds) condition()     {}
func (In) condition()        {}
func (Present) condition()   {}
func (Filled) condition()    {}
func (Unsettled) condition() {}

func (c Const) String() string {
	if c {
		return "every line"
	}
	return "no line"
}

func (c All) String() string { return joined(c, " and ") }

func (c Any) String() string { return joined(c, " or ") }

func joined(parts []Condition, word string) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.String()
	}
	return "(" + strings.Join(texts, word) + ")"
}

func (c Not) String() string { return "not " + c.Part.String() }

func (c Time) String() string {
	var out []string
	if c.From != math.MinInt64 {
		out = append(out, "time >= "+stamp(c.From))
	}
	if c.To != math.MaxInt64 {
		out = append(out, "time < "+stamp(c.To))
	}
	if len(out) == 0 {
		return "any time"
	}
	return strings.Join(out, " and ")
}

func stamp(nanos int64) string { return time.Unix(0, nanos).UTC().Format(time.RFC3339Nano) }

func (Untimed) String() string { return "no certain time" }

func (c Holds) String() string { return "line holds " + strconv.QuoteToASCII(c.Text) }

func (c In) String() string {
	texts := make([]string, len(c.Values))
	for i, v := range c.Values {
		texts[i] = strconv.QuoteToASCII(v)
	}
	return dotted(c.Path) + " in [" + strings.Join(texts, " ") + "]"
}

func (c Present) String() string { return dotted(c.Path) + " is there" }

func (c Filled) String() string { return dotted(c.Path) + " is not empty" }

func (c Unsettled) String() string {
	switch {
	case len(c.Path) == 0:
		return "line is unsettled"
	case c.Text:
		return dotted(c.Path) + " is unsettled or not text"
	}
	return dotted(c.Path) + " is unsettled"
}

// dotted joins the elements of a path. Those of other than letters, digits and _ are quoted, as one that holds a dot would look like two.
func dotted(path []string) string {
	elements := make([]string, len(path))
	for i, e := range path {
		if elements[i] = e; e == "" || strings.ContainsFunc(e, special) {
			elements[i] = strconv.QuoteToASCII(e)
		}
	}
	return strings.Join(elements, ".")
}

func special(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

// And returns a condition that is true where all parts are. It leaves out parts that are true of every line, and duplicates.
func And(parts ...Condition) Condition {
	flat := make(All, 0, len(parts))
	for _, p := range parts {
		if inner, ok := p.(All); ok {
			flat = append(flat, inner...)
		} else {
			flat = append(flat, p)
		}
	}
	kept := distinct(flat, true)
	switch {
	case kept == nil:
		return Const(false)
	case len(kept) == 0:
		return Const(true)
	case len(kept) == 1:
		return kept[0]
	}
	return All(kept)
}

// Or returns a condition that is true where any of the parts is. It leaves out redundant parts, as And does.
func Or(parts ...Condition) Condition {
	flat := make(Any, 0, len(parts))
	for _, p := range parts {
		if inner, ok := p.(Any); ok {
			flat = append(flat, inner...)
		} else {
			flat = append(flat, p)
		}
	}
	kept := distinct(flat, false)
	switch {
	case kept == nil:
		return Const(true)
	case len(kept) == 0:
		return Const(false)
	case len(kept) == 1:
		return kept[0]
	}
	return Any(kept)
}

// distinct drops neutral and repeated parts. It returns nil if a part is the opposite of neutral, or of another part: that alone decides
// the whole.
func distinct(parts []Condition, neutral Const) []Condition {
	kept, known := make([]Condition, 0, len(parts)), map[string]bool{}
	for _, p := range parts {
		if c, ok := p.(Const); ok {
			if c != neutral {
				return nil
			}
			continue
		}
		text := p.String()
		if known[text] {
			continue
		}
		if known[Negate(p).String()] {
			return nil
		}
		known[text] = true
		kept = append(kept, p)
	}
	return slices.Clip(kept)
}

// Negate returns the opposite.
func Negate(c Condition) Condition {
	switch c := c.(type) {
	case Const:
		return !c
	case Not:
		return c.Part
	}
	return Not{c}
}
