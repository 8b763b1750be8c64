package loader

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"pawprint/model"
)

// An error of a path that may not be read names it once, and says what to do.
func TestAPathThatMayNotBeReadSaysWhatToDo(t *testing.T) {
	err := &os.PathError{Op: "open", Path: "logs/shut", Err: syscall.EACCES}
	if said, want := openError("logs/shut", err).Error(), "opening logs/shut: permission denied; ask for the right to read it"; said != want {
		t.Errorf("a file says %q, want %q", said, want)
	}
	log := model.NewLog()
	said := (&group{sink: log}).broken(model.NewText("logs"), err).Error()
	if want := "listing logs/shut: permission denied; ask for the right to read it"; !strings.HasSuffix(said, want) {
		t.Errorf("a folder says %q, want %q", said, want)
	}
}
