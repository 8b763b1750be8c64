package main

import (
	"testing"

	"pawprint/model/amount"
)

func TestSizesAreReadAndWritten(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  int64
		shown string
	}{
		{"1", 1, "1 B"}, {"1048576", 1 << 20, "1.0 MiB"}, {"512M", 512 << 20, "512 MiB"}, {"512mb", 512 << 20, "512 MiB"},
		{"2G", 2 << 30, "2.0 GiB"}, {"1.5GiB", 3 << 29, "1.5 GiB"}, {" 64 K ", 64 << 10, "64 KiB"}, {"1T", 1 << 40, "1.0 TiB"},
	} {
		got, err := parseSize(c.text)
		if err != nil || got != c.want {
			t.Errorf("parseSize(%q) = %d, %v, want %d", c.text, got, err, c.want)
		}
		if shown := amount.Bytes(got); shown != c.shown {
			t.Errorf("amount.Bytes(%d) = %q, want %q", got, shown, c.shown)
		}
	}
	for _, text := range []string{"", "M", "-1", "0", "12X", "1e99", "NaN", "9999T"} {
		if got, err := parseSize(text); err == nil {
			t.Errorf("parseSize(%q) = %d, want an error", text, got)
		}
	}
}
