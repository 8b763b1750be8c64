package query

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"
)

// rightQueries are queries with rows in the log that misspelled ones are tried on.
var rightQueries = []string{
	`is:failed actor:homer`, `action:DELETE_RULE`, `action=DELETE_RULE result=FAILED`, `actor:"Homer Example"`, `ip:192.0.2.0/24 -is:read`, `param.n>=2`, `param.name:prod OR is:write`, `NOT is:read AND actor.type:user`,
	`actor:(homer OR marge)`, `time:2026-11-02..2026-11-03`, `since:2026-11-01 until:2026-11-30`, `desc:"two words"`, `/DELETE_(RULE|ROLE)/`, `error:/denied$/`, `email:*@example.com`, `version>=1.110`, `errors>0`, `-email:*`,
	`target:demo`, `ua:mozilla`, `role:admin`, `line:1..3`, `denied`, `Homer`, `actor:homer,marge`, `has:errors`, `param.tags[1]:b`, `actor!=Nobody is:write`, `around:2026-11-02T10:00±1h`, `source:audit`,
}

func misspellLog() []string {
	return []string{
		`{"actionName":"DELETE_RULE","actionDescription":"has two words in it","actionResult":"FAILED","actionParams":{"n":3,"name":"prod","id":"Demo.Rule","tags":["a","b"]},"actor":{"id":"u1","type":"USER","name":"Homer Example","attributes":{"email":"homer@example.com","roleName":"Admin"}},"errors":[{"message":"permission denied"}],"sourceIP":"192.0.2.7","userAgent":"Mozilla/5.0","timestamp":"2026-11-02T10:00:00Z","pantherVersion":"1.113.1"}`,
		`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actionParams":{"n":1000},"actor":{"id":"t1","type":"TOKEN","name":"Marge"},"errors":null,"sourceIP":"198.51.100.9","userAgent":"curl/8","timestamp":"2026-11-02T11:00:00Z","pantherVersion":"1.90.0"}`,
		`{"actionName":"LIST_USERS","actionResult":"SUCCEEDED","actor":{"id":"u2","type":"USER","name":"Bart"},"errors":[],"sourceIP":"2001:db8::1","userAgent":"curl/8","timestamp":"2026-11-03T23:00:00Z","pantherVersion":"1.113.1"}`,
		`not json at all`,
	}
}

// neighbours are the keys beside each on a keyboard.
var neighbours = map[rune]string{'a': "sq", 'c': "xv", 'd': "sf", 'e': "wr", 'f': "dg", 'i': "uo", 'l': "k;", 'm': "n,", 'n': "bm", 'o': "ip0", 'p': "o[", 'r': "et4", 's': "ad", 't': "ry", 'u': "yi", ':': ";", '"': "'", '.': ",/", '-': "_=", '=': "-+", '>': "<?", '(': "9)", ' ': "\u00a0"}

// misspell makes one mistake in a query: of the fingers, of the case, of quotes, or of a habit from another tool.
func (v inventor) misspell(text string) string {
	runes := []rune(text)
	at := v.IntN(len(runes))
	cut := func(from, to int, with string) string { return string(runes[:from]) + with + string(runes[to:]) }
	switch v.IntN(13) {
	case 0:
		return cut(at, at+1, "")
	case 1:
		return cut(at, at+1, string(runes[at])+string(runes[at]))
	case 2:
		if at+1 < len(runes) {
			return cut(at, at+2, string(runes[at+1])+string(runes[at]))
		}
	case 3:
		if near := neighbours[unicode.ToLower(runes[at])]; near != "" {
			return cut(at, at+1, string([]rune(near)[v.IntN(len([]rune(near)))]))
		}
	case 4:
		return strings.ToUpper(text)
	case 5:
		return strings.ToLower(text)
	case 6:
		return strings.Replace(text, `"`, v.pick("", "“", "'", "”"), 1+v.IntN(2))
	case 7:
		return strings.NewReplacer(" AND ", " and ", " OR ", v.pick(" or ", " | ", " || ", "|"), "NOT ", v.pick("not ", "!"), "-is", v.pick("!is", "no is", "not is")).Replace(text)
	case 8:
		return strings.Replace(text, ":", v.pick("=", "==", " : ", ": ", ":=", "~", "=~", "::", ":>", " "), 1)
	case 9:
		return strings.NewReplacer(">=", v.pick("=>", ":>=", " >= ", ">"), "!=", v.pick("<>", "=!", " != ", "!:"), "=", v.pick("==", ":", " = ", "===", " is ")).Replace(text)
	case 10:
		return strings.NewReplacer("(", v.pick("", "[", "{"), ")", v.pick("", "]", "}"), "..", v.pick("-", " TO ", "...", " .. ")).Replace(text)
	case 11:
		return text + v.pick(" | stats count", " | sort time", " limit 5", " and", " or", " )", `"`, " AND not", " | head", " order by time", ";")
	case 12:
		return strings.NewReplacer("actor", v.pick("user", "@actor", "actors", "actor.*"), "action", v.pick("event", "@action", "acton"), "ip:", v.pick("src_ip:", "IP:", "ip in "), "since:", v.pick("earliest=", "from:")).Replace(text)
	}
	return text
}

func TestAMisspelledQueryIsNeverASilentNothing(t *testing.T) {
	v := inventor{rand.New(rand.NewPCG(*seed, 4))}
	log := newLog(t, misspellLog())
	snap := log.Snapshot()
	env := Env{Now: time.Date(2026, 11, 4, 0, 0, 0, 0, time.UTC)}
	for _, text := range rightQueries {
		if len(selected(t, log, Compile(mustParse(t, text), env))) == 0 {
			t.Errorf("%s finds nothing, so that it says nothing of its misspellings", text)
		}
	}
	kinds := map[string]int{}
	for range 6000 {
		text := v.misspell(v.pick(rightQueries...))
		if v.one(3) && text != "" {
			text = v.misspell(text)
		}
		e, err := Parse(text)
		if err != nil || Files(e) != nil { // a file that is missing is an error before anything is read
			kinds["error"]++
			continue
		}
		if len(Files(e)) > 0 { // reading the file is an error
			kinds["error"]++
			continue
		}
		rows := len(selected(t, log, Compile(e, env)))
		said, err := Doubts(t.Context(), &snap, e, env, rows, true)
		if err != nil {
			t.Fatalf("Doubts(%q): %v", text, err)
		}
		switch {
		case rows > 0:
			kinds["rows"]++
		case len(said) > 0:
			kinds["hint"]++
		default:
			t.Errorf("%q finds nothing and says nothing", text)
		}
	}
	for _, kind := range []string{"error", "rows", "hint"} {
		if kinds[kind] < 300 {
			t.Errorf("only %d of 6000 misspelled queries end with %s: %v", kinds[kind], kind, kinds)
		}
	}
}
