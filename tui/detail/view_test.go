package detail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
)

// richEvent has something in every section.
const richEvent = `{"actionName":"UPDATE_RULE_AND_FILTER","actionDescription":"Updates a rule and its filters","actionResult":"PARTIALLY_FAILED",` +
	`"actionParams":{"static":{},"note":"by hand","dynamic":{"context":{"ui":true},"input":{"detections":[{"id":"AWS.Root.Login","enabled":false},{"id":"Okta.Login","enabled":true}],` +
	`"body":"def rule(event):\n    return event.get('eventName') == 'ConsoleLogin' and event.deep_get('userIdentity', 'type') == 'Root'\n",` +
	`"settings":"{\"threshold\":3,\"tags\":[\"aws\",\"root\"]}","dedup":60}}},` +
	`"actionDetails":{"addRule.id":"AWS.Root.Login","version":{"before":4,"after":5}},` +
	`"actor":{"id":"OktaSSO_mira.okafor@example.com","type":"USER","name":"Mira Okafor","attributes":{"email":"mira.okafor@example.com","emailVerified":true,"roleId":"6b1e07a9","roleName":"Analyst"}},` +
	`"errors":[{"message":"cannot update the filter: its name is taken by another filter of the same rule, and names of filters must be unique within a rule"},{"message":"{\"code\":409,\"reason\":\"conflict\"}"}],` +
	`"sourceIP":"203.0.113.9","XForwardedFor":["10.20.30.40","2001:db8::7","203.0.113.9","8.8.8.8."],"userAgent":"Mozilla/5.0 (X11; Linux x86_64)","timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":"1.113.160",` +
	`"unheardOf":{"x":[1.50,null]},"p_log_type":"Panther.Audit","p_row_id":"b89bb8f3bd53e1ddd1cf390dd7f2a5be","p_event_time":"2026-11-22 18:04:11.203000000","p_parse_time":"2026-11-22 18:05:00.000000000",` +
	`"p_source_label":"panther-audit","p_any_ip_addresses":["203.0.113.9"],"p_any_usernames":["Mira Okafor"],"p_alert_id":"a1b2","p_enrichment":{"ipinfo_asn":{"sourceIP":{"asn":"AS64500","name":"Example Net"}}}}`

// gapLog is a log whose only row stands for bytes that could not be read.
func gapLog(t *testing.T) *model.Log {
	t.Helper()
	log := model.NewLog()
	b := &model.Batch{Source: log.AddSource(model.NewText("disk/audit.jsonl")), Raw: strings.NewReader(""), Base: 524288, Length: 4096, Line: 460, Lines: 1,
		Vocabulary: model.NewVocabulary()}
	b.AddProblem(model.Unreadable, model.FieldNone, 0, 0, 0)
	b.AddRow(&model.RowRecord{Length: 4096, Flags: model.FlagReject | model.FlagNoTime})
	log.Append(b)
	return log
}

// paneOf shows the only row of a log in a detail of its own.
func paneOf(t *testing.T, log *model.Log, ascii bool, w, h int) *Detail {
	t.Helper()
	snap := log.Snapshot()
	d := New(kittest.RigLook(ascii, true, colorprofile.TrueColor))
	d.SetSize(w, h)
	d.show(readDocument(t.Context(), &snap, 0, false))
	return d
}

// drawnText is what a detail shows in w by h cells.
func (d *Detail) drawnText(t *testing.T, w, h int) string {
	t.Helper()
	f := paint.NewFrame(d.display.Widther, w, h)
	d.Draw(f, kit.Rect{X: 0, Y: 0, W: w, H: h}, true)
	frame := f.String()
	if n := f.Tripped(); n != 0 {
		t.Fatalf("the tripwire replaced %d runes", n)
	}
	lines := strings.Split(ansi.Strip(frame), "\n")
	for y, l := range lines {
		if n := ansi.StringWidthWc(l); n != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", y, n, w, l)
		}
	}
	return strings.Join(lines, "\n")
}

const hostileEvent = `{"actionName":"DELETE_RULE","actionResult":"FAILED","actor":{"id":"a\u202eb","type":"TOKEN","name":"ci\u001b[2J\u001b]0;x\u0007\udb40\udc69\udb40\udc67\udb40\udc6e"},` +
	`"actionParams":{"k\u200bey":"раypal","│ 1▾ Errors":"none","":"","a.b":{"c\n2▾ Actor":1}},"errors":[{"message":"line one\nline two\r\u0000"}],` +
	`"sourceIP":"10.0.1.300","timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":"1.113.160"}`

func TestDetailsLookAsTheyDid(t *testing.T) {
	logs := []struct {
		name  string
		log   *model.Log
		ascii bool
		folds map[string]bool
	}{
		{name: "rich", log: kittest.LoadText(t, "dir/audit.jsonl", richEvent+"\n").Log, folds: map[string]bool{lakeID: true, rawID: true}},
		{name: "failed", log: kittest.LoadText(t, "dir/audit.jsonl", kittest.FailedEvent+"\n").Log},
		{name: "reject", log: kittest.LoadText(t, "dir/audit.jsonl", `{"actionName":"SIGN_IN","actionResult":tru,"é":1}`+"\n").Log, folds: map[string]bool{hexID: true, escapedID: true}},
		{name: "gap", log: gapLog(t)},
		{name: "hostile", log: kittest.LoadText(t, "dir/\x1b[31maudit.jsonl", hostileEvent+"\n").Log, folds: map[string]bool{escapedID: true}},
		{name: "ascii", log: kittest.LoadText(t, "dir/audit.jsonl", hostileEvent+"\n").Log, ascii: true, folds: map[string]bool{hexID: true}},
	}
	for _, l := range logs {
		for _, w := range []int{40, 80, 120} {
			name := fmt.Sprintf("pane-%s-%d", l.name, w)
			t.Run(name, func(t *testing.T) {
				d := paneOf(t, l.log, l.ascii, w, 400)
				for id, open := range l.folds {
					d.folds[id] = open
				}
				d.rebuild()
				h := 1
				for s := (linePosition{}); ; h++ {
					next, ok := d.next(s)
					if !ok {
						break
					}
					s = next
				}
				d.SetSize(w, h)
				frame := d.drawnText(t, w, h)
				if l.ascii {
					for _, r := range frame {
						if r > 0x7e {
							t.Fatalf("the frame holds %q", r)
						}
					}
				}
				kittest.CheckGolden(t, name, frame)
			})
		}
	}
}

func TestLettersThatLookAlikeAreSpeltOut(t *testing.T) {
	text := paneOf(t, kittest.LoadText(t, "x", hostileEvent+"\n").Log, false, 100, 60).drawnText(t, 100, 60)
	if !strings.Contains(text, "mixed scripts") || !strings.Contains(text, `it is: \u0440\u0430ypal`) {
		t.Errorf("the detail does not tell the letters apart:\n%s", text)
	}
}

func TestGapSaysWhatIsMissing(t *testing.T) {
	d := paneOf(t, gapLog(t), false, 100, 40)
	text := d.drawnText(t, 100, 40)
	for _, want := range []string{"could not be read", "4,096 bytes from byte 524,288 on are missing", "disk/audit.jsonl"} {
		if !strings.Contains(text, want) {
			t.Errorf("the detail of a gap lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "sha256") || strings.Contains(text, "cannot be shown") {
		t.Errorf("the detail of a gap shows what there is not:\n%s", text)
	}
}
