package engine

import (
	"testing"
	"time"
)

func TestAServerThatAsksToWaitIsWaitedFor(t *testing.T) {
	for text, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "-1": 0, "x": 0, "99999999999": 0, "Mon, 01 Jan 2001 00:00:00 GMT": 0} {
		if got := RetryAfter(text); got != want {
			t.Errorf("Retry-After: %q is %v, want %v", text, got, want)
		}
	}
	at := time.Now().Add(time.Hour).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
	if got := RetryAfter(at); got < 50*time.Minute || got > time.Hour {
		t.Errorf("Retry-After: %q is %v, want nearly an hour", at, got)
	}
}

func TestOnlyThisMachineIsALoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "localhost:8123": true, "127.0.0.1": true, "127.9.9.9:1": true, "::1": true, "[::1]": true, "[::1]:8123": true, "::ffff:127.0.0.1": true,
		"": false, "example.com": false, "localhost.example.com": false, "192.0.2.1": false, "[2001:db8::1]:443": false, "127.0.0.1.example.com": false, "0.0.0.0": false,
	} {
		if got := Loopback(host); got != want {
			t.Errorf("Loopback(%q) = %v", host, got)
		}
	}
}
