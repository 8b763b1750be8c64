package intern

import (
	"fmt"
	"testing"
)

func TestTablesNumberValuesInTheOrderOfTheirAppearance(t *testing.T) {
	table := New("A", "B")
	for id, value := range map[uint32]string{Empty: "", 2: "A", 3: "B"} {
		if got := table.ID([]byte(value)); got != id {
			t.Errorf("ID(%q) = %d, want %d", value, got, id)
		}
	}
	view, copied := table.View(), table.Clone()
	const more = 5000
	for n := range more {
		if got, want := table.ID(fmt.Appendf(nil, "value %d", n)), uint32(4+n); got != want {
			t.Fatalf("ID of value %d = %d, want %d", n, got, want)
		}
	}
	for n := range more {
		id := table.ID(fmt.Appendf(nil, "value %d", n))
		if got := string(table.Value(id)); got != fmt.Sprintf("value %d", n) {
			t.Fatalf("Value(%d) = %q after the table grew", id, got)
		}
	}
	if table.Len() != 4+more || view.Len() != 4 || copied.Len() != 4 || string(view.Bytes(3)) != "B" {
		t.Errorf("the table has %d values, its earlier view %d, its copy %d", table.Len(), view.Len(), copied.Len())
	}
	if got := copied.ID([]byte("own")); got != 4 || string(table.Value(4)) != "value 0" {
		t.Errorf("a copy numbers a new value %d, and the table has %q there", got, table.Value(4))
	}
	if got := new(View).Len(); got != 0 {
		t.Errorf("the zero view has %d values", got)
	}
}
