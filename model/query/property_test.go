package query

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

var seed = flag.Uint64("seed", 1, "of the generated log and queries")

// inventor makes lines and queries about the same few things, so that queries hit.
type inventor struct{ *rand.Rand }

func (v inventor) pick(from ...string) string { return from[v.IntN(len(from))] }

func (v inventor) one(n int) bool { return v.IntN(n) == 0 }

var (
	actions   = []string{"GET_RULE", "LIST_USERS", "DELETE_RULE", "CREATE_ROLE", "UPDATE_USER", "SIGN_IN", "PUBLIC_API_GET_RULE", "DELETE_DETECTION", "UPDATE_SAML_SETTINGS"}
	actorIDs  = []string{"00000000-0000-4000-8000-000000000000", "scim", "OktaSSO_alice@example.com", "3f2a0000-0000-4000-8000-0000000000aa", ""}
	addresses = []string{"192.0.2.7", "192.0.2.70", "198.51.100.1.", "10.0.1.300", "2001:db8::7", "2001:DB8:0::7", "", "203.0.113.9", "192.0.2.7:443", "[2001:db8::7]:443", "203.0.113.9, 192.0.2.7", "192.0.2.70:55, unknown"}
	pieces    = []string{"rule", "Rule", "AWS.Root", "a b", "x/y", `say "no"`, `C:\dir`, "café", "CAFÉ", "İstanbul", "K\u212A", "cafe\u0301", "CAFE\u0301", "ſecret", "secret", "SECRET", "σίγμας", "ΣΊΓΜΑΣ", "\u212B", "Å", "q\u0303", "tab\there", "новый", "12", "1", "192.0.2.7", "192.0.2.7:443", "192.0.2.70", "true", "null", "", "n", "u0041", "A", "😀"}
	stamps    = []string{"2026-11-01T05:00:00Z", "2026-11-02T10:00:00.5Z", "2026-11-03T23:59:59.999999999Z", "2026-11-02T12:00:00+02:00", "2026-11-07T12:00:00Z", "yesterday"}
	versions  = []string{"1.113.138", "1.9.0", "1.110", "1.113", "2.0.1"}
)

// quote writes a JSON string, escaping more than it has to now and then.
func (v inventor) quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	odd := v.one(6)
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\t':
			b.WriteString(v.pick(`\t`, `\u0009`))
		case r == '/' && v.one(2):
			b.WriteString(`\/`)
		case odd && v.one(2) && r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func (v inventor) text() string {
	s := pieces[v.IntN(len(pieces))]
	if v.one(2) {
		s += v.pick("", " ", ",", ":", "-") + pieces[v.IntN(len(pieces))]
	}
	return s
}

// value writes any JSON value.
func (v inventor) value(depth int) string {
	switch n := v.IntN(10); {
	case n < 5 || depth > 3:
		return v.quote(v.text())
	case n == 5:
		return v.pick("1", "12", "-0.5", "1e3", "443", "1000.0", "1.0", "120e-1", "18446744073709551616", "18446744073709551617")
	case n == 6:
		return v.pick("true", "false", "null")
	case n == 7:
		return "[" + v.list(depth) + "]"
	}
	return v.object(depth, "id", "name", "tags", "count", "enabled", "a.b", "Café", "")
}

func (v inventor) list(depth int) string {
	var out []string
	for range v.IntN(4) {
		out = append(out, v.value(depth+1))
	}
	return strings.Join(out, v.pick(",", ", "))
}

// object writes an object with some of the keys, each once.
func (v inventor) object(depth int, keys ...string) string {
	var out []string
	for _, k := range keys {
		if v.one(3) {
			out = append(out, v.member(k, v.value(depth+1)))
		}
	}
	v.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return "{" + strings.Join(out, v.pick(",", " , ")) + "}"
}

func (v inventor) member(key, value string) string { return v.quote(key) + v.pick(":", " : ") + value }

