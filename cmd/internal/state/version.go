package state

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// decode reads a file of the program's own into content, which must not use this function as its UnmarshalJSON. A file of a later version
// than known is an error, and so are unknown members: writing the file again would lose what only the later version understands.
func decode(text []byte, known int, content any) error {
	var head struct{ Version int }
	if err := json.Unmarshal(text, &head); err == nil && head.Version > known {
		return fmt.Errorf("a newer pawprint wrote it (version %d, this one reads up to %d): update pawprint", head.Version, known)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(content)
}
