package query

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/big"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/marks"
	"pawprint/model/suspicion"
)

// naive decides one line at a time over plain maps: what the language means, written down a second time.
type naive struct {
	env    Env
	lines  []string
	events []map[string]any  // nil for a reject
	times  []time.Time       // of each line, or that of the line before it
	known  map[string][]bool // by class: what compares each line with all others is decided once
}

func newNaive(env Env, lines []string) *naive {
	n := &naive{env: env, lines: lines}
	for _, line := range lines {
		n.events = append(n.events, decodeEvent(line))
	}
	n.times = carriedTimes(n.events)
	return n
}

func decodeEvent(line string) map[string]any {
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	var event map[string]any
	if d.Decode(&event) != nil {
		return nil
	}
	if _, err := d.Token(); err != io.EOF {
		return nil
	}
	return event
}

// rows returns the numbers of the lines that match, and of those that have no time to decide the query by.
func (n *naive) rows(e Expr) (matching, undecided []int) {
	matching, undecided = []int{}, []int{}
	for i := range n.lines {
		switch n.judge(e, i) {
		case yes:
			matching = append(matching, i)
		case unknown:
			undecided = append(undecided, i)
		}
	}
	return matching, undecided
}

// truth is what a query says about a line. AND is the least of its terms, OR the greatest.
type truth int

const (
	no truth = iota - 1
	unknown
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// naiveFiles are the files that queries take values from.
var naiveFiles = map[string]string{
	"names.txt": "alice\n# nobody\n\ncaf\u00e9\nget_rule # an action\n", "ips.txt": "192.0.2.7\n10.0.0.0/8\n", "ids.txt": "3F2A\ntok\n",
}

// naiveValues replaces files by the values in them.
func naiveValues(values []value) (out []value) {
	for _, v := range values {
		if v.kind != fromFile {
			out = append(out, v)
			continue
		}
		for _, line := range strings.Split(naiveFiles[v.text], "\n") {
			if text, _, _ := strings.Cut(line, "#"); strings.TrimSpace(text) != "" {
				out = append(out, value{literal, strings.TrimSpace(text)})
			}
		}
	}
	return out
}

func (n *naive) judge(e Expr, i int) truth {
	switch e := e.(type) {
	case conjunction:
		least := yes
		for _, t := range e.terms {
			least = min(least, n.judge(t, i))
		}
		return least
	case alternative:
		most := no
		for _, t := range e.terms {
			most = max(most, n.judge(t, i))
		}
		return most
	case negation:
		return -n.judge(e.term, i)
	case words:
		return truthOf(n.words(e.value, i))
	case attribute:
		most := no
		for _, v := range naiveValues(e.values) {
			if asksTime, ok := n.ofTime(e, v, i); asksTime {
				most = max(most, ok)
			} else {
				most = max(most, truthOf(n.attribute(e, v, i)))
			}
		}
		return most
	}
	return yes
}

// ofTime decides a term about the time of a line.
func (n *naive) ofTime(e attribute, v value, i int) (asksTime bool, ok truth) {
	name := strings.ToLower(e.name)
	at, timed := naiveTime(n.events[i])
	switch {
	case name == "is" && v.text == "offhours":
		if !timed {
			return true, unknown
		}
		return true, truthOf(n.class(name, v.text, i))
	case name == "time" && v == (value{glob, "*"}):
		return true, truthOf(timed)
	case name != "time" && name != "since" && name != "until" && name != "on" && name != "around" || v.kind == glob:
		return false, no
	case !timed:
		return true, unknown
	}
	text, width, around := strings.Cut(v.text, "±")
	first, last, isRange := strings.Cut(text, "..")
	from, to := naiveSpan(first)
	switch {
	case around:
		length, _ := time.ParseDuration(width)
		return true, truthOf(!at.Before(from.Add(-length)) && !at.After(from.Add(length)))
	case isRange:
		if day := "2026-11-02"; strings.Contains(last, ":") {
			last = day + "T" + last // the day of the only range that ends so
		} else if strings.HasPrefix(last, "11-") {
			last = from.Format("2006-") + last
		}
		_, to = naiveSpan(last)
	case name == "since" || e.op == opAtLeast:
		to = time.Unix(1<<40, 0)
	case e.op == opMore:
		from, to = to, time.Unix(1<<40, 0)
	case name == "until" || e.op == opAtMost:
		from = time.Unix(0, 0)
	case e.op == opLess:
		from, to = time.Unix(0, 0), from
	}
	return true, truthOf(!at.Before(from) && at.Before(to))
}

// naiveSpan returns the day, the hour or the minute that a text names, the end excluded.
func naiveSpan(text string) (from, to time.Time) {
	if strings.HasPrefix(text, "11-") {
		text = "2026-" + text // the only year of the log
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, day.AddDate(0, 0, 1)
	}
	if minute, err := time.Parse("2006-01-02T15:04", text); err == nil {
		return minute, minute.Add(time.Minute)
	}
	hour, err := time.Parse("2006-01-02T15", text)
	if err != nil {
		panic(err)
	}
	return hour, hour.Add(time.Hour)
}

// naiveIn reports whether a name is one of a list.
func naiveIn(name, list string) bool { return slices.Contains(strings.Fields(list), name) }

// naiveASCII are characters that fold to no other character than their upper case.
const naiveASCII = " !,-./0123456789:_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// naiveFold composes a text and replaces each letter by the least of those that differ from it in case only.
func naiveFold(s string) string { return remembered(&naiveFolds, s, foldNaively) }

func foldNaively(s string) string {
	if strings.Trim(s, naiveASCII) == "" {
		return strings.ToUpper(s)
	}
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, norm.NFC.String(s))
}

