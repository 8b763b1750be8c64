package query

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/ipaddr"
	"pawprint/model/near"
)

// Doubts says which terms of a query cannot match any event of a snapshot because of a name that no event has, or a type that no
// value has, and where the log ends if a term counts back from a later now. If found is 0, it also says which terms match nothing by themselves. suggest allows the messages to quote values of
// the log that are near; otherwise they quote the query only. It reads lines and stops early with the error of ctx.
func Doubts(ctx context.Context, snap *model.Snapshot, e Expr, env Env, found int, suggest bool) ([]string, error) {
	d := doubter{ctx: ctx, snap: snap, env: env, suggest: suggest, said: map[string]bool{}}
	if snap.Rows() == 0 {
		return nil, nil
	}
	terms := leaves(e)
	for _, t := range terms {
		if a, ok := t.(attribute); ok {
			d.say(t, d.unable(a))
		}
	}
	if msg := stale(snap, terms, env); msg != "" {
		d.out = append(d.out, msg)
	}
	if found == 0 {
		d.explainNothing(terms)
	}
	return d.out, d.err
}

// doubter collects what is doubtful about the terms of a query.
type doubter struct {
	ctx     context.Context // of the one call that it serves
	snap    *model.Snapshot
	env     Env
	suggest bool
	out     []string
	said    map[string]bool // the terms with a message
	err     error
}

// leaves lists the terms of a query that have no terms in them, each once.
func leaves(e Expr) []Expr {
	var out []Expr
	known := map[string]bool{}
	walk(e, func(e Expr) {
		switch e.(type) {
		case words, attribute:
			if text := e.String(); !known[text] {
				known[text] = true
				out = append(out, e)
			}
		}
	})
	return out
}

func (d *doubter) say(term Expr, msg string) {
	if msg != "" && d.err == nil {
		d.said[term.String()] = true
		d.out = append(d.out, msg)
	}
}

// some reports whether any row matches.
func (d *doubter) some(e Expr) bool {
	if e == (all{}) {
		return true
	}
	p := compile(e, &d.env)
	if standingsOf(p) != 0 {
		return d.selects(Compile(e, d.env))
	}
	return d.matches(p)
}

// matches reports whether any row passes. It tries one segment first, as what most events have occurs in every segment.
func (d *doubter) matches(p predicate) bool {
	if d.err != nil {
		return false
	}
	m := &matcher{root: p, env: d.env}
	seg := d.snap.Segment(0)
	var rows model.Bitmap
	rows.SetRange(0, seg.Rows())
	if d.err = m.Narrow(d.ctx, d.snap, seg, &rows); d.err != nil {
		return false
	}
	return rows.Next(0) >= 0 || d.snap.Segments() > 1 && d.selects(m)
}

func (d *doubter) selects(m model.Matcher) bool {
	if d.err != nil {
		return false
	}
	var sel *model.Selection
	if sel, d.err = model.Select(d.ctx, *d.snap, m, nil); d.err != nil {
		return false
	}
	return sel.Len() > 0
}

// unable says why a term cannot match: no event has the name, or no value the type that the operator compares.
func (d *doubter) unable(e attribute) string {
	s := lookup(e.name)
	switch s.kind {
	case kindClass, kindPresence, kindView, kindTime, kindSince, kindUntil, kindOn, kindAround, kindLine, kindOffset, kindSource, kindVerdict:
		return ""
	case kindErrors:
		if e.counts() {
			return ""
		}
	}
	present := Has(e.name).(attribute)
	if !d.some(present) {
		if known(e.name) && e.String() == present.String() {
			return "" // the query asks whether there is such an event
		}
		if markKinds.has(s.kind) {
			return fmt.Sprintf("%s; .%s is the key of that name in the line", d.unsaid(e), s.Name)
		}
		return d.nameless(e.name)
	}
	what, t := s.needs(e)
	if what == "" || d.matches(s.predicate(tests{t})) {
		return ""
	}
	return fmt.Sprintf("%s: no value of %s %s is %s", e, e.name, d.where(), what)
}

// where names what is searched: the log, or the loaded rows of a database that has more.
func (d *doubter) where() string {
	if d.snap.OnlyNewest() {
		return fmt.Sprintf("among the %s loaded", amount.Of(int64(d.snap.Rows()), "row", "rows"))
	}
	return "in this log"
}

// nameless says that no event has the name.
func (d *doubter) nameless(name string) string {
	msg := fmt.Sprintf("no event has %s", name)
	if d.snap.OnlyNewest() {
		msg = fmt.Sprintf("no event %s has %s", d.where(), name)
	}
	if own := foreignNames[strings.ToLower(name)]; own != "" {
		return fmt.Sprintf("%s; did you mean %s?", msg, own)
	}
	if like := near.Word(name, names()); like != "" && !known(name) && !strings.HasPrefix(name, like+".") {
		return fmt.Sprintf("%s; did you mean %s?", msg, like)
	}
	if !known(name) && !strings.Contains(name, ".") {
		return msg + "; put the whole word in quotes to look for text"
	}
	return msg
}

