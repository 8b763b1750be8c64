package kit

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model/query"
	"pawprint/model/rawjson"
	"pawprint/tui/termsafe"
)

// mostCopied is the maximum number of bytes to copy. Encoded they are 100,000 bytes, which terminals with a limit are known to
// accept.
const mostCopied = 74_994

// Multiplexer is a program between the interface and the terminal, which decides what reaches the terminal's clipboard.
type Multiplexer uint8

// The multiplexers.
const (
	NoMultiplexer Multiplexer = iota
	Tmux
	Screen
)

// Clipboard is the clipboard of the user's terminal, also over ssh. Whether a text arrived there is unknown: terminals do not answer,
// and some refuse. So the messages say that it was sent, and what to do if it did not arrive.
type Clipboard struct {
	Through Multiplexer
}

// Text returns the wish to copy a printable text, with a message that calls it what. It copies nothing if the text is empty or longer
// than mostCopied; the message says so.
func (c Clipboard) Text(what, text termsafe.Safe) Wish { return c.copy(what, text.String()) }

// Bytes is Text for the raw bytes of a line. Call it only if the user chose exactly that: pasted into a terminal they may do anything.
func (c Clipboard) Bytes(what termsafe.Safe, line string) Wish { return c.copy(what, line) }

func (c Clipboard) copy(what termsafe.Safe, text string) Wish {
	switch {
	case text == "":
		return Wish{Toast: termsafe.Concat(termsafe.Const("not copied: "), what, termsafe.Const(" is empty"))}
	case len(text) > mostCopied:
		return Wish{Toast: termsafe.Concat(termsafe.Const("not copied: "), what, termsafe.Const(" has "), termsafe.Int(int64(len(text))),
			termsafe.Const(" bytes, and terminals take "), termsafe.Int(mostCopied), termsafe.Const("; o writes files"))}
	}
	return Wish{Cmd: c.send(text), Toast: termsafe.Concat(termsafe.Const("sent "), what, c.whereTo(len(text)))}
}

// screenString is the most bytes that every version of screen passes on in one string.
const screenString = 240

// send sends a text to the clipboard of the terminal. tmux takes the plain sequence only with its option set-clipboard set to on, and
// passes on a wrapped one only with allow-passthrough, so it gets both. screen knows only wrapped ones.
func (c Clipboard) send(text string) tea.Cmd {
	plain := ansi.SetSystemClipboard(text)
	switch c.Through {
	case Tmux:
		return tea.Raw(plain + ansi.TmuxPassthrough(plain))
	case Screen:
		return tea.Raw(ansi.ScreenPassthrough(plain, screenString))
	}
	return tea.SetClipboard(text)
}

// whereTo returns the end of the message: where n bytes were sent, and what to do if they do not arrive.
func (c Clipboard) whereTo(n int) termsafe.Safe {
	switch c.Through {
	case Tmux:
		return termsafe.Const(" to tmux. Nothing to paste? set -s set-clipboard on")
	case Screen:
		return termsafe.Const(" through screen. Nothing to paste? o writes a file")
	}
	return termsafe.Concat(termsafe.Const(" to the terminal's clipboard, "), termsafe.Count(int64(n), "byte", "bytes"))
}

// CopyForm returns the form in which a text from the log is copied: one line that reads as on the screen. If anything in it is
// invisible, the whole text is escaped unambiguously.
func CopyForm(raw string) termsafe.Safe {
	if shown := termsafe.Clean(raw, termsafe.Options{RightToLeft: true, Drawing: true}); !shown.Marked() {
		return shown
	}
	return termsafe.Escaped(raw)
}

// CopyFilter returns the form in which a filter is copied: as on the screen, or, if anything in it is invisible, with escapes of
// the query language. Pasted into the filter bar it means the same.
func CopyFilter(e query.Expr) termsafe.Safe {
	if shown := CopyForm(e.String()); shown.String() == e.String() {
		return shown
	}
	return Printed(query.ASCII(e))
}

// ASCIIJSON returns an equivalent line of JSON in printable ASCII.
func ASCIIJSON(line string) termsafe.Safe {
	return Printed(string(rawjson.AppendASCII(nil, []byte(line))))
}

// Printed converts text of ours that is printable ASCII already. Text of the log does not belong here.
func Printed(ascii string) termsafe.Safe { return termsafe.Clean(ascii, termsafe.Options{}) }
