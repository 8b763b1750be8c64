package tui

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

func TestTheReasonOfAnErrorStandsFirst(t *testing.T) {
	deep := fmt.Errorf("saving the view: %w", fmt.Errorf("reading /x/views.json: %w", fs.ErrPermission))
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.New("plain"), "plain"},
		{deep, "permission denied (saving the view: reading /x/views.json)"},
		{&fs.PathError{Op: "open", Path: "/x", Err: fs.ErrNotExist}, "file does not exist (open /x)"},
		{fmt.Errorf("%w: it was closed", fs.ErrClosed), "file already closed: it was closed"},
		{fmt.Errorf("both: %w", errors.Join(errors.New("a"), errors.New("b"))), "a\nb (both)"},
	} {
		if got := reasonFirst(c.err); got != c.want {
			t.Errorf("reasonFirst(%q) = %q, want %q", c.err, got, c.want)
		}
	}
}

func TestALongPathLosesItsMiddle(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(1))}, 80, 24)
	path := "/home/somebody/" + strings.Repeat("家/\x1b", 50) + "/out.csv"
	for _, cells := range []int{-5, 12, 20, 33, 80} {
		short := d.app.display.shortPath(path, cells)
		if w := d.app.display.widther.Width(short); w > max(cells, 12) || !strings.HasSuffix(short.String(), "out.csv") || !strings.HasPrefix(short.String(), "/") {
			t.Errorf("in %d cells the path is %v, %d wide", cells, short, w)
		}
	}
	if got := d.app.display.shortPath("/out.csv", 12).String(); got != "/out.csv" {
		t.Errorf("a short path becomes %q", got)
	}
}
