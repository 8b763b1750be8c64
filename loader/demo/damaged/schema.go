package damaged

import (
	"fmt"
	"strings"

	"pawprint/model/rawjson"
)

// required are events without a field that the schema requires.
func (d *damager) required() {
	for _, key := range []string{"actionName", "actionResult", "actor", "pantherVersion"} {
		d.event(key+" absent", fail(key, reasonMissing), drop(key))
		d.event(key+" null", fail(key, reasonMissing), set(key, "null"))
	}
	d.event("actor.id absent", fail("actor.id", reasonMissing), set("actor", `{"type":"USER","name":"Aiko Tanabe"}`))
	d.event("actor.id null", fail("actor.id", reasonMissing), set("actor", `{"id":null,"type":"USER"}`))
	d.event("actor.type absent", fail("actor.type", reasonMissing), set("actor", `{"id":"scim","name":"scim"}`))
	d.event("actor empty", []string{"error actor.id missing", "error actor.type missing"}, set("actor", `{}`))
	d.fine("optional fields absent", drop("actionDescription"), drop("actionParams"), drop("errors"), drop("sourceIP"), drop("userAgent"))
	d.fine("optional fields null", set("actionParams", "null"), set("errors", "null"), set("sourceIP", "null"), set("userAgent", "null"))
	d.fine("optional fields empty", set("sourceIP", `""`), set("userAgent", `""`), set("errors", "[]"), set("XForwardedFor", "[]"))
	d.fine("attributes that look odd and are normal", set("actor",
		`{"id":"5d1c7e02-93ab-4f68-b7d0-2ce9a1f43b85","type":"USER","name":"","attributes":{"email":"aiko.tanabe@example.com","emailVerified":false,"roleId":"","roleName":""}}`))
	d.fine("System", set("actor", `{"id":"00000000-0000-4000-8000-000000000000","type":"USER","name":"System"}`), set("sourceIP", `""`))
	d.fine("SCIM", set("actor", `{"id":"scim","type":"TOKEN","name":"scim"}`))
}

// types are events with a field of a type other than the schema's.
func (d *damager) types() {
	for _, c := range []struct{ field, value string }{
		{"actionName", `42`}, {"actionName", `["GET_ALERT"]`},
		{"actionDescription", `["Gets","an","alert"]`},
		{"actionResult", `true`}, {"actionResult", `{"value":"SUCCEEDED"}`},
		{"actionParams", `"{\"dynamic\":{\"input\":{\"id\":\"AWS.Root.Login\"}}}"`},
		{"actionParams", `["AWS.Root.Login"]`}, {"actionParams", `7`}, {"actionParams", `false`},
		{"actionDetails", `"addRule.id"`}, {"actionDetails", `[]`},
		{"actor", `"OktaSSO_aiko.tanabe@example.com"`}, {"actor", `["scim"]`}, {"actor", `0`},
		{"errors", `{"message":"an object, not a list"}`}, {"errors", `"a string"`}, {"errors", `1`},
		{"errors", `["a string in the list"]`}, {"errors", `[null]`}, {"errors", `[[{"message":"x"}]]`},
		{"sourceIP", `3221225994`}, {"sourceIP", `["192.0.2.20"]`}, {"sourceIP", `{"ip":"192.0.2.20"}`},
		{"XForwardedFor", `"192.0.2.20, 192.0.2.250"`}, {"XForwardedFor", `[3221225994]`}, {"XForwardedFor", `{}`},
		{"userAgent", `{"name":"curl"}`}, {"userAgent", `8.16`},
		{"timestamp", `12`}, {"timestamp", `-1795338000`}, {"timestamp", `{"seconds":1795338000}`}, {"timestamp", `false`},
		{"pantherVersion", `1.113`}, {"pantherVersion", `[1,113,160]`},
	} {
		d.event(fmt.Sprintf("wrong type: %s is %s", c.field, c.value), fail(c.field, reasonType), set(c.field, c.value))
	}
	for _, c := range []struct{ field, actor string }{
		{"actor.id", `{"id":17,"type":"USER"}`},
		{"actor.type", `{"id":"scim","type":1}`},
		{"actor.name", `{"id":"scim","type":"TOKEN","name":{"first":"Aiko"}}`},
		{"actor.attributes", `{"id":"scim","type":"TOKEN","attributes":["email"]}`},
		{"actor.attributes", `{"id":"scim","type":"TOKEN","attributes":"Admin"}`},
	} {
		d.event("wrong type: "+c.field+" of "+c.actor, fail(c.field, reasonType), set("actor", c.actor))
	}
	d.event("wrong type: errors.message", fail("errors.message", reasonType),
		set("actionResult", `"FAILED"`), set("errors", `[{"message":404}]`))
	d.event("everything of the wrong type", []string{
		"error actionName wrong type", "error actionResult wrong type", "error actionParams wrong type", "error actor wrong type",
		"error errors wrong type", "error sourceIP wrong type", "error userAgent wrong type", "error timestamp wrong type",
		"error pantherVersion wrong type",
	}, set("actionName", `1`), set("actionResult", `2`), set("actionParams", `3`), set("actor", `4`), set("errors", `5`),
		set("sourceIP", `6`), set("userAgent", `7`), set("timestamp", `8`), set("pantherVersion", `9`))
}

