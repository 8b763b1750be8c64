package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// spelled is a query as it is written in one of the tools that people know.
type spelled struct {
	text string
	want string // how it is printed if it has a meaning; empty for an error
	err  string // a part of the error
}

// spellings are queries as people write them in other tools, by the tool: each has its meaning or an error that says what to write.
var spellings = map[string][]spelled{
	"github": {
		{`actor:octocat`, `actor:octocat`, ``}, {`-actor:octocat`, `-actor:octocat`, ``}, {`action:repo.create`, `action:repo.create`, ``}, {`NOT action:create`, `-action:create`, ``},
		{`created:>2026-11-01`, `created>2026-11-01`, ``}, {`created:>=2026-11-01`, `created>=2026-11-01`, ``}, {`created:2026-11-01..2026-11-02`, `created:2026-11-01..2026-11-02`, ``},
		{`version:>=1.110`, `version>=1.110`, ``}, {`version:<1.110`, `version<1.110`, ``}, {`time:<=2026-11-01`, `time<=2026-11-01`, ``}, {`time:>2026-11-01`, `time>2026-11-01`, ``},
		{`no:email`, `-email:*`, ``}, {`-no:email`, `email:*`, ``}, {`"exact words"`, `"exact words"`, ``}, {`a OR b AND c`, `a OR b c`, ``},
		{`(actor:a OR actor:b) AND action:c`, `(actor:a OR actor:b) action:c`, ``}, {`/^DELETE_/`, `/^DELETE_/`, ``}, {`is:failed`, `is:failed`, ``}, {`ip:192.0.2.7`, `ip:192.0.2.7`, ``},
	},
	"datadog": {
		{`@actor.name:ann`, `actor.name:ann`, ``}, {`@actor.name:"Ann Lee"`, `actor.name:"Ann Lee"`, ``}, {`@param.n:>2`, `param.n>2`, ``}, {`@param.n:>=2`, `param.n>=2`, ``}, {`@param.n:<2`, `param.n<2`, ``},
		{`@param.n:[1 TO 5]`, ``, `write param.n>=1 param.n<=5`}, {`@param.n:{1 TO 5}`, ``, `write param.n>1 param.n<5`}, {`action:(GET_RULE OR LIST_RULES)`, `action:GET_RULE,LIST_RULES`, ``}, {`-action:GET_RULE`, `-action:GET_RULE`, ``},
		{`!action:GET_RULE`, `-action:GET_RULE`, ``}, {`action:GET_*`, `action:GET_*`, ``}, {`@timestamp:2026`, `timestamp:2026`, ``}, {`*:denied`, `*:denied`, ``}, {`action:*`, `action:*`, ``}, {`-action:*`, `-action:*`, ``},
		{`action:(GET_RULE LIST_RULES)`, ``, `OR is missing between the values; write action:a action:b for both`}, {`action:(a AND b)`, ``, `write action:a action:b for both`}, {`action:(NOT a)`, ``, `OR is missing`},
		{`CIDR(ip, 10.0.0.0/8)`, ``, `there are no functions`},
	},
	"kql": {
		{`not actor:ann`, `-actor:ann`, ``}, {`actor:ann and not action:get`, `actor:ann -action:get`, ``}, {`actor:ann or actor:bob`, `actor:ann OR actor:bob`, ``}, {`actor:(ann or bob)`, `actor:ann,bob`, ``},
		{`actor:(ann OR "bob lee")`, `actor:ann,"bob lee"`, ``}, {`actor:(ann and bob)`, ``, `write actor:a actor:b for both`}, {`param.n > 2`, `param.n>2`, ``}, {`param.n >= 2`, `param.n>=2`, ``}, {`param.n <2`, `param.n<2`, ``},
		{`@timestamp < "2026-11-02"`, `timestamp<2026-11-02`, ``}, {`@timestamp >= now-1d`, ``, `not a time`}, {`actor: ann`, ``, `a value is missing after actor: without a space`}, {`actor : ann`, ``, `write actor:VALUE`}, {`actor:{ name: ann }`, ``, `write actor.KEY:VALUE`},
		{`act*:ann`, ``, `cannot have a *`}, {`actor.*:ann`, ``, `cannot have a *`}, {`user_agent.original : *`, ``, `without spaces`}, {`"Ann Lee"`, `"Ann Lee"`, ``}, {`AND actor:ann`, ``, `missing before AND`}, {`actor:ann and`, ``, `missing after`},
	},
	"lucene": {
		{`+action:delete -actor:ann`, `action:delete -actor:ann`, ``}, {`+"two words"`, `"two words"`, ``}, {`+(a b) c`, `a b c`, ``}, {`action:delete && actor:ann`, `action:delete actor:ann`, ``}, {`action:delete || action:create`, `action:delete OR action:create`, ``},
		{`!actor:ann`, `-actor:ann`, ``}, {`! actor:ann`, `-actor:ann`, ``}, {`!(a b)`, `-(a b)`, ``}, {`a AND NOT b`, `a -b`, ``}, {`_exists_:email`, `email:*`, ``}, {`NOT _exists_:email`, `-email:*`, ``}, {`_missing_:email`, `-email:*`, ``},
		{`param.n:[1 TO *]`, ``, `write param.n>=1`}, {`param.n:([1 TO 5])`, ``, `write param.n>=1 param.n<=5`}, {`actor:([ann, bob])`, ``, `write actor:(a OR b) without brackets`}, {`actor:([a* OR "b]")`, ``, `without brackets`}, {`actor:({ann OR bob*})`, ``, `without brackets`}, {`"two words"~2`, ``, `near each other`}, {`actor:/ann|bob/`, `actor:/ann|bob/`, ``}, {`actor:ann*`, `actor:ann*`, ``}, {`time:[2026-11-01 TO 2026-11-02]`, ``, `write time>=2026-11-01 time<=2026-11-02`},
		{`action:(+a -b)`, ``, `is missing`}, {`a && (b || c)`, `a (b OR c)`, ``}, {`a&&b`, `a b`, ``}, {`a||b`, `a OR b`, ``},
	},
	"splunk": {
		{`action=GET_RULE`, `action=GET_RULE`, ``}, {`action="GET_RULE"`, `action=GET_RULE`, ``}, {`action!=GET_RULE`, `-action=GET_RULE`, ``}, {`NOT action=GET_RULE`, `-action=GET_RULE`, ``}, {`action=GET_*`, ``, `write action:GET_* for a pattern`}, {`action!=GET_*`, ``, `write action:GET_* for a pattern`},
		{`actor IN (ann, bob)`, `actor=ann,bob`, ``}, {`actor in ("ann", "bob lee")`, `actor=ann,"bob lee"`, ``}, {`NOT actor IN (ann)`, `-actor=ann`, ``}, {`actor NOT IN (ann, bob)`, `-actor=ann,bob`, ``},
		{`is:failed | stats count by actor`, ``, `stats is a command of another tool`}, {`is:failed | sort -time`, ``, `sort is a command`}, {`is:failed |head 10`, ``, `head is a command`}, {`is:failed | table actor, ip`, ``, `table is a command`}, {`is:failed | where errors>1`, ``, `where is a command`},
		{`is:failed | timechart span=1h count`, ``, `timechart`}, {`| tstats count`, ``, `tstats`}, {`search action=GET_RULE`, ``, `leave out search`}, {`param.n>2 param.n<=5`, `param.n>2 param.n<=5`, ``}, {`"two words" OR b`, `"two words" OR b`, ``}, {`match(actor, "ann")`, ``, `there are no functions`}, {`errors > 1`, `errors>1`, ``},
		{`is:failed | "stats"`, `is:failed OR stats`, ``},
	},
	"lnav": {
		{`:filter-in denied`, ``, `command of another tool`}, {`;SELECT * FROM all_logs`, ``, `command of another tool`}, {`SELECT actor FROM log WHERE x`, ``, `SQL is not understood`}, {`actor = 'ann'`, `actor=ann`, ``}, {`actor == 'ann'`, `actor=ann`, ``}, {`actor <> 'ann'`, `-actor=ann`, ``}, {`actor != 'ann lee'`, `-actor="ann lee"`, ``},
		{`actor LIKE 'ann%'`, ``, `actor LIKE is not understood; write actor:`}, {`actor REGEXP '^a'`, ``, `write actor:/re/`}, {`errors BETWEEN 1 AND 2`, ``, `write errors>=`}, {`actor = 'ann' AND action = 'GET_RULE'`, `actor=ann action=GET_RULE`, ``}, {`denied|refused`, `denied OR refused`, ``},
		{`'two words'`, `"two words"`, ``}, {`WHERE actor = 'ann'`, ``, `leave out WHERE`}, {`"actor" = "ann"`, `actor=ann`, ``},
	},
	"hl": {
		{`.actor.name=ann`, `.actor.name=ann`, ``}, {`actor.name = ann`, `actor.name=ann`, ``}, {`actor ~= ann`, `actor~ann`, ``}, {`actor !~= ann`, `-actor~ann`, ``}, {`actor ~~= "^a.*b$"`, `actor:/^a.*b$/`, ``}, {`actor !~~= "^a"`, `-actor:/^a/`, ``}, {`not (actor = ann or actor = bob)`, `-(actor=ann OR actor=bob)`, ``},
		{`actor in (ann, bob) and not ip = 192.0.2.7`, `actor=ann,bob -ip=192.0.2.7`, ``}, {`actor not in (ann, bob)`, `-actor=ann,bob`, ``}, {`actor contains "ann"`, ``, `write actor~`}, {`actor like "an*"`, ``, `write actor:`}, {`actor matches "^a"`, ``, `write actor:/re/`}, {`exists(.actor)`, ``, `has:NAME`},
		{`param.n >= 400 or errors > 0`, `param.n>=400 OR errors>0`, ``}, {`exists:email`, `email:*`, ``}, {`!(actor=ann)`, `-actor=ann`, ``},
	},
	"console": {
		{`actionName == "DELETE_RULE"`, `actionName=DELETE_RULE`, ``}, {`actionName != "DELETE_RULE"`, `-actionName=DELETE_RULE`, ``}, {`actor.attributes.email =~ '.*@example.com'`, `actor.attributes.email:/.*@example.com/`, ``}, {`panther_audit | where actionName == "X"`, ``, `where is a command`},
		{`panther_audit | summarize agg.count() by actionName`, ``, `summarize is a command`}, {`strings.contains(actionName, "DELETE")`, ``, `there are no functions`}, {`actionName in ("A", "B")`, `actionName=A,B`, ``}, {`action in (GET_*, A)`, `action:GET_*,A`, ``}, {`result in (failed)`, `result:failed`, ``}, {`param.n in (1, 2)`, `param.n=1,2`, ``}, {`ip in (192.0.2.0/24)`, `ip:192.0.2.0/24`, ``}, {`actor.id in (3f2a)`, `actor.id=3f2a`, ``}, {`line in (2, 3)`, `line:2,3`, ``}, {`errors[0].message:x`, `errors[0].message:x`, ``}, {`actor['name']:x`, ``, `write NAME.KEY`},
		{`p_any_ip_addresses:192.0.2.7`, `p_any_ip_addresses:192.0.2.7`, ``}, {`actionName ilike 'delete%'`, ``, `write actionName:`}, {`actor.name = 'Ann Lee'`, `actor.name="Ann Lee"`, ``}, {`XForwardedFor[*]:192.0.2.7`, `XForwardedFor[*]:192.0.2.7`, ``},
		{`limit 10`, `limit 10`, ``}, {`actionResult == 'FAILED' and sourceIP == '192.0.2.7'`, `actionResult=FAILED sourceIP=192.0.2.7`, ``},
	},
	"others": {
		{`actor=~^a.*b$`, `actor:/^a.*b$/`, ``}, {`actor=~/^a/`, `actor:/^a/`, ``}, {`actor=~"^a b"`, `actor:/^a b/`, ``}, {`actor!~/^a/`, `-actor~/^a/`, ``}, {`actor!~ann`, `-actor~ann`, ``}, {`actor~ann`, `actor~ann`, ``}, {`actor~/^a/`, `actor~/^a/`, ``}, {`actor~an*n`, `actor~an*n`, ``},
		{`ua=~a/b`, `ua:/a\/b/`, ``}, {`(actor=~(ann|bob))`, `actor:/(ann|bob)/`, ``}, {`actor=~(`, ``, `regular expression is wrong`}, {`actor:=ann`, `actor=ann`, ``}, {`actor:~^a`, `actor:/^a/`, ``}, {`actor!:ann`, `-actor:ann`, ``}, {`n=>5`, `n>=5`, ``}, {`n=<5`, `n<=5`, ``},
		{`/delete/i`, `/(?i)delete/`, ``}, {`action:/delete/i`, `action:/(?i)delete/`, ``}, {`action:/a/im,b`, `action:/(?im)a/,b`, ``}, {`/a/g`, ``, `space is missing`}, {`Not a`, `-a`, ``}, {`a Or b`, `a OR b`, ``}, {`a aNd b`, `a b`, ``}, {`rock "and" roll`, `rock "and" roll`, ``}, {`"not"`, `"not"`, ``},
		{`or`, ``, `put "or" in quotes`}, {`a or`, ``, `missing after OR`}, {`desc:“two words”`, `desc:"two words"`, ``}, {`„two words“`, `"two words"`, ``}, {`«two words»`, `"two words"`, ``}, {`desc:‘two words’`, `desc:"two words"`, ``}, {`desc:“two words`, ``, `the quote is not closed`}, {`desc:"two words”`, ``, `not closed`},
		{"a\u00a0b", `a b`, ``}, {"a\u3000b", `a b`, ``}, {"a\u2009OR\u202fb", `a OR b`, ``}, {"action:a\u200bresult:failed", `action:a result:failed`, ``}, {"\ufeffa", `a`, ``}, {"a\u2800b", `a b`, ``}, {"since:2\u00a0weeks", `since:"2 weeks"`, ``}, {"a\vb\fc", `a b c`, ``},
		{`a & b`, ``, `write AND or &&`}, {`a | b`, `a OR b`, ``}, {`is:failed|is:write`, `is:failed OR is:write`, ``}, {`is:failed||is:write`, `is:failed OR is:write`, ``}, {`actor:ann|bob`, ``, `write actor:(ann OR bob)`}, {`actor:(ann|bob)`, `actor:ann,bob`, ``}, {`actor:(ann || bob)`, `actor:ann,bob`, ``},
		{`actor:!ann`, ``, `write -actor:ann`}, {`>5`, ``, `a name is missing before >`}, {`a = `, ``, `a value is missing after a =`}, {`actor:["ann","bob"]`, ``, `write actor:(a OR b)`}, {`actor:ann(x)`, ``, `a space is missing`}, {`param.tags[1].key:x`, `param.tags[1].key:x`, ``}, {`Zm9v==`, `Zm9v==`, ``},
		{`actor:ann, bob`, ``, `a value is missing`}, {`a\|b`, `"a\\" OR b`, ``}, {`"a|b"`, `"a|b"`, ``}, {`don't`, `don't`, ``}, {`!important`, `-important`, ``}, {`a!`, `a!`, ``}, {`+49`, `+49`, ``}, {`c++`, `c++`, ``},
		{`action=/re/`, ``, `write action:/re/ for a pattern`}, {`action=a*`, ``, `write action:a* for a pattern`},
	},
}

