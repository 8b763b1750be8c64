// Package fault turns panics into errors. All goroutines of the program start here: a panic in any other goroutine would end the
// process at once and leave the terminal in raw mode.
//
// A fault never includes the value of the panic, as that may be data of a log, only its type and the place.
package fault

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// Error is a panic on a goroutine of the program, in our code or a library.
type Error struct {
	Reason string // the runtime's message, or the type of another value; no data of a log
	Place  string // the function that panicked and the line; empty if unknown
	Stack  []byte // of the goroutine that panicked
}

// Error is one printable line.
func (e *Error) Error() string {
	if e.Place == "" {
		return "internal error: " + e.Reason
	}
	return "internal error: " + e.Reason + " in " + e.Place
}

// Of turns the result of recover into an error; nil without a panic. The function that calls recover must call Of itself. An
// *Error that was panicked with again is returned unchanged.
func Of(recovered any) *Error {
	if recovered == nil {
		return nil
	}
	if passed, ok := recovered.(*Error); ok {
		return passed
	}
	return &Error{Reason: reason(recovered), Place: place(), Stack: debug.Stack()}
}

// reason describes a panic without its data. The runtime's own errors contain only numbers and types.
func reason(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return strings.TrimPrefix(err.Error(), "runtime error: ")
	}
	return fmt.Sprintf("a panic with a value of type %T", value)
}

// place finds the function that panicked: the first one below the runtime's handling of the panic.
func place() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicked := false
	for {
		f, more := frames.Next()
		internal := strings.HasPrefix(f.Function, "runtime.")
		if panicked && !internal {
			return fmt.Sprintf("%s, line %d", f.Function, f.Line)
		}
		panicked = panicked || f.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}

// In returns the fault in an error; nil if there is none.
func In(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// Safely runs do and returns its error. If do panics, the error is an *Error.
func Safely(do func() error) (err error) {
	defer func() {
		if e := Of(recover()); e != nil {
			err = e
		}
	}()
	return do()
}

// Go runs do on a new goroutine. If do panics, it calls failed on that goroutine.
func Go(do func(), failed func(*Error)) {
	go func() {
		defer func() {
			if e := Of(recover()); e != nil {
				failed(e)
			}
		}()
		do()
	}()
}

// Group is a set of goroutines to wait for. The zero value is an empty group.
type Group struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	first *Error
}

// Go runs do on a goroutine of the group. Functions deferred in do have run before Wait returns.
func (g *Group) Go(do func()) {
	g.wg.Add(1)
	Go(func() {
		defer g.wg.Done()
		if err := Safely(func() error { do(); return nil }); err != nil {
			g.mu.Lock()
			defer g.mu.Unlock()
			if g.first == nil {
				g.first = In(err)
			}
		}
	}, func(e *Error) { panic(e) })
}

// Wait waits for all goroutines of the group. If one of them panicked, Wait panics with its *Error, so that the caller who needs
// the work sees the fault.
func (g *Group) Wait() {
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.first != nil {
		panic(g.first)
	}
}

type watcherKey struct{}

// WithWatcher returns a context whose watch function Tell calls with faults that do not end the work, such as that of one source
// among many. Any goroutine may call watch, and more than once for one fault.
func WithWatcher(ctx context.Context, watch func(*Error)) context.Context {
	return context.WithValue(ctx, watcherKey{}, watch)
}

// Tell passes the fault in err to the watcher of ctx. It does nothing if either is missing.
func Tell(ctx context.Context, err error) {
	e := In(err)
	if watch, ok := ctx.Value(watcherKey{}).(func(*Error)); ok && e != nil {
		watch(e)
	}
}
