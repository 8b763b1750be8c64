package loader_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

func TestASourceStopsAtTheMemoryLimitAndKeepsWhatItRead(t *testing.T) {
	text := bytes.Repeat(sameLog(t), 8)
	for name, content := range map[string][]byte{"plain": text, "gzip": gzipped(t, text), "array": array(t, text)} {
		budget := loader.NewBudget(200 << 10)
		if name == "plain" {
			budget = loader.NewBudget(100 << 10) // only rows count
		}
		l := model.NewLog()
		err := (&loader.File{Path: put(t, filepath.Join(t.TempDir(), "a"), content), Limits: loader.Limits{Memory: budget}}).Load(t.Context(), l)
		s := l.Snapshot()
		var full *loader.MemoryError
		if !errors.As(err, &full) || !strings.Contains(err.Error(), "00 KiB is reached after") || !strings.Contains(err.Error(), "--max-memory") {
			t.Fatalf("%s: %v", name, err)
		}
		if b := s.Books(); b.Lines == 0 || b.Lines >= 8000 || b.Lines != full.Lines || s.Sources()[0].Phase != model.Broken {
			t.Errorf("%s: %+v, the error tells of %d lines", name, b, full.Lines)
		}
		if budget.Used() > budget.Limit() {
			t.Errorf("%s: %d bytes of %d are used", name, budget.Used(), budget.Limit())
		}
		checkRaw(t, &s)
	}
}

func TestSourcesShareABudget(t *testing.T) {
	text := sameLog(t)
	budget := loader.NewBudget(3 * int64(len(text)) / 2)
	limits := loader.Limits{Memory: budget}
	l := model.NewLog()
	var errs []error
	for range 20 {
		errs = append(errs, (&loader.Reader{Label: "-", From: bytes.NewReader(text), Limits: limits}).Load(t.Context(), l))
	}
	if errs[0] != nil || errs[19] == nil {
		t.Errorf("the first source gives %v, the last %v", errs[0], errs[19])
	}
}

func TestAStoreSaysThatTheBudgetIsUsedUp(t *testing.T) {
	s := loader.NewStore(loader.NewBudget(100 << 10))
	text := sameLog(t)
	written, err := int64(0), error(nil)
	for range 100 {
		if err = s.Write(text); err != nil {
			break
		}
		written += int64(len(text))
	}
	var full *loader.MemoryError
	if !errors.As(err, &full) || s.Memory() > 100<<10+loader.StoreBlock {
		t.Fatalf("%v with %d bytes", err, s.Memory())
	}
	if again := s.Write([]byte("x")); again == nil {
		t.Error("a later write is taken")
	}
	got := make([]byte, written)
	if n, err := s.ReadAt(got, 0); int64(n) != written || err != nil && err != io.EOF {
		t.Errorf("ReadAt = %d, %v, want %d", n, err, written)
	}
}

func TestABudgetGivesAllOfItsBytesAndNotOneMore(t *testing.T) {
	b := loader.NewBudget(100)
	if b.Reserve(101) || b.Used() != 0 {
		t.Errorf("101 of 100 bytes were there; %d are used", b.Used())
	}
	if !b.Reserve(60) || !b.Reserve(40) || b.Used() != 100 {
		t.Errorf("100 of 100 bytes were not there; %d are used", b.Used())
	}
	if b.Reserve(1) || b.Used() != 100 {
		t.Errorf("one more was there; %d are used", b.Used())
	}
	if b.Release(1); !b.Reserve(1) {
		t.Error("a byte that was given back is not there")
	}
}

func TestNoBudgetHasNoLimit(t *testing.T) {
	var none *loader.Budget
	if loader.NewBudget(0) != none || none.Limit() != 0 || none.Used() != 0 || !none.Reserve(1<<60) {
		t.Error("a nil budget has a limit")
	}
	none.Release(1)
}

func TestDefaultMemoryIsHalfOfTheLeastLimit(t *testing.T) {
	machine := "MemTotal:        8000000 kB\nMemFree: 1 kB\n"
	limits := func(data, space string) string {
		return "Limit                     Soft Limit           Hard Limit           Units\n" +
			"Max data size             " + data + "            unlimited            bytes\nMax address space         " + space + "   unlimited    bytes\n"
	}
	page := int64(os.Getpagesize())
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"nothing known": {nil, 2 << 30},
		"machine":       {map[string]string{"/proc/meminfo": machine}, 8000000 << 9},
		"group": {map[string]string{"/proc/meminfo": machine, "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/memory.max": "1000000\n",
			"/sys/fs/cgroup/a/b/memory.max": "max\n"}, 500000},
		"container": {map[string]string{"/proc/meminfo": machine, "/proc/self/cgroup": "0::/../x\n", "/sys/fs/cgroup/memory.max": "2000000\n"}, 1000000},
		"old group": {map[string]string{"/proc/meminfo": machine, "/proc/self/cgroup": "5:cpu:/\n4:memory,x:/c\n",
			"/sys/fs/cgroup/memory/c/memory.limit_in_bytes": "3000000\n"}, 1500000},
		"no limit": {map[string]string{"/proc/meminfo": machine, "/proc/self/cgroup": "4:memory:/\n",
			"/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 8000000 << 9},
		"data": {map[string]string{"/proc/meminfo": machine, "/proc/self/limits": limits("1000000", "unlimited"), "/proc/self/statm": "900 5 5 5 0 10 0\n"},
			(1000000 - 10*page) / 2},
		"address space": {map[string]string{"/proc/meminfo": machine, "/proc/self/limits": limits("unlimited", "90000000"), "/proc/self/statm": "900 5 5 5 0 10 0\n"},
			(90000000 - 900*page) / 2},
		"nothing left":        {map[string]string{"/proc/self/limits": limits("5", "unlimited"), "/proc/self/statm": "900 5 5 5 0 10 0\n"}, 1},
		"no resource limits":  {map[string]string{"/proc/meminfo": machine, "/proc/self/limits": limits("unlimited", "unlimited"), "/proc/self/statm": "900 5 5 5 0 10 0\n"}, 8000000 << 9},
		"limits without uses": {map[string]string{"/proc/meminfo": machine, "/proc/self/limits": limits("5", "5")}, 8000000 << 9},
	} {
		got := loader.DefaultMemoryOf(func(path string) ([]byte, error) {
			if text, ok := c.files[path]; ok {
				return []byte(text), nil
			}
			return nil, errors.New("not there")
		})
		if got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if loader.DefaultMemory() < 64<<20 {
		t.Errorf("this machine has %d", loader.DefaultMemory())
	}
}
