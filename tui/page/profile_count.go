package page

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// mostShown limits the values that are kept of a section; the table of the section has all.
const mostShown = 20

// sectionSpec is a section of a profile: the values of a field among the events of the topic.
type sectionSpec struct {
	name   string // of the field
	title  string
	own    topicKind // the kind of topic that has no such section …
	except bool      // … if this is set
	failed bool      // of failed events alone, each with its action
	many   bool      // only if there are several values
}

// sectionSpecs lists the sections in their order.
var sectionSpecs = []sectionSpec{
	{name: "error", title: "Failures", failed: true},
	{name: "actor.id", title: "Ids under this name", many: true},
	{name: "actor", title: "Actors", own: anActor, except: true},
	{name: "sourceIP", title: "Addresses", own: anAddress, except: true},
	{name: "action", title: "Actions"},
	{name: "target", title: "Targets"},
	{name: "ua", title: "User agents"},
}

// of reports whether the page of a topic has the section.
func (s *sectionSpec) of(about *topic) bool {
	return !(s.except && s.own == about.kind) && s.name != about.value.Name && (!s.many || about.kind == anActor)
}

// keys returns what the section counts by.
func (s *sectionSpec) keys() []count.Key {
	f := field.Of(s.name)
	key, err := f.EachKey()
	if err != nil {
		panic("page: the section " + s.name + " cannot be counted")
	}
	if s.failed {
		return []count.Key{count.ByColumn(model.ColAction), formKey()}
	}
	return []count.Key{key}
}

// messageKeys count by a field alone.
func messageKeys(name string) []count.Key { return (&sectionSpec{name: name}).keys() }

// readsLines reports whether lines must be read to count the section.
func (s *sectionSpec) readsLines() bool {
	for _, k := range s.keys() {
		if k.ReadsLines() {
			return true
		}
	}
	return false
}

// sectionCounts are the values of a section.
type sectionCounts struct {
	top            []count.Count // the most frequent ones first, mostShown at most
	len            int           // number of different values
	events, failed int
	unread         int // lines that could not be read
}

func countsOf(f *count.Facet) sectionCounts {
	out := sectionCounts{top: f.Top(mostShown), len: f.Len()}
	out.events, out.failed = f.Events()
	out.unread, _ = f.Unread()
	return out
}

// counts are what is known about the events of a topic, either from the columns alone or from their lines.
type counts struct {
	sel      *model.Selection // nil before the first count
	failed   *model.Selection // the failed ones; only where lines are read
	facets   *count.Facets
	failures *count.Facets
	sections map[int]sectionCounts // by index in sectionSpecs
	total    count.Count
	names    [numIdentityParts]sectionCounts // of an actor
	hours    hours
	members  map[string][]model.Text // the messages of each form of a failure
}

// nameOf returns the most frequent name of an actor, or else e-mail address; empty for other topics.
func (c *counts) nameOf(about *topic) string {
	if about.kind != anActor {
		return ""
	}
	for i := range c.names {
		for _, of := range c.names[i].top {
			if !of.Values[0].Text.Empty() {
				return of.Values[0].Text.Raw()
			}
		}
	}
	return ""
}

// identityParts are the columns that say who an actor is.
var identityParts = [...]model.Column{model.ColActorName, model.ColActorEmail, model.ColActorID}

const numIdentityParts = len(identityParts)

// profileCounted brings counts.
type profileCounted struct {
	kit.Job
	counts counts
	reads  bool // they needed lines
	err    error
}

// request says what a job counts.
type request struct {
	whole bool          // the whole log, not only what the list shows
	rows  model.Matcher // of the list, unless whole is set
	snap  model.Snapshot
	match model.Matcher // the rows of the topic
}

// sameRows reports whether two requests are about the same rows.
func (r *request) sameRows(other *request) bool {
	return r.continues(other) && r.snap.Rows() == other.snap.Rows()
}

// continues reports whether counts for other can be extended to those for r.
func (r *request) continues(other *request) bool {
	return r.match != nil && other.match != nil && r.whole == other.whole && r.rows == other.rows && kit.PrefixOf(&other.snap, &r.snap)
}

// wanted returns what is to be counted for a scene; ok is false if that is not known yet.
func (p *Profile) wanted(s *kit.Scene) (r request, ok bool) {
	r = request{whole: p.whole, match: p.asked.match}
	switch {
	case p.whole:
		r.snap = *s.Log
	case s.Sel == nil:
		return r, false
	default:
		r.snap, r.rows = *s.Sel.Snapshot(), s.Sel.Matcher()
	}
	if r.match == nil || !r.continues(&p.asked) {
		env := s.Env
		p.unread = new(query.Unread)
		env.Unread = p.unread.Add
		p.seen = new(atomic.Int64)
		r.match = newScope(r.rows, query.Compile(p.about.expr, env), p.seen)
		p.failedMatch = newScope(r.rows, query.Compile(query.And(p.about.expr, kit.FailuresOnly), env), new(atomic.Int64))
	}
	return r, true
}

