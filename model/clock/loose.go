package clock

import (
	"strconv"
	"strings"
	"time"
)

// maxLoose is more than the longest form takes, in bytes.
const maxLoose = 80

// loose reads the forms in which programs write times though the schema does not: an offset after a blank, no seconds, more digits
// than nanoseconds have, 24:00, a zone in brackets, Unix times, and dates with the name of a month. A form that could mean two times,
// such as 02/11/2026, is not one of them.
func loose(text string) (w Written, form Form, ok bool) {
	if text = strings.TrimSpace(text); text == "" || len(text) > maxLoose || text[0]-'0' >= 10 && !startsWithName(text) {
		return Written{}, Malformed, false
	}
	text = strings.Join(strings.Fields(text), " ") // blanks of any alphabet
	if text[0]-'0' < 10 {
		if w, form, ok = unixTime(text); ok {
			return w, form, true
		}
		return numeric(text)
	}
	return named(text)
}

// numeric reads a date and time in digits, the year first.
func numeric(text string) (w Written, form Form, ok bool) {
	c := cutter{rest: text}
	w = Written{parts: [numUnits]int{0, 1, 1}, last: Minute}
	w.parts[Year] = c.digits(4, 4)
	dash := "-"
	if strings.HasPrefix(c.rest, "/") {
		dash = "/"
	}
	for unit, separators := range [...]string{Month: dash, Day: dash, Hour: "Tt ", Minute: ":"} {
		if Unit(unit) != Year {
			c.bad = c.bad || !c.skip(separators)
			w.parts[unit] = c.digits(1, 2)
		}
	}
	form = Unusual
	if c.skip(":") {
		w.last, w.parts[Second] = Second, c.digits(1, 2)
		if c.skip(".,") && c.rest != "" && c.rest[0]-'0' < 10 {
			if digits := c.fractionDigits(); digits > 9 {
				form = LongFraction
			}
			w.last, w.parts[Nanosecond] = Nanosecond, c.fraction()
		}
	}
	zoneOK := false
	if w.zone, zoneOK = looseZone(c.rest); c.bad || !zoneOK {
		return Written{}, Malformed, false
	}
	if w.parts[Hour] == 24 && w.parts[Minute] == 0 && w.parts[Second] == 0 && w.parts[Nanosecond] == 0 {
		w.parts[Hour], form = 0, EndOfDay
		if !w.valid() {
			return Written{}, Malformed, false
		}
		next := time.Date(w.parts[Year], time.Month(w.parts[Month]), w.parts[Day]+1, 0, 0, 0, 0, time.UTC)
		w = w.On(next.Date())
	}
	if !w.valid() {
		return Written{}, Malformed, false
	}
	return w, form.without(w.zone), true
}

// without is the form of a time that may have no zone.
func (f Form) without(zone *time.Location) Form {
	if zone == nil {
		return UnusualWithoutZone
	}
	return f
}

// fractionDigits returns how many digits come next.
func (c *cutter) fractionDigits() int {
	n := 0
	for n < len(c.rest) && c.rest[n]-'0' < 10 {
		n++
	}
	return n
}

// looseZone reads what may stand behind a time: nothing, Z, UTC, GMT, an offset with or without UTC or GMT before it or a name after
// it, and a name in brackets, which alone must be UTC. Other names are not unique. ok is false for any other text.
func looseZone(text string) (zone *time.Location, ok bool) {
	text = strings.TrimSpace(text)
	before, bracket, inBrackets := strings.Cut(text, "[")
	if inBrackets {
		name, ends := strings.CutSuffix(bracket, "]")
		if before = strings.TrimSpace(before); before == "" {
			before = name
			ends = ends && isUTC(name)
		}
		if !ends || strings.ContainsAny(name, "[]") {
			return nil, false
		}
		text = before
	}
	if text == "" {
		return nil, true
	}
	if isUTC(text) {
		return time.UTC, true
	}
	offset, name, named := strings.Cut(text, " ")
	for _, prefix := range []string{"UTC", "GMT"} {
		offset = strings.TrimPrefix(offset, prefix)
	}
	seconds, form := parseZone([]byte(offset))
	if form != Good || offset == utcSuffix || named && !zoneName(name) {
		return nil, false
	}
	if seconds == 0 {
		return time.UTC, true
	}
	return time.FixedZone("", int(seconds)), true
}

func isUTC(name string) bool {
	return strings.EqualFold(name, "Z") || strings.EqualFold(name, "UTC") || strings.EqualFold(name, "GMT")
}

