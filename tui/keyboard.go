package tui

import (
	"context"
	"errors"
	"io"

	"pawprint/tui/keyguard"
)

// keyboard is the input that keys come from.
type keyboard struct {
	from  io.Reader
	leave func() // stops reading until the library takes the terminal again, so that others can read from it
	close func() // waits for the end of reading
}

// newKeyboard puts the key guard between a terminal and the library. Reading stops as soon as ctx ends. An input that is not a
// file, or one on a system that the guard does not support, is read unguarded.
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
