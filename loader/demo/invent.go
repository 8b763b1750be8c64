package demo

import (
	"time"

	"pawprint/model/rawjson"
)

// invent invents an event at the given time and stores it in g.rec.
func (g *Generator) invent(at time.Time) {
	r := &g.rec
	r.at, r.extra, r.agent, r.alert = at, nil, nil, alert{}
	r.denied, r.refused = false, false
	g.inventActor(at)
	g.inventForm()
	g.inventParams()
	g.inventResult()
	g.inventDetails()
	g.inventOddities()
	r.lake = g.opt.calm || !g.one(12)
	r.rowID = [2]uint64{g.rng.Uint64(), g.rng.Uint64()}
	r.trace = [2]uint64{g.rng.Uint64(), g.rng.Uint64()}
	r.enrich = r.action == &signIn || (!g.opt.calm && g.permille(420))
	r.settle()
}

// rare makes odds of one in n ten times smaller in a calm log.
func (g *Generator) rare(n int) int {
	if g.opt.calm {
		return 10 * n
	}
	return n
}

// inventActor chooses who acts, from where and what they do.
func (g *Generator) inventActor(at time.Time) {
	r := &g.rec
	weights, sum := busy(at)
	n, kind := g.below(sum), 0
	for n >= weights[kind] {
		n -= weights[kind]
		kind++
	}
	if kind != byPeople {
		m := &g.cast.machines[kind]
		r.actor = m.actor
		r.origin = m.origins[g.below(len(m.origins))]
		r.action = g.choose(actionsBy[kind])
		return
	}
	p, signsIn := g.cast.pick(g, at)
	r.actor, r.origin = p.actor, p.now
	if signsIn {
		r.action, r.refused = &signIn, p.refused
		return
	}
	r.action = g.choose(peopleActions)
	for !p.rights.allows(r.action.perm) {
		if g.one(8) {
			r.denied = true
			return
		}
		r.action = g.choose(peopleActions)
	}
}

// inventForm chooses the form of the timestamp. Forms without a zone, which a reader reports as problems, are rare.
func (g *Generator) inventForm() {
	r := &g.rec
	n := g.below(1000)
	switch {
	case n < 560:
		r.form = formMillisZ
	case n < 900:
		r.form = formNanosZ
	case n < 990 && (!g.opt.calm || n < 930):
		r.form, r.zone = formOffset, offsets[g.below(len(offsets))]
	case g.opt.calm && n < 997:
		r.form = formMillisZ
	case n%2 == 0:
		r.form = formSpaceCut
	default:
		r.form = formSpaceNano
	}
	if g.opt.calm && r.form == formNanosZ && n < 860 {
		r.form = formMillisZ
	}
}

// inventDetails adds the later field actionDetails, whose keys may hold dots, to some changes of detections.
func (g *Generator) inventDetails() {
	r := &g.rec
	r.details = nil
	switch r.action.input {
	case inDetection, inDetectionState, inUpload:
	default:
		return
	}
	if g.one(3) {
		return
	}
	b := append(r.scratch.details[:0], `{"addRule.id":`...)
	b = rawjson.AppendString(b, r.targets[0])
	b = append(b, `,"addRule.version":`...)
	b = append(b, byte('1'+g.below(9)))
	b = append(b, `,"changedFields":["body","tests"]}`...)
	r.details, r.scratch.details = b, b
}

// inventOddities adds what real rows have now and then: addresses that are empty, absent or end with a dot, proxies, and user
// agents that are empty or null.
func (g *Generator) inventOddities() {
	o := &g.rec.origin
	switch n := g.below(10_000); {
	case o.ip == "":
	case n < 6:
		o.ip += "."
	case n < 14:
		o.ip = ""
	case n < 20:
		o.noIP = true
	case n < 28:
		o.agent = ""
	case n < 36:
		g.rec.agent = null
	}
}

// null is the raw value. Do not append to it.
var null = []byte("null")
