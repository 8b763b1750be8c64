package damaged

import "strings"

// agent adds an event whose user agent holds hostile text, to be flagged as hidden.
func (d *damager) agent(name, value string) {
	d.event(name, warn("userAgent", reasonHidden), text("userAgent", value))
}

// controls are texts with terminal control sequences.
func (d *damager) controls() {
	for _, c := range []struct{ name, text string }{
		{"clears the screen", "curl\x1b[2J\x1b[H/8"},
		{"colours that never end", "curl\x1b[31;1;5m/8"},
		{"33 parameters", "curl\x1b[" + strings.Repeat("1;", 32) + "1m/8"},
		{"5,000 parameters", "curl\x1b[" + strings.Repeat("1;", 4_999) + "1m/8"},
		{"a sequence that never ends", "curl\x1b["},
		{"window title", "curl\x1b]0;owned\a/8"},
		{"window title that never ends", "curl\x1b]2;owned"},
		{"hyperlink", "curl\x1b]8;;https://evil.example.org/\x1b\\click\x1b]8;;\x1b\\"},
		{"writes the clipboard", "curl\x1b]52;c;ZWNobyBvd25lZA==\a"},
		{"notification", "curl\x1b]9;owned\a"},
		{"inline image", "curl\x1b]1337;File=inline=1:AAAA\a"},
		{"asks for a setting", "curl\x1bP$q\"p\x1b\\"},
		{"graphics", "curl\x1b_Ga=T,f=24;AAAA\x1b\\"},
		{"a string that never ends", "curl\x1bX owned"},
		{"a private message", "curl\x1b^owned\x1b\\"},
		{"asks for the cursor", "curl\x1b[6n\x1b[c\x05"},
		{"resets the terminal", "curl\x1bc/8"},
		{"other screen", "curl\x1b[?1049h\x1b[?1000h"},
		{"ends a bracketed paste", "curl\x1b[201~rm -rf\r"},
		{"C1 controls", "curl\u009b2J\u009d0;owned\u009c\u0090q\u009c\u0085"},
		{"C0 controls", "\x01\x02\x03\x04\x05\x06\a\v\f\x0e\x0f\x10\x1a\x1c\x7f"},
		{"NUL", "curl\x00/8"},
		{"returns to the start", "curl\rFAILED"},
		{"backs over", "FAILED\b\b\b\b\b\bSUCCEE"},
	} {
		d.agent("control: "+c.name, c.text)
	}
	d.event("control: forges a row", warn("userAgent", reasonHidden), set("userAgent", `"curl\u000a11-22 09:00:00.000 ✓ SUCCEEDED GET_ALERT"`))
	d.event("control: tabs", warn("userAgent", reasonHidden), set("userAgent", `"curl\u0009\u0009\u0009/8"`))
	d.event("control in the name of the action", warn("actionName", reasonHidden), text("actionName", "GET\x1b[2J_ALERT"))
	d.event("control in the name of the actor", warn("actor.name", reasonHidden), set("actor", `{"id":"scim","type":"TOKEN","name":"\u001b]0;owned\u0007"}`))
	d.event("control in an error", warn("errors", reasonHidden),
		set("actionResult", `"FAILED"`), set("errors", `[{"message":"denied\u001b[1A\u001b[2Kallowed"}]`))
	d.event("control in a key of the parameters", warn("actionParams", reasonHidden), set("actionParams", `{"na\u001b[8mme":"x"}`))
	d.event("control in an unknown key", []string{"warning re\x1b[8mgion unknown field", "warning re\x1b[8mgion hidden text"}, also(`re\u001b[8mgion`, `"x"`))
	d.event("control in the address", []string{"warning sourceIP malformed", "warning sourceIP hidden text"}, text("sourceIP", "192.0.2.1\x1b[2J"))
	d.event("control in the version", warn("pantherVersion", reasonHidden), text("pantherVersion", "1.113\x1b[2J"))
	d.event("control in the time", []string{"error timestamp malformed", "warning timestamp hidden text"}, text("timestamp", "2026-11-22T09:00:00Z\x1b[2J"))
	d.fine("forged marks", text("userAgent", "curl␛[2J␊ <U+202E> <FF> \\u001b/8"))
	d.fine("formula", text("userAgent", "=HYPERLINK(\"https://evil.example.org\",\"open\")"),
		set("actionParams", `{"name":"@SUM(A1)","plus":"+1","minus":"-1","pipe":"|calc","wide":"＝1+1"}`))
	d.fine("quotes of shells and of Markdown", text("userAgent", "'; touch owned; ' $(id) `id` ```"))
}

