package query

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbersAreEqualHoweverTheyAreWritten(t *testing.T) {
	forms := []string{"1000", "1000.0", "1e3", "1E+3", "10e2", "0.1e4", "100000e-2", "1000.000"}
	others := []string{"1001", "100", "1000.5", "-1000", "18446744073709551616", "18446744073709551617", "1e400", "1e401", "0.1", "1000000000000000000000000000000.5"}
	var lines []string
	for _, n := range append(append([]string{}, forms...), others...) {
		lines = append(lines, fmt.Sprintf(`{"actionName":"A","actionParams":{"n":%s}}`, n))
	}
	log := newLog(t, lines)
	want := []int{0, 1, 2, 3, 4, 5, 6, 7}
	for _, n := range forms {
		for _, op := range []string{":", "=", "==", ":="} {
			if diff := cmp.Diff(want, selected(t, log, Compile(mustParse(t, "param.n"+op+n), Env{}))); diff != "" {
				t.Errorf("rows of param.n%s%s (-want +got):\n%s", op, n, diff)
			}
		}
		both := "param.n>=" + n + " param.n<=" + n
		if diff := cmp.Diff(want, selected(t, log, Compile(mustParse(t, both), Env{}))); diff != "" {
			t.Errorf("rows of %s (-want +got):\n%s", both, diff)
		}
		if diff := cmp.Diff(append([]int{8, 10}, 12, 13, 14, 15, 17), selected(t, log, Compile(mustParse(t, "param.n:>"+n), Env{}))); diff != "" {
			t.Errorf("rows of param.n>%s (-want +got):\n%s", n, diff)
		}
	}
	for i, n := range others {
		for _, q := range []string{"param.n:" + n, "param.n=" + n, "param.n>=" + n + " param.n<=" + n} {
			if got := selected(t, log, Compile(mustParse(t, q), Env{})); !cmp.Equal(got, []int{len(forms) + i}) {
				t.Errorf("%s finds the rows %v, want only %d", q, got, len(forms)+i)
			}
		}
	}
	events := newLog(t, []string{`{"actionName":"A","errors":[{"message":"x"}]}`, `{"actionName":"B","errors":[]}`, `{"actionName":"C"}`})
	for query, want := range map[string][]int{"errors:1.0": {0}, "errors=1e0": {0}, "errors<1.0": {1, 2}, "line:2.0": {1}, "line=20e-1": {1}, "line:1.0..2.0": {0, 1}, "line>=3e0": {2}} {
		if diff := cmp.Diff(want, selected(t, events, Compile(mustParse(t, query), Env{}))); diff != "" {
			t.Errorf("rows of %s (-want +got):\n%s", query, diff)
		}
	}
}

// inventNumber writes a number in one of its forms.
func inventNumber(r *rand.Rand) string {
	digits := strings.Repeat("0", r.IntN(3)) + fmt.Sprint(r.IntN(2000)) + strings.Repeat("0", r.IntN(3))
	at := r.IntN(len(digits) + 1)
	text := digits[:at] + "." + digits[at:]
	if r.IntN(2) == 0 {
		text = strings.Trim(text, ".")
		text = strings.ReplaceAll(text, ".", "")
	}
	if r.IntN(2) == 0 {
		text += fmt.Sprintf("e%d", r.IntN(9)-4)
	}
	return []string{"", "-", "+"}[r.IntN(3)] + text
}

func TestNumbersCompareLikeRationalNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 3))
	for range 20_000 {
		a, b := inventNumber(r), inventNumber(r)
		x, ok := parseNumber([]byte(a))
		y, ok2 := parseNumber([]byte(b))
		p, ok3 := new(big.Rat).SetString(a)
		q, ok4 := new(big.Rat).SetString(b)
		if !ok || !ok2 || !ok3 || !ok4 {
			t.Fatalf("%s or %s is not a number", a, b)
		}
		if got, want := x.compare(y), p.Cmp(q); got != want {
			t.Fatalf("%s compares with %s as %d, want %d", a, b, got, want)
		}
		n, fits := x.whole()
		if fits != p.IsInt() || fits && p.Num().Int64() != n {
			t.Fatalf("%s is the whole number %d, %v; want %s", a, n, fits, p)
		}
	}
	for _, text := range []string{"", "+", ".", "e3", "1e", "1e+", "1.2.3", "0x10", "1_000", "inf", "nan", "1e3.5", "--1"} {
		if n, ok := parseNumber([]byte(text)); ok {
			t.Errorf("%q is the number %v", text, n)
		}
	}
}
