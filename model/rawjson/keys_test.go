package rawjson

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestDuplicateKeysAreFoundInObjectsOfAnySize compares the key set with a map, on objects within objects whose keys come from few and
// from many names, some of them escaped.
func TestDuplicateKeysAreFoundInObjectsOfAnySize(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var got, want []string
	s := Scanner{OnDuplicate: func(b []byte, start, end int) { got = append(got, fmt.Sprintf("%d %s", start, b[start:end])) }}
	var text strings.Builder
	var object func(depth int)
	object = func(depth int) {
		seen := map[string]bool{}
		text.WriteByte('{')
		size := []int{0, 1, 5, 31, 32, 33, 200}[rng.IntN(7)]
		names := []int{3, 40, 100_000}[rng.IntN(3)]
		for i := range size {
			if i > 0 {
				text.WriteByte(',')
			}
			name := strings.Repeat("k", rng.IntN(3)*5) + fmt.Sprint(rng.IntN(names))
			if rng.IntN(50) == 0 {
				name = ""
			}
			written := name
			if rng.IntN(4) == 0 {
				written = strings.ReplaceAll(name, "1", `\u0031`)
			}
			if seen[name] {
				want = append(want, fmt.Sprintf("%d %s", text.Len()+1, written))
			}
			seen[name] = true
			text.WriteString(`"` + written + `":`)
			if depth < 3 && rng.IntN(8) == 0 {
				object(depth + 1)
			} else {
				text.WriteByte('0')
			}
		}
		text.WriteByte('}')
	}
	for range 60 {
		text.Reset()
		got, want = nil, nil
		object(0)
		if !s.Valid([]byte(text.String())) {
			t.Fatalf("not valid: %v", s.Fault)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("duplicates in %.300s:\ngot  %q\nwant %q", text.String(), got, want)
		}
	}
}

func TestALargeObjectAllocatesNothingOnceTheBuffersHaveGrown(t *testing.T) {
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, `,"key %d":{"a":1,"b":2}`, i)
	}
	b := []byte("{" + text.String()[1:] + "}")
	s := Scanner{OnDuplicate: func([]byte, int, int) { t.Error("there is no duplicate") }}
	if n := testing.AllocsPerRun(10, func() { s.Valid(b) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestKeysOfEveryLengthAreReadAlike cuts an object short behind each of its bytes, and doubles a key in an escaped form: however a key is
// read, it is the same key, and nothing behind the end of the slice is looked at.
func TestKeysOfEveryLengthAreReadAlike(t *testing.T) {
	for n := 1; n <= 40; n++ {
		key := strings.Repeat("k", n)
		text := `{"a":0,"` + key + `":1,"\u006b` + key[1:] + `":2,"` + key + `":3}`
		found := 0
		s := Scanner{OnDuplicate: func([]byte, int, int) { found++ }}
		if !s.Valid([]byte(text)) || found != 2 {
			t.Errorf("%s: %v, %d duplicates, want 2", text, s.Fault, found)
		}
		for end := range len(text) {
			cut := slices.Clip([]byte(text[:end]))
			if s.Valid(cut) || s.Fault != (Fault{Cut, end}) {
				t.Errorf("%s: fault %+v, want cut at %d", cut, s.Fault, end)
			}
		}
	}
}
