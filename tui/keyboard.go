package tui

import (
	"context"
	"errors"
	"io"

	"pawprint/tui/keyguard"
)

// keyboard is where keys come from.
type keyboard struct {
	from  io.Reader
	leave func() // no more is read until the library asks for the terminal again: somebody else gets it
	close func() // waits for the end of reading
}

// newKeyboard puts the guard of the keys between a terminal and the library. Keys are read no more as soon as ctx ends. An input
// that is not a file is read as it is, and so is any on a system that the guard does not know.
func newKeyboard(ctx context.Context, input io.Reader) (keyboard, error) {
	unguarded := keyboard{input, func() {}, func() {}}
	file, ok := input.(keyguard.File)
	if !ok {
		return unguarded, nil
	}
	keys, err := keyguard.New(file)
	if errors.Is(err, errors.ErrUnsupported) {
		return unguarded, nil
	}
	if err != nil {
		return keyboard{}, err
	}
	stop := context.AfterFunc(ctx, keys.Interrupt)
	return keyboard{keys, keys.Interrupt, func() {
		stop()
		_ = keys.Close()
	}}, nil
}