// zoneName reports whether text looks like the abbreviated name of a zone, such as CEST or +01, which Go writes after the offset.
func zoneName(text string) bool {
	return text != "" && len(text) <= 6 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ+-0123456789") == ""
}

// The years between which a number is taken as a Unix time. Other numbers are too likely to be something else: 20261102100000 is a
// date without separators.
const firstUnixYear, lastUnixYear = 1990, 2100

// unixUnits are the units in which Unix times are written. For the years above, no number fits two of them.
var unixUnits = []struct {
	nanos int64
	form  Form
}{
	{1_000_000_000, UnixSeconds}, {1_000_000, UnixMilliseconds}, {1_000, UnixMicroseconds}, {1, UnixNanoseconds},
}

// unixTime reads a Unix time in seconds, milliseconds, microseconds or nanoseconds, with or without a fraction.
func unixTime(text string) (w Written, form Form, ok bool) {
	digits, fraction, hasFraction := strings.Cut(text, ".")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strings.Trim(text, "0123456789.") != "" || hasFraction && (fraction == "" || strings.Contains(fraction, ".")) {
		return Written{}, Malformed, false
	}
	for _, u := range unixUnits {
		perSecond := 1_000_000_000 / u.nanos
		if year := time.Unix(n/perSecond, 0).UTC().Year(); year < firstUnixYear || year >= lastUnixYear {
			continue
		}
		part, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
		t := time.Unix(n/perSecond, n%perSecond*u.nanos+part*u.nanos/1_000_000_000).UTC()
		w = Written{parts: [numUnits]int{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond()}, last: Nanosecond, zone: time.UTC}
		if u.form == UnixSeconds && !hasFraction {
			w.last = Second
		}
		return w, u.form, true
	}
	return Written{}, Malformed, false
}

// namedForms are the forms with the name of a month, without their zones: HTTP's, the date command's, JavaScript's, and those of
// consoles. Each begins with a letter.
var namedForms = []string{
	"Mon, 2 Jan 2006 15:04:05", "Mon, 02-Jan-2006 15:04:05", "Jan 2, 2006, 3:04:05 PM", "Jan 2, 2006 3:04:05 PM", "Jan 2, 2006 at 3:04:05 PM",
	"January 2, 2006, 3:04:05 PM", "January 2, 2006 3:04:05 PM", "January 2, 2006 at 3:04:05 PM", "Jan 2, 2006, 15:04:05", "Jan 2, 2006 15:04:05",
	"Jan 2, 2006 @ 15:04:05", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 2006 15:04:05",
}

// named reads a date and time with the name of a month.
func named(text string) (w Written, form Form, ok bool) {
	if at := strings.Index(text, " ("); at > 0 && strings.HasSuffix(text, ")") {
		text = text[:at] // the long name of the zone, after its offset
	}
	text, zone, ok := cutDateZone(text)
	if !ok {
		return Written{}, Malformed, false
	}
	for _, form := range namedForms {
		t, err := time.Parse(form, text) // it reads a fraction after the seconds too
		if err != nil {
			continue
		}
		w = Written{parts: [numUnits]int{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond()}, last: Second, zone: zone}
		if t.Nanosecond() != 0 {
			w.last = Nanosecond
		}
		return w, Unusual.without(zone), true
	}
	return Written{}, Malformed, false
}

// startsWithName reports whether text begins with the first letters of a day of the week or a month.
func startsWithName(text string) bool {
	const names = "sun mon tue wed thu fri sat jan feb mar apr may jun jul aug sep oct nov dec "
	return len(text) > 3 && strings.Contains(names, strings.ToLower(text[:3])+" ")
}

// cutDateZone takes the zone out of a date and time with a name: the last word, or the one before the year.
func cutDateZone(text string) (rest string, zone *time.Location, ok bool) {
	words := strings.Fields(text)
	for _, at := range []int{len(words) - 1, len(words) - 2} {
		if at < 1 || !namesZone(words[at]) {
			continue
		}
		if zone, ok = looseZone(words[at]); !ok {
			return "", nil, false
		}
		return strings.Join(append(words[:at:at], words[at+1:]...), " "), zone, true
	}
	return text, nil, true
}

// namesZone reports whether a word behind a date is its zone, if it has one: not a number, a time, or half of the day.
func namesZone(word string) bool {
	c := word[0]
	return (c == '+' || c == '-' || c|0x20-'a' < 26) && !strings.EqualFold(word, "AM") && !strings.EqualFold(word, "PM")
}
