package model

import "time"

// Restart says why a followed path became a new source, although one of it was being read. The zero value says that it did not.
type Restart struct {
	Why  RestartReason
	At   time.Time // when that was noticed
	From int64     // the byte at which the new source begins: those before it belong to the previous source
}

// RestartReason is what happened to a followed file.
type RestartReason uint8

// What happens to a followed file.
const (
	NoRestart RestartReason = iota
	Truncated               // it became shorter
	Rewritten               // what was read of it has changed
	Rotated                 // another file stands at its path
)