// attributes are the open attributes of actors: any keys, of any type.
func (d *damager) attributes() {
	for _, v := range []string{`{}`, `null`, `{"email":5}`, `{"emailVerified":"yes"}`, `{"roleId":4}`, `{"roleName":["Admin"]}`, `{"email":null,"team":"blue","floor":3}`, `{"groups":[{"id":1}]}`} {
		d.fine("attributes "+v, set("actor", `{"id":"scim","type":"TOKEN","attributes":`+v+`}`))
	}
}

// empty are required texts in which nothing can be seen.
func (d *damager) empty() {
	for _, v := range []string{"", "  ", "\t", "\u200b"} {
		hidden := strings.Trim(v, " ") != ""
		for _, field := range []string{"actionName", "actor.id", "pantherVersion"} {
			want := warn(field, reasonEmpty)
			if hidden {
				want = append(want, "warning "+field+" "+reasonHidden)
			}
			quoted := string(rawjson.AppendString(nil, v))
			key, value := field, quoted
			if field == "actor.id" {
				key, value = "actor", `{"id":`+quoted+`,"type":"USER","name":"Aiko Tanabe"}`
			}
			d.event(fmt.Sprintf("blank %s %+q", field, v), want, set(key, value))
		}
	}
}

// enumerations are events with a value outside of the schema's two enumerations.
func (d *damager) enumerations() {
	for _, v := range []string{"DENIED", "Succeeded", "succeeded", "SUCCEEDED ", "", "PARTIALLY FAILED", "FAIL", "(redacted)"} {
		d.event(fmt.Sprintf("unknown result %q", v), fail("actionResult", reasonValue), text("actionResult", v))
	}
	for _, v := range []string{"ROBOT", "user", ""} {
		d.event(fmt.Sprintf("unknown actor type %q", v), fail("actor.type", reasonValue), set("actor", `{"id":"scim","type":"`+v+`"}`))
	}
}

