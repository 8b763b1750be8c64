package damaged

import (
	"strings"

	"pawprint/model/rawjson"
)

// quoted writes a text as a JSON string.
func quoted(text string) string { return string(rawjson.AppendString(nil, []byte(text))) }

// enveloped are events in what exports and shippers of logs put around them.
func (d *damager) enveloped() {
	for _, c := range []struct {
		name, before, behind string
		text                 bool // the event is the text of a string
		n                    int
	}{
		{"in docker's log", `{"log":`, `,"stream":"stdout","time":"2026-11-22T09:00:00.1Z"}`, true, 1},
		{"in a message", `{"@timestamp":"2026-11-22T09:00:00.1Z","log":{"offset":7},"message":`, `}`, true, 1},
		{"in a message that is an object", `{"level":"info","message":`, `}`, false, 1},
		{"in a document of Elastic", `{"_index":"audit","_id":"1","_source":`, `}`, false, 1},
		{"in a message in a document of Elastic", `{"_index":"audit","_source":{"message":`, `,"host":"a"}}`, true, 2},
		{"in a hit of Elastic", `{"took":3,"hits":{"total":{"value":1},"hits":[{"_id":"1","_source":`, `}]}}`, false, 3},
		{"in a result of Splunk", `{"preview":false,"offset":0,"result":`, `}`, false, 1},
		{"in the raw text of a result of Splunk", `{"preview":false,"result":{"_raw":`, `,"_time":"1"}}`, true, 2},
		{"in a list of results", `{"results":[`, `]}`, false, 1},
		{"in a page of events", `{"next":null,"events":[`, ` ] }`, false, 1},
		{"in a page of items", `{"items":[`, `],"total":1}`, false, 1},
		{"in a page of values", `{"@odata.context":"x","value":[`, `]}`, false, 1},
		{"in a page of logs", `{"errors":null,"logs":[`, `]}`, false, 1},
		{"in a page of Records", `{"Records":[`, `]}`, false, 1},
		{"in docker's log behind a header", `2026-11-22T09:00:00Z {"log":`, `,"stream":"stdout"}`, true, 2},
	} {
		whole := d.line(c.name)
		inner := whole
		if c.text {
			inner = quoted(whole)
		}
		d.found(c.name, c.before+inner+c.behind, c.n, whole)
	}
	whole := d.line("in docker's log, with its line end")
	d.found("in docker's log, with its line end", `{"log":`+quoted(whole+"\n")+`,"stream":"stdout"}`, 1, whole)
	whole = d.line("in docker's log, behind a colour")
	d.found("in docker's log, behind a colour", `{"log":`+quoted("\x1b[2m"+whole)+`}`, 2, whole)
	whole = d.line("in a message, with escapes", text("userAgent", "curl \"8\" \\ é 🔥"))
	escaped := strings.NewReplacer("{", `\u007b`, "}", `\u007D`, "é", `\u00e9`, "🔥", `\ud83d\udd25`).Replace(quoted(whole))
	d.found("in a message, with escapes", `{"message":`+escaped+`}`, 1, whole)
	whole = d.line("in a message, pretty")
	d.found("in a message, pretty", `{"message":`+quoted("{\n\t"+whole[1:len(whole)-1]+"\r\n}\n")+`}`, 1, "{\t\t"+whole[1:len(whole)-1]+"\t\t}")
	first, second := d.line("in a page, first"), d.line("in a page, second")
	d.found("two in a page", `{"items":[`+first+" , "+second+`]}`, 1, first, second)
	d.found("two in a message", `{"message":`+quoted(first+second)+`}`, 2, first, second)
}

// notOpened are objects that hold an event, which is none of its own: nobody is to forge an event by what he can write into another one.
func (d *damager) notOpened() {
	for _, c := range []struct{ name, before, behind string }{
		{"a message in an event", `,"message":`, ``},
		{"docker's log in an event", `,"log":`, ``},
		{"a document in an event", `,"_source":{"message":`, `}`},
		{"a page in an event", `,"items":[{"message":`, `}]`},
	} {
		key, _, _ := strings.Cut(c.before[2:], `"`)
		whole := d.line(c.name)
		d.event(c.name, warn(key, reasonUnknown), func(fields []field) []field {
			return append([]field{{key, c.before[len(key)+4:] + quoted(whole) + c.behind}}, fields...)
		})
	}
	forged := quoted(d.line("forged"))
	d.fine("an event in the user agent", text("userAgent", "see the message"), set("actionParams", `{"message":`+forged+`,"log":`+forged+`}`),
		set("errors", `[{"message":`+forged+`}]`))
	missing := []string{"error actionName missing", "error actionResult missing", "error actor missing", "error timestamp missing", "error pantherVersion missing"}
	for _, c := range []struct{ name, line, key string }{
		{"a message that is more than an event", `{"message":` + quoted("got "+d.line("x")) + `}`, "message"},
		{"a message of half an event", `{"message":` + quoted(d.line("x")[:60]) + `}`, "message"},
		{"a text in a text", `{"message":` + quoted(`{"message":`+forged+`}`) + `}`, "message"},
		{"a key that nobody knows", `{"payload":` + forged + `}`, "payload"},
		{"a page with more than events", `{"items":[` + d.line("x") + `,{"a":1}]}`, "items"},
		{"a page with a number", `{"items":[` + d.line("x") + `,1]}`, "items"},
		{"an empty page", `{"items":[]}`, "items"},
	} {
		d.add(Event, c.name, c.line, append([]string{"warning " + c.key + " " + reasonUnknown}, missing...)...)
	}
	d.add(Event, "a message beside errors", `{"errors":null,"message":`+forged+`}`, append([]string{"warning message " + reasonUnknown}, missing...)...)
	d.add(Event, "a message in a row of the lake", `{"p_row_id":"1","message":`+forged+`}`, append([]string{"warning message " + reasonUnknown}, missing...)...)
	d.add(Event, "a message beside a version", `{"message":`+forged+`,"pantherVersion":"1.113.160"}`, append([]string{"warning message " + reasonUnknown}, missing[:4]...)...)
}
