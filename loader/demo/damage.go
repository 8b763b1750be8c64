package demo

import "bytes"

// damaged appends the invented event with some damage.
func (g *Generator) damaged(dst []byte) []byte {
	if g.one(2) {
		quirks[g.below(len(quirks))](g, &g.rec)
		g.tally.Quirks++
		g.countResult()
		return g.rec.appendLine(dst)
	}
	g.tally.Rejects++
	g.line = g.rec.appendLine(g.line[:0])
	return faults[g.below(len(faults))](g, dst, g.line[:len(g.line)-1])
}

// quirks are damages after which a line is still an event.
var quirks = []func(*Generator, *record){
	func(_ *Generator, r *record) { r.actor = nil },
	func(_ *Generator, r *record) { r.result = "" },
	func(_ *Generator, r *record) { r.result = "Succeeded" },
	func(_ *Generator, r *record) { r.result = "DENIED" },
	func(_ *Generator, r *record) { r.form, r.lake = formAbsent, true },
	func(_ *Generator, r *record) { r.form, r.lake = formAbsent, false },
	func(_ *Generator, r *record) { r.origin.ip = "192.0.2.300" },
	func(_ *Generator, r *record) { r.origin.ip = "198.51.100.7." },
	func(_ *Generator, r *record) { r.params = []byte(`"{\"input\":{}}"`) },
	func(_ *Generator, r *record) { r.errors = []byte(`{"message":"not a list"}`) },
	func(_ *Generator, r *record) { r.errors = []byte(`["not an object"]`) },
	func(_ *Generator, r *record) { r.agent = []byte(`"curl\u001b[2J/8.16.0"`) },
	func(_ *Generator, r *record) { r.agent = []byte("\"curl/8.16.0 \xff\xfe\"") },
	func(_ *Generator, r *record) { r.agent = []byte("\"curl/8.16.0 \u202egnp.exe\"") },
	func(_ *Generator, r *record) { r.extra = []byte(`,"actionName":"GET_ALERT"`) },
	func(_ *Generator, r *record) { r.extra = []byte(`,"regionHint":"eu-west-1"`) },
	func(_ *Generator, r *record) { r.extra = []byte(`,"p_alert_context":{"depth":9007199254740993}`) },
}

// faults are damages after which a line is not a JSON object. Each appends the damaged line, with a newline, to b.
var faults = []func(g *Generator, b, line []byte) []byte{
	func(g *Generator, b, line []byte) []byte { // cut
		return append(append(b, line[:1+g.below(len(line)-1)]...), '\n')
	},
	func(_ *Generator, b, line []byte) []byte { // trailing comma
		return append(append(b, line[:len(line)-1]...), ",}\n"...)
	},
	func(_ *Generator, b, line []byte) []byte { // two objects on a line
		return append(append(append(b, line...), line...), '\n')
	},
	func(_ *Generator, b, line []byte) []byte { // an array
		return append(append(append(b, '['), line...), "]\n"...)
	},
	func(_ *Generator, b, line []byte) []byte { // the head of the line is lost
		return append(append(b, line[len(line)/3+1:]...), '\n')
	},
	func(_ *Generator, b, _ []byte) []byte { // a block of NULs
		return append(append(b, make([]byte, 96)...), '\n')
	},
	func(_ *Generator, b, _ []byte) []byte { // a line of some other log
		return append(b, "level=error msg=\"forwarder: connection reset\" retry=3\n"...)
	},
	func(_ *Generator, b, line []byte) []byte { // single quotes
		return append(append(b, bytes.ReplaceAll(line, []byte(`"`), []byte(`'`))...), '\n')
	},
	func(_ *Generator, b, line []byte) []byte { // a raw control character in a string
		return append(append(append(b, "{\"note\":\"a\tb\","...), line[1:]...), '\n')
	},
}
