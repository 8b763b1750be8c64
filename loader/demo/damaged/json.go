package damaged

import (
	"fmt"
	"strconv"
	"strings"
)

// marked is the first line: a byte order mark stands before it.
func (d *damager) marked() {
	d.add(Event, "byte order mark", "\ufeff"+d.line("byte order mark"))
}

// shapes are lines that are valid JSON but not one object, and lines with unusual starts or ends.
func (d *damager) shapes() {
	d.add(Event, "carriage return before the newline", d.line("carriage return before the newline")+"\r")
	d.add(Event, "white space around", " \t"+d.line("white space around")+" \t\r")
	d.add(Blank, "empty line", "")
	d.add(Blank, "only a carriage return", "\r")
	d.add(Blank, "spaces and tabs", " \t  \t")
	d.add(Event, "empty object", "{}",
		"error actionName missing", "error actionResult missing", "error actor missing",
		"error timestamp missing", "error pantherVersion missing")
	d.add(Event, "empty object with spaces", "{ \t }",
		"error actionName missing", "error actionResult missing", "error actor missing",
		"error timestamp missing", "error pantherVersion missing")
	d.fine("empty parameters")
	const other = "not an object"
	for _, s := range []string{"null", "true", "42", "-1.5e3", `"GET_ALERT"`, "[]", `["GET_ALERT"]`} {
		d.reject("a value: "+s, s, other)
	}
	d.holding("an array with an event in it", "["+d.line("an array with an event in it")+"]", other)
	first, second := d.line("two objects on one line"), d.line("the second of two")
	d.found("two objects on one line", first+second, 1, first, second)
	d.holding("two objects with a space", d.line("two objects with a space")+" {}", "trailing data")
	d.holding("a comma after the object", d.line("a comma after the object")+",", "trailing data")
	d.holding("a word after the object", d.line("a word after the object")+" done", "trailing data")
	d.holding("a brace too many", d.line("a brace too many")+"}", "trailing data")
	shipped := d.line("a prefix of a log shipper")
	d.found("a prefix of a log shipper", "2026-11-22T09:00:00Z stdout F "+shipped, 1, shipped)
	d.reject("a line of another log", `level=warn msg="forwarder restarted" attempt=3`, "invalid")
	d.reject("a header of a table", "actionName,actionResult,timestamp", "invalid")
	d.reject("markup", "<html><body>503 Service Unavailable</body></html>", "invalid")
	d.reject("a byte order mark alone in UTF-16", "\xff\xfe", "invalid")
	d.reject("UTF-16", "{\x00\"\x00a\x00\"\x00:\x001\x00}\x00", "invalid")
	d.reject("a block of NULs", strings.Repeat("\x00", 512), "NUL bytes")
	whole := d.line("NULs before an object")
	d.found("NULs before an object", strings.Repeat("\x00", 64)+whole, 1, whole)
	whole = d.line("NULs after an object")
	d.found("NULs after an object", whole+strings.Repeat("\x00", 64), 1, whole)
}

