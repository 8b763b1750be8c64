package main

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

func TestEachErrorIsALineOfItsOwn(t *testing.T) {
	a, b, c := errors.New("reading a: it is cut"), errors.New("reading b\x1b[2J\n: gone"), errors.New("reading c: broken")
	for _, x := range []struct {
		err  error
		want string
	}{
		{a, "pawprint: reading a: it is cut\n"},
		{errors.Join(a, nil, errors.Join(b, c)), "pawprint: reading a: it is cut\npawprint: reading b␛[2J␊: gone\npawprint: reading c: broken\n"},
		{fmt.Errorf("loading: %w, then %w", a, c), "pawprint: loading: reading a: it is cut, then reading c: broken\n"},
		{errors.Join(a, exit(2)), ""},
		{nil, ""},
	} {
		var out bytes.Buffer
		if printErrors(&out, x.err); out.String() != x.want {
			t.Errorf("printErrors(%v) printed %q, want %q", x.err, out.String(), x.want)
		}
	}
}
