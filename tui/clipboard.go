package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/model/rawjson"
	"pawprint/tui/termsafe"
)

// mostCopied is the maximum number of bytes to copy. Encoded they are 100,000 bytes, which terminals with a limit are known to
// accept.
const mostCopied = 74_994

// copyText copies a printable text to the clipboard of the user's terminal, also over ssh, and shows a message. Whether it
// arrived is unknown: terminals do not answer, and some refuse.
func copyText(what, text termsafe.Safe) wish { return copyString(what, text.String()) }

// copyBytes copies the raw bytes of a line, only because the user chose exactly that: pasted into a terminal they may do
// anything.
func copyBytes(what termsafe.Safe, line string) wish { return copyString(what, line) }

func copyString(what termsafe.Safe, text string) wish {
	switch {
	case text == "":
		return wish{toast: termsafe.Concat(termsafe.Const("not copied: "), what, termsafe.Const(" is empty"))}
	case len(text) > mostCopied:
		return wish{toast: termsafe.Concat(termsafe.Const("not copied: "), what, termsafe.Const(" has "), termsafe.Int(int64(len(text))),
			termsafe.Const(" bytes, and terminals take "), termsafe.Int(mostCopied), termsafe.Const("; o writes files"))}
	}
	return wish{cmd: tea.SetClipboard(text), toast: termsafe.Concat(termsafe.Const("copied "), what, termsafe.Const(", "), termsafe.Count(int64(len(text)), "byte", "bytes"))}
}

// copyForm returns the form in which a text from the log is copied: one line that reads as on the screen. If anything in it is
// invisible, the whole text is escaped unambiguously.
func copyForm(raw string) termsafe.Safe {
	if shown := termsafe.Clean(raw, termsafe.Options{RightToLeft: true, Drawing: true}); !shown.Marked() {
		return shown
	}
	return termsafe.Escaped(raw)
}

// copyFilter returns the form in which a filter is copied: as on the screen, or, if anything in it is invisible, with escapes of
// the query language. Pasted into the filter bar it means the same.
func copyFilter(e query.Expr) termsafe.Safe {
	if shown := copyForm(e.String()); shown.String() == e.String() {
		return shown
	}
	return printed(query.ASCII(e))
}

// asciiJSON returns an equivalent line of JSON in printable ASCII.
func asciiJSON(line string) termsafe.Safe {
	return printed(string(rawjson.AppendASCII(nil, []byte(line))))
}

// printed converts text of ours that is printable ASCII.
func printed(ascii string) termsafe.Safe { return termsafe.Clean(ascii, termsafe.Options{}) }
