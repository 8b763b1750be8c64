package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

// planted are secrets of several kinds; none may be seen while secrets are masked.
var planted = []string{
	"AKIAEXAMPLEEXAMPLE12", "hunter22", "plantedcookie", "ghp_abcdefghijklmnopqrstuv", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJl",
	"abcdefgh12345678",
}

// plantedLog is a log with a secret in every column, in parameters, errors and lines that are no events.
func plantedLog(t *testing.T) stillLog {
	t.Helper()
	var lines []string
	for i, secret := range planted {
		where := secret
		if secret == "hunter22" || secret == "plantedcookie" || secret == "abcdefgh12345678" {
			where = "Bearer abcdefgh12345678"
		}
		lines = append(lines, fmt.Sprintf(`{"timestamp":"2026-11-22T10:0%d:00Z","actionName":"UPDATE_RULE","actionResult":"FAILED","sourceIP":%q,`+
			`"userAgent":"curl %s","pantherVersion":%q,"XForwardedFor":["%s"],"actor":{"id":"%s","type":"USER","name":"n %s","attributes":{"email":"%s"}},`+
			`"actionParams":{"dynamic":{"input":{"id":"r %s","password":"hunter22","session":{"cookie":["plantedcookie"]},"body":"x %s","n":%d}}},`+
			`"errors":[{"message":"no %s"},{"message":"password=hunter22"}],"p_any_ip_addresses":["%s"],"%s":"dup"}`,
			i, where, where, where, where, where, where, where, where, where, i, where, where, "note "+fmt.Sprint(i)))
	}
	lines = append(lines, "no event AKIAEXAMPLEEXAMPLE12 at all", `{"cut":"ghp_abcdefghijklmnopqrstuv`)
	path := filepath.Join(t.TempDir(), "planted.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	return stillLog{log}
}
