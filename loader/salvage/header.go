package salvage

import (
	"bytes"

	"pawprint/model"
)

// headers are what writers put before a line, the longer ones first where one begins like another.
var headers = []struct {
	detail model.Detail
	end    func(b []byte, i int) int // the index after the header at b[i], or -1
}{
	{model.AroundPod, pod},
	{model.AroundCRI, containerRuntime},
	{model.AroundSyslog5424, syslog5424},
	{model.AroundSyslog, syslog},
	{model.AroundTime, timed},
	{model.AroundCompose, compose},
}

// header returns the end of the header at b[i] and what it is. The end is -1 if there is none.
func header(b []byte, i int) (end int, detail model.Detail) {
	for _, h := range headers {
		if end := h.end(b, i); end > i {
			return end, h.detail
		}
	}
	return -1, 0
}

// longestWord limits the names within a header.
const longestWord = 255

// word returns the end of the word at b[i] whose bytes are all good, or -1 if there is none.
func word(b []byte, i int, good func(c byte) bool) int {
	if i < 0 {
		return -1
	}
	end := i
	for end < len(b) && good(b[end]) {
		end++
	}
	if end == i || end-i > longestWord {
		return -1
	}
	return end
}

// text returns the end of a literal text at b[i], or -1.
func text(b []byte, i int, s string) int {
	if i < 0 || !bytes.HasPrefix(b[i:], []byte(s)) {
		return -1
	}
	return i + len(s)
}

// blanks returns the end of one or more blanks at b[i], or -1.
func blanks(b []byte, i int) int {
	return word(b, i, func(c byte) bool { return c == ' ' || c == '\t' })
}

func printable(c byte) bool { return c > ' ' && c < 0x7f && c != '{' }

func digit(c byte) bool { return c-'0' < 10 }

func nameByte(c byte) bool {
	return digit(c) || c|0x20-'a' < 26 || c == '.' || c == '-' || c == '_'
}

// like returns the end of the bytes at b[i] that have the shape of a pattern, in which 0 is a digit, or -1.
func like(b []byte, i int, pattern string) int {
	if i < 0 || len(b)-i < len(pattern) {
		return -1
	}
	for k := range len(pattern) {
		if c := b[i+k]; c != pattern[k] && (pattern[k] != '0' || !digit(c)) {
			return -1
		}
	}
	return i + len(pattern)
}

// stamp returns the end of a time of RFC 3339 at b[i], or -1.
func stamp(b []byte, i int) int {
	i = like(b, i, "0000-00-00T00:00:00")
	if end := text(b, i, "."); end > 0 {
		i = word(b, end, digit)
	}
	for _, zone := range []string{"Z", "+00:00", "-00:00", "+0000", "-0000"} {
		if end := like(b, i, zone); end > 0 {
			return end
		}
	}
	return -1
}

// timed is the time before a line: kubectl logs --timestamps, docker logs --timestamps.
func timed(b []byte, i int) int { return blanks(b, stamp(b, i)) }

// pod is the pod and the container before a line: kubectl logs --prefix.
func pod(b []byte, i int) int {
	i = word(b, text(b, i, "[pod/"), func(c byte) bool { return nameByte(c) || c == '/' })
	return blanks(b, text(b, i, "]"))
}

// containerRuntime is the header of the files that container runtimes write: a time, a stream, and tags.
func containerRuntime(b []byte, i int) int {
	i = blanks(b, stamp(b, i))
	stream := text(b, i, "stdout")
	if stream < 0 {
		stream = text(b, i, "stderr")
	}
	i = blanks(b, stream)
	tags := word(b, i, func(c byte) bool { return nameByte(c) || c == ':' })
	if tags < 0 || b[i] != 'F' && b[i] != 'P' || tags > i+1 && b[i+1] != ':' {
		return -1
	}
	return blanks(b, tags)
}

// compose is the service before a line: docker compose logs.
func compose(b []byte, i int) int {
	i = word(b, i, nameByte)
	if end := blanks(b, i); end > 0 {
		i = end
	}
	return text(b, i, "|")
}

// priority returns the end of a syslog priority at b[i], or -1.
func priority(b []byte, i int) int {
	i = text(b, i, "<")
	end := word(b, i, digit)
	if end < 0 || end-i > 3 {
		return -1
	}
	return text(b, end, ">")
}

// syslog5424 is a header of RFC 5424, which the length of the message may precede.
func syslog5424(b []byte, i int) int {
	if count := blanks(b, word(b, i, digit)); count > 0 {
		i = count
	}
	i = blanks(b, text(b, priority(b, i), "1"))
	at := text(b, i, "-")
	if at < 0 {
		at = stamp(b, i)
	}
	for range 4 { // host, application, process, message
		at = word(b, blanks(b, at), printable)
	}
	at = blanks(b, at)
	if end := text(b, at, "-"); end > 0 {
		return end
	}
	return structured(b, at)
}

// structured returns the end of the structured data at b[i], or -1.
func structured(b []byte, i int) int {
	if text(b, i, "[") < 0 {
		return -1
	}
	quoted := false
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '{' && !quoted || c < ' ':
			return -1
		case c == ']' && !quoted && (i+1 == len(b) || b[i+1] != '['):
			return i + 1
		}
	}
	return -1
}

// syslog is a header of RFC 3164, as it is sent or as it stands in files: a time, a host, and a program. Where a priority begins it, host
// and program may be missing.
func syslog(b []byte, i int) int {
	begin := priority(b, i)
	at := max(i, begin)
	after := traditional(b, at)
	if after < 0 {
		after = stamp(b, at)
	}
	host := word(b, blanks(b, after), printable)
	program := tag(b, blanks(b, host))
	if program < 0 && host > 0 && begin > 0 {
		if program = tag(b, blanks(b, after)); program < 0 {
			program = host
		}
	}
	if program < 0 && begin > 0 {
		program = after
	}
	if end := text(b, blanks(b, program), "@cee:"); end > 0 {
		return end
	}
	return program
}

var months = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// traditional returns the end of a time without a year at b[i], or -1.
func traditional(b []byte, i int) int {
	for _, m := range months {
		if end := text(b, i, m+" "); end > 0 {
			if day := like(b, end, " 0 00:00:00"); day > 0 {
				return day
			}
			return like(b, end, "00 00:00:00")
		}
	}
	return -1
}

// tag returns the end of a program at b[i], with its process and a colon, or -1.
func tag(b []byte, i int) int {
	i = word(b, i, func(c byte) bool { return printable(c) && c != ':' && c != '[' })
	if process := word(b, text(b, i, "["), func(c byte) bool { return printable(c) && c != ']' }); process > 0 {
		i = text(b, process, "]")
	}
	return text(b, i, ":")
}
