package shapes

import "strings"

// hostile writes what an attacker could: texts that attack terminals and readers, values of wrong types, doubled keys, deep nesting,
// objects of many keys, and lines that are not events.
func hostile(w *writer) func() {
	nested := strings.Repeat(`[`, 200) + strings.Repeat(`]`, 200)
	value := func() {
		switch w.below(8) {
		case 0:
			w.put(choose(w, []string{"null", "17", "true", "[]", "{}", `[{"a":1}]`, nested}))
		case 1:
			w.put(`{"id":"1","id":"2","Id":"3"}`)
		case 2:
			w.put(`{`)
			w.list(60, func(int) { w.put(`"`); w.hex(3); w.put(`":0`) })
			w.put(`}`)
		default:
			w.put(`"`)
			for range 1 + w.below(3) {
				w.put(choose(w, attacks))
			}
			w.put(`"`)
		}
	}
	return func() {
		if w.one(50) {
			w.put(choose(w, strays))
			return
		}
		w.put(`{"actionName":`)
		value()
		w.put(`,"actionResult":"`, choose(w, []string{"SUCCEEDED", "FAILED", "MAYBE"}), `","actor":{"id":`)
		value()
		w.put(`,"type":"USER","name":`)
		value()
		w.put(`},"timestamp":"`)
		w.stamp(w.one(2))
		w.put(`","sourceIP":`)
		value()
		w.put(`,"userAgent":`)
		value()
		w.put(`,"actionParams":{"`)
		w.hex(4)
		w.put(`":`)
		value()
		w.put(`,"b":`)
		value()
		w.put(`}`)
		if w.one(10) {
			w.put(`,"actionResult":"SUCCEEDED"`)
		}
		w.put(`}`)
	}
}

var attacks = []string{`\u001b[2J\u001b]0;title\u0007`, "\u202egpj.exe\u202c", "admin\u200b", "p\u0430ypal", "e\u0301\u0301\u0301", `\ud800 alone`, "\xff\xfe", `\u0000`,
	strings.Repeat("A", 300), "=cmd|' /C calc'!A0", `\"},{\"actionName\":\"X\"`, "`rm -rf .`", "192.0.2.300", "\U000e0041\U000e0042"}

// strays are lines that are not events, or that hold more than one.
var strays = []string{"", "   ", "audit: not JSON at all", `{"actionName":"CUT","actor":{"id":"1`, `[1,2,3]`, "\x00\x00\x00", `{"actionName":"A"} {"actionName":"B"}`,
	`{"actionName":"X" "actor":1}`, `{"a":01}`, `2026-11-08T00:00:00Z host app: {"actionName":"SIGN_IN","actionResult":"SUCCEEDED","actor":{"id":"1","type":"USER"},"timestamp":"2026-11-08T00:00:00Z"}`}