// naiveAnyCase reports whether a text has no letter in upper case.
func naiveAnyCase(s string) bool {
	return strings.IndexFunc(naiveNFC(s), func(r rune) bool { return r != 'İ' && unicode.ToLower(r) != r }) < 0
}

func naiveMatch(pattern, s string) bool {
	compile := func(p string) *regexp.Regexp { return remembered(&naivePatterns, p, regexp.MustCompile) }
	return compile(pattern).MatchString(s) || compile(naiveNFC(pattern)).MatchString(naiveNFC(s))
}

func naiveNFC(s string) string { return remembered(&naiveComposed, s, norm.NFC.String) }

// Results that are needed thousands of times for the same text are remembered across queries.
var naiveFolds, naivePatterns, naiveComposed sync.Map

// remembered returns what make returned for the text before.
func remembered[T any](known *sync.Map, text string, make func(string) T) T {
	if v, ok := known.Load(text); ok {
		return v.(T)
	}
	v := make(text)
	known.Store(text, v)
	return v
}

// globExpression turns a pattern into a regular expression.
func globExpression(pattern string, whole bool) *regexp.Regexp {
	parts := strings.Split(pattern, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	text := strings.Join(parts, ".*")
	if whole {
		text = "^" + text + "$"
	}
	return regexp.MustCompile("(?s)" + text)
}

func (n *naive) words(v value, i int) bool {
	cased := naiveNFC
	if naiveAnyCase(v.text) {
		cased = naiveFold
	}
	var test func(string) bool
	switch v.kind {
	case literal:
		test = func(s string) bool { return strings.Contains(cased(s), cased(v.text)) }
	case glob:
		re := globExpression(cased(v.text), false)
		test = func(s string) bool { return re.MatchString(cased(s)) }
	case expression:
		test = func(s string) bool { return naiveMatch(v.text, s) }
	}
	if n.events[i] == nil {
		return test(n.lines[i])
	}
	return anyText(n.events[i], true, test)
}

// anyText applies test to all keys and scalars in v; null only if nulls.
func anyText(v any, nulls bool, test func(string) bool) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, member := range v {
			if test(k) || anyText(member, nulls, test) {
				return true
			}
		}
		return false
	case []any:
		for _, element := range v {
			if anyText(element, nulls, test) {
				return true
			}
		}
		return false
	case nil:
		return nulls && test("null")
	case bool:
		return test(strconv.FormatBool(v))
	case json.Number:
		return test(v.String())
	}
	return test(v.(string))
}

