package kit

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// restartWords are the words for what happened to a followed file.
var restartWords = [...]termsafe.Safe{
	model.Truncated: termsafe.Const("cut at "), model.Rewritten: termsafe.Const("rewritten at "), model.Rotated: termsafe.Const("rotated at "),
}

// Restarted says what happened to a followed file, "cut at 10:12", and ReadOn where it is read since then, ": read again from the
// start". Both are empty for a source that began as the first of its file. exact asks for the date and the seconds.
func (disp *Display) Restarted(r model.Restart, exact bool) termsafe.Safe {
	at := r.At.In(disp.Zone)
	switch {
	case r.Why == model.NoRestart:
		return termsafe.Safe{}
	case exact:
		return termsafe.Concat(restartWords[r.Why], termsafe.Time(at, yearTime), termsafe.Const(" "), disp.ZoneNameAt(r.At))
	}
	return termsafe.Concat(restartWords[r.Why], termsafe.Time(at, "15:04"))
}

// ReadOn is the second half of Restarted.
func (disp *Display) ReadOn(r model.Restart) termsafe.Safe {
	switch {
	case r.Why == model.NoRestart || r.Why == model.Rotated:
		return termsafe.Safe{}
	case r.From > 0:
		return termsafe.Concat(termsafe.Const(": read on from byte "), termsafe.Int(r.From))
	}
	return termsafe.Const(": read again from the start")
}
