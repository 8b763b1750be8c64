package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"pawprint/model/query"
)

// seen writes an event of an actor at a minute of an hour.
func seen(minute int, actor, address, action string) string {
	return fmt.Sprintf(`{"actionName":%q,"actionResult":"SUCCEEDED","actor":{"id":%q,"type":"USER","name":%q},"sourceIP":%q,"timestamp":"2026-11-22T10:%02d:00Z","pantherVersion":"1.1.1"}`+"\n",
		action, actor, actor, address, minute)
}

// changeEvent makes an event with parameters, at a minute of the day.
func changeEvent(action, result, params string, minute int) string {
	return strings.Replace(event(action, result, minute), `"actionParams":{}`, `"actionParams":`+params, 1)
}

// badSets reads the one file that there is, bad.txt.
func badSets(path string) (*query.Set, error) {
	if path != "bad.txt" {
		return nil, errors.New("reading @" + path + ": no such file")
	}
	set, err := query.ParseSet(path, []byte("# bad\n203.0.113.9\n192.0.2.0/24\nANN\n"))
	if err == nil {
		set.Read = time.Date(2026, 11, 22, 10, 41, 7, 0, time.UTC)
	}
	return set, err
}
