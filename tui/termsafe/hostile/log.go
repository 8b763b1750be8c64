package hostile

import (
	"fmt"
	"strings"
	"time"
)

// albumSize is how many texts an event of Albums holds.
const albumSize = 24

// Events is a log with an event for each text, in the order of Texts, which has the text in every place for text: action,
// description, actor, parameters and their names, target, error, address, user agent, version, and an unknown field and its name.
func Events() []byte {
	var out []byte
	for i, x := range Texts() {
		s := quote(x.Raw)
		out = fmt.Appendf(out, `{"actionName":%s,"actionDescription":%[1]s,"actionResult":"FAILED","actionParams":{"dynamic":{"input":{"id":%[1]s,%[1]s:[%[1]s]}},"static":{}},`+
			`"actor":{"id":%[1]s,"type":"USER","name":%[1]s,"attributes":{"email":%[1]s,"emailVerified":true,"roleId":%[1]s,"roleName":%[1]s}},"errors":[{"message":%[1]s}],`+
			`"sourceIP":%[1]s,"XForwardedFor":[%[1]s],"userAgent":%[1]s,"timestamp":"%[2]s","pantherVersion":%[1]s,"x%[3]s":%[1]s}`+"\n", s, at(i), s[1:len(s)-1])
	}
	return out
}

// Albums is a log of few events that hold many texts each, as parameters with their names and as errors: for what is too slow
// to be done for each text. They are older than those of Events.
func Albums() []byte {
	var out []byte
	texts := Texts()
	for n := 0; n*albumSize < len(texts); n++ {
		var params, errors []string
		for _, x := range texts[n*albumSize : min((n+1)*albumSize, len(texts))] {
			s := quote(x.Raw)
			params = append(params, s+":"+s)
			errors = append(errors, `{"message":`+s+`}`)
		}
		out = fmt.Appendf(out, `{"actionName":"ALBUM_%d","actionResult":"FAILED","actionParams":{%s},"actor":{"id":"u","type":"USER","name":"ann"},"errors":[%s],`+
			`"sourceIP":"192.0.2.1","userAgent":"curl","timestamp":"%s","pantherVersion":"1.113.160"}`+"\n", n, strings.Join(params, ","), strings.Join(errors, ","), at(n-1000))
	}
	return out
}

// Rejects returns a log of the texts as lines that are not events. A text with line breaks makes several lines.
func Rejects() []byte {
	var out []byte
	for _, x := range Texts() {
		out = append(append(append(out, "no event: "...), x.Raw...), '\n')
	}
	return out
}

// FileNames are the texts that a file may be called.
func FileNames() []string {
	var names []string
	for _, x := range Texts() {
		if len(x.Raw) <= 200 && !strings.ContainsAny(x.Raw, "/\x00") && x.Raw != "." && x.Raw != ".." {
			names = append(names, x.Raw)
		}
	}
	return names
}

// at is a time for the event at place i.
func at(i int) string {
	return time.Date(2026, 11, 22, 9, 0, i, 0, time.UTC).Format(time.RFC3339)
}

// quote makes a string of JSON that escapes only what it must, so that all other bytes stand in the log as they are.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0x20:
			fmt.Fprintf(&b, `\u%04x`, c)
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