var naiveIndexed = regexp.MustCompile(`^([^\[\]]*)\[([0-9]+)\](?:$|\.(.*)$)`)

// naivePath returns the values at a path. An index in it is that of an element in a list at the key before it.
func naivePath(v any, path string) []any {
	if m := naiveIndexed.FindStringSubmatch(path); m != nil {
		n, _ := strconv.Atoi(m[2])
		var out []any
		for _, list := range naivePath(v, m[1]) {
			if list, ok := list.([]any); ok && n < len(list) {
				if m[3] == "" {
					out = append(out, list[n])
				} else {
					out = append(out, naivePath(list[n], m[3])...)
				}
			}
		}
		return out
	}
	switch v := v.(type) {
	case map[string]any:
		var out []any
		for k, member := range v {
			if strings.EqualFold(k, path) {
				out = append(out, member)
			} else if len(path) > len(k) && strings.EqualFold(path[:len(k)], k) && path[len(k)] == '.' {
				out = append(out, naivePath(member, path[len(k)+1:])...)
			}
		}
		return out
	case []any:
		var out []any
		for _, element := range v {
			out = append(out, naivePath(element, path)...)
		}
		return out
	}
	return nil
}

// naiveColumn returns the text of a column.
func naiveColumn(event map[string]any, path string) []any {
	var at any = event
	for _, key := range strings.Split(path, ".") {
		object, _ := at.(map[string]any)
		at = object[key]
	}
	if s, ok := at.(string); ok {
		return []any{s}
	}
	return nil
}

// naiveNames says what the names that the tests use stand for: ! marks a column, ? a parameter.
var naiveNames = map[string]string{
	"action": "!actionName", "actionname": "!actionName", "result": "!actionResult", "actor": "!actor.id !actor.name !actor.attributes.email",
	"actor.id": "!actor.id", "actor.name": "!actor.name", "actor.type": "!actor.type", "email": "!actor.attributes.email",
	"ip": "!sourceIP XForwardedFor", "sourceip": "!sourceIP", "xforwardedfor": "XForwardedFor", "ua": "!userAgent", "version": "!pantherVersion",
	"desc": "actionDescription", "role": "actor.attributes.roleName", "params.tags": "actionParams.tags", "details.addrule.id": "actionDetails.addRule.id",
	"param.name": "?name", "param.count": "?count", "param.enabled": "?enabled", "param.detections.id": "?detections.id",
}

func (n *naive) values(name string, event map[string]any) []any {
	places, ok := naiveNames[strings.ToLower(name)]
	if !ok {
		return naivePath(event, strings.NewReplacer("[]", "", "[*]", "").Replace(name))
	}
	var out []any
	for _, place := range strings.Fields(places) {
		switch place[0] {
		case '!':
			out = append(out, naiveColumn(event, place[1:])...)
		case '?':
			for _, prefix := range []string{"dynamic.input.", "static.input.", "input.", ""} {
				if found := naivePath(event, "actionParams."+prefix+place[1:]); len(found) > 0 {
					return found
				}
			}
		default:
			out = append(out, naivePath(event, place)...)
		}
	}
	return out
}

func (n *naive) attribute(e attribute, v value, i int) bool {
	event := n.events[i]
	name := strings.ToLower(e.name)
	switch name {
	case "is", "has":
		return n.class(name, v.text, i)
	case "note", "tag", "verdict":
		return n.said(e, v, i)
	case "line":
		return naiveNumber(e.op, v.text, json.Number(strconv.Itoa(i+1)))
	case "offset":
		return naiveNumber(e.op, v.text, json.Number(strconv.Itoa(len(strings.Join(n.lines[:i], "\n"))+min(i, 1))))
	case "source":
		return strings.Contains(naiveFold("audit.jsonl"), naiveFold(v.text))
	}
	if event == nil {
		return false
	}
	switch name {
	case "errors", "error", "errors.message":
		return n.errors(e, v, event)
	case "target":
		text := model.NewText(n.lines[i])
		node, _ := line.Parse(text)
		action, _ := event["actionName"].(string)
		target := naiveTarget(node, action)
		return target != "" && naiveScalar(e, v, "target", target, false)
	}
	for _, found := range n.values(e.name, event) {
		if found != nil && naiveValue(e, v, name, found) {
			return true
		}
	}
	return false
}

