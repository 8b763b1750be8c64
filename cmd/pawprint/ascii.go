package main

import (
	"encoding/json"
	"fmt"
	"io"

	"pawprint/model/rawjson"
)

// writeJSON writes v as one line of JSON in ASCII: what is not printable ASCII in it is escaped, so that nothing in it can
// reach a terminal as more than text.
func writeJSON(w io.Writer, v any) error {
	encoded, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding: %w", err)
	}
	if _, err = w.Write(append(rawjson.AppendASCII(nil, encoded), '\n')); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}
