// Package fault turns panics into errors, and is the only place in which the program starts goroutines: one that panics
// would end the process at once, and leave the terminal as the interface had it.
//
// A fault never says what the program panicked with, since that may be data of a log: it says the kind of it and the place.
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

// Error is a panic of this program, or of a library on a goroutine of ours.
type Error struct {
	Reason string // what the runtime says, or the type of another value; no data of a log
	Place  string // the function that panicked and the line; empty if it is not known
	Stack  []byte // of the goroutine that panicked
}

// Error is one printable line.
func (e *Error) Error() string {
	if e.Place == "" {
		return "internal error: " + e.Reason
	}
	return "internal error: " + e.Reason + " in " + e.Place
}

// Of makes an error of what recover returned. It must be called by the function that calls recover. A fault that was passed on
// by another panic stays as it is; without a panic Of returns nil.
func Of(recovered any) *Error {
	if recovered == nil {
		return nil
	}
	if passed, ok := recovered.(*Error); ok {
		return passed
	}
	return &Error{Reason: reason(recovered), Place: place(), Stack: debug.Stack()}
}

// reason says what a panic is about. The runtime's own errors name numbers and types alone.
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

// In is the fault in an error, nil if there is none.
func In(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// Safely runs do. A panic of it is an *Error.
func Safely(do func() error) (err error) {
	defer func() {
		if e := Of(recover()); e != nil {
			err = e
		}
	}()
	return do()
}

// Go runs do on a goroutine of its own. A panic of it is handed to failed, on that goroutine.
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

// Group is goroutines that somebody waits for. The zero value is an empty group.
type Group struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	first *Error
}

// Go runs do on a goroutine of the group. What is deferred in do has run before Wait returns.
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

// Wait waits for all goroutines of the group. If one of them panicked, Wait panics with its *Error: a fault goes where the work
// was asked for.
func (g *Group) Wait() {
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.first != nil {
		panic(g.first)
	}
}

type watcherKey struct{}

// WithWatcher returns a context under which watch is told of each fault that work contains, such as that of one source among
// many. It may be called from any goroutine, and more than once for one fault.
func WithWatcher(ctx context.Context, watch func(*Error)) context.Context {
	return context.WithValue(ctx, watcherKey{}, watch)
}

// Tell tells the watcher of ctx, if there is one, of the fault in err, if there is one.
func Tell(ctx context.Context, err error) {
	e := In(err)
	if watch, ok := ctx.Value(watcherKey{}).(func(*Error)); ok && e != nil {
		watch(e)
	}
}