// naiveMark is the mark of a row; nil for most.
func naiveMark(i int) *marks.Mark {
	if i%3 > 0 {
		return nil
	}
	return &marks.Mark{Words: marks.Words{Note: []string{"", "ask Marge", "seen"}[i/3%3], Tags: [][]string{nil, {"exfil"}, {"Exfil", "b"}, {"exfiltrated"}}[i/3%4],
		Verdict: []marks.Verdict{"", marks.Benign, marks.Suspicious, marks.Malicious}[i/6%4]}}
}

// naiveMarks finds the marks of naiveMark.
func naiveMarks(_ context.Context, _ *model.Snapshot, from, to model.Row) (out marks.Found, err error) {
	for r := from; r < to; r++ {
		if m := naiveMark(int(r)); m != nil {
			out.Places = append(out.Places, marks.Place{Row: r, Mark: m})
		}
	}
	return out, nil
}

// said decides on what the user said about a row.
func (n *naive) said(e attribute, v value, i int) bool {
	m := naiveMark(i)
	if m == nil {
		return false
	}
	all := map[string][]string{"note": {m.Note}, "tag": m.Tags, "verdict": {string(m.Verdict)}}[strings.ToLower(e.name)]
	return slices.ContainsFunc(all, func(text string) bool {
		switch {
		case text == "":
			return false
		case v == (value{glob, "*"}):
			return true
		case e.op == opEqual:
			return text == v.text
		case v.kind == glob:
			return globExpression(naiveFold(v.text), true).MatchString(naiveFold(text))
		case e.op == opHas && e.name == "tag":
			return naiveFold(text) == naiveFold(v.text)
		case e.op == opHas && e.name == "verdict":
			return strings.HasPrefix(text, v.text)
		}
		return strings.Contains(naiveFold(text), naiveFold(v.text))
	})
}

// naiveValue decides on one value at the place that a name stands for.
func naiveValue(e attribute, v value, name string, found any) bool {
	if v == (value{glob, "*"}) {
		return true
	}
	scalar := func(s string, bare bool) bool { return naiveScalar(e, v, name, s, bare) }
	nested := v.kind != literal || (e.op == opHas || e.op == opContains) && v.text != "" && !naiveIn(name, "result actor.type")
	switch found := found.(type) {
	case map[string]any:
		if len(found) == 0 {
			return v == (value{literal, ""}) && !e.op.compares()
		}
		return nested && naiveDeep(found, scalar)
	case []any:
		if len(found) == 0 {
			return v == (value{literal, ""}) && !e.op.compares()
		}
		if nested {
			return naiveDeep(found, scalar)
		}
		for _, element := range found {
			if element != nil && naiveValue(e, v, name, element) {
				return true
			}
		}
		return false
	}
	return naiveDeep(found, scalar)
}

func naiveDeep(v any, test func(s string, bare bool) bool) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, member := range v {
			if test(k, false) || naiveDeep(member, test) {
				return true
			}
		}
	case []any:
		for _, element := range v {
			if naiveDeep(element, test) {
				return true
			}
		}
	case bool:
		return test(strconv.FormatBool(v), true)
	case json.Number:
		return test(v.String(), true)
	case string:
		return test(v, false)
	}
	return false
}

