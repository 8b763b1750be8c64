package tui

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

func TestTheInterfaceSaysWhenAFileOfValuesWasRead(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "bob", "198.51.100.2", "GET_RULE"))
	d := newDriver(t, Options{Log: log, Sets: kittest.BadSets, Query: "ip:@bad.txt"}, 140, 30)
	d.press("/")
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "@bad.txt: 3 values, read at 10:41:07 UTC") {
		t.Errorf("the interface does not say when the file was read:\n%s", frame)
	}
	d = newDriver(t, Options{Log: log, Sets: kittest.BadSets, Query: "ip:@nobody.txt"}, 140, 30)
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "@nobody.txt: no such file") {
		t.Errorf("the interface does not say that the file is missing:\n%s", frame)
	}
}
