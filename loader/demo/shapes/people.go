package shapes

import (
	"fmt"
	"math/rand/v2"
)

// person is an actor with habits.
type person struct {
	id, name, email, role string
	token                 bool
	addresses, agents     []string
}

// people writes events of many actors, the members in order of the alphabet. Every other run of 5,000 lines has the fields of the data
// lake.
func people(w *writer) func() {
	actors := w.persons(4000)
	often, rarely := rand.NewZipf(w.rng, 1.07, 1, 3999), rand.NewZipf(w.rng, 1.05, 4, uint64(len(objects)*len(verbs)-1))
	return func() {
		p, action := &actors[often.Uint64()], int(rarely.Uint64())
		address := choose(w, p.addresses)
		w.put(`{`)
		if !w.one(10) {
			w.put(`"XForwardedFor":["`, address, `"`)
			for range w.below(3) {
				w.put(fmt.Sprintf(`,"10.%d.%d.7"`, w.below(4), w.below(256)))
			}
			w.put(`],`)
		}
		verb, object := verbs[action%len(verbs)], objects[action/len(verbs)]
		if !w.one(8) {
			w.put(`"actionDescription":"`, verb, `s one `, object, ` or more",`)
		}
		w.put(`"actionName":"`, verb, "_", object, `","actionParams":{"dynamic":{"input":{`)
		w.parameters(action)
		w.put(`}},"static":{`)
		if w.one(3) {
			w.put(`"region":"eu-central-2","awsAccountId":"`, []string{"000000000000", "111111111111", "222222222222"}[action%3], `"`)
		}
		w.put(`}},`)
		failed := w.result()
		w.put(`"actor":`)
		w.actor(p)
		w.put(`,`)
		w.errors(failed)
		if w.line/5000%2 == 1 {
			w.lake(p, address)
		}
		w.put(fmt.Sprintf(`,"pantherVersion":"1.%d.%d","sourceIP":"%s","timestamp":"`, 90+w.line/50_000, w.below(3), address))
		w.stamp(false)
		w.put(`","userAgent":"`, choose(w, p.agents), `"}`)
	}
}

var (
	verbs   = []string{"CREATE", "UPDATE", "DELETE", "GET", "LIST"}
	objects = []string{"QUERY", "RULE", "ALERT", "USER", "ROLE", "API_TOKEN", "LOG_SOURCE", "POLICY", "SCHEMA", "PACK", "LOOKUP_TABLE", "DESTINATION",
		"DATA_MODEL", "SAVED_QUERY", "CLOUD_ACCOUNT", "SCHEDULED_RULE", "CORRELATION", "INTEGRATION", "ENRICHMENT", "GLOBAL_HELPER", "DASHBOARD", "NOTEBOOK"}
	given  = []string{"ada", "björn", "chloé", "dinah", "emeka", "farida", "gustav", "hana", "ines", "jun", "kofi", "lucía"}
	family = []string{"adeyemi", "bauer", "castillo", "dubois", "eriksson", "fofana", "grünwald", "haddad", "ito", "o'neil"}
	agents = []string{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",
		"Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/115.0", "python-requests/2.%d.0", "Go-http-client/1.%d"}
	columns = []string{"eventName", "p_event_time", "errorCode", "awsRegion", "repo", "p_any_ip_addresses", "userIdentity:arn"}
)

// persons invents n actors; a fifth of them are tokens.
func (w *writer) persons(n int) []person {
	all := make([]person, n)
	for i := range all {
		p := &all[i]
		p.id, p.role, p.token = w.newUUID(), w.newUUID(), w.one(5)
		p.name = fmt.Sprintf("%s.%s%d", choose(w, given), choose(w, family), i)
		p.email = p.name + "@example.com"
		for range 1 + w.below(4) {
			p.addresses = append(p.addresses, w.address())
			p.agents = append(p.agents, fmt.Sprintf(choose(w, agents), 20+w.below(110)))
		}
	}
	return all
}

