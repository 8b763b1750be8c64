package model

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestChecksumNoticesEveryChangedByte(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 200 {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		sum := Checksum(b)
		if sum == 0 || sum != Checksum(bytes.Clone(b)) {
			t.Fatalf("the sum of %d bytes is %d, then %d", n, sum, Checksum(b))
		}
		for i := range b {
			b[i]++
			if Checksum(b) == sum {
				t.Errorf("a change of byte %d of %d is not noticed", i, n)
			}
			b[i]--
		}
		if Checksum(append(b, 0)) == sum {
			t.Errorf("a longer stretch than %d bytes is not noticed", n)
		}
	}
}

func BenchmarkChecksum(b *testing.B) {
	stretch := bytes.Repeat([]byte("an invented line of a log\n"), 20_000)
	b.SetBytes(int64(len(stretch)))
	for b.Loop() {
		Checksum(stretch)
	}
}