// line writes an event, or now and then something else.
func (v inventor) line() string {
	if v.one(25) {
		return v.pick("not json: rule AWS.Root", `{"actionName":"GET_RULE","cut`, `[1,2]`, `"rule"`, `{"a":1} {"b":2}`, "café FAILED", `{"actionResult":"FAILED",}`)
	}
	var m []string
	add := func(often int, key, value string) {
		if v.IntN(10) < often {
			m = append(m, v.member(key, value))
		}
	}
	add(10, "actionName", v.quote(v.pick(actions...)))
	add(9, "actionResult", v.quote(v.pick("SUCCEEDED", "FAILED", "PARTIALLY_FAILED", "Failed", "DENIED")))
	add(3, "actionDescription", v.quote(v.text()))
	add(7, "actionParams", v.params())
	add(2, "actionDetails", v.object(1, "addRule.id", "addRule", "name"))
	add(9, "actor", v.actor())
	add(4, "errors", v.errors())
	add(8, "sourceIP", v.quote(v.pick(addresses...)))
	add(4, "XForwardedFor", v.pick("[]", "null", "["+v.quote(v.pick(addresses...))+"]", "["+v.quote(v.pick(addresses...))+","+v.quote(v.pick(addresses...))+"]"))
	add(6, "userAgent", v.pick("null", `""`, v.quote("Mozilla/5.0 (X11)"), v.quote("curl/8")))
	add(9, "timestamp", v.quote(v.pick(stamps...)))
	add(8, "pantherVersion", v.quote(v.pick(versions...)))
	add(3, "p_alert_id", v.quote(v.pick("abc123", "ABD9", "")))
	add(3, "p_row_id", v.quote(fmt.Sprint("row", v.IntN(40))))
	add(3, "extra", v.value(0))
	add(1, "", v.value(0))
	v.Shuffle(len(m), func(i, j int) { m[i], m[j] = m[j], m[i] })
	return v.pick("", " ") + "{" + strings.Join(m, v.pick(",", ", ")) + "}"
}

func (v inventor) params() string {
	keys := []string{"id", "name", "tags", "count", "enabled", "detections", "email"}
	flat := v.object(1, keys...)
	switch v.IntN(6) {
	case 0:
		return flat
	case 1:
		return `{"input":` + flat + `}`
	case 2:
		return `{"dynamic":{"input":` + flat + `},"static":{"input":` + v.object(1, keys...) + `}}`
	case 3:
		return `{"detections":[{"id":` + v.quote(v.text()) + `},{"id":"AWS.Root.Login"}]}`
	case 4:
		return v.quote("rule as a string")
	}
	return "{}"
}

func (v inventor) actor() string {
	return v.pick("null", `{"id":`+v.quote(v.pick(actorIDs...))+`,"type":`+v.quote(v.pick("USER", "TOKEN", "ROBOT"))+`,"name":`+v.quote(v.pick("Alice", "ci-token", "System", "Café", "Cafe\u0301", "AIice"))+
		`,"attributes":{"email":"alice@example.com","roleName":`+v.value(2)+`}}`,
		`{"id":`+v.quote(v.pick(actorIDs...))+`,"type":"TOKEN"}`)
}

func (v inventor) errors() string {
	return v.pick("null", "[]", `[{"message":`+v.quote(v.text())+`}]`, `[{"message":"boom"},{"message":`+v.quote(v.text())+`}]`, `["plain",3]`, `{"message":"no list"}`, `"text"`)
}