// count starts counting what needs no line, unless that is done or on the way.
func (p *Profile) count(ctx context.Context, s *kit.Scene) tea.Cmd {
	r, ok := p.wanted(s)
	if !ok || r.sameRows(&p.asked) || p.counting.Busy() && r.continues(&p.asked) {
		return nil
	}
	before := p.counted
	if !r.continues(&p.asked) {
		before = counts{facets: count.NewFacets(p.columnKeys()...)}
		p.forget()
	}
	p.asked, p.err = r, nil
	ctx, job := p.counting.Start(ctx, p)
	p.running = ctx
	specs, zone := p.sections(false), p.Display.Zone
	return kit.Safely(func() tea.Msg {
		out, err := countColumns(ctx, &r, before, specs, zone)
		return profileCounted{Job: job, counts: out, err: err}
	})
}

// sections returns the indexes of the sections of the page that read lines, or of those that do not.
func (p *Profile) sections(reading bool) (out []int) {
	for i := range sectionSpecs {
		if spec := &sectionSpecs[i]; spec.of(&p.about) && spec.readsLines() == reading {
			out = append(out, i)
		}
	}
	return out
}

// columnKeys are the keys of countColumns: all events, the parts of an identity, and the sections that read no line.
func (p *Profile) columnKeys() [][]count.Key {
	out := [][]count.Key{{{}}}
	for _, c := range identityParts {
		out = append(out, []count.Key{count.ByColumn(c)})
	}
	for _, i := range p.sections(false) {
		out = append(out, sectionSpecs[i].keys())
	}
	return out
}

// countColumns counts what columnKeys lists.
func countColumns(ctx context.Context, r *request, before counts, specs []int, zone *time.Location) (counts, error) {
	sel, err := model.Select(ctx, r.snap, r.match, before.sel)
	if err != nil {
		return counts{}, err
	}
	facets, err := before.facets.Extend(ctx, sel)
	if err != nil {
		return counts{}, err
	}
	out := counts{sel: sel, facets: facets, sections: map[int]sectionCounts{}, hours: hoursOf(sel, zone)}
	if all := facets.Facet(0).Top(1); len(all) > 0 {
		out.total = all[0]
	}
	for i := range identityParts {
		out.names[i] = countsOf(facets.Facet(1 + i))
	}
	for k, i := range specs {
		out.sections[i] = countsOf(facets.Facet(1 + numIdentityParts + k))
	}
	return out, nil
}

// read starts counting what only lines hold among the counted events, unless that is done or on the way.
func (p *Profile) read(ctx context.Context) tea.Cmd {
	sel := p.counted.sel
	if sel == nil || sel == p.readFor || p.reading.Busy() {
		return nil
	}
	before := p.lines
	if before.sel == nil || !kit.Continues(sel, before.sel) {
		p.linesRead = new(atomic.Int64)
		before = p.unreadCounts()
	}
	p.readFor = sel
	ctx, job := p.reading.Start(ctx, p)
	p.running = ctx
	specs, match := p.sections(true), p.failedMatch
	return kit.Safely(func() tea.Msg {
		out, err := countLines(ctx, sel, match, before, specs)
		return profileCounted{Job: job, counts: out, reads: true, err: err}
	})
}

// unreadCounts returns counts that have read nothing yet.
func (p *Profile) unreadCounts() counts {
	var all, failed [][]count.Key
	for _, i := range p.sections(true) {
		keys := sectionSpecs[i].keys()
		for k := range keys {
			if keys[k].ReadsLines() {
				keys[k] = keys[k].Reporting(p.linesRead)
			}
		}
		if sectionSpecs[i].failed {
			failed = append(failed, keys, messageKeys(sectionSpecs[i].name))
		} else {
			all = append(all, keys)
		}
	}
	return counts{facets: count.NewFacets(all...), failures: count.NewFacets(failed...)}
}

// countLines counts the sections that read lines.
func countLines(ctx context.Context, sel *model.Selection, match model.Matcher, before counts, specs []int) (out counts, err error) {
	out = counts{sel: sel, sections: map[int]sectionCounts{}}
	if before.failed == nil {
		out.failed, err = model.SelectWithin(ctx, *sel.Snapshot(), match, sel)
	} else {
		out.failed, err = model.Select(ctx, *sel.Snapshot(), match, before.failed)
	}
	if err != nil {
		return out, err
	}
	if out.failures, err = before.failures.Extend(ctx, out.failed); err != nil {
		return out, err
	}
	if out.facets, err = before.facets.Extend(ctx, sel); err != nil {
		return out, err
	}
	var all, failed int
	for _, i := range specs {
		if sectionSpecs[i].failed {
			out.sections[i] = countsOf(out.failures.Facet(failed))
			out.members = membersOf(out.failures.Facet(failed + 1))
			failed += 2
		} else {
			out.sections[i] = countsOf(out.facets.Facet(all))
			all++
		}
	}
	return out, nil
}
