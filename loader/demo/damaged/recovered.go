package damaged

import (
	"fmt"
	"strings"
)

// around adds an event with a text before and behind it, of n kinds.
func (d *damager) around(name, before, behind string, n int) {
	whole := d.line(name)
	d.found(name, before+whole+behind, n, whole)
}

// surrounded are events with bytes around them that show nothing, and with other events.
func (d *damager) surrounded() {
	for _, c := range []struct{ name, bytes string }{
		{"a NUL", "\x00"},
		{"a byte order mark", "\ufeff"},
		{"two byte order marks", "\ufeff\ufeff"},
		{"a form feed", "\f"},
		{"a backspace", "\b"},
		{"a record separator", "\x1e"},
		{"an end of text", "\x03"},
		{"a delete", "\x7f"},
		{"a no-break space", "\u00a0"},
		{"an ideographic space", "\u3000"},
		{"a zero-width space", "\u200b"},
		{"a line separator", "\u2028"},
		{"a next line", "\u0085"},
		{"a blank Braille", "\u2800"},
		{"a colour", "\x1b[31;1m"},
		{"a colour, in one byte of C1", "\u009b31m"},
		{"a character set", "\x1b(B"},
		{"a window title", "\x1b]0;log\a"},
		{"a string that ends", "\x1bP1$r\x1b\\"},
	} {
		d.around("behind "+c.name, c.bytes, "", 1)
		d.around("before "+c.name, "", c.bytes, 1)
	}
	d.around("between colours", "\x1b[32m", "\x1b[0m\r", 2)
	d.around("between many", "\ufeff \x00\x00\x1b[K\u3000\f", " \u3000\x00", 7)
	first, second, third := d.line("three objects, first"), d.line("three objects, second"), d.line("three objects, third")
	d.found("three objects on one line", first+second+"\t"+third, 1, first, second, third)
}

// headed are events behind what writers put before a line.
func (d *damager) headed() {
	for _, header := range []string{
		"2026-11-22T09:00:00.123456789Z ", "2026-11-22T10:00:00+01:00 ",
		"[pod/api-5d9c/audit] ", "[pod/api-5d9c/audit] 2026-11-22T09:00:00.123456789Z ",
		"audit-1  | ", "audit_1|", "audit-1  | 2026-11-22T09:00:00.123456789Z ", "\x1b[36maudit-1  | \x1b[0m",
		"2026-11-22T09:00:00.123456789+01:00 stderr F ", "2026-11-22T09:00:00.123456789Z stdout P ",
		"<13>Nov 22 09:00:00 host audit[17]: ", "<13>Nov  2 09:00:00 host audit: ", "Nov 22 09:00:00 host audit[17]: ", "<13>Nov 22 09:00:00 host ",
		"<13>Nov 22 09:00:00 audit: ", "Nov 22 09:00:00 host audit: @cee: ", "2026-11-22T09:00:00.123456+00:00 host audit[17]: ",
		"<13>1 2026-11-22T09:00:00.003Z host audit 17 ID47 - ", "<13>1 - - - - - - ", `<165>1 2026-11-22T09:00:00Z host audit - - [x@1 a="]{" b="\"c\\"][y@1] `,
		"512 <13>1 2026-11-22T09:00:00Z host audit 17 - - ",
	} {
		n := 1
		for _, second := range []string{"] 2026", "| 2026", "\x1b"} {
			if strings.Contains(header, second) {
				n = 2
			}
		}
		d.around(fmt.Sprintf("behind %+q", strings.TrimSpace(header)), header, "", n)
	}
	d.around("behind a header with a mark", "<13>1 2026-11-22T09:00:00Z host audit 17 - - \ufeff", "", 2)
	first, second := d.line("headed, first"), d.line("headed, second")
	const header = "2026-11-22T09:00:00Z stdout F "
	d.cases = append(d.cases, Case{Name: "two lines in one, each with its header", Line: []byte(header + first + header + second), Kind: Recovered,
		Found: []Found{{[]byte(first), warnings(2)}, {[]byte(second), warnings(2)}}})
}

func warnings(n int) (out []string) {
	for range n {
		out = append(out, "warning line "+reasonAround)
	}
	return out
}

// unknownAround are lines that hold an event, and more than may stand around one: nobody is to forge an event.
func (d *damager) unknownAround() {
	for _, c := range []struct{ name, before, behind, reason string }{
		{"behind a word", "note: ", "", "invalid"},
		{"behind a time without a day", "09:00:00 ", "", "invalid"},
		{"behind a key and a value", "msg=", "", "invalid"},
		{"behind half an event", `{"actionName":"GET_ALERT","actor":{"id"`, "", "invalid"},
		{"behind a quote", `"`, `"`, "trailing data"},
		{"behind a header and a word", "2026-11-22T09:00:00Z stdout F note ", "", "trailing data"},
		{"behind a stream of no runtime", "2026-11-22T09:00:00Z stdlog F ", "", "trailing data"},
		{"behind a value", "7 ", "", "trailing data"},
		{"behind an object that is no event", `{"actionName":"GET_ALERT"}`, "", "trailing data"},
		{"before half an event", "", `{"actionName":"GET_ALERT"`, "trailing data"},
		{"before a header without an event", "", " 2026-11-22T09:00:00Z stdout F ", "trailing data"},
		{"behind a sequence that never ends", "\x1b[31", "", "invalid"},
		{"behind bytes that are no text", "\xff\xfe", "", "invalid"},
	} {
		d.holding(c.name, c.before+d.line(c.name)+c.behind, c.reason)
	}
	d.holding("behind a title that holds an object", "\x1b]0;"+d.line("an event in a title")+"\a"+d.line("behind a title that holds an object"), "invalid")
	d.holding("half an object behind a header", "2026-11-22T09:00:00Z stdout F "+`{"actionName":"GET_ALERT"`, "trailing data")
	d.holding("half an object behind NULs", "\x00\x00"+`{"actionName":"GET_ALERT"`, "NUL bytes")
	d.holding("an object that is no event behind NULs", "\x00\x00"+`{"actionName":"GET_ALERT"}`, "NUL bytes")
}