// foreignNames are names that other tools have for ours.
var foreignNames = map[string]string{
	"earliest": "since", "after": "since", "from": "since", "latest": "until", "before": "until", "to": "until", "created": "time", "date": "time", "user": "actor", "username": "actor", "user.name": "actor",
	"user.email": "email", "who": "actor", "principal": "actor", "src": "ip", "src_ip": "ip", "client_ip": "ip", "clientip": "ip", "source.ip": "ip", "ipaddress": "ip", "host": "ip", "operation": "action",
	"event": "action", "event.action": "action", "eventname": "action", "event_type": "action", "verb": "action", "method": "action", "status": "result", "outcome": "result", "event.outcome": "result",
	"level": "result", "message": "desc", "msg": "desc", "useragent": "ua", "user_agent": "ua", "user_agent.original": "ua", "index": "source", "file": "source", "object": "target", "resource": "target",
}

// needs returns the type that a term asks for, in words, and the test that all values of that type pass; nothing if any value will do.
func (s *subject) needs(e attribute) (what string, t test) {
	pass := func(is func([]byte) bool) test { return test{text: is, bare: is} }
	v := e.values[0]
	switch {
	case e.op.compares() && s.kind == kindVersion:
		return "a version", pass(func(b []byte) bool { _, ok := parseVersion(b); return ok })
	case e.op.compares():
		if _, ok := parseNumber([]byte(v.text)); ok && s.kind != kindMoment {
			return "a number", pass(func(b []byte) bool { _, ok := parseNumber(b); return ok })
		}
		return "a time", test{text: isTime, bare: func(b []byte) bool { _, form := clock.ReadNumber(b); return form != clock.Malformed }}
	case e.op == opEqual && v.kind == literal && v.text != "":
		return "a single text or number, so that = cannot match", pass(func([]byte) bool { return true })
	case s.kind == kindAddress && v.kind == literal && strings.Contains(v.text, "/"):
		return "an address", test{bare: never, text: func(b []byte) bool { return ipaddr.Each(b, func(netip.Addr) bool { return true }) }}
	}
	return "", t
}

func isTime(b []byte) bool {
	var r clock.Reader
	_, form := r.Find(b)
	return form != clock.Malformed
}

// maxExplained is how many terms are tried one by one when nothing was found.
const maxExplained = 20

// explainNothing says which terms match nothing by themselves, and what comes near.
func (d *doubter) explainNothing(terms []Expr) {
	before := len(d.out)
	for _, t := range terms[:min(len(terms), maxExplained)] {
		if d.said[t.String()] || d.some(t) {
			continue
		}
		msg := fmt.Sprintf("%s matches nothing %s%s", t, d.where(), d.near(t))
		if a, is := t.(attribute); is && markKinds.has(lookup(a.name).kind) {
			msg = d.unsaid(a)
		}
		d.say(t, msg)
	}
	switch {
	case len(d.out) > before || len(d.said) > 0 || d.err != nil || len(terms) == 0:
	case len(terms) > 1:
		d.out = append(d.out, "each term matches something, but no row matches all of them")
	default:
		d.out = append(d.out, "the query excludes every row: remove the - or NOT before its term")
	}
}

// near suggests what a term that matches nothing may have been meant to be.
func (d *doubter) near(term Expr) string {
	switch e := term.(type) {
	case words:
		if low := (words{value{e.value.kind, strings.ToLower(e.value.text)}}); e.value.kind != expression && low != e && d.some(low) {
			return fmt.Sprintf("; an upper-case letter matches only itself: %s ignores case", low)
		}
		if like := d.nearest(e.value, model.ColAction, model.ColActorName, model.ColActorEmail, model.ColResult); like != "" {
			return fmt.Sprintf("; did you mean %s?", words{value{literal, like}})
		}
	case attribute:
		any := attribute{name: e.name, op: opHas, values: e.values}
		if _, fault := any.plan(); e.op == opEqual && fault == nil && d.some(any) {
			return fmt.Sprintf("; = compares the whole value with its case: %s ignores case", any)
		}
		if like := d.nearest(e.values[0], lookup(e.name).Columns...); like != "" && len(e.values) == 1 {
			return fmt.Sprintf("; did you mean %s?", attribute{name: e.name, op: e.op, values: []value{{literal, like}}})
		}
	}
	return ""
}

// maxNear is how many values of a column are compared with a misspelled one.
const maxNear = 5000

// nearest returns the value of the columns that v most likely is a misspelling of; empty if none is near.
func (d *doubter) nearest(v value, columns ...model.Column) string {
	if !d.suggest || v.kind != literal || len(v.text) < 3 {
		return ""
	}
	var texts []string
	for _, c := range columns {
		dict := d.snap.Dictionary(c)
		for id := uint32(0); int(id) < min(dict.Len(), maxNear); id++ {
			if id != model.IDAbsent && id != model.IDEmpty {
				texts = append(texts, string(dict.Bytes(id)))
			}
		}
	}
	return near.Word(v.text, texts)
}