func naiveScalar(e attribute, v value, name, s string, bare bool) bool {
	switch {
	case e.op.compares() && name == "version":
		return !bare && naiveVersion(e.op, s, v.text)
	case e.op.compares():
		return naiveNumber(e.op, v.text, json.Number(s))
	case v.kind == expression:
		return naiveMatch(v.text, s)
	case v.kind == glob && e.op == opContains:
		return globExpression(naiveFold(v.text), false).MatchString(naiveFold(s))
	case v.kind == glob:
		return naiveUsual(name, s, func(s string) bool { return globExpression(naiveFold(v.text), true).MatchString(naiveFold(s)) })
	case e.op == opEqual && naiveIn(name, "ip sourceip xforwardedfor"):
		want, err := netip.ParseAddr(v.text)
		return !bare && (s == v.text || err == nil && naiveAddress(s, netip.PrefixFrom(want, want.BitLen())))
	case e.op == opEqual && bare && v.text != "":
		_, ok := naiveRational(v.text)
		return s == v.text || ok && naiveBare(s, v.text)
	case e.op == opContains && v.text != "":
		return strings.Contains(naiveFold(s), naiveFold(v.text))
	case e.op == opEqual, v.text == "":
		return s == v.text && !(bare && v.text == "")
	}
	if e.op != opHas { // only the table of operators says what other operators mean here
		t, _ := e.op.row().test(lookup(name), v.text)
		return bare && t.bare([]byte(s)) || !bare && t.text([]byte(s))
	}
	folded, want := naiveFold(s), naiveFold(v.text)
	if block, err := netip.ParsePrefix(v.text); err == nil {
		return !bare && (naiveAddress(s, block) || strings.Contains(folded, want) && !naiveIn(name, "ip sourceip xforwardedfor"))
	}
	if want, err := netip.ParseAddr(v.text); err == nil {
		return !bare && naiveAddress(s, netip.PrefixFrom(want, want.BitLen()))
	}
	switch name {
	case "result", "actor.type":
		for _, word := range []string{"succeeded", "failed", "partially_failed", "user", "token"} {
			if strings.HasPrefix(naiveFold(word), want) {
				return folded == naiveFold(word)
			}
		}
	case "actor.id", "p_row_id", "p_alert_id":
		return bare && naiveBare(s, v.text) || !bare && strings.HasPrefix(folded, want)
	}
	return bare && naiveBare(s, v.text) || !bare && naiveUsual(name, s, func(s string) bool { return strings.Contains(naiveFold(s), want) })
}

// naiveAddresses returns the addresses between the bytes of a text that cannot belong to one.
func naiveAddresses(s string) (out []netip.Addr) {
	between := func(allowed string) func(r rune) bool {
		return func(r rune) bool { return !strings.ContainsRune(allowed, r) }
	}
	for _, word := range strings.FieldsFunc(s, between("0123456789.")) {
		if a, err := netip.ParseAddr(strings.Trim(word, ".")); err == nil {
			out = append(out, a)
		}
	}
	for _, word := range strings.FieldsFunc(s, between("0123456789abcdefABCDEF:")) {
		if a, err := netip.ParseAddr(word); err == nil {
			out = append(out, a)
		}
	}
	return out
}

func naiveAddress(s string, block netip.Prefix) bool {
	return slices.ContainsFunc(naiveAddresses(s), block.Contains)
}

// naiveUsual applies a test to an attribute that holds addresses: to its text, and to the usual form of each address.
func naiveUsual(name, s string, test func(string) bool) bool {
	return test(s) || naiveIn(name, "ip sourceip xforwardedfor") &&
		slices.ContainsFunc(naiveAddresses(s), func(a netip.Addr) bool { return test(a.String()) })
}

