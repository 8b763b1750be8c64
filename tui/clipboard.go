package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/model/rawjson"
	"pawprint/tui/termsafe"
)

// mostCopied is the most that is put on the clipboard, in bytes: with the 100,000 of its encoding it is what terminals that have a
// limit are known to take.
const mostCopied = 74_994

// copyText puts a printable text on the clipboard of the user's terminal, also over ssh, and says so. Nobody learns whether it
// arrived: terminals do not tell, and some refuse.
func copyText(what, text termsafe.Safe) wish { return copyString(what, text.String()) }

// copyBytes puts the bytes of a line there as they are, because the user asked for just that: pasted into a terminal they may
// do anything.
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

// copyForm is a text from the log as it is copied: one line that reads as on the screen. Where something in it cannot be seen, all
// of it is escaped, without ambiguity.
func copyForm(raw string) termsafe.Safe {
	if shown := termsafe.Clean(raw, termsafe.Options{RightToLeft: true, Drawing: true}); !shown.Marked() {
		return shown
	}
	return termsafe.Escaped(raw)
}

// copyFilter is a filter as it is copied: as on the screen, or where something in it cannot be seen, in escapes of its own language.
// Pasted into the filter bar it means the same.
func copyFilter(e query.Expr) termsafe.Safe {
	if shown := copyForm(e.String()); shown.String() == e.String() {
		return shown
	}
	return printed(query.ASCII(e))
}

// asciiJSON is a line of JSON in printable ASCII that means the same.
func asciiJSON(line string) termsafe.Safe {
	return printed(string(rawjson.AppendASCII(nil, []byte(line))))
}

// printed is a text of our own making that is printable ASCII.
func printed(ascii string) termsafe.Safe { return termsafe.Clean(ascii, termsafe.Options{}) }