// term writes one term of a query.
func (v inventor) term() string {
	quoted := func(s string) string { return words{value{literal, s}}.String() }
	text := func() string {
		s := v.text()
		if v.one(3) && len(s) > 1 {
			r := []rune(s)
			s = string(r[:1+v.IntN(len(r))])
		}
		if v.one(4) {
			s = strings.ToLower(s)
		}
		return s
	}
	name := func() string {
		return v.pick("action", "actionNAME", "result", "actor", "actor.id", "actor.name", "actor.type", "email", "ip", "sourceIP", "XForwardedFor", "ua", "version",
			"desc", "role", "param.name", "param.count", "param.enabled", "param.detections.id", "params.tags", "actionParams.detections[].id", "details.addRule.id",
			"extra", "extra.name", "extra.a.b", "extra.id", "extra[0]", "extra[1].id", "actionParams.detections[0].id", "actionParams.detections[1].id", "actionParams.tags[*]", "", "extra.", "p_alert_id", "errors", "error", "actionParams", "extra.tags.name", "actor.type")
	}
	literalOf := func(n string) string {
		switch n {
		case "result":
			return v.pick("fail", "FAILED", "s", "Partial", "partially_failed")
		case "actor.type":
			return v.pick("u", "TOKEN", "tok")
		case "ip", "sourceIP", "XForwardedFor":
			return v.pick("192.0.2.0/24", "192.0.2.7", "2001:db8::/32", "2001:db8:0:0::7", "192.0", "198.51.100.0/30", "300")
		case "action", "actionNAME":
			return v.pick("rule", "GET_RULE", "get", "delete")
		case "actor", "actor.id", "email", "actor.name":
			return v.pick("alice", "scim", "3F2A", "OktaSSO", "café", "tok")
		}
		return attributeValue(text())
	}
	switch v.IntN(16) {
	case 15:
		return v.pick("actor", "actor.name", "action", "ip", "sourceIP", "actor.id", "param.name", "extra", "ua", "email") + v.pick(":", "=", ":alice,", "!=") + "@" + v.pick("names.txt", "ips.txt", "ids.txt")
	case 11:
		n := v.pick("action", "actor", "actor.id", "actor.name", "ua", "desc", "param.name", "extra", "extra.name", "error", "target", "param.count")
		return n + v.pick("~", "!~") + v.pick(attributeValue(text()), attributeValue(text()), "/rule/", "/^a/i", "a*e", "1")
	case 14:
		if v.one(4) {
			return "time:" + v.pick("2026-11-02T01", "11-02T01", "2026-11-02") + ".." + v.pick("10:30", "11-02T10", "11-02", "10:00")
		}
		day := v.pick("2026-11-01", "11-02", "11-02T10", "2026-11-02", "2026-11-02T10", "2026-11-03", "2026-11-07", "2025-01-01")
		return v.pick("time:", "since:", "until:", "on:", "time>=", "time<=", "time>", "time<", "time:2025-01-01..", "-time:", "time:2026-11-05,") + day + v.pick("", "", " -is:offhours", " OR around:2026-11-02T10±3h", " is:offhours", " time:*")
	case 0, 1, 2:
		return quoted(text())
	case 3:
		return v.pick("/rule/", "/^AWS/", "/(?i)^caf.$/", "/rule|Root/", "/n{2,}|é$/", `/[A-Z]{3}_RULE/`, "/^$/", "/(?i)kelvin|k/", `/x\/y/`, "/(?i)aws.root/")
	case 4:
		return v.pick("ru*e", "*", "get_*", "a*b", "C*é", "*n")
	case 5:
		n := name()
		return named(n) + ":" + v.pick("*", `""`, "*o*", "a*", "*e", "/^a/", "/RULE$/", "/(?i)fail/", "1*")
	case 6:
		n := name()
		return named(n) + "=" + attributeValue(v.pick("GET_RULE", "FAILED", "", "a b", "café", "1", "true", "192.0.2.7", "AWS.Root.Login", "Rule", text()))
	case 7:
		n := name()
		return named(n) + ":" + literalOf(n) + "," + literalOf(n)
	case 8:
		if v.one(3) {
			return "version" + v.pick(">", ">=", "<", "<=") + v.pick("1", "12", "0", "2", "1")
		}
		return v.pick("errors", "param.count", "extra.count", "extra", "line", "offset") + v.pick(">", ">=", "<", "<=") + v.pick("1", "12", "0", "2", "1", "1.0", "12e0")
	case 10:
		return v.pick("param.count", "extra.count", "extra", "extra.id") + v.pick(":", "=", ">=") + v.pick("1000", "1e3", "1.0", "12", "18446744073709551616", "-5e-1")
	case 9:
		return v.pick("is:failed", "is:partial", "is:read", "is:write", "is:delete", "is:signin", "is:token", "is:user", "is:system", "is:invalid", "is:reject", "is:duplicate", "is:twin",
			"is:marked", "has:note", "has:tag", "tag:exfil", "tag:EXF*", "tag~fil", "tag=Exfil", "note:marge", "note=seen", "note~sk", "verdict:ben", "verdict:malicious,suspicious", "verdict!=benign", "is:first-seen", "is:new-address", "is:new-action", "has:problem", "has:errors", "has:ip", "source:AUDIT", "source:nope", "line:7,9", "offset:0", "offset<=2000", "target:aws", "target:rule", "target:enabled", "target:saml", `target:"café"`, "version>=1.110", "version<1.113")
	}
	n := name()
	return named(n) + ":" + literalOf(n)
}

