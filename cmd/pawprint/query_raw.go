package main

import (
	"errors"
	"fmt"
	"io"
)

// checkRaw returns an error for flags that exclude --raw. With --raw it sets the format to jsonl.
func (q *queryCommand) checkRaw() error {
	switch {
	case !q.raw:
		return nil
	case q.output != "" && q.output != "jsonl":
		return fmt.Errorf("reading --raw: %s does not print the bytes of the source: write -o jsonl, or leave out --raw", q.output)
	case q.fields != nil:
		return errors.New("reading --raw: the bytes of the source are whole lines; leave out --fields")
	}
	q.output = "jsonl"
	return nil
}

// destination returns where to print the rows.
func (q *queryCommand) destination() io.Writer {
	if q.raw {
		return q.std.out.unguarded()
	}
	return q.std.out
}
