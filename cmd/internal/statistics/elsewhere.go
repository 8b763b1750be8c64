package statistics

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"pawprint/cmd/internal/rows"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/rawjson"
)

// Elsewhere is events that are not in a selection, but were counted where they lie, by the texts that they hold. It is a small log, in
// which one event stands for all that hold the same, so that their values are read as those of any event.
type Elsewhere struct {
	counts []count.Count // by line of the log
	events int
	log    *model.Selection
}

// NewElsewhere makes the log. The values of a count are the texts at the attributes, behind the bucket of time if bucketed is set. They
// must be valid UTF-8. The same values may be there more than once.
func NewElsewhere(ctx context.Context, of []model.Field, bucketed bool, counts []count.Count) (*Elsewhere, error) {
	e := &Elsewhere{counts: counts}
	var text bytes.Buffer
	for i := range counts {
		e.events += counts[i].Events
		text.Write(append(lineOf(of, bucketed, &counts[i]), '\n'))
	}
	log := model.NewLog()
	if err := loader.ReadLines(ctx, log, log.AddSource(model.Text{}), &text, loader.Limits{}); err != nil {
		return nil, err
	}
	snap := log.Snapshot()
	if int(snap.Books().Events) != len(counts) {
		return nil, errors.New("counting: the counts from the database cannot be read")
	}
	var err error
	e.log, err = model.Select(ctx, snap, nil, nil)
	return e, err
}

// lineOf writes an event with the values of a count.
func lineOf(of []model.Field, bucketed bool, n *count.Count) []byte {
	at, values := n.First, n.Values
	if bucketed {
		at, values = count.StepStart(values[0].Text), values[1:]
	}
	paths, texts := [][]string{{model.FieldTimestamp.String()}}, []string{time.Unix(0, at).UTC().Format(time.RFC3339Nano)}
	for i, f := range of {
		if !values[i].Absent {
			paths, texts = append(paths, strings.Split(f.String(), ".")), append(texts, values[i].Text.Raw())
		}
	}
	return appendObject(nil, paths, texts)
}

