package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSimpleQueriesSelect(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"DELETE_RULE","actionResult":"FAILED","memo":"caf\u00e9 two words"}`,
		`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actionParams":{"Deep":["x",{"y":"two  words"}]}}`,
		`not json, two words`,
		`{"actionName":"GET_RULE","actionResult":"PARTIALLY_FAILED","memo":"path\/to \"quoted\" \u0064elete","source":"own"}`,
	})
	for query, want := range map[string][]int{
		``: {0, 1, 2, 3}, `is:failed`: {0, 3}, `delete`: {0, 3}, `DELETE`: {0}, `-delete`: {1, 2}, `"two words"`: {0, 2},
		`is:failed get OR json`: {2, 3}, `is:failed (get OR json)`: {3}, `NOT (is:failed OR json)`: {1},
		`café`: {0}, `CAFÉ`: {}, `path/to`: {3}, `"\"quoted\" d"`: {3}, `deep`: {1}, `get_*e`: {1, 3}, `/^GET_RULE$/`: {1, 3},
		`/(?i)^two\s+words$/`: {1}, `u0064`: {}, `fAILED`: {}, `":"`: {}, `source:audit`: {0, 1, 2, 3}, `.source:audit`: {}, `.source:*`: {3},
		`has:memo`: nil, `has:extra.note`: {}, `memo:"two words"`: {0}, `memo=delete`: {}, `action:GET_RULE,x -memo:*`: {1},
	} {
		t.Run(query, func(t *testing.T) {
			e, err := Parse(query)
			if want == nil {
				if err == nil {
					t.Fatalf("Parse(%q) = %v, want an error", query, e)
				}
				return
			}
			if err != nil {
				t.Fatalf("Parse(%q): %v", query, err)
			}
			if diff := cmp.Diff(want, selected(t, log, Compile(e, Env{}))); diff != "" {
				t.Errorf("rows of %q (-want +got):\n%s", query, diff)
			}
		})
	}
}

// printedTexts are queries and how they are printed.
var printedTexts = []struct{ text, want string }{
	{``, ``}, {`  `, ``}, {`*`, ``}, {`a`, `a`}, {`a  b`, `a b`}, {`a AND b`, `a b`}, {`a OR b OR c`, `a OR b OR c`}, {`a (b c)`, `a b c`},
	{`a OR (b OR c)`, `a OR b OR c`}, {`a (b OR c)`, `a (b OR c)`}, {`a b OR c`, `a b OR c`}, {`NOT a`, `-a`}, {`--a`, `a`}, {`-(a b)`, `-(a b)`},
	{`-(a OR b) c`, `-(a OR b) c`}, {`-*`, `-*`}, {`* OR a`, ``}, {`"a b"`, `"a b"`}, {`"ab"`, `ab`}, {`"OR"`, `"OR"`}, {`"-a"`, `"-a"`},
	{`"a:b"`, `"a:b"`}, {`"/x/"`, `"/x/"`}, {`"*"`, `"*"`}, {`a*`, `a*`}, {`"say \"no\""`, `"say \"no\""`}, {`"C:\dir"`, `"C:\\dir"`}, {`"\u202e"`, `"\u202e"`},
	{`"\x1b[2J"`, `"\x1b[2J"`}, {"\"\xff\"", `"\xff"`}, {`""`, `""`}, {`-`, `"-"`}, {`a - b`, `a "-" b`}, {`a,b`, `a,b`}, {`12:30`, `12:30`},
	{`https://example.com/x`, `https://example.com/x`}, {`2001:db8::1`, `2001:db8::1`}, {`fe80::1`, `fe80::1`}, {`Zm9v==`, `Zm9v==`},
	{`result:fail`, `result:fail`}, {`result!=FAILED`, `-result=FAILED`}, {`-result:fail`, `-result:fail`}, {`action:"a b"`, `action:"a b"`},
	{`action:(a OR b)`, `action:a,b`}, {`action:( a OR "b c", d )`, `action:a,"b c",d`}, {`action:a,b`, `action:a,b`}, {`action:*`, `action:*`},
	{`action:""`, `action:""`}, {`action:/re x/`, `action:/re x/`}, {`action="/re/"`, `action="/re/"`}, {`action="a*"`, `action="a*"`}, {`action:a=b`, `action:a=b`},
	{`errors>1`, `errors>1`}, {`errors>=1`, `errors>=1`}, {`"odd key":x`, `"odd key":x`}, {`"a.b":x`, `a.b:x`}, {`.line:3`, `.line:3`},
	{`actor:(:* OR b)`, `actor:(:*,b)`}, {`x:(:*" OR ":" OR ::*)`, `x:(:*",":",::*)`}, {`x:(b OR :*)`, `x:b,:*`}, {`-x:(::1*)`, `-x:(::1*)`},
	{"x:[1* \x1b TO b", `x:([1*) "\x1b" TO b`}, {`x:{a* "TO" b`, `x:({a*) TO b`}, {"x:(a OR [1*) \x1b]", `x:(a,[1*) "\x1b]"`}, {`-x:[1*b`, `-x:([1*b)`},
	{"x:(aa OR [1* OR [1*) \x1b]", `x:(aa,[1*,[1*) "\x1b]"`}, {`x:([1* OR b OR {c*)`, `x:([1*,b,{c*)`}, {"x:([1* OR \x1b OR {a* OR “q r:”)", `x:([1*,"\x1b",{a*,"q r:")`}, {`x:("[a" OR b])`, `x:"[a",b]`},
	{`"@time":x`, `"@time":x`}, {`"@actor.x":1`, `"@actor.x":1`}, {`@time:2026-11-02`, `time:2026-11-02`}, {`"@other":x`, `@other:x`}, {`"@.":0`, `"@.":0`},
	{`/a\/b/`, `/a\/b/`}, {`/a (b|c)/`, `/a (b|c)/`}, {`ip:10.0.0.0/8`, `ip:10.0.0.0/8`}, {`OR:x`, `OR:x`}, {`since:1 day`, `since:"1 day"`},
	{`since:1 days`, `since:"1 days"`}, {`since:1 AND day`, `since:1 AND day`}, {`since:1 "day"`, `since:1 AND day`}, {`since:2 weeks ago x`, `since:"2 weeks ago" x`},
	{`until:last monday`, `until:"last monday"`}, {`time>=2026-11-01 10:00 x`, `time>="2026-11-01 10:00" x`}, {`around:2026-11-02T10:00±15m`, `around:2026-11-02T10:00±15m`},
	{`time:2026-11-01 10:00..2026-11-01 12:00`, `time:"2026-11-01 10:00..2026-11-01 12:00"`}, {`-since:30 AND s`, `-since:30 AND s`}, {`since:30 s`, `since:"30 s"`},
	{`is:failed,read`, `is:failed,read`}, {`(((a)))`, `a`}, {`param.x:y`, `param.x:y`}, {`a.b[].c:d`, `a.b[].c:d`}, {`naïve:x`, `naïve:x`}, {`"or"`, `"or"`},
}

