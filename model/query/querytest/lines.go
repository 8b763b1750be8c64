package querytest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Lines are lines that engines read in different ways: keys twice, escapes, odd times, values of other types, what is not JSON, and events
// that stand within something else. None of them holds a newline.
func Lines() []string { return append([]string(nil), lines...) }

const (
	head   = `{"actionName":"GET_RULE","actionResult":"FAILED","actor":{"id":"a1","type":"USER","name":"alice"},`
	tail   = `"timestamp":"2026-11-12T10:00:00Z","pantherVersion":"1.113.138"}`
	quoted = `{\"actionName\":\"GET_RULE\",\"actionResult\":\"FAILED\",\"actor\":{\"id\":\"a1\",\"type\":\"TOKEN\"},\"param\":\"crown_jewels\",\"timestamp\":\"2026-11-12T10:00:00Z\"}`
)

var lines = []string{
	head + tail,
	head + `"sourceIP":"192.0.2.10","XForwardedFor":["203.0.113.66","192.0.2.250"],` + tail,
	head + `"sourceIP":"192.0.2.10","p_enrichment":{"sourceIP":"203.0.113.66","actionName":"x"},` + tail,

	// Keys twice.
	head + `"actionName":"DELETE_RULE",` + tail,
	head + `"actionName":null,` + tail,
	head + `"actionResult":"SUCCEEDED",` + tail,
	head + `"actor":{"id":"scim","type":"TOKEN"},` + tail,
	head + `"actor":null,` + tail,
	`{"actionName":"GET_RULE","actor":{"id":"a1","id":"scim","type":"USER","type":"TOKEN"},` + tail,
	head + `"errors":[{"message":"denied"}],"errors":[],` + tail,
	head + `"errors":[],"errors":[{"message":"denied"},{"message":"not found"}],` + tail,
	head + `"timestamp":"2026-11-20T10:00:00Z",` + tail,
	head + `"timestamp":null,` + tail,
	head + `"sourceIP":"192.0.2.10","sourceIP":"198.51.100.1",` + tail,
	head + `"ACTIONNAME":"DELETE_RULE","actionname":"x",` + tail,

	// Escapes, and letters that are written in several ways.
	`{"actionName":"GET\u005fRULE","actionResult":"FAILE\u0044","actor":{"id":"a\u0031","name":"Tom\u00e1s"},` + tail,
	`{"\u0061ctionName":"GET_RULE","actor":{"\u0069d":"scim"},` + tail,
	`{"actionName":"GET_RULE","actor":{"id":"scim","name":"tab\there"},"userAgent":"tab\there\nand\r\b\f",` + tail,
	`{"actionName":"GET_RULE","userAgent":"tab\u0009here \u0000 \ud800",` + tail,
	`{"actionName":"GET_RULE","actor":{"id":"say \"no\"","name":"C:\\dir x\/y"},` + tail,
	head + `"memo":"crown\u005fjewels \u003cb\u003e",` + tail,
	head + `"memo":"\u212Aelvin \u017fecret",` + tail,
	"{\"actionName\":\"GET_RULE\",\"actor\":{\"id\":\"\u212Aelvin\",\"name\":\"ſecret Tomás\"},\"userAgent\":\"Tomás кофе КОФЕ\"," + tail,
	head + "\"memo\":\"\u212Aelvin ſecret a\u037eb \u1fefx\"," + tail,
	"{\"actionName\":\"GET_RULE\",\"actor\":{\"name\":\"a\xffb\"},\"userAgent\":\"\xc3\"," + tail,
	"{\"actionName\":\"get_rule\",\"userAgent\":\"\u202emozilla\u200b\x7f\"," + tail,
	"\ufeff" + head + tail,

	// Values of other types.
	`{"actionName":["GET_RULE"],"actionResult":5,"actor":"scim","userAgent":{"a":"curl"},"sourceIP":192,"pantherVersion":1.113,` + tail,
	`{"actionName":5,"actor":["a1"],"sourceIP":["192.0.2.10"],"errors":"denied",` + tail,
	`{"actionName":true,"actor":{"id":{"x":"scim"},"type":["TOKEN"],"attributes":"x"},"errors":{"message":"denied"},"XForwardedFor":"192.0.2.250",` + tail,
	`{"actionName":"","actionResult":"","actor":{"id":"","name":"","attributes":{"email":""}},"sourceIP":"","userAgent":"","errors":[ ],` + tail,
	`{"actionName":null,"actionResult":null,"actor":{"id":null,"attributes":null},"sourceIP":null,"userAgent":null,"errors":null,` + tail,
	`{"actor":{"attributes":{"email":"alice@example.com"}},` + tail,
	`{"actionName":"GET_RULE","errors":[null],"actor":{"attributes":{"email":["alice@example.com"]}},` + tail,
	`{"actionName":"[\"GET_RULE\"]","userAgent":"{\"a\":\"curl\"}",` + tail,
	`{"actionName":"5","pantherVersion":"1.113.138","actor":{"id":"1e3"},"param":1e3,` + tail,
	`{"actionParams":{"name":"crown_jewels","input":{"pageSize":100,"enabled":false,"NAME":"Rule"}},"p_schema_version":0}`,

	// Times.
	`{"actionName":"GET_RULE","timestamp":"2026-11-12 10:00:00.123456789"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-11T23:30:00-02:00"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12T23:59:60Z"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12T24:00:00Z"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12T10:00:00.1234567891Z"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12T10:00:00,5Z"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12T10:00Z"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12"}`,
	`{"actionName":"GET_RULE","timestamp":" 2026-11-12T10:00:00Z "}`,
	`{"actionName":"GET_RULE","timestamp":"Thu, 12 Nov 2026 10:00:00 GMT"}`,
	`{"actionName":"GET_RULE","timestamp":1794477600}`,
	`{"actionName":"GET_RULE","timestamp":1794477600000}`,
	`{"actionName":"GET_RULE","timestamp":"2026-02-30T10:00:00Z"}`,
	`{"actionName":"GET_RULE","timestamp":"9999-11-12T10:00:00Z"}`,
	`{"actionName":"GET_RULE","timestamp":"0001-01-01T00:00:00Z"}`,
	`{"actionName":"GET_RULE","p_event_time":"2026-11-12 10:00:00.000"}`,
	`{"actionName":"GET_RULE","timestamp":"yesterday","p_event_time":"2026-11-12 10:00:00"}`,
	`{"actionName":"GET_RULE"}`,
	`{"actionName":"GET_RULE","timestamp":"2026-11-12T10:00:00\u005a"}`,
	`{"actionName":"GET_RULE","timestamp":{"at":"2026-11-12T10:00:00Z"}}`,
	`{"actionName":"GET_RULE","Timestamp":"2026-11-12T10:00:00Z"}`,

	// Lines that are not a single event.
	"", "  ", "\t",
	`not json: rule crown_jewels GET_RULE`,
	`GET_RULE FAILED alice 192.0.2.10`,
	head + tail + ` ` + strings.Replace(head, "alice", "ci-token", 1) + tail,
	head + tail + `,`,
	`[` + head + tail + `]`,
	`{"Records":[` + head + tail + `,` + strings.Replace(head, "FAILED", "SUCCEEDED", 1) + tail + `]}`,
	`{"event":` + head + tail + `}`,
	`{"log":"` + quoted + `\n","stream":"stdout"}`,
	`2026-11-12T10:00:00Z stdout F ` + head + tail,
	strings.TrimSuffix(head+tail, "}"),
	strings.TrimSuffix(head, ",") + `,"memo":"crown_je`,
	`{"actionName":"GET_RULE","actor":{"id":"scim"},}`,
	`{'actionName':'GET_RULE'}`,
	`{"actionName":"GET_RULE","n":01}`,
	`{"actionName":"GET_RULE","n":NaN}`,
	"{\"actionName\":\"GET_RULE\",\"memo\":\"a\tb\"}",
	`{"actionName":"GET_RULE"/* rule */}`,
	`{}`, `null`, `"GET_RULE"`, `5`, `[]`,
	`{"actionName":"` + strings.Repeat("GET_RULE", 300) + `",` + tail,
	`{"a":` + strings.Repeat(`{"a":`, 1100) + `1` + strings.Repeat(`}`, 1100) + `,"actionName":"GET_RULE"}`,
	head + `"":"x","a.b":{"":"rule"},"extra":[{"count":"2"},{"count":2}],` + tail,
	"\r" + head + tail + "\r",
}

