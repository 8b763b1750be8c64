package kittest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
)

// StillLog is a log whose Wait does not wait, as a test runs every command to its end. It implements tui.Log.
type StillLog struct{ *model.Log }

var errQuiet = errors.New("nothing new")

// Wait returns nil if there are newer rows, else an error at once.
func (l StillLog) Wait(_ context.Context, after model.Revision) error {
	if snap := l.Snapshot(); snap.Revision() > after {
		return nil
	}
	return errQuiet
}

// TestNow is the present of the tests.
var TestNow = time.Date(2026, 11, 22, 20, 30, 0, 0, time.UTC)

// FixedZone is a zone that is not that of the machine.
var FixedZone = time.FixedZone("XST", 3*3600+1800)

// LoadFile loads a file of the testdata folder of the module. Its source is named ../testdata/name, whichever package tests.
func LoadFile(t testing.TB, name string) StillLog {
	t.Helper()
	log := model.NewLog()
	named := namedLog{log, model.NewText("../testdata/" + name)}
	if err := loader.Load(t.Context(), named, &loader.File{Path: filepath.Join(ModuleFolder(t), "testdata", name)}); err != nil {
		t.Fatal(err)
	}
	return StillLog{log}
}

// namedLog gives its sources one name, as frames show it: it must not depend on the folder of the test.
type namedLog struct {
	*model.Log
	name model.Text
}

// AddSource implements loader.Sink.
func (l namedLog) AddSource(model.Text) model.SourceID { return l.Log.AddSource(l.name) }

// AddRanked implements loader.Sink.
func (l namedLog) AddRanked(_ model.Text, rank model.Rank) model.SourceID {
	return l.Log.AddRanked(l.name, rank)
}

// ModuleFolder returns the folder of go.mod, from the test of any package in it.
func ModuleFolder(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			t.Fatal("the tests run outside the module")
		}
		folder = above
	}
}

// LoadText loads lines as a source with a name.
func LoadText(t testing.TB, name, text string) StillLog {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: name, From: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	return StillLog{log}
}

// AppendText appends lines to a log, as a source of their own.
func AppendText(t testing.TB, log *model.Log, text string) {
	t.Helper()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "more", From: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
}

// WriteFile writes text to a new file of the test, and returns its path.
func WriteFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// FailedEvent is one failed event in full.
const FailedEvent = `{"actionName":"DELETE_RULE","actionDescription":"Deletes a rule","actionResult":"FAILED",` +
	`"actionParams":{"dynamic":{"input":{"detections":[{"id":"AWS.Root.Login"}]}},"static":{}},` +
	`"actor":{"id":"c1","type":"TOKEN","name":"ci-token"},"errors":[{"message":"cannot delete: the rule is part of a pack"}],` +
	`"sourceIP":"203.0.113.9","userAgent":"curl/8","timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":"1.113.160"}`

// Event makes a line with an action, a result and a minute of the day of TestNow.
func Event(action, result string, minute int) string {
	at := TestNow.Truncate(24 * time.Hour).Add(time.Duration(minute) * time.Minute).Format(time.RFC3339)
	return `{"actionName":"` + action + `","actionResult":"` + result + `","actor":{"id":"u1","type":"USER","name":"homer"},` +
		`"actionParams":{},"sourceIP":"192.0.2.1","timestamp":"` + at + `","pantherVersion":"1.113.160"}` + "\n"
}

// Events makes n lines, one a minute; every tenth failed.
func Events(n int) string {
	var b strings.Builder
	for i := range n {
		result := "SUCCEEDED"
		if i%10 == 9 {
			result = "FAILED"
		}
		b.WriteString(Event("LIST_RULES", result, i))
	}
	return b.String()
}

// MixedLog is a small log of several actors, addresses and actions.
func MixedLog(t testing.TB) StillLog {
	line := func(action, result, actor, ip, at string) string {
		return `{"actionName":"` + action + `","actionResult":"` + result + `",` +
			`"actor":{"id":"id-` + actor + `","type":"USER","name":"` + actor + `"},` +
			`"actionParams":{"dynamic":{"input":{"id":"` + action + `-1"}}},"p_source_label":"` + actor + ` logs",` +
			`"sourceIP":"` + ip + `","timestamp":"` + at + `","pantherVersion":"1.113.160"}` + "\n"
	}
	return LoadText(t, "x", line("LIST_RULES", "SUCCEEDED", "homer", "192.0.2.1", "2026-11-20T10:00:00Z")+
		line("DELETE_RULE", "FAILED", "marge", "192.0.2.2", "2026-11-20T10:05:00Z")+
		line("DELETE_RULE", "SUCCEEDED", "homer", "192.0.2.1", "2026-11-20T14:00:00Z")+
		line("CREATE_ROLE", "SUCCEEDED", "marge", "192.0.2.1", "2026-11-21T09:00:00Z")+
		line("LIST_ROLES", "FAILED", "bart", "198.51.100.7", "2026-11-22T09:00:00Z"))
}

