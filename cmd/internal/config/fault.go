package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Fault is a mistake in a configuration, with what to do about it.
type Fault struct {
	File         string
	Line, Column int // from 1; the column counts characters
	Msg          string
}

func (f *Fault) Error() string { return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Msg) }

// faults collects the mistakes of a text.
type faults struct {
	file string
	text []byte
	all  []error
}

// add notes a mistake at an offset of the text.
func (f *faults) add(offset int, format string, args ...any) {
	before := f.text[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	f.all = append(f.all, &Fault{
		File: f.file, Line: f.line(offset), Column: utf8.RuneCount(before[start:]) + 1,
		Msg: fmt.Sprintf(format, args...),
	})
}

// line returns the number of the line that holds an offset.
func (f *faults) line(offset int) int { return bytes.Count(f.text[:offset], []byte{'\n'}) + 1 }

// err returns all mistakes as one joined error in the order of the text, nil if there are none.
func (f *faults) err() error {
	slices.SortStableFunc(f.all, func(a, b error) int {
		x, y := a.(*Fault), b.(*Fault)
		return cmp.Or(cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
	})
	return errors.Join(f.all...)
}