// times are the forms of timestamps: good ones, doubtful ones, impossible ones, and none.
func (d *damager) times() {
	for _, v := range []string{
		"2026-11-22T09:00:00Z", "2026-11-22T09:00:00.1Z", "2026-11-22T09:00:00.123456789Z", "2026-11-22T10:00:00+01:00",
		"2026-11-22T03:15:00.5-05:45", "2024-02-29T12:00:00Z", "1970-01-01T00:00:00Z", "1999-12-31T23:59:59Z",
	} {
		d.fine("time "+v, text("timestamp", v))
	}
	for _, v := range []string{
		"2022-04-28 15:30:22.42", "2023-10-25 05:30:15.618835297", "2026-11-22 09:00:00", "2026-11-22T09:00:00", "2026-11-22T09:00:00.25",
	} {
		d.event("time without a zone "+v, warn("timestamp", reasonNoZone), text("timestamp", v))
	}
	for _, v := range []string{
		"", "yesterday", "22/11/2026 09:00", "2026-13-01T00:00:00Z", "2026-11-32T00:00:00Z", "2026-02-30T00:00:00Z",
		"2026-02-29T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-22T25:00:00Z", "2026-11-22T09:61:00Z", "2026-11-22T09:00:61Z",
		"2026-11-22T09:00:00+99:00", "2026-11-22T09:00:00Zulu", "20261122090000", "Sun, 22 Nov 2026 09:00:00 PST", "(redacted)",
	} {
		d.event(fmt.Sprintf("impossible time %q", v), fail("timestamp", reasonMalformed), text("timestamp", v))
	}
	for _, v := range []string{
		"2026-11-22 09:00:00.000 +0000", "2026-11-22 02:00:00.000 -0700", "2026-11-22 09:00Z", "2026-11-22T09:00:00.Z", " 2026-11-22T09:00:00Z ", "2026-11-22T09:00:00.1234567891Z",
		"2026-11-22T09:00:00Z[UTC]", "2026-11-21T24:00:00Z", "1795338000", "1795338000000", "1795338000000000", "1795338000000000000",
		"Sun, 22 Nov 2026 09:00:00 GMT", "Nov 22, 2026, 09:00:00 AM",
	} {
		d.event(fmt.Sprintf("time of another writer %q", v), warn("timestamp", reasonForm), text("timestamp", v))
	}
	for _, v := range []string{`1795338000`, `1795338000123.5`} {
		d.event("timestamp a number "+v, []string{"error timestamp wrong type", "warning timestamp other form"}, set("timestamp", v))
	}
	for _, v := range []string{"0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"} {
		d.event("time that nanoseconds cannot count "+v, fail("timestamp", reasonRange), text("timestamp", v))
	}
	d.event("leap second", warn("timestamp", reasonLeap), text("timestamp", "2016-12-31T23:59:60Z"))
	d.event("timestamp absent", fail("timestamp", reasonMissing), drop("timestamp"))
	d.event("timestamp null", fail("timestamp", reasonMissing), set("timestamp", "null"))
	d.event("timestamp absent, p_event_time there", []string{"error timestamp missing", "warning timestamp from p_event_time"},
		drop("timestamp"), set("p_event_time", `"2026-11-22 09:00:00.123456789"`))
	d.event("timestamp malformed, p_event_time there", []string{"error timestamp malformed", "warning timestamp from p_event_time"},
		text("timestamp", "soon"), set("p_event_time", `"2026-11-22 09:00:00.123456789"`))
	d.event("timestamp absent, p_event_time malformed", []string{"error timestamp missing", "error p_event_time malformed"},
		drop("timestamp"), set("p_event_time", `"soon"`))
	d.event("timestamp absent, p_event_time a number", []string{"error timestamp missing", "error p_event_time wrong type", "warning p_event_time other form", "warning timestamp from p_event_time"},
		drop("timestamp"), set("p_event_time", `1795338000`))
}

// addresses are the forms of source addresses.
func (d *damager) addresses() {
	for _, v := range []string{"192.0.2.1", "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "::ffff:192.0.2.1", "fe80::1%eth0"} {
		d.fine("address "+v, text("sourceIP", v))
	}
	for _, v := range []string{
		"192.0.2.1.", "192.0.2.300", "192.0.2", "192.0.2.1.5", "192.0.2.01", "192.0.2.1:443", "192.0.2.0/24", " 192.0.2.1",
		"[2001:db8::1]", "[2001:db8::1]:443", "[fe80::1%eth0]:22", "192.0.2.1, 203.0.113.7", "192.0.2.1:55, unknown", `"192.0.2.1"`, "::ffff:192.0.2.1:443", "2001:db8:::1", "2001:db8::12345", "host.example.com", "unknown", "(redacted)",
	} {
		d.event(fmt.Sprintf("address %q", v), warn("sourceIP", reasonMalformed), text("sourceIP", v))
	}
	d.fine("addresses of proxies", set("XForwardedFor", `["203.0.113.7","192.0.2.250","2001:db8::250"]`))
	d.event("addresses of proxies, one malformed", warn("XForwardedFor", reasonMalformed),
		set("XForwardedFor", `["203.0.113.7","203.0.113.777"]`))
	for _, v := range []string{`["203.0.113.7, 192.0.2.250"]`, `["192.0.2.250:5555"]`, `["[2001:db8::250]:443"]`} {
		d.event("addresses of proxies in another form "+v, warn("XForwardedFor", reasonMalformed), set("XForwardedFor", v))
	}
}

