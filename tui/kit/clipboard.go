package kit

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/model/rawjson"
	"pawprint/tui/termsafe"
)

// mostCopied is the maximum number of bytes to copy. Encoded they are 100,000 bytes, which terminals with a limit are known to
// accept.
const mostCopied = 74_994

// CopyText returns the wish to copy a printable text to the clipboard of the user's terminal, also over ssh, with a message that
// calls it what. It copies nothing if the text is empty or longer than mostCopied; the message says so. Whether it arrived is
// unknown: terminals do not answer, and some refuse.
func CopyText(what, text termsafe.Safe) Wish { return copyString(what, text.String()) }

// CopyBytes is CopyText for the raw bytes of a line. Call it only if the user chose exactly that: pasted into a terminal they may
// do anything.
func CopyBytes(what termsafe.Safe, line string) Wish { return copyString(what, line) }

func copyString(what termsafe.Safe, text string) Wish {
	switch {
	case text == "":
		return Wish{Toast: termsafe.Concat(termsafe.Const("not copied: "), what, termsafe.Const(" is empty"))}
	case len(text) > mostCopied:
		return Wish{Toast: termsafe.Concat(termsafe.Const("not copied: "), what, termsafe.Const(" has "), termsafe.Int(int64(len(text))),
			termsafe.Const(" bytes, and terminals take "), termsafe.Int(mostCopied), termsafe.Const("; o writes files"))}
	}
	size := termsafe.Count(int64(len(text)), "byte", "bytes")
	return Wish{Cmd: tea.SetClipboard(text), Toast: termsafe.Concat(termsafe.Const("copied "), what, termsafe.Const(", "), size)}
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

// AsciiJSON returns an equivalent line of JSON in printable ASCII.
func AsciiJSON(line string) termsafe.Safe {
	return Printed(string(rawjson.AppendASCII(nil, []byte(line))))
}

// Printed converts text of ours that is printable ASCII already. Text of the log does not belong here.
func Printed(ascii string) termsafe.Safe { return termsafe.Clean(ascii, termsafe.Options{}) }