// appendObject writes an object with the texts at the paths.
func appendObject(dst []byte, paths [][]string, texts []string) []byte {
	dst = append(dst, '{')
	for i, p := range paths {
		same := func(other []string) bool { return other[0] == p[0] }
		if slices.ContainsFunc(paths[:i], same) {
			continue
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(rawjson.AppendString(dst, p[0]), ':')
		if len(p) == 1 {
			dst = rawjson.AppendString(dst, texts[i])
			continue
		}
		var below [][]string
		var inner []string
		for k, other := range paths[i:] {
			if same(other) {
				below, inner = append(below, other[1:]), append(inner, texts[i+k])
			}
		}
		dst = appendObject(dst, below, inner)
	}
	return append(dst, '}')
}

// by counts the events by keys.
func (e *Elsewhere) by(ctx context.Context, keys []count.Key) ([]count.Count, error) {
	line := count.ByNumber(func(o model.Origin) int64 { return o.Line })
	facets, err := count.NewFacets(append(slices.Clone(keys), line)).Extend(ctx, e.log)
	if err != nil {
		return nil, err
	}
	all := facets.Facet(0).Top(0)
	for i, n := range all {
		last := len(n.Values) - 1
		at, err := strconv.Atoi(n.Values[last].Text.Raw())
		if err != nil {
			return nil, err
		}
		all[i] = e.counts[at-1]
		all[i].Values = n.Values[:last]
	}
	return all, nil
}

// Asked lists what must be known of events elsewhere to count them: of each list, how many events hold the same texts at its
// attributes. why names what cannot be counted so; it is empty if all can.
func (c *Statistic) Asked() (lists [][]model.Field, why string) {
	for _, fields := range c.sides() {
		list := []model.Field{}
		for i := range fields {
			attributes := AttributesOf(&fields[i].Field)
			if attributes == nil {
				return nil, fields[i].Name
			}
			for _, a := range attributes {
				if !slices.Contains(list, a) {
					list = append(list, a)
				}
			}
		}
		lists = append(lists, list)
	}
	return lists, ""
}

// sides are the lists of fields that events are counted by.
func (c *Statistic) sides() (lists [][]rows.Field) {
	switch {
	case len(c.distinct) > 0:
		for _, d := range c.distinct {
			lists = append(lists, append(slices.Clone(c.by), d))
		}
		return lists
	case len(c.by) > 0 || c.bucketed():
		return [][]rows.Field{c.by}
	}
	for _, name := range overviewSections {
		lists = append(lists, []rows.Field{{Field: field.Of(name), Name: name}})
	}
	return lists
}

// AttributesOf lists the attributes whose texts decide on the value of a field; nil if it takes more than texts.
func AttributesOf(f *field.Field) []model.Field {
	switch f.Kind {
	case field.Column:
		return []model.Field{f.Schema}
	case field.Actor:
		return []model.Field{model.FieldActorName, model.FieldActorEmail, model.FieldActorID}
	case field.Identity:
		return []model.Field{model.FieldActorEmail, model.FieldActorID}
	case field.Class:
		return []model.Field{model.FieldActionName}
	}
	return nil
}

// elsewhere returns the events elsewhere by list i of Asked, or nil.
func (c *Statistic) elsewhere(i int) *Elsewhere {
	if i < len(c.Elsewhere) {
		return c.Elsewhere[i]
	}
	return nil
}

// number is how many events there are.
func (e *Elsewhere) number() int {
	if e == nil {
		return 0
	}
	return e.events
}

// Merged adds the events to the counts of a facet by the same keys, and puts the most frequent first.
func (e *Elsewhere) Merged(ctx context.Context, here []count.Count, keys []count.Key) ([]count.Count, error) {
	if e.number() == 0 {
		return here, nil
	}
	there, err := e.by(ctx, keys)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i := range here {
		at[count.TupleText(here[i].Values)] = i
	}
	for _, n := range there {
		text := count.TupleText(n.Values)
		if i, known := at[text]; known {
			add(&here[i], &n)
			continue
		}
		at[text] = len(here)
		here = append(here, n)
	}
	slices.SortFunc(here, func(a, b count.Count) int {
		return cmp.Or(b.Events-a.Events, slices.CompareFunc(a.Values, b.Values, absentFirst))
	})
	return here, nil
}

// absentFirst orders values as facets do: no value comes first.
func absentFirst(a, b count.Value) int {
	switch {
	case a.Absent == b.Absent:
		return a.Compare(b)
	case a.Absent:
		return -1
	}
	return 1
}

// add adds a count of the same values to another one.
func add(to, n *count.Count) {
	to.Events += n.Events
	to.Failed += n.Failed
	switch {
	case !n.Timed:
	case !to.Timed:
		to.First, to.Last, to.Timed = n.First, n.Last, true
	default:
		to.First, to.Last = min(to.First, n.First), max(to.Last, n.Last)
	}
}

// withElsewhere adds the events elsewhere to buckets, and the empty ones between.
func (c *Statistic) withElsewhere(buckets []count.Bucket) ([]count.Bucket, error) {
	there := c.elsewhere(0)
	if there.number() == 0 {
		return buckets, nil
	}
	starts := map[int64]*count.Bucket{}
	first := count.StepStart(there.counts[0].Values[0].Text)
	last := first
	note := func(start int64, events, failed int) {
		b := starts[start]
		if b == nil {
			b = &count.Bucket{}
			starts[start] = b
		}
		b.Events, b.Failed = b.Events+events, b.Failed+failed
		first, last = min(first, start), max(last, start)
	}
	for _, b := range buckets {
		note(b.Start, b.Events, b.Failed)
	}
	for _, n := range there.counts {
		note(count.StepStart(n.Values[0].Text), n.Events, n.Failed)
	}
	var all []count.Bucket
	for start := first; start <= last; {
		if len(all) == count.MaxBuckets {
			return nil, count.ErrTooManyBuckets
		}
		_, end := c.Step.Bounds(start)
		b := count.Bucket{Start: start, End: end}
		if n := starts[start]; n != nil {
			b.Events, b.Failed = n.Events, n.Failed
		}
		all = append(all, b)
		start = end
	}
	return all, nil
}
