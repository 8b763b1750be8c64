package kit

import (
	"errors"
	"fmt"
	"io/fs"
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
		if got := ReasonFirst(c.err); got != c.want {
			t.Errorf("reasonFirst(%q) = %q, want %q", c.err, got, c.want)
		}
	}
}