// RandomLine makes a line like one of Lines: two of them mixed, or one with a part left out, repeated, or escaped.
func RandomLine(r *rand.Rand) string {
	line := lines[r.IntN(len(lines))]
	for range 1 + r.IntN(2) {
		switch from, to := span(r, line); r.IntN(5) {
		case 0:
			line = line[:from] + line[to:]
		case 1:
			line = line[:to] + line[from:]
		case 2:
			if from < to && line[from] >= ' ' && line[from] < 0x7f && line[from] != '"' && line[from] != '\\' {
				line = line[:from] + fmt.Sprintf(`\u%04x`, line[from]) + line[from+1:]
			}
		case 3:
			line = member(r, line) + `,` + strings.TrimPrefix(line, "{")
		default:
			other := lines[r.IntN(len(lines))]
			at, _ := span(r, other)
			line = line[:from] + other[at:]
		}
	}
	return line
}

// span is a part of a line.
func span(r *rand.Rand, line string) (from, to int) {
	from, to = r.IntN(len(line)+1), r.IntN(len(line)+1)
	return min(from, to), max(from, to)
}

// member begins an object with a member that the line may have as well.
func member(r *rand.Rand, line string) string {
	members := []string{`"actionName":"SIGN_IN"`, `"actionResult":"FAILED"`, `"actor":{"id":"scim"}`, `"sourceIP":"192.0.2.10"`, `"timestamp":"2026-11-12T11:00:00Z"`, `"errors":[{"message":"denied"}]`,
		`"userAgent":"curl/8"`, `"memo":"crown_jewels"`, `"pantherVersion":"1.112.160"`, `"XForwardedFor":["203.0.113.66"]`, `"actionParams":{"name":"Rule","pageSize":60}`}
	return "{" + members[r.IntN(len(members))]
}