func TestParsePrintsBack(t *testing.T) {
	for _, c := range printedTexts {
		t.Run(c.text, func(t *testing.T) {
			e, err := Parse(c.text)
			if err != nil {
				t.Fatalf("Parse(%q): %v", c.text, err)
			}
			if e.String() != c.want {
				t.Errorf("Parse(%q).String() = %q, want %q", c.text, e.String(), c.want)
			}
			if again, err := Parse(e.String()); err != nil || !reflect.DeepEqual(again, e) {
				t.Errorf("Parse(%q) = %#v, %v; want %#v", e.String(), again, err, e)
			}
			if again, err := Parse(ASCII(e)); err != nil || !reflect.DeepEqual(again, e) {
				t.Errorf("Parse(%q) = %#v, %v; want %#v", ASCII(e), again, err, e)
			}
		})
	}
}

func TestASCIIEscapesWhatIsNot(t *testing.T) {
	for _, c := range []struct {
		e    Expr
		want string
	}{
		{Is("action", "A_b"), `action=A_b`},
		{Is("action", "ad\u034fmin"), `action="ad\u034fmin"`},
		{Is("naïve", "家\U000e0041\xff\n"), `"na\u00efve"="\u5bb6\U000e0041\xff\n"`},
	} {
		if got := ASCII(c.e); got != c.want {
			t.Errorf("ASCII(%v) = %s, want %s", c.e, got, c.want)
		}
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		want string
	}{
		{`a (b`, 2, "not closed"}, {`a b)`, 3, "never opened"}, {`()`, 0, "nothing between"}, {`)`, 0, "never opened"}, {`a "b`, 2, "quote is not closed"},
		{`/re`, 0, "not closed by /"}, {`//`, 0, "is empty"}, {`/(/`, 0, "missing closing )"}, {`/a/b`, 3, "space is missing"}, {`"a"b`, 3, "space is missing"},
		{`a OR`, 4, "missing after OR"}, {`OR a`, 0, "missing before OR"}, {`a AND`, 5, "missing after AND"}, {`AND`, 0, "missing before AND"}, {`a AND OR b`, 6, "missing before OR"},
		{`NOT`, 3, "missing after NOT"}, {`-)`, 1, "never opened"}, {`(a OR )`, 6, "missing after OR"}, {`action:`, 7, "missing after action:"}, {`action: x`, 7, "missing after action:"},
		{`action:a,`, 9, "value is missing"}, {`action:(a b)`, 10, "OR is missing"}, {`action:(a`, 7, "not closed"}, {`action:(`, 8, "value is missing"},
		{`x is:faild`, 5, "did you mean is:failed?"}, {`is:nonsense`, 3, "there are failed, partial"}, {`is>failed`, 0, "compared with : only"}, {`has:problms`, 4, "did you mean has:problem?"},
		{`result:success`, 7, "did you mean SUCCEEDED?"}, {`result:x`, 7, "is none of SUCCEEDED, FAILED, PARTIALLY_FAILED"}, {`result:fail,denied`, 12, "actionResult=denied looks for exactly that"},
		{`ip:10.0.0.0/99`, 3, "not a block of addresses"}, {`since:never`, 6, "not a time"}, {`since:1h,2h`, 9, "takes one time"}, {`time:2026-13-01`, 5, "not a time"},
		{`on:24h`, 3, "not a time"}, {`around:now±x`, 7, "not a time"}, {`version>x`, 8, "a version such as"}, {`errors>x`, 7, "whole number"}, {`line:x`, 5, "whole number"},
		{`action>x`, 0, "action can be compared with :"}, {`p_x>y`, 4, "a number or a time is needed"}, {`extra>1,2`, 8, "only one value"}, {`is:*`, 3, "not known"},
		{strings.Repeat("(", 1000) + "a" + strings.Repeat(")", 1000), 200, "nested more than 200 deep"}, {strings.Repeat("-", 1000) + "a", 200, "nested more than 200 deep"},
		{strings.Repeat("a ", 10_001), 20_000, "more than 10000 terms"}, {"x:a" + strings.Repeat(",a", 10_000), 20_002, "more than 10000 terms"},
	} {
		t.Run(cut(c.text), func(t *testing.T) {
			e, err := Parse(c.text)
			var wrong *SyntaxError
			if !errors.As(err, &wrong) {
				t.Fatalf("Parse(%q) = %v, %v; want a SyntaxError", cut(c.text), e, err)
			}
			if wrong.Offset != c.at || !strings.Contains(wrong.Msg, c.want) {
				t.Errorf("Parse(%q): %q at %d; want %q at %d", cut(c.text), wrong.Msg, wrong.Offset, c.want, c.at)
			}
		})
	}
}

