package decode

import (
	"math/bits"
	"testing"

	"pawprint/model"
)

// TestColumnsOfAKeyStandTogether holds the order of the columns to what a remembered value can carry: all columns that it sets, in
// one stretch.
func TestColumnsOfAKeyStandTogether(t *testing.T) {
	most := len(cachedValue{}.columns)
	if int(model.NumColumns) > 16 {
		t.Errorf("%d columns do not fit into the bits of a key", model.NumColumns)
	}
	var all uint16
	for _, table := range tables {
		for i := range table.n {
			k := &table.keys[i]
			first, n := k.first, k.n
			if n > most || k.set != (1<<n-1)<<first || n == 0 && k.set != 0 {
				t.Errorf("%s sets the columns %b: they do not stand together, or are more than %d", k.field, k.set, most)
			}
			all |= k.set
		}
	}
	if bits.OnesCount16(all) != int(model.NumColumns) {
		t.Errorf("the keys set the columns %b, want all %d", all, model.NumColumns)
	}
}

func TestTheKeysOfATableAreFoundAndNoOthers(t *testing.T) {
	for _, table := range tables {
		for i := range table.n {
			text := table.keys[i].guess.text
			name := []byte(text[1 : len(text)-2])
			if got := table.find(name); int(got) != i {
				t.Errorf("find(%q) = %d, want %d", name, got, i)
			}
			for at := range name {
				other := append([]byte{}, name...)
				other[at] ^= 0x80
				if got := table.find(other); got != unknownKey {
					t.Errorf("find(%q) = %d", other, got)
				}
			}
		}
	}
}
