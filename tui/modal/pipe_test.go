package modal

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pawprint/model/marks"
	"pawprint/tui/kit/kittest"
)

// ran is what a command got.
type ran struct {
	command string
	pager   bool
	rows    ExportRequest
}

// pipeTo returns a Pipe whose commands end with exit and err, and what they got.
func pipeTo(exit PipeExit, err error) (Pipe, *[]ran) {
	var got []ran
	return Pipe{Pager: "less -S", Run: func(_ context.Context, command string, pager bool, rows ExportRequest) (PipeExit, error) {
		got = append(got, ran{command, pager, rows})
		return exit, err
	}}, &got
}

func TestRowsGoToACommand(t *testing.T) {
	some := rowsOf(t, kittest.LoadText(t, "x", kittest.Events(4)))
	marked := some
	marked.Marks = marks.Rows{}.With(marks.Place{Row: 2, Mark: new(marks.Mark)})
	for _, c := range []struct {
		what    Exportable
		typed   string
		label   string
		pager   bool
		rows    int
		command string
	}{
		{some, "", "4 rows to: less -S", true, 4, "less -S"},
		{some, "jq .actionName | sort", "4 rows to: ", false, 4, "jq .actionName | sort"},
		{some, "/usr/bin/less -R", "4 rows to: ", true, 4, "/usr/bin/less -R"},
		{marked, "", "1 marked to: ", true, 1, "less -S"},
	} {
		r := kittest.NewModalRig(t)
		r.Display.Redact = true
		p, got := pipeTo(PipeExit{}, nil)
		r.Obey(AskCommand(t.Context(), r.Display, p, c.what))
		r.MustShow(c.label)
		if c.typed != "" {
			r.Press("ctrl+u")
			r.Write(c.typed)
		}
		r.Press("enter")
		if len(*got) != 1 || (*got)[0].command != c.command || (*got)[0].pager != c.pager || (*got)[0].rows.Rows.Len() != c.rows || !(*got)[0].rows.Redact {
			t.Errorf("%q: the command got %+v", c.typed, *got)
		}
		if r.Toast != "" || len(r.Modals) != 0 {
			t.Errorf("%q says %q", c.typed, r.Toast)
		}
	}
}

func TestWhatBecameOfACommandIsSaid(t *testing.T) {
	some, none := rowsOf(t, kittest.LoadText(t, "x", kittest.Events(4))), rowsOf(t, kittest.LoadText(t, "x", ""))
	part := some
	part.Preview = true
	for _, c := range []struct {
		what Exportable
		exit PipeExit
		err  error
		want string
	}{
		{some, PipeExit{Code: 2}, nil, "exit status 2"},
		{some, PipeExit{Code: -1, Signal: "killed"}, nil, "ended by a signal: killed"},
		{some, PipeExit{}, errors.New("reading x\x1b[2J: gone"), "did not get all rows"},
		{none, PipeExit{}, nil, "there are no rows"},
		{part, PipeExit{}, nil, "once the log is loaded"},
	} {
		r := kittest.NewModalRig(t)
		p, _ := pipeTo(c.exit, c.err)
		r.Obey(AskCommand(t.Context(), r.Display, p, c.what))
		if len(r.Modals) > 0 {
			r.Press("enter")
		}
		if r.MustShow(c.want); strings.ContainsRune(r.Toast, 0x1b) {
			t.Errorf("%q has a control character", r.Toast)
		}
	}
	r := kittest.NewModalRig(t)
	r.Obey(AskCommand(t.Context(), r.Display, Pipe{}, some))
	r.MustShow("no command can be run here")
	p, got := pipeTo(PipeExit{}, nil)
	r.Obey(AskCommand(t.Context(), r.Display, p, some))
	r.Press("ctrl+u enter")
	if r.MustShow("type a command"); len(*got) != 0 {
		t.Error("an empty command was run")
	}
}