// named is a name as it stands before an operator.
func named(name string) string {
	return strings.TrimSuffix(attribute{name: name, op: opEqual, values: []value{{literal, "x"}}}.String(), "=x")
}

func attributeValue(s string) string {
	return strings.TrimPrefix(attribute{name: "x", op: opEqual, values: []value{{literal, s}}}.String(), "x=")
}

// query writes a whole query.
func (v inventor) query(depth int) string {
	switch n := v.IntN(8); {
	case n < 4 || depth > 3:
		return v.term()
	case n < 6:
		return v.query(depth+1) + v.pick(" ", " AND ", "  ") + v.query(depth+1)
	case n == 6:
		return "(" + v.query(depth+1) + " OR " + v.query(depth+1) + ")"
	}
	return v.pick("-", "NOT ") + "(" + v.query(depth+1) + ")"
}

// undecided returns the rows that a query does not decide.
func undecided(t *testing.T, log *model.Log, e Expr, env Env) []int {
	t.Helper()
	m := Undecided(e, env)
	if m == nil {
		return []int{}
	}
	return selected(t, log, m)
}

func TestEngineAgreesWithNaiveEvaluator(t *testing.T) {
	v := inventor{rand.New(rand.NewPCG(*seed, 1))}
	t.Logf("seed %d", *seed)
	lines := make([]string, 250)
	for i := range lines {
		lines[i] = v.line()
	}
	env := Env{Now: time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC), Sets: setsOf(t, naiveFiles), Marks: naiveMarks}
	log, oracle := newLog(t, lines), newNaive(env, lines)
	hits, wrong := 0, 0
	for range 2500 {
		text := v.query(0)
		e, err := Parse(text)
		if err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
		want, open := oracle.rows(e)
		if diff := cmp.Diff(open, undecided(t, log, e, env)); diff != "" {
			t.Errorf("seed %d: rows that %q does not decide (-want +got):\n%s", *seed, text, diff)
			wrong++
		}
		got := selected(t, log, Compile(e, env))
		if len(want) > 0 && len(want) < len(lines) {
			hits++
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: rows of %q (-want +got):\n%s", *seed, text, diff)
			if wrong++; wrong > 10 {
				break
			}
			continue
		}
		foreign := v.respell(e)
		if other, err := Parse(foreign); err != nil || !reflect.DeepEqual(other, e) {
			t.Errorf("Parse(%q) = %v, %v; it is written for %q", foreign, other, err, text)
		}
		again, err := Parse(e.String())
		if err != nil || again.String() != e.String() {
			t.Errorf("Parse(%q) = %v, %v; it was printed for %q", e.String(), again, err, text)
		}
	}
	if hits < 800 {
		t.Errorf("only %d queries told rows apart", hits)
	}
}