func cut(text string) string { return text[:min(len(text), 40)] }

func TestManyAlternativesParseQuickly(t *testing.T) {
	text := "a" + strings.Repeat(" OR a", maxTerms-1)
	start := time.Now()
	e, err := Parse(text)
	if err != nil || e.String() != text {
		t.Fatalf("Parse of %d alternatives: %v", maxTerms, err)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

func TestBuiltQueriesPrintBack(t *testing.T) {
	parse := func(text string) Expr {
		e, err := Parse(text)
		if err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
		return e
	}
	for _, e := range []Expr{
		Is("actor.name", "a \"b\" \\ \x1b[2J\u202e\xff*,()"), Is("odd key: \xff", ""), Is(".line", "12"), Is("time", "2026-11-02T10:00:00.5Z"), Is("", "x"), Has("p_alert_id"), Not(Has("sourceIP")),
		And(Everything(), Everything()), And(parse("a b"), parse("b c")), And(parse("a OR b"), Not(parse("c d"))), Or(parse("a b"), parse("c OR d")),
		And(parse("since:1"), parse("day")), Around(time.Date(2026, 11, 2, 10, 0, 0, 5e8, time.UTC), 15*time.Minute),
	} {
		again, err := Parse(e.String())
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Errorf("Parse(%q) = %#v, %v; want %#v", e.String(), again, err, e)
		}
	}
	if got := And(parse("a b"), parse("b c")).String(); got != "a b c" {
		t.Errorf("And repeats terms: %q", got)
	}
}

// FuzzParse holds that no text makes Parse panic and that what it takes prints back.
func FuzzParse(f *testing.F) {
	for _, c := range printedTexts {
		f.Add(c.text)
	}
	for _, table := range spellings {
		for _, c := range table {
			f.Add(c.text)
		}
	}
	f.Add(`action:(a OR`)
	f.Add(`since:last 7 days ago time>=2026-11-01 10:00`)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil {
			var wrong *SyntaxError
			if !errors.As(err, &wrong) || wrong.Offset < 0 || wrong.Offset > len(text) || wrong.Msg == "" {
				t.Fatalf("Parse(%q): %#v", text, err)
			}
			return
		}
		again, err := Parse(e.String())
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Fatalf("Parse(%q) = %#v, which prints as %q and is read as %#v, %v", text, e, e.String(), again, err)
		}
		again, err = Parse(ASCII(e))
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Fatalf("Parse(%q) = %#v, which is %q in ASCII and is read as %#v, %v", text, e, ASCII(e), again, err)
		}
		if said := Notes(e.String()); said != nil {
			t.Fatalf("%q prints as %q, of which is said %q", text, e.String(), said)
		}
		Compile(e, Env{})
		Hints(e)
	})
}
