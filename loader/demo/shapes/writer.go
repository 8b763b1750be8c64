package shapes

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// writer appends the text of lines.
type writer struct {
	rng  *rand.Rand
	seed uint64
	b    []byte
	line int       // its number, from 1
	at   time.Time // of the event
}

func (w *writer) put(texts ...string) {
	for _, s := range texts {
		w.b = append(w.b, s...)
	}
}

// below returns a number in [0, n).
func (w *writer) below(n int) int { return w.rng.IntN(n) }

// one returns true once in n times, on average.
func (w *writer) one(n int) bool { return w.rng.IntN(n) == 0 }

func (w *writer) number(n int) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

// hex appends n random digits.
func (w *writer) hex(n int) {
	for range n {
		w.b = append(w.b, "0123456789abcdef"[w.rng.IntN(16)])
	}
}

func (w *writer) uuid() { w.put(w.newUUID()) }

func (w *writer) newUUID() string {
	a, b := w.rng.Uint64(), w.rng.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>52, b&0xffffffffffff)
}

// stamp appends the time of the event, as the schema or the data lake writes it.
func (w *writer) stamp(lake bool) {
	if lake {
		w.b = w.at.AppendFormat(w.b, "2006-01-02 15:04:05.000000000")
		return
	}
	w.b = w.at.AppendFormat(w.b, "2006-01-02T15:04:05.000Z")
}

// list appends n elements, with commas between them.
func (w *writer) list(n int, element func(i int)) {
	for i := range n {
		if i > 0 {
			w.put(",")
		}
		element(i)
	}
}

// result appends the member actionResult, and reports whether it is a failure, as in 8 of 100 lines.
func (w *writer) result() (failed bool) {
	failed = w.below(100) < 8
	w.put(`"actionResult":"`, map[bool]string{false: "SUCCEEDED", true: "FAILED"}[failed], `",`)
	return failed
}

// errors appends the member errors.
func (w *writer) errors(failed bool) {
	if !failed {
		w.put(`"errors":null`)
		return
	}
	w.put(`"errors":[`)
	w.list(1+w.below(2), func(int) {
		w.put(`{"message":"`, choose(w, faults), ` (request `)
		w.hex(12)
		w.put(`)"}`)
	})
	w.put(`]`)
}

var faults = []string{"access denied: missing permission DataAnalyticsModify", `query failed:\nline 1 at position 42\ninvalid identifier`,
	`validation error: \"displayName\" is required`, "resource not found", "rate limit exceeded, try again in 30 s"}

func choose[T any](w *writer, of []T) T { return of[w.rng.IntN(len(of))] }
