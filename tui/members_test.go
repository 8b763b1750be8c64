package tui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pawprint/model/query"
)

func TestTheDetailSaysWhichValueOfAFileMatched(t *testing.T) {
	read := 0
	sets := func(path string) (*query.Set, error) {
		if path != "bad.txt" {
			return nil, errors.New("reading @" + path + ": no such file")
		}
		read++
		set, err := query.ParseSet(path, []byte("# bad\n203.0.113.9\n192.0.2.0/24\nANN\n"))
		if err == nil {
			set.Read = time.Date(2026, 11, 22, 10, 41, 7, 0, time.UTC)
		}
		return set, err
	}
	log := loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN")+seen(6, "bob", "198.51.100.2", "GET_RULE"))
	d := newDriver(t, Options{Log: log, Sets: sets, Query: "ip:@bad.txt"}, 100, 30)
	d.press("g enter tab")
	if text := d.detailText(); !strings.Contains(text, "ip 192.0.2.1 is in bad.txt, line 3: 192.0.2.0/24") {
		t.Errorf("the detail does not say which value matched:\n%s", text)
	}
	if read == 0 {
		t.Fatal("the file was not read")
	}
	d = newDriver(t, Options{Log: log, Sets: sets, Query: "-ip:@bad.txt OR actor:@bad.txt"}, 100, 30)
	d.press("g enter tab")
	if text := d.detailText(); !strings.Contains(text, "actor ann is in bad.txt, line 4: ANN") {
		t.Errorf("the detail does not say which value matched:\n%s", text)
	}
	d = newDriver(t, Options{Log: log, Sets: sets, Query: "ip:@bad.txt"}, 140, 30)
	d.press("/")
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "@bad.txt: 3 values, read at 10:41:07 UTC") {
		t.Errorf("the interface does not say when the file was read:\n%s", frame)
	}
	d = newDriver(t, Options{Log: log, Sets: sets, Query: "ip:@nobody.txt"}, 140, 30)
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "@nobody.txt: no such file") {
		t.Errorf("the interface does not say that the file is missing:\n%s", frame)
	}
}