// failures are failed events with every form of errors.
func (d *damager) failures() {
	failure := set("actionResult", `"FAILED"`)
	none := warn("errors", reasonNoErrors)
	d.fine("failed with a message", failure, set("errors", `[{"message":"access denied"}]`))
	d.fine("failed with messages", failure, set("errors", `[{"message":"first"},{"message":"second"},{"message":""}]`))
	d.fine("failed with JSON in the message", failure,
		set("errors", `[{"message":"{\"code\":\"NotFound\",\"detail\":{\"id\":\"x\"}}"}]`))
	d.event("failed, errors null", none, failure)
	d.event("failed, errors absent", none, failure, drop("errors"))
	d.event("failed, errors empty", none, failure, set("errors", "[]"))
	for _, v := range []string{`[{}]`, `[{"message":""}]`, `[{"message":" "}]`, `[{"message":null}]`, `[{"message":""},{}]`} {
		d.event("failed, errors say nothing: "+v, none, failure, set("errors", v))
	}
	for _, v := range []string{`[null]`, `{}`, `""`} {
		d.event("failed, errors of a wrong type say nothing: "+v, []string{"error errors wrong type", none[0]}, failure, set("errors", v))
	}
	for _, v := range []string{`[{"code":"E1"}]`, `[{"msg":"denied"}]`, `[{"Message":"denied","text":""}]`} {
		var want []string
		for _, key := range []string{"code", "msg", "Message", "text"} {
			if strings.Contains(v, `"`+key+`"`) {
				want = append(want, "warning errors."+key+" "+reasonUnknown)
			}
		}
		if !strings.Contains(v, "Message") {
			want = append(want, none[0])
		}
		d.event("failed, unknown keys in errors: "+v, want, failure, set("errors", v))
	}
	d.event("unknown key beside a message", warn("errors.code", reasonUnknown), failure, set("errors", `[{"message":"denied","code":403}]`))
	d.event("partially failed, errors null", none, set("actionResult", `"PARTIALLY_FAILED"`))
	d.fine("succeeded with a message", set("errors", `[{"message":"a warning"}]`))
	d.fine("redacted values", set("actor", `{"id":"(redacted)","type":"USER","name":"(redacted)"}`),
		set("userAgent", `"(redacted)"`), set("actionParams", `{"dynamic":{"input":"(redacted)"}}`))
	d.event("redacted parameters", fail("actionParams", reasonType), set("actionParams", `"(redacted)"`))
}

// unknown are events with fields that the schema does not name.
func (d *damager) unknown() {
	d.event("unknown field", warn("regionHint", reasonUnknown), set("regionHint", `"eu-west-1"`))
	d.event("unknown object", warn("trace", reasonUnknown), set("trace", `{"id":"7f","sampled":true}`))
	d.event("unknown field with an empty key", warn("", reasonUnknown), set("", `"nothing"`))
	d.fine("fields of the data lake", set("p_log_type", `"Panther.Audit"`), set("p_row_id", `"00112233445566778899aabbccddeeff"`),
		set("p_any_ip_addresses", `["192.0.2.20"]`), set("p_rule_error", `null`), set("p_field_of_tomorrow", `{"a":[1]}`))
	d.fine("the same row once", set("p_row_id", `"ffeeddccbbaa99887766554433221100"`))
	d.fine("the same row again as a rule match", set("p_row_id", `"ffeeddccbbaa99887766554433221100"`), set("p_alert_id", `"0123456789abcdef"`))
}
