package redact

// charset is a set of the kinds of bytes that secrets are made of.
type charset uint32

const (
	lower charset = 1 << iota
	upper
	digit
	hexLower // a to f
	underline
	dash
	dot
	slash
	base64Signs // + and =
	tilde
	lineEnd
	percent
	dollar
	atSign
	hexUpper
	comma

	letters   = lower | upper
	alnum     = letters | digit
	hex       = hexLower | digit
	shouting  = upper | digit
	urlSafe   = alnum | underline | dash
	dotted    = urlSafe | dot
	base64Set = alnum | slash | base64Signs
	hashSet   = dotted | slash | base64Signs | dollar | comma
	tokenSet  = dotted | slash | base64Signs | tilde | percent
)

var charsets = func() (sets [256]charset) {
	add := func(text string, set charset) {
		for i := range len(text) {
			sets[text[i]] |= set
		}
	}
	add("abcdefghijklmnopqrstuvwxyz", lower)
	add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", upper)
	add("0123456789", digit)
	add("abcdef", hexLower)
	add("ABCDEF", hexUpper)
	for set, text := range map[charset]string{underline: "_", dash: "-", dot: ".", slash: "/", base64Signs: "+=", tilde: "~", lineEnd: "\r\n", percent: "%", dollar: "$", comma: ",", atSign: "@"} {
		add(text, set)
	}
	return sets
}()

// run returns the end of the bytes of a set that begin at i, at most max of them.
func (set charset) run(t []byte, i, max int) int {
	end := len(t)
	if max < end-i {
		end = i + max
	}
	for i < end && charsets[t[i]]&set != 0 {
		i++
	}
	return i
}

// inWord reports whether the byte before i belongs to the same word as the one at i.
func inWord(t []byte, i int) bool { return i > 0 && charsets[t[i-1]]&urlSafe != 0 }
