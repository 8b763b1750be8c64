package query

import (
	"testing"
)

func TestClassAndRejectAreFields(t *testing.T) {
	log := newLog(t, []string{`{"actionName":"GET_RULE"}`, `{"actionName":"DELETE_RULE"}`, `{"actionName":"SIGN_IN"}`, `{"actionName":"ODD"}`, `{"actionResult":"FAILED"}`, `not json`, `{"class":"own"}`})
	for query, want := range map[string][]int{
		"class:read": {0}, "class:auth": {2}, "class=delete": {1}, "class:read,delete": {0, 1}, "class:other": {3, 4, 6}, "class:*": {0, 1, 2, 3, 4, 6}, "-class:*": {5}, "class!=read": {1, 2, 3, 4, 5, 6}, "class~entic": {2},
		"class:/^(read|test)$/": {0}, "has:class is:failed": {4}, ".class:own": {6}, "reject:*": {5}, "-reject:*": {0, 1, 2, 3, 4, 6}, "has:reject": {5}, `reject:"no event"`: {5}, "reject:zzz": {}, "reject~event": {5},
	} {
		check(t, log, query, want)
	}
	if _, err := Parse("class:reed"); err == nil {
		t.Error("class:reed is accepted")
	}
	names := map[string]bool{}
	for _, n := range Names() {
		names[n.Name] = true
	}
	for _, name := range []string{"class", "reject", "offset", "line"} {
		if _, _, options := Complete(name, len(name), Data{}); !names[name] || len(options) == 0 {
			t.Errorf("%s is not offered: %v", name, options)
		}
	}
	_, _, options := Complete("class:de", len("class:de"), Data{})
	if len(options) != 1 || options[0].Text != "class:delete" {
		t.Errorf("class:de is completed as %v", options)
	}
}
