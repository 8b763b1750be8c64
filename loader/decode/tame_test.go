package decode

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pawprint/model/letters"
	"pawprint/model/rawjson"
	"pawprint/model/suspicion"
)

// TestTameTextsMisleadNobody compares what the scanner says of a string with what is known about hidden text and spellings, for every rune
// alone and beside others.
func TestTameTextsMisleadNobody(t *testing.T) {
	count := 0
	check := func(text string) {
		for _, multiline := range []bool{false, true} {
			if !isTame(text, multiline) {
				continue
			}
			count++
			decoded := rawjson.Unquote(nil, []byte(text))
			if s := suspicion.Of(decoded, multiline); s != 0 || !letters.Plain(decoded) {
				t.Fatalf("%q is tame (lines allowed: %v), but suspicion finds %v, plain %v", text, multiline, s.Reasons(), letters.Plain(decoded))
			}
		}
	}
	for r := rune(' '); r <= 0xffff; r++ {
		if r == '"' || r == '\\' || r >= 0xd800 && r < 0xe000 {
			continue
		}
		c, escaped := string(r), fmt.Sprintf(`\u%04x`, r)
		for _, s := range []string{c, "e" + c, c + "e", "д1" + c, c + "1д", "語" + c + "語", strings.Repeat(c, 6), "é" + c + "é", escaped, "e" + escaped, `д1` + escaped + "1д"} {
			check(s)
		}
	}
	pieces := []string{"a", "Z", "plain text ", "7", " ", `\n`, `\t`, `\"`, `\r`, "д", "ш", "é", "ö", `\u00e9`, `\u0434`, `\u0041`, "日本", "語", "“", "ſ", "\u0301", "\u200b", "\x7f", "α", "ー", "각", "ı"}
	r := rand.New(rand.NewPCG(5, 6))
	for range 100_000 {
		text := ""
		for range 1 + r.IntN(8) {
			text += pieces[r.IntN(len(pieces))]
		}
		check(text)
	}
	if count < 100_000 {
		t.Errorf("%d texts are tame", count)
	}
}

func TestOrdinaryTextsAreTame(t *testing.T) {
	for _, text := range []string{"björn grünwald", "größer als", `caf\u00e9 \u2014 then`, `line one\nline two\t`, "данные о работе 7", `a \"quoted\" word \/ \\`, "日本語の文章 ab", `\u003cb\u003e`} {
		if !isTame(text, true) {
			t.Errorf("%q is not tame", text)
		}
	}
}

// isTame scans the text as a line has it.
func isTame(text string, multiline bool) bool {
	var s rawjson.Scanner
	_, info, ok := s.String([]byte(`"`+text+`": "of 16 bytes"`), 1)
	return ok && info&rawjson.Tame != 0 && (multiline || info&rawjson.Breaks == 0)
}