// grammar are lines that begin like an object but are not valid JSON.
func (d *damager) grammar() {
	whole := d.line("cut")
	for _, at := range []struct{ name, upto string }{
		{"cut after the brace", `{`},
		{"cut in a key", `{"actionNa`},
		{"cut after a key", `{"actionName"`},
		{"cut after a colon", `{"actionName":`},
		{"cut in a string", `{"actionName":"GET_`},
		{"cut after a value", `{"actionName":"GET_ALERT"`},
		{"cut after a comma", `{"actionName":"GET_ALERT",`},
		{"cut in an escape", `{"actionName":"GET\u00`},
		{"cut after a backslash", `{"actionName":"GET\`},
		{"cut in a number", `{"count":1.`},
		{"cut in a literal", `{"errors":nul`},
		{"cut in a nested object", `{"actor":{"id":"scim"`},
		{"cut in a list", `{"errors":[{"message":"x"},`},
		{"cut before the last brace", whole[:len(whole)-1]},
	} {
		d.reject(at.name, at.upto, "cut")
	}
	const invalid = "invalid"
	for _, c := range []struct{ name, line string }{
		{"trailing comma", `{"actionName":"GET_ALERT",}`},
		{"trailing comma in a list", `{"errors":[null,]}`},
		{"leading comma", `{,"actionName":"GET_ALERT"}`},
		{"two commas", `{"actionName":"GET_ALERT",,"errors":null}`},
		{"no comma", `{"actionName":"GET_ALERT" "errors":null}`},
		{"no colon", `{"actionName" "GET_ALERT"}`},
		{"two colons", `{"actionName"::"GET_ALERT"}`},
		{"no value", `{"actionName":}`},
		{"no key", `{:"GET_ALERT"}`},
		{"equals sign for a colon", `{"actionName"="GET_ALERT"}`},
		{"single quotes", `{'actionName':'GET_ALERT'}`},
		{"typographic quotes", `{“actionName”:“GET_ALERT”}`},
		{"unquoted key", `{actionName:"GET_ALERT"}`},
		{"number for a key", `{1:"GET_ALERT"}`},
		{"bare word", `{"actionName":GET_ALERT}`},
		{"literals of Python", `{"actionName":None,"enabled":True}`},
		{"literal in capitals", `{"errors":NULL}`},
		{"undefined", `{"errors":undefined}`},
		{"NaN", `{"count":NaN}`},
		{"Infinity", `{"count":-Infinity}`},
		{"leading zero", `{"count":01}`},
		{"leading zero after a minus", `{"count":-01}`},
		{"leading plus", `{"count":+1}`},
		{"no digit before the point", `{"count":.5}`},
		{"no digit after the point", `{"count":5.}`},
		{"no exponent", `{"count":1e}`},
		{"no digit in the exponent", `{"count":1e+}`},
		{"only a minus", `{"count":-}`},
		{"hexadecimal number", `{"count":0x1F}`},
		{"grouped digits", `{"count":1_000}`},
		{"unknown escape", `{"actionName":"GET\xALERT"}`},
		{"escaped single quote", `{"actionName":"GET\'ALERT"}`},
		{"escape with letters", `{"actionName":"GET\u00zz"}`},
		{"escape with three digits", `{"actionName":"GET\u041"}`},
		{"raw tab in a string", "{\"actionName\":\"GET\tALERT\"}"},
		{"raw carriage return in a string", "{\"actionName\":\"GET\rALERT\"}"},
		{"raw NUL in a string", "{\"actionName\":\"GET\x00ALERT\"}"},
		{"raw escape character in a string", "{\"userAgent\":\"curl \x1b[2J\"}"},
		{"raw control character in a key", "{\"action\x01Name\":\"GET_ALERT\"}"},
		{"form feed between members", "{\"actionName\":\"GET_ALERT\",\f\"errors\":null}"},
		{"no-break space between members", "{\"actionName\":\"GET_ALERT\",\u00a0\"errors\":null}"},
		{"comment", `{"actionName":"GET_ALERT"/* read */}`},
		{"bracket for a brace", `{"actor":{"id":"scim"],"errors":null}`},
		{"member in a list", `{"errors":["message":"x"]}`},
		{"value without a key", `{"GET_ALERT"}`},
	} {
		d.reject(c.name, c.line, invalid)
	}
	d.reject("string over two lines, first", `{"actionName":"GET_ALERT","actionDescription":"over`, "cut")
	d.reject("comment to the end", `{"actionName":"GET_ALERT"} // read`, "trailing data")
	d.reject("string over two lines, second", `two lines"}`, "invalid")
	d.reject("closing brace alone on its line", "}", "invalid")
}

// numbers are numbers that would lose digits as floating point, and must not.
func (d *damager) numbers() {
	d.fine("numbers that floating point rounds", set("actionParams",
		`{"twoTo53plus1":9007199254740993,"minus":-9007199254740993,"id":12345678901234567890}`))
	d.fine("numbers that floating point overflows", set("actionParams", `{"big":1e400,"small":1e-400,"minus":-1E+400}`))
	d.fine("numbers whose spelling matters", set("actionParams", `{"one":1.0,"zero":-0,"minusZero":-0.0,"exponent":1E+2,"cents":10.10}`))
	d.fine("a number of 400 digits", set("actionParams", `{"count":`+strings.Repeat("1234567890", 40)+`}`))
}

// nested are lines with deep nesting or many members.
func (d *damager) nested() {
	deep := func(open, inner, end string, levels int) string {
		return strings.Repeat(open, levels) + inner + strings.Repeat(end, levels)
	}
	d.fine("1,000 lists deep", set("actionParams", `{"deep":`+deep("[", "", "]", 1000)+`}`))
	d.fine("1,000 objects deep", set("actionParams", deep(`{"a":`, "1", "}", 1000)))
	d.reject("20,000 lists deep", d.line("20,000 lists deep", set("actionParams", `{"deep":`+deep("[", "", "]", 20_000)+`}`)), "too deep")
	d.reject("20,000 lists never closed", `{"deep":`+strings.Repeat("[", 20_000), "too deep")
	var wide strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&wide, `,"%s":0`, strconv.FormatInt(int64(i), 36))
	}
	d.fine("10,000 keys", set("actionParams", "{"+wide.String()[1:]+"}"))
	d.fine("a value of 8 KiB", set("actionParams", `{"body":"`+strings.Repeat("def rule(event): ", 482)+`"}`))
	d.fine("long key", set("actionParams", `{"`+strings.Repeat("key", 100)+`":1}`))
	d.fine("empty key", set("actionParams", `{"":"nothing"}`))
	d.fine("keys with dots", set("actionDetails", `{"addRule.id":"Custom.Badge.NightEntry","addRule":{"id":"another"},"a.b.c":null}`))
}

// duplicates are objects with a key that comes twice.
func (d *damager) duplicates() {
	d.event("duplicate key", warn("actionName", reasonDuplicate), also("actionName", `"DELETE_RULE"`))
	d.event("duplicate key, equal values", warn("actionResult", reasonDuplicate), also("actionResult", `"SUCCEEDED"`))
	d.event("duplicate key, escaped", warn("actionName", reasonDuplicate), also(`actionN\u0061me`, `"DELETE_RULE"`))
	d.event("duplicate key, all of it escaped", warn("actor", reasonDuplicate),
		also(`\u0061\u0063\u0074\u006f\u0072`, `{"id":"scim","type":"TOKEN","name":"scim"}`))
	d.event("duplicate key three times", []string{"warning sourceIP duplicate key", "warning sourceIP duplicate key"}, also("sourceIP", `"203.0.113.9"`), also("sourceIP", `"198.51.100.9"`))
	d.event("duplicate key of another type", []string{"warning timestamp duplicate key", "error timestamp missing"}, also("timestamp", `null`))
	d.event("duplicate key in the actor", warn("actor.id", reasonDuplicate),
		set("actor", `{"id":"OktaSSO_aiko.tanabe@example.com","type":"USER","id":"scim"}`))
	d.event("duplicate key in the attributes, escaped", warn("actor.attributes.email", reasonDuplicate),
		set("actor", `{"id":"scim","type":"TOKEN","attributes":{"email":"a@example.com","em\u0061il":"b@example.com"}}`))
	d.event("duplicate key deep in the parameters", warn("actionParams", reasonDuplicate),
		set("actionParams", `{"dynamic":{"input":{"id":"AWS.Root.Login","enabled":true,"id":"AWS.CloudTrail.Stopped"}}}`))
	d.event("duplicate key in a list", warn("errors", reasonDuplicate),
		set("actionResult", `"FAILED"`), set("errors", `[{"message":"shown","message":"hidden"}]`))
	d.event("duplicate unknown key", []string{"warning regionHint unknown field", "warning regionHint duplicate key"},
		also("regionHint", `1`), also("regionHint", `2`))
	d.fine("equal keys in different objects", set("actionParams", `{"id":1,"input":{"id":2},"list":[{"id":3},{"id":4}]}`))
	d.fine("escaped key that comes once", rename("actionName", `action\u004eame`))
}

// folded are keys that equal a field of the schema only when case is folded.
func (d *damager) folded() {
	d.event("key in capitals beside the real one", warn("ACTIONNAME", reasonUnknown), also("ACTIONNAME", `"DELETE_RULE"`))
	d.event("key in capitals instead of the real one", []string{"error actionName missing", "warning ACTIONNAME unknown field"},
		rename("actionName", "ACTIONNAME"))
	d.event("key in small letters", warn("actionresult", reasonUnknown), also("actionresult", `"FAILED"`))
	d.event("long s in a key", warn("ſourceIP", reasonUnknown), also("ſourceIP", `"203.0.113.9"`))
	d.event("long s in an unknown key", warn("ſtatus", reasonUnknown), also("ſtatus", `"FAILED"`))
	d.event("actor id in capitals", []string{"error actor.id missing", "warning actor.ID unknown field"}, set("actor", `{"ID":"scim","type":"TOKEN"}`))
	d.event("key with a space", warn("actionName ", reasonUnknown), also("actionName ", `"DELETE_RULE"`))
	d.event("key that is a path", warn("actor.id", reasonUnknown), also("actor.id", `"scim"`))
}

// bytes are lines with bytes that are not UTF-8: in a string they are kept and shown, elsewhere they are a syntax error.
func (d *damager) bytes() {
	for _, c := range []struct{ name, bytes string }{
		{"lone continuation byte", "\x80"},
		{"run of continuation bytes", "\x80\xbf\x80"},
		{"lead byte without the rest", "\xc3"},
		{"lead byte before ASCII", "\xe2A"},
		{"cut sequence of three", "\xe2\x82"},
		{"cut sequence of four", "\xf0\x9f\x92"},
		{"overlong slash of two bytes", "\xc0\xaf"},
		{"overlong NUL of two bytes", "\xc0\x80"},
		{"overlong slash of three bytes", "\xe0\x80\xaf"},
		{"overlong slash of four bytes", "\xf0\x80\x80\xaf"},
		{"surrogate as UTF-8", "\xed\xa0\x80"},
		{"pair of surrogates as UTF-8", "\xed\xa0\xbd\xed\xb2\xa9"},
		{"beyond U+10FFFF", "\xf4\x90\x80\x80"},
		{"sequence of five bytes", "\xf8\x88\x80\x80\x80"},
		{"sequence of six bytes", "\xfc\x84\x80\x80\x80\x80"},
		{"byte FE", "\xfe"},
		{"byte FF", "\xff"},
		{"Latin-1", "Zo\xeb"},
		{"C1 control as a byte", "\x9b2J"},
	} {
		d.event("invalid UTF-8: "+c.name, warn("userAgent", reasonHidden), set("userAgent", "\"curl "+c.bytes+"/8\""))
	}
	d.event("invalid UTF-8 in the name of the action", warn("actionName", reasonHidden), set("actionName", "\"GET_\xffALERT\""))
	d.event("invalid UTF-8 in a key", []string{"warning note\xff unknown field", "warning note\xff hidden text"}, also("note\xff", `1`))
	d.event("invalid UTF-8 in a parameter", warn("actionParams", reasonHidden), set("actionParams", "{\"name\":\"caf\xe9\"}"))
	d.reject("invalid UTF-8 between members", "{\"actionName\":\"GET_ALERT\",\xff\"errors\":null}", "invalid")
	d.reject("invalid UTF-8 for a value", "{\"actionName\":\xc3\x28}", "invalid")
	d.event("lone high surrogate, escaped", warn("userAgent", reasonHidden), set("userAgent", `"curl \ud83d/8"`))
	d.event("lone low surrogate, escaped", warn("userAgent", reasonHidden), set("userAgent", `"curl \udca9/8"`))
	d.event("surrogates the wrong way round, escaped", warn("userAgent", reasonHidden), set("userAgent", `"curl \udca9\ud83d/8"`))
	d.fine("pair of surrogates, escaped", set("userAgent", `"curl \ud83d\udca9/8"`))
	d.fine("every short escape", set("actionParams", `{"path":"a\/b","quote":"\"","back":"\\"}`))
}

// last is the cut line at the end of the file.
func (d *damager) last() {
	whole := d.line("cut at the end of the file")
	d.reject("cut at the end of the file", whole[:len(whole)*2/3], "cut")
}