// HostileLog is a log in which one text stands everywhere: in each field, as a key, and as a line.
func HostileLog(t testing.TB, text string) StillLog {
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	q := string(quoted)
	full := `{"actionName":` + q + `,"actionDescription":` + q + `,"actionResult":"FAILED","actionParams":{` + q + `:` + q + `,"list":[` + q + `,{}]},` +
		`"actor":{"id":` + q + `,"type":` + q + `,"name":` + q + `,"attributes":{"email":` + q + `}},"errors":[{"message":` + q + `}],` +
		`"sourceIP":` + q + `,"XForwardedFor":[` + q + `],"userAgent":` + q + `,"timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":` + q + `,"p_enrichment":{` + q + `:1}}`
	raw := `{"actionName":"` + text + `"}`
	return LoadText(t, text, full+"\n"+text+"\n"+raw+"\n"+FailedEvent+"\n"+Events(40))
}

// SelectedBy selects the rows of a snapshot that an expression finds.
func SelectedBy(t testing.TB, snap *model.Snapshot, e query.Expr) *model.Selection {
	t.Helper()
	sel, err := model.Select(t.Context(), *snap, query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// ShapeLog holds a line of some shape, and a second one that has none of its values, to be told apart from it.
func ShapeLog(t testing.TB, line string) StillLog {
	t.Helper()
	return LoadText(t, "x", line+"\n"+`{"actionName":"OTHER","timestamp":"2026-11-02T10:00:01Z","actionParams":{"name":"other"}}`+"\n")
}

// AttributeRow is a row of an invented log that has values of an attribute of the schema.
type AttributeRow struct {
	field.Row
	Attribute *model.FieldInfo // the attribute
	Texts     []model.Text     // its first values in the row, one or two
}

// EachAttribute holds a surface of the interface to the schema: it runs a test for each attribute but those of the lake. A new one
// must appear on all surfaces.
func EachAttribute(t *testing.T, test func(t *testing.T, r *AttributeRow)) {
	g, text := demo.New(demo.Options{Events: 1000}), []byte(nil)
	for more := true; more; {
		text, more = g.Append(text)
	}
	snap := LoadText(t, "x", string(text)).Snapshot()
	for _, f := range model.Schema() {
		if f.Field == model.FieldLake {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			r := AttributeRow{Attribute: &f}
			if !r.find(t, &snap) {
				t.Fatal("no event of the invented log has it")
			}
			test(t, &r)
		})
	}
}

// find finds the first row that has values of the attribute.
func (r *AttributeRow) find(t *testing.T, snap *model.Snapshot) bool {
	reader := field.NewReader(field.Of(r.Attribute.Name))
	raw := model.NewRawReader(snap)
	for at := range snap.Rows() {
		line, err := raw.Line(model.Row(at))
		if err != nil {
			t.Fatal(err)
		}
		r.Row = field.Row{Snap: snap, Event: snap.Event(model.Row(at)), Line: bytes.Clone(line)}
		if r.Texts = reader.Texts(nil, &r.Row, 2); len(r.Texts) > 0 && !r.Texts[0].Empty() {
			return true
		}
	}
	return false
}

// PaneLogs are the logs whose panes have golden frames.
var PaneLogs = []struct {
	Name string
	Load func(t testing.TB) StillLog
}{
	{"audit", func(t testing.TB) StillLog { return LoadFile(t, "audit.jsonl") }},
	{"hostile", func(t testing.TB) StillLog { return LoadFile(t, "damaged.jsonl") }},
	{"empty", func(t testing.TB) StillLog { return LoadText(t, "x", "") }},
	{"one event", func(t testing.TB) StillLog { return LoadText(t, "x", Event("LIST_RULES", "SUCCEEDED", 90)) }},
	{"all failed", func(t testing.TB) StillLog {
		return LoadText(t, "x", strings.ReplaceAll(Events(200), "SUCCEEDED", "FAILED"))
	}},
}

// Seen makes a line with an event of an actor, at a minute of one hour.
func Seen(minute int, actor, address, action string) string {
	return fmt.Sprintf(`{"actionName":%q,"actionResult":"SUCCEEDED","actor":{"id":%q,"type":"USER","name":%q},"sourceIP":%q,"timestamp":"2026-11-22T10:%02d:00Z","pantherVersion":"1.1.1"}`+"\n",
		action, actor, actor, address, minute)
}

// ChangeEvent is Event with parameters, which are JSON.
func ChangeEvent(action, result, params string, minute int) string {
	return strings.Replace(Event(action, result, minute), `"actionParams":{}`, `"actionParams":`+params, 1)
}

// BadSets reads the one file of values that there is, bad.txt. It is for query.Env.Sets.
func BadSets(path string) (*query.Set, error) {
	if path != "bad.txt" {
		return nil, errors.New("reading @" + path + ": no such file")
	}
	set, err := query.ParseSet(path, []byte("# bad\n203.0.113.9\n192.0.2.0/24\nANN\n"))
	if err == nil {
		set.Read = time.Date(2026, 11, 22, 10, 41, 7, 0, time.UTC)
	}
	return set, err
}

// Planted are secrets of several kinds; none may be seen while secrets are masked.
var Planted = []string{
	"AKIAEXAMPLEEXAMPLE12", "hunter22", "plantedcookie", "ghp_abcdefghijklmnopqrstuv", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJl",
	"abcdefgh12345678",
}

// PlantedLog is a log with a secret in every column, in parameters, errors and lines that are not events.
func PlantedLog(t *testing.T) StillLog {
	t.Helper()
	var lines []string
	for i, secret := range Planted {
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
	return StillLog{log}
}