func TestSpellingsOfOtherToolsHaveTheirMeaningOrAnError(t *testing.T) {
	rows := 0
	for tool, table := range spellings {
		for _, c := range table {
			rows++
			e, err := Parse(c.text)
			if c.want == "" {
				var wrong *SyntaxError
				if !errors.As(err, &wrong) || !strings.Contains(wrong.Msg, c.err) {
					t.Errorf("%s: Parse(%q) = %v, %v; want an error with %q", tool, c.text, e, err, c.err)
				}
				continue
			}
			if err != nil || e.String() != c.want {
				t.Errorf("%s: Parse(%q) = %v, %v; want %q", tool, c.text, e, err, c.want)
				continue
			}
			if again, err := Parse(e.String()); err != nil || !reflect.DeepEqual(again, e) {
				t.Errorf("%s: %q prints as %q, which is read as %v, %v", tool, c.text, e, again, err)
			}
			if notes := Notes(e.String()); notes != nil {
				t.Errorf("%s: the printed query %q is said to be read as something else: %q", tool, e, notes)
			}
		}
	}
	if rows < 120 {
		t.Errorf("%d spellings, want at least 120", rows)
	}
}

func TestWordsReadAsOperatorsAreSaid(t *testing.T) {
	for text, want := range map[string]string{
		"not is:read": `not is read as the operator NOT; put "not" in quotes to look for the word`, "a Or b": `Or is read as the operator OR`, "a and b": `and is read as the operator AND`,
		"actor:(a or b)": `or is read as the operator OR`, "!a": "read as -a", "a && b": "read as a b", "a | b": "read as a OR b", "“a b”": `read as "a b"`, "param.n:>2": "read as param.n>2", "actor == ann": "read as actor=ann",
		"actor in (a)": "read as actor=a", "/a/i": "read as /(?i)a/", "exists:email": "read as email:*", "@actor:x": "read as actor:x", "+a": "read as a",
		"NOT a AND b OR c": "", "-a": "", `"not" "or"`: "", "or:x": "", "a\u00a0b": "", "actor:a,or": "",
	} {
		got := strings.Join(Notes(text), "\n")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("Notes(%q) = %q, want %q", text, got, want)
		}
	}
}