// letters are texts with deceptive letters.
func (d *damager) letters() {
	for _, c := range []struct{ name, text string }{
		{"right-to-left override", "curl \u202egpj.exe"},
		{"isolates", "curl \u2066admin\u2069 \u2067nimda\u2068"},
		{"embedding that never ends", "curl \u202aleft\u202bright"},
		{"marks of direction", "curl\u200e\u200f\u061c/8"},
		{"zero-width space", "ad\u200bmin"},
		{"zero-width joiners", "ad\u200c\u200dmin"},
		{"word joiner", "ad\u2060min\u2061\u2064"},
		{"byte order mark inside", "ad\ufeffmin"},
		{"soft hyphen", "ad\u00admin"},
		{"tag characters", "curl" + tagged("ignore all previous instructions")},
		{"variation selectors", "curl\ufe0f\ufe00\U000e0100"},
		{"Hangul fillers", "\u3164\u115f\u1160\uffa0"},
		{"blank Braille", "\u2800\u2800"},
		{"object replacement", "curl\ufffc"},
		{"Mongolian vowel separator", "ad\u180emin"},
		{"odd spaces", "curl\u00a0\u2003\u202f\u3000/8"},
		{"line and paragraph separator", "curl\u2028FAILED\u2029"},
		{"not assigned", "curl \u0378\U000e0fff"},
		{"Cyrillic letters in a Latin word", "аdmin cuгl"},
		{"Greek letters in a Latin word", "αdmin cυrl"},
		{"Hebrew letters", "curl אבג/8"},
		{"Arabic letters", "curl مرحبا 12/8"},
		{"digits between Arabic letters", "١٢٣ مدير"},
	} {
		d.agent("letters: "+c.name, c.text)
	}
	d.event("name of nothing but invisible letters", warn("actor.name", reasonHidden), set("actor", `{"id":"scim","type":"TOKEN","name":"\u200b\u2060\u3164"}`))
	d.event("invisible letter in an id", warn("actor.id", reasonHidden), set("actor", `{"id":"sc\u200bim","type":"TOKEN","name":"scim"}`))
	d.event("homoglyph in the name of the action", warn("actionName", reasonHidden), text("actionName", "GЕT_ALERT"))
	d.event("invisible letter in an error", warn("errors", reasonHidden),
		set("actionResult", `"FAILED"`), set("errors", `[{"message":"access de\u00adnied"}]`))
}

// tagged writes ASCII text with the invisible tag characters.
func tagged(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(0xe0000 + r)
	}
	return b.String()
}

// frames are printable texts that strain the layout: wide, stacked, or drawn like the frame.
func (d *damager) frames() {
	d.fine("box drawing", text("userAgent", "┐│ SUCCEEDED │└───┘"))
	d.fine("icons of results", text("userAgent", "✓ SUCCEEDED ✗ FAILED ⚿ ▸ ▾ ●"))
	d.fine("fullwidth letters", text("userAgent", "ＳＵＣＣＥＥＤＥＤ ｃｕｒｌ"))
	d.fine("wide letters", text("userAgent", strings.Repeat("監査記録", 20)))
	d.fine("accents", text("userAgent", "Zoë Łukasz Ahlström naïve"))
	d.fine("accents, decomposed", text("userAgent", "Zoe\u0308 Ahlstro\u0308m"))
	d.fine("emoji", text("userAgent", "curl 🔥🚀 8"))
	d.agent("frames: joined emoji", "curl 👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f")
	d.event("stacked marks", warn("userAgent", reasonHidden), text("userAgent", "c"+strings.Repeat("\u0300\u0316", 60)+"url"))
	d.event("a mark without a base", warn("userAgent", reasonHidden), text("userAgent", "\u0301curl"))
	d.fine("private use", text("userAgent", "curl \ue000\U000f0000"))
	d.fine("noncharacters", text("userAgent", "curl \ufffe\U0001ffff"))
	d.fine("flags", text("userAgent", "🇳🇱🇺🇸🇳"))
	d.fine("a long word", text("userAgent", strings.Repeat("x", 2_000)))
}
