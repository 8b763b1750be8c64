// Package querytest holds queries of every kind, and lines that engines read in different ways, to test what engines are asked. Only tests
// import it.
package querytest

import "math/rand/v2"

// Query is the text of a query.
type Query struct {
	Kind Kind
	Text string
}

// Kind is what an engine can do about the terms of a query.
type Kind uint8

// The kinds of queries.
const (
	Times       Kind = iota // asked exactly
	Columns                 // asked exactly
	Classes                 // is: and has: over columns, asked exactly
	Addresses               // with the addresses that forwarded it: nearly exact
	Texts                   // words, text fields, parameters: by the texts that a line must hold
	Expressions             // regular expressions with a literal: likewise
	Wide                    // numbers and presence at a path: by the key
	Loaded                  // not asked: it makes sense over what is loaded
	Mixed                   // several of them
)

// String returns the kind in lower case.
func (k Kind) String() string {
	return [...]string{"times", "columns", "classes", "addresses", "texts", "expressions", "wide", "loaded", "mixed"}[k]
}

// Queries are queries of every kind. All are valid, and none names a file or rests on the time at which it runs.
func Queries() (out []Query) {
	for kind, texts := range table {
		for _, text := range texts {
			out = append(out, Query{Kind(kind), text})
		}
	}
	return out
}

var table = [...][]string{
	Times: {
		"time:2026-11-12", "since:2026-11-20", "until:2026-11-10", "time:2026-11-10..2026-11-12T12:00", "on:2026-11-15", "around:2026-11-20T10:00±3h",
		"time>=2026-11-21T08:00:00.5Z", "time<2026-11-09T00:00+05:30", "-time:2026-11-12", "time:2026-11-12,2026-11-14", "time:2026-11-02T10", "time:2026-11-12T10:00:00", "time:2025", "-until:2026-11-12T10:00:00",
		"time:2026-11-21T00:00:00..2026-11-21T23:59:59.999999999",
	},
	Columns: {
		"action:rule", "action=GET_RULE", "action:GET_*", "action:/^(GET|LIST)_RULE/", "action~user", "action!=SIGN_IN", "-action:list", "action:*", "-has:action",
		"action:get_rule,delete_rule", "action=\"\"", "action:delete", "action:ſ", "result:failed", "result:part", "result=FAILED", "result!=SUCCEEDED", "result:/^F/",
		"actor:ci-token", "actor:alice", "actor.id=scim", "actor.id:3f2a", "actor.name:System", "actor.name:tomás", "actor.name=\"Tomás Lindgren\"", "actor.type:token",
		"actor.type!=USER", "-actor.type:user", "email:example.com", "email:*@example.com", "-has:email", "email:\"\"", "has:email", "ua:mozilla", "ua:/curl|okta/", "ua:\"\"", "-ua:*",
		"version>=1.113", "version<1.113.145", "version:1.112", "version=1.113.138", "version~151", "sourceIP=192.0.2.10", "sourceIP:192.0.2.0/24", "sourceIP:\"\"", "sourceIP:*", "-sourceIP:192.0.2.10",
		"class:delete", "class=read", "-class:auth", "actor.id:\"\"", "actor.name:/[A-Z]{2}/", "action:x?y", "ua:tab",
	},
	Classes: {
		"is:failed", "is:partial", "is:succeeded", "is:read", "is:write", "is:create", "is:change", "is:delete", "is:signin", "is:query", "is:export", "is:test", "is:token", "is:ci",
		"is:user", "is:system", "-is:failed", "-is:read", "has:ua", "has:version", "has:errors", "-has:errors", "has:actor.id",
	},
	Addresses: {
		"ip:192.0.2.10", "ip:192.0.2.0/24", "ip:192.0.2.5-192.0.2.20", "ip:2001:db8::/32", "ip=203.0.113.66", "ip:203.0", "-ip:192.0.2.0/24", "ip:*", "XForwardedFor:192.0.2.250", "ip:2001:db8:c1:0::130",
	},
	Texts: {
		"rule", "AWS.Root", "\"crown_jewels\"", "cursor", "failed", "lindgren", "tomás", "TOMÁS", "кофе", "kelvin", "secret", "ru*e", "\"say \\\"no\\\"\"", "desc:lookup", "desc=\"Lists users\"",
		"role:admin", "param.name:crown_jewels", "param.id:787c2fcc", "params:crown", "param.name=Rule", "details:rule", "extra:x", "target:crown", "target:rule", "error:denied", "errors:denied",
		"p_row_id:48aeb", "p_log_type:Panther.Audit", "-rule", "-param.name:crown", "actionParams.dynamic.input.sortDir:desc", "param.email:example", ".param:crown_jewels", "actor.attributes.roleName:admin",
		"x/y", "actionName", "p_any_usernames:system", "\"192.0.2.10\"",
	},
	Expressions: {
		"/crown_[a-z]+/", "/^AWS/", "/(?i)okta|terraform/", "/LIST_[A-Z]+S$/", "param.name:/jewels$/", "/[0-9a-f]{32}/", "-/crown/", "desc:/^Lists/", "/a.c/",
	},
	Wide: {
		"errors>0", "errors>1", "errors:0", "param.pageSize>=50", "param.pageSize:100", "has:param.cursor", "-has:param.cursor", "param.enabled:false", "extra.count>1", "p_schema_version:0",
		"p_parse_time>2026-11-12", "has:XForwardedFor", "actionParams.input.id:*", "has:desc", "desc:\"\"", "param.count:1000", "has:time", "-has:time", "class:other", "is:reject", "-is:reject", "is:recovered", "reject:*",
	},
	Loaded: {
		"line:7", "line>1000", "offset:0", "is:first-seen", "is:new-address", "is:duplicate", "is:twin", "is:silence", "is:offhours", "is:invalid", "has:problem",
		"has:warning", "is:suspicious", "problem:time", "-is:invalid", "-is:duplicate",
	},
	Mixed: {
		"is:failed time:2026-11-12..2026-11-20", "action:rule -is:read", "(is:failed OR rule) actor:ci", "-(is:failed OR is:delete)", "-(is:failed rule)", "is:failed -ip:192.0.2.0/24 since:2026-11-10",
		"(action:get OR line<100) -is:invalid", "is:signin -is:succeeded", "NOT (rule OR -time:2026-11-12)", "is:write (is:token OR param.role:*) -actor:System", "view:saml", "view:tokens since:2026-11-15",
		"is:failed OR is:first-seen", "(time:2026-11-12 OR time:2026-11-14) action:get,list", "errors>0 error:not", "actor:ci-token -rule until:2026-11-19T12:00", "is:offhours is:failed", "-is:offhours is:delete",
	},
}

// Random makes a query of one to four of Queries, joined and negated at random.
func Random(r *rand.Rand) string {
	all := Queries()
	one := func() string {
		text := "(" + all[r.IntN(len(all))].Text + ")"
		if r.IntN(4) == 0 {
			return "-" + text
		}
		return text
	}
	text := one()
	for range r.IntN(4) {
		if r.IntN(2) == 0 {
			text += " " + one()
		} else {
			text = "(" + text + " OR " + one() + ")"
		}
	}
	return text
}
