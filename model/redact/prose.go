package redact

// proseWords follow the name of a secret in sentences, and are not its value.
var proseWords = wordSet("a an and are as at authentication authorization be bearer but by can cannot challenge changed configured created credentials " +
	"denied did disabled does empty enabled error expected expired expires failed for format from has have header if in incorrect input invalid is it " +
	"length malformed may method missing must needs no not null of ok on optional or policy provided redacted rejected removed required " +
	"reset revoked rotated scheme scope set should string success the this to token tokens too unauthorized undefined unknown unset updated used " +
	"valid validation value verification was were will with wrong you your")

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for len(text) > 0 {
		end := lower.run([]byte(text), 0, len(text))
		set[text[:end]] = true
		text = text[min(end+1, len(text)):]
	}
	return set
}

// prose reports whether the text at i is part of a sentence and not a value: one of proseWords, or several words of letters only.
func prose(t []byte, i int) bool {
	end := letters.run(t, i, maxName)
	if end == i {
		return false
	}
	var word [maxName]byte
	big := 0
	for k, c := range t[i:end] {
		if c-'A' < 26 {
			big++
		}
		word[k] = c | 0x20
	}
	if end < len(t) && charsets[t[end]]&(digit|underline|slash|base64Signs|dollar|atSign) != 0 {
		return false
	}
	if proseWords[string(word[:end-i])] {
		return true
	}
	if end+1 >= len(t) || big > 3 || end-i > 24 {
		return false
	}
	return t[end] == ' ' && charsets[t[end+1]]&letters != 0 || t[end] == ':' || t[end] == ',' && t[end+1] == ' '
}
