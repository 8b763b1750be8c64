package fault_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"pawprint/model/fault"
)

const secret = "bytes \x1b[31m of a log"

type quoting struct{}

func (quoting) Error() string  { return secret }
func (quoting) String() string { return secret }

// panics are faults, and what their errors must say.
var panics = []struct {
	name  string
	do    func()
	about string
}{
	{"a text", func() { panic(secret) }, "type string"},
	{"an error", func() { panic(errors.New(secret)) }, "type *errors.errorString"},
	{"an error that wraps", func() { panic(fmt.Errorf("x: %w", errors.New(secret))) }, "type *fmt.wrapError"},
	{"a type of its own", func() { panic(quoting{}) }, "type fault_test.quoting"},
	{"bytes", func() { panic([]byte(secret)) }, "type []uint8"},
	{"nil", func() { panic(nil) }, "nil"},
	{"an index", func() { s := []int{1}; i := len(secret); _ = s[i] }, "index out of range [20] with length 1"},
	{"a nil pointer", func() { var e *fault.Error; _ = e.Reason }, "nil pointer"},
	{"a type assertion", func() { var v any = secret; _ = v.(int) }, "interface conversion"},
	{"a division", func() { zero := strings.Count(secret, "no such text"); _ = 1 / zero }, "divide by zero"},
}

func TestAFaultSaysItsKindAndPlaceButNoData(t *testing.T) {
	for _, p := range panics {
		t.Run(p.name, func(t *testing.T) {
			e := fault.In(fault.Safely(func() error { p.do(); return nil }))
			if e == nil {
				t.Fatal("there is no fault")
			}
			if !strings.Contains(e.Error(), p.about) || !strings.Contains(e.Error(), "fault_test.") {
				t.Errorf("it says %q, want %q and the place", e.Error(), p.about)
			}
			for _, text := range []string{e.Error(), fmt.Sprintf("%+v", *e), string(e.Stack)} {
				if strings.Contains(text, "of a log") || strings.Contains(text, "\x1b") {
					t.Errorf("it quotes the value: %q", text)
				}
			}
			if !strings.Contains(string(e.Stack), "fault_test.go") {
				t.Errorf("the stack does not name the test:\n%s", e.Stack)
			}
		})
	}
}

func TestWithoutAPanicThereIsNoFault(t *testing.T) {
	want := errors.New("an error")
	if err := fault.Safely(func() error { return want }); err != want || fault.In(err) != nil {
		t.Errorf("Safely = %v, want the error alone", err)
	}
	if fault.Of(nil) != nil {
		t.Error("Of(nil) is a fault")
	}
}

func TestAGoroutineHandsItsFaultOver(t *testing.T) {
	got := make(chan *fault.Error, 1)
	fault.Go(func() { panic(secret) }, func(e *fault.Error) { got <- e })
	if e := <-got; !strings.Contains(e.Place, "TestAGoroutineHandsItsFaultOver") {
		t.Errorf("the place is %q", e.Place)
	}
}

func TestAGroupPanicsWhereItIsWaitedFor(t *testing.T) {
	var done atomic.Int32
	err := fault.Safely(func() error {
		var g fault.Group
		for i := range 10 {
			g.Go(func() {
				defer done.Add(1)
				if i == 7 {
					panic(secret)
				}
			})
		}
		g.Wait()
		return nil
	})
	e := fault.In(err)
	if e == nil || done.Load() != 10 {
		t.Fatalf("the error is %v after %d goroutines, want a fault after 10", err, done.Load())
	}
	if !strings.Contains(e.Place, "func1.1") {
		t.Errorf("the place is %q, want that of the goroutine", e.Place)
	}
}

func TestTheWatcherIsToldOfFaultsAlone(t *testing.T) {
	var told []*fault.Error
	ctx := fault.WithWatcher(t.Context(), func(e *fault.Error) { told = append(told, e) })
	e := fault.In(fault.Safely(func() error { panic(secret) }))
	fault.Tell(ctx, nil)
	fault.Tell(ctx, errors.New("an error"))
	fault.Tell(ctx, fmt.Errorf("reading x: %w", e))
	fault.Tell(context.Background(), e) // nobody watches
	if len(told) != 1 || told[0] != e {
		t.Errorf("told of %v, want the fault once", told)
	}
}
