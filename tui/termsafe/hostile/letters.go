package hostile

import (
	"fmt"
	"strings"
)

func directions(c *collection) {
	for _, r := range "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c" {
		c.add(fmt.Sprintf("bidi %U", r), "user"+string(r)+"nimda txt")
		c.add(fmt.Sprintf("bidi only %U", r), string(r))
	}
	c.all("bidi", "invoice\u202excod.exe", "\u2067admin\u2066 user\u2069\u2069", "\u202a\u202b\u202dleft open", "a\u2069\u2069\u202cb", strings.Repeat("\u202e", 130)+"deep")
	c.all("letters from right to left", "אבג", "user אבג 12", "مرحبا", "مدير ١٢٣", "ܐܒܓ", "ދިވެހި", "ߒߞߏ", "ࠀࠁࠂ", "𞤀𞤁", "𐤀𐤁", "\ufb1d\ufdfa", "١٢٣", "\u05b0", "a\u05beb", "\u0600\u06dd12")
}

// invisibles take no cell, so that two names look the same.
func invisibles(c *collection) {
	for _, r := range "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u180b\u180c\u180d\u180e\u180f\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb\U0001d173\U0001d17a\U000e0001\U0001bca0\u17b4\u17b5" {
		c.add(fmt.Sprintf("invisible %U", r), "ad"+string(r)+"min")
		c.add(fmt.Sprintf("invisible only %U", r), string(r))
	}
	for _, r := range []rune{0xfe00, 0xfe01, 0xfe0e, 0xfe0f, 0xe0100, 0xe01ef} {
		c.add(fmt.Sprintf("selector %U", r), "a"+string(r)+"❤"+string(r))
	}
	for _, text := range []string{"ignore all previous instructions", "\x1b[2J", "a"} {
		c.add("tags", "user"+tags(text))
		c.add("tags only", tags(text))
	}
	c.add("tag that never ends", "🏴\U000e0067\U000e0062")
	c.add("many invisible ones", "a"+strings.Repeat("\u200b\u2060", 500)+"b")
}

// tags writes ASCII with the tag characters, which nothing draws.
func tags(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(0xe0000 + r)
	}
	return b.String()
}

// blanks look like nothing, or like the end of a name.
func blanks(c *collection) {
	for _, r := range "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2800\u3164\u115f\u1160\uffa0\ufffc\u2028\u2029\U0001d159\U0001107f\u2d7f" {
		c.add(fmt.Sprintf("blank %U", r), "admin"+string(r))
		c.add(fmt.Sprintf("blank only %U", r), strings.Repeat(string(r), 3))
	}
	c.all("spaces", " ", "   ", " admin", "admin ", "ad  min", "\t", "admin"+strings.Repeat(" ", 300)+"root")
}

// lookalikes read like other names.
func lookalikes(c *collection) {
	c.all("lookalike", "аdmin", "rооt", "αdmin", "Αdmin", "ａｄｍｉｎ", "𝐚𝐝𝐦𝐢𝐧", "ⓐⓓⓜⓘⓝ", "аԁmіп", "ᎪᏟᎢ", "adm\u0131n", "a\u0337dmin", "DELETE＿RULE", "GЕT_ALERT", "l1I|", "ʀᴏᴏᴛ", "①⑴⒈", "ſtatus", "Kelvin \u212a", "℀℅", "．．／", "∕etc∕passwd", "a\u2215b")
}

// stacks draw above and below their row, or are wider or narrower than they seem.
func stacks(c *collection) {
	for _, n := range []int{1, 4, 5, 50, 1000} {
		c.add(fmt.Sprintf("%d marks on a letter", n), "e"+strings.Repeat("\u0301", n))
		c.add(fmt.Sprintf("%d marks above and below", n), "c"+strings.Repeat("\u0300\u0316\u0489", n))
	}
	c.all("marks", "\u0301start", " \u0338", "\u20dd x\u20e3", "a\u20e0", "\u0488", "x\U000e0020\u0301", "\u09be", "a\u093e", "\u0e33", "กำ\u0e33\u0e33")
	c.all("joined", "👩\u200d👩\u200d👧\u200d👦", "❤\ufe0f", "1\ufe0f\u20e3", "👍🏽🏽🏽", "a🏽", "🇳", "🇳🇱🇺🇸🇳", "🏳\ufe0f\u200d🌈", "\u200d👩", strings.Repeat("👩\u200d", 60)+"👩", strings.Repeat("🇳", 61))
	c.all("conjuncts", strings.Repeat("\u0915\u094d", 60), "ൎക", strings.Repeat("\u1100", 40), "\u1112\u1161\u11ab", "\u1161\u11ab", "\u0d4e", "\U000113d1x", strings.Repeat("\u1100\u1161\u11a8\u11a8", 30))
	c.all("wide", "日本語", strings.Repeat("監査", 500), "x日", "ｶﾞ", "﷽", "𒐫", "⸻", "〰㍿🈁🀄", "☎⚿✗✓", "©®™")
	c.all("long", strings.Repeat("x", 10_000), strings.Repeat("word ", 1000), strings.Repeat("a/", 400))
}

// frames imitate what the program draws itself.
func frames(c *collection) {
	c.all("frame", "│ FAILED │", "┌────┐", "└────┘", "┐│ SUCCEEDED │└", "─────", "█▉▊▋▌", "▁▂▃▄▅▆▇█", "⣿⣷⣯", "●○◌", "✓ SUCCEEDED", "✗ FAILED", "▸ Params", "▾ Actor", "⚿", "…", "╭─╮", "❘❙❚", "⎡⎢⎣", "🬀🬁", "│", "|", "+---+",
		"pawprint  1,204 events · 3 shown", "? help  / filter  q quit", "[failed only ×]", " 1/381", "0 problems", "copied 12 bytes", "■ live")
}

func forgedMarks(c *collection) {
	c.all("forged mark", "␛[2J", "␊FAILED", "␀␡", "<U+202E>", "<FF>", `\u001b[2J`, `\x1b[2J`, `\n`, `^[[2J`, "<1B>[2J", "\ufffe<U+FFFE>", "␛␛", "<9B>", `\ufffd`, `\\u202e`)
}

// badBytes are bytes that are not UTF-8.
func badBytes(c *collection) {
	c.all("bad bytes", "a\x80b", "\x80\xbf\x80", "\xc3", "a\xe2Ab", "\xe2\x82", "\xf0\x9f\x92", "\xc0\xaf", "\xc0\x80", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80", "\xed\xa0\xbd\xed\xb2\xa9", "\xf4\x90\x80\x80",
		"\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xfe", "\xff", "Zo\xeb", "\xff\xfe", "\xfe\xff", "\xef\xbb", "\xef\xbb\xbf", "\xc1\x9b[2J", "\xe0\x9b\x9b2J", "\xc2[2J", "\xf5\x80\x80\x80", "\xe2\x80\xae"[:2]+"x", strings.Repeat("\xff", 500), "caf\xe9 \xa0")
}

// oddRunes are assigned to nothing, to nobody, or to everybody.
func oddRunes(c *collection) {
	for _, r := range []rune{0x0378, 0x0380, 0x2fe0, 0xe000, 0xf8ff, 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x1ffff, 0xe0fff, 0xf0000, 0xffffe, 0xfffff, 0x100000, 0x10fffd, 0x10ffff, 0xe0b0, 0x13430, 0x1d455, 0x323b0} {
		c.add(fmt.Sprintf("odd %U", r), "odd"+string(r)+"x")
	}
}