// address returns one of the addresses that are set aside for measurements and for documentation.
func (w *writer) address() string {
	if w.one(5) {
		return fmt.Sprintf("2001:db8:%x:%x::%x", w.below(1<<16), w.below(1<<16), w.below(1<<16))
	}
	return fmt.Sprintf("198.%d.%d.%d", 18+w.below(2), w.below(256), w.below(256))
}

func (w *writer) actor(p *person) {
	w.put(`{"attributes":{`)
	if !p.token {
		w.put(`"email":"`, p.email, `","emailVerified":`, []string{"true", "false"}[len(p.email)%2], `,"roleId":"`, p.role, `"`)
	}
	w.put(`},"id":"`, p.id, `",`)
	if !w.one(30) {
		w.put(`"name":"`, p.name, `",`)
	}
	w.put(`"type":"`, map[bool]string{false: "USER", true: "TOKEN"}[p.token], `"}`)
}

// parameters appends what an action was asked to do: different members for different actions.
func (w *writer) parameters(action int) {
	if action%len(verbs) > 2 {
		w.put(`"cursor":null,"pageSize":`)
		w.number(25 * (1 + w.below(8)))
		return
	}
	w.put(`"id":"`)
	w.uuid()
	switch {
	case action < len(verbs):
		w.put(`","databaseName":"panther_logs.public","sql":"`)
		w.sql()
		w.put(`","isScheduled":false,"timeoutSec":900`)
	case action%len(verbs) == 2:
		w.put(`","ids":[`)
		w.list(1+w.below(5), func(int) { w.put(`"`); w.uuid(); w.put(`"`) })
		w.put(`]`)
	default:
		w.put(`","displayName":"new `)
		w.hex(6)
		w.put(`","enabled":`, choose(w, []string{"true", "false"}), `,"severity":"`, choose(w, []string{"INFO", "LOW", "HIGH"}), `","role":{"kind":"ID","value":"(redacted)"}`)
		if w.one(2) {
			w.put(`,"permissions":[`)
			w.list(1+w.below(12), func(int) { w.put(`"`, choose(w, verbs), `_`, choose(w, objects), `"`) })
			w.put(`]`)
		}
		if w.one(4) {
			w.put(`,"runbook":"Look at what the user did \u2014 then call.\n1. Ask \"panther_audit\"","thresholds":[1,2.5,-3e4,0],"meta":{"a":{"b":null}}`)
		}
	}
}

// sql appends a statement as the text of a JSON string.
func (w *writer) sql() {
	w.put(`WITH base AS (\n  SELECT `)
	for i := range 1 + w.below(6) {
		w.put([]string{"", ", "}[min(i, 1)], choose(w, columns))
	}
	w.put(`\n  FROM panther_logs.public.aws_cloudtrail\n  WHERE p_occurs_since('`)
	w.number(1 + w.below(30))
	w.put(` day')`)
	for range w.below(7) {
		w.put(`\n    AND `, choose(w, columns), ` = \"`)
		w.hex(12)
		w.put(`\"`)
	}
	w.put(`\n)\nSELECT count(*) AS c FROM base GROUP BY 1 ORDER BY c DESC LIMIT 250`)
}

// lake appends the fields that the data lake adds.
func (w *writer) lake(p *person, address string) {
	w.put(`,"p_any_ip_addresses":["`, address, `"],"p_any_trace_ids":["`, p.id, `"],"p_any_usernames":["`, p.name, `"],"p_event_time":"`)
	w.stamp(true)
	w.put(`","p_log_type":"Panther.Audit","p_parse_time":"`)
	w.stamp(true)
	w.put(`","p_row_id":"`)
	w.hex(32)
	w.put(`","p_schema_version":0,"p_source_id":"7d0f2b6e-51c4-4a3e-9f58-2c6b1e07a9d3","p_source_label":"panther-audit","p_udm":{"user":{"name":"`, p.name, `"}}`)
}