// naiveRational reads a decimal number.
func naiveRational(s string) (*big.Rat, bool) {
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

func naiveNumber(o op, want string, got json.Number) bool {
	w, ok := naiveRational(want)
	g, ok2 := naiveRational(string(got))
	return ok && ok2 && naiveHolds(o, float64(g.Cmp(w)))
}

// naiveBare compares a number, true or false with a text: numbers by value.
func naiveBare(s, want string) bool {
	if w, ok := naiveRational(want); ok {
		g, ok := naiveRational(s)
		return ok && g.Cmp(w) == 0
	}
	return naiveFold(s) == naiveFold(want)
}

func naiveVersion(o op, got, want string) bool {
	a, b := strings.Split(got, "."), strings.Split(want, ".")
	for i := range max(len(a), len(b)) {
		part := func(s []string) int {
			if i >= len(s) {
				return 0
			}
			n, _ := strconv.Atoi(s[i])
			return n
		}
		if d := part(a) - part(b); d != 0 {
			return naiveHolds(o, float64(d))
		}
	}
	return naiveHolds(o, 0) && got != ""
}

func naiveHolds(o op, d float64) bool {
	return map[string]bool{":": d == 0, "=": d == 0, "<": d < 0, "<=": d <= 0, ">": d > 0, ">=": d >= 0}[o.text()]
}

// errors decides on the list of errors.
func (n *naive) errors(e attribute, v value, event map[string]any) bool {
	var entries []any
	switch errors := event["errors"].(type) {
	case nil:
	case []any:
		entries = errors
	default:
		entries = []any{errors}
	}
	numbers := true
	for _, one := range e.values {
		n, ok := naiveRational(one.text)
		numbers = numbers && ok && n.IsInt() && n.Sign() >= 0 && e.op != opContains
	}
	if numbers && strings.EqualFold(e.name, "errors") {
		return naiveNumber(e.op, v.text, json.Number(strconv.Itoa(len(entries))))
	}
	if strings.EqualFold(e.name, "errors") {
		return event["errors"] != nil && naiveValue(e, v, "errors", event["errors"])
	}
	for _, entry := range entries {
		message := entry
		if object, ok := entry.(map[string]any); ok {
			if s, ok := object["message"].(string); ok {
				message = s
			}
		}
		text, ok := message.(string)
		if !ok {
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			_ = enc.Encode(message)
			text = strings.TrimSpace(b.String())
		}
		if v == (value{glob, "*"}) || naiveScalar(e, v, "error", text, false) {
			return true
		}
	}
	return false
}

// class decides on the words behind is: and has:.
func (n *naive) class(name, word string, i int) bool {
	event := n.events[i]
	text := func(path string) string {
		if found := naiveColumn(event, path); len(found) == 1 {
			return found[0].(string)
		}
		return ""
	}
	action := strings.TrimPrefix(text("actionName"), "PUBLIC_API_")
	verb, _, _ := strings.Cut(action, "_")
	at, timed := naiveTime(event)
	at = at.In(n.env.zone())
	switch name + ":" + word {
	case "is:reject":
		return event == nil
	case "is:invalid":
		return event == nil || !timed || lacks(event)
	case "has:problem":
		return event == nil || !timed || lacks(event) || strange(event)
	case "has:errors":
		errors, ok := event["errors"].([]any)
		return event["errors"] != nil && (!ok || len(errors) > 0)
	case "has:ip":
		return n.attribute(attribute{name: "ip", op: opHas}, value{glob, "*"}, i)
	case "is:failed":
		return text("actionResult") == "FAILED" || text("actionResult") == "PARTIALLY_FAILED"
	case "is:partial":
		return text("actionResult") == "PARTIALLY_FAILED"
	case "is:read":
		return verb == "GET" || verb == "LIST"
	case "is:write":
		return verb == "CREATE" || verb == "UPDATE" || verb == "DELETE"
	case "is:delete":
		return verb == "DELETE"
	case "is:signin":
		return verb == "SIGN"
	case "is:token":
		return text("actor.type") == "TOKEN"
	case "is:system":
		return text("actor.id") == "00000000-0000-4000-8000-000000000000"
	case "is:user":
		return text("actor.type") == "USER" && text("actor.id") != "00000000-0000-4000-8000-000000000000"
	case "is:duplicate":
		return n.once(word, i, n.duplicate)
	case "is:twin":
		return n.once(word, i, func(i int) bool { return n.twin(i, "actor.name") || n.twin(i, "actor.attributes.email") })
	case "is:marked":
		return naiveMark(i) != nil
	case "has:note", "has:tag", "has:verdict":
		return n.said(attribute{name: word, op: opHas}, value{glob, "*"}, i)
	case "is:offhours":
		return event != nil && timed && (at.Hour() < 7 || at.Hour() >= 19 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday)
	case "is:first-seen":
		return n.class(name, "new-address", i) || n.class(name, "new-action", i)
	case "is:new-address":
		return n.once(word, i, func(i int) bool { return n.first(i, "sourceIP") })
	case "is:new-action":
		return n.once(word, i, func(i int) bool { return n.first(i, "actionName") })
	}
	panic("no such class: " + name + ":" + word)
}

// carriedTimes returns the time of each line, or of the line before it; the first lines without one take the first there is.
func carriedTimes(events []map[string]any) []time.Time {
	out := make([]time.Time, len(events))
	last, known := time.Time{}, false
	for i, event := range events {
		at, ok := naiveTime(event)
		switch {
		case ok && !known:
			for k := range i {
				out[k] = at
			}
			fallthrough
		case ok:
			last, known = at, true
		}
		out[i] = last
	}
	return out
}

// follows reports whether an event of the same key stands before line i in the order of events. An empty key is none.
func (n *naive) follows(i int, key func(k int) string) bool {
	mine, times := key(i), n.times
	for k := range n.lines {
		if mine != "" && key(k) == mine && (times[k].Before(times[i]) || times[k].Equal(times[i]) && k < i) {
			return true
		}
	}
	return false
}

// once decides a class for all lines at its first use.
func (n *naive) once(word string, i int, decide func(i int) bool) bool {
	if n.known[word] == nil {
		if n.known == nil {
			n.known = map[string][]bool{}
		}
		all := make([]bool, len(n.lines))
		for k := range all {
			all[k] = decide(k)
		}
		n.known[word] = all
	}
	return n.known[word][i]
}

// twin reports whether the value at a path in line i looks like the value there in another line, but is written differently.
func (n *naive) twin(i int, path string) bool {
	at := func(k int) string {
		if found := naiveColumn(n.events[k], path); len(found) == 1 {
			text, _ := found[0].(string)
			return text
		}
		return ""
	}
	mine := at(i)
	for k := range n.events {
		if other := at(k); mine != "" && other != "" && !strings.EqualFold(other, mine) && suspicion.Skeleton(other) == suspicion.Skeleton(mine) {
			return true
		}
	}
	return false
}

func (n *naive) duplicate(i int) bool {
	return n.follows(i, func(k int) string {
		id, _ := n.events[k]["p_row_id"].(string)
		return id
	})
}

// first reports whether line i is the first of its actor with any of the things at a path.
func (n *naive) first(i int, path string) bool {
	return slices.ContainsFunc(naiveThings(n.events[i], path), func(thing string) bool {
		return !n.follows(i, func(k int) string {
			actor := naiveColumn(n.events[k], "actor.id")
			if len(actor) == 0 || actor[0] == "" || !slices.Contains(naiveThings(n.events[k], path), thing) {
				return ""
			}
			return actor[0].(string) + "\x00" + thing
		}) && len(naiveColumn(n.events[i], "actor.id")) > 0 && naiveColumn(n.events[i], "actor.id")[0] != ""
	})
}

// naiveThings returns the addresses at a path, or the text there.
func naiveThings(event map[string]any, path string) (out []string) {
	found := naiveColumn(event, path)
	if len(found) == 0 || found[0] == "" {
		return nil
	}
	if path == "sourceIP" {
		for _, a := range naiveAddresses(found[0].(string)) {
			out = append(out, a.String())
		}
	}
	if out == nil {
		out = []string{found[0].(string)}
	}
	return out
}

func naiveTime(event map[string]any) (time.Time, bool) {
	s, _ := event["timestamp"].(string)
	at, err := time.Parse(time.RFC3339Nano, s)
	return at, err == nil
}
