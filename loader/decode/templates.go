package decode

import (
	"pawprint/model"
	"pawprint/model/rawjson"
)

// templates remembers what events look like apart from their texts and numbers. An event that looks like one before it consists of the bytes
// of its fragments, with a hole behind each: a text, a number or the value of a member. The fragments need no second look at their
// grammar and their keys: they are compared, and only what is in the holes is decoded.
//
// The fragments form a graph. Of the objects that are open, only the keys so far matter for what may follow, so that all events with the
// same keys go on with the same fragments, whatever was in the values that have ended.
type templates struct {
	fragments []fragment       // the first one stands for none
	texts     []byte           // of the fragments, one behind the other
	lists     []uint16         // of fragments that may stand at one place: the one that was seen last, each leads to the next
	behind    map[state]uint32 // the lists of what may follow a fragment that others share

	score    int // hits less several times the misses
	rest     int // how many events to decode without templates …
	run      int // … and then with them
	sampled  int // bytes of the last events without them …
	repeated int // … and of remembered sequences among these
}

// fragment is the bytes of a template from one hole to the next. Fragments hold no pointers and are small, as there are thousands.
type fragment struct {
	seen   uint64       // the keys of the event so far, as bits
	text   uint32       // where its text begins in texts
	then   uint32       // the list of what may follow the hole
	value  uint32       // the id of a value of an enumeration that the text holds …
	n      uint16       // bytes of its text
	other  uint16       // the next of the fragments that may stand here instead, or 0
	column model.Column // … and its column; NoColumn if there is none
	ways   uint8        // how many lists there are from then on, less one: the action says which one it is
	hole   hole
	level  uint8       // of the object whose member is in the hole …
	key    uint8       // … and its key in the table of that level
	inside model.Field // the attribute that a text in the hole belongs to
	shared bool        // what follows depends on the keys of the event alone
}

// state is all that matters of an event so far for what may follow: how the members that it had ended does not.
type state struct {
	seen  uint64 // its keys, as bits
	value uint8  // the key whose value comes next or has begun; unknownKey if another key comes next
	way   uint8  // of the action, within parameters
	shape string // of the value that has begun: the keys of its open objects
}

// hole is what stands between two fragments.
type hole uint8

const (
	holeEnd       hole = iota // nothing: the event ends
	holeText                  // the text of a string, with the closing quote
	holeColumn                // that of a string that a column keeps
	holeTime                  // any value of a time
	holeAddresses             // any value of a list of addresses
	holeMember                // any value of another member of the event
	holeNone                  // nothing: an object begins, which does not depend on those before, or ends
	holeNumber
	holeList  // a list with all that it holds, as lists of any length look alike then
	holeNever // what stands for no fragment
)

const (
	maxFragments    = 8 << 10
	maxAlternatives = 8  // fragments that may stand at one place
	actionWays      = 64 // lists of what follows in events of different actions, whose parameters look different

	missedTemplate    = 3 // what a miss takes from the score: it costs more than a hit saves
	maxTemplateScore  = 1000
	newTemplateScore  = 600 // enough to meet the events of two hundred kinds
	restTemplateScore = 100 // after a rest

	templateRest  = 4096
	templateRun   = 8192
	sampledEvents = 256
	firstRest     = 2048 // at the start, while sequences are still being learned
)

// begin makes the templates ready for a log that nothing is known of.
func (t *templates) begin() {
	t.fragments, t.texts, t.lists = append(t.fragments[:0], fragment{hole: holeNever}), t.texts[:0], append(t.lists[:0], 0)
	t.behind = map[state]uint32{}
}

// eventObject decodes the object of an event, which begins at i, by a template if that pays.
func (d *Decoder) eventObject(i int) (seen uint64, end int, ok bool) {
	t := &d.templates
	if t.rest > 0 {
		return d.withoutTemplate(i)
	}
	if t.run--; t.run == 0 {
		t.rest = sampledEvents
	}
	flags, problems, listed := d.row.Flags, d.problems, d.batch.Problems()
	if seen, end, ok = d.fits(i); ok {
		t.score = min(t.score+1, maxTemplateScore)
		return seen, end, true
	}
	if t.score -= missedTemplate; t.score <= 0 {
		t.score, t.rest = restTemplateScore, templateRest
	}
	d.row.Flags, d.problems, d.row.Columns, d.row.ID = flags, problems, [model.NumColumns]uint32{}, model.RowID{}
	d.batch.TruncateProblems(listed)
	d.beginEvent()
	if seen, end, ok = d.object(i, levelEvent); ok {
		d.learn(i, end, d.flawed)
	}
	return seen, end, ok
}

// withoutTemplate decodes the object of an event while templates rest. In the end it decides whether they are to be used: not if most of
// the log repeats itself, as remembered sequences are faster then.
func (d *Decoder) withoutTemplate(i int) (seen uint64, end int, ok bool) {
	t := &d.templates
	if t.rest == sampledEvents {
		t.repeated, t.sampled = 0, 0
	}
	seen, end, ok = d.object(i, levelEvent)
	t.sampled += end - i
	if t.rest--; t.rest == 0 {
		if 5*t.repeated > 2*t.sampled {
			t.rest = templateRest
		} else {
			t.run = templateRun
		}
	}
	return seen, end, ok
}

// fits decodes the event at i by the templates. It reports false if none fits, and leaves the row half done then.
func (d *Decoder) fits(i int) (seen uint64, end int, ok bool) {
	b, t := d.b, &d.templates
	for list := uint32(0); ; {
		f := &t.fragments[t.lists[list]]
		if !t.at(f, b, i) {
			if f = t.other(&t.lists[list], b, i); f == nil {
				return 0, i, false
			}
		}
		i += int(f.n)
		if f.column != model.NoColumn {
			d.row.Columns[f.column] = f.value
		}
		switch f.hole {
		case holeText:
			start := i
			var info rawjson.Info
			if i, info, ok = d.scan.String(b, i); ok && info&rawjson.Odd != 0 {
				d.inside = f.inside
				d.odd(b, start, i, info, false)
			}
			i++
		case holeColumn:
			d.inside = f.inside
			i, ok = d.text(&tables[f.level].keys[f.key&unknownKey], i)
		case holeNumber:
			i, ok = d.scan.Value(b, i)
		case holeList:
			d.inside = f.inside
			i, ok = d.scan.Value(b, i)
		case holeTime:
			d.inside = f.inside
			i, ok = d.timeValue(f.inside, i)
		case holeAddresses:
			d.inside = f.inside
			i, ok = d.addresses(f.inside, i)
		case holeMember:
			d.inside = f.inside
			i, ok = d.cachedMember(levelEvent, f.key, &eventKeys.keys[f.key&unknownKey], i)
		case holeEnd:
			return f.seen, i, true
		}
		if !ok {
			return 0, i, false
		}
		list = f.then + d.row.Columns[model.ColAction]&uint32(f.ways)
	}
}

// other returns the fragment of a list that stands at i and is not the first one, and moves it to the front. It returns nil if there is none.
func (t *templates) other(list *uint16, b []byte, i int) *fragment {
	for before := &t.fragments[*list]; before.other != 0; {
		at := before.other
		f := &t.fragments[at]
		if t.at(f, b, i) {
			if f.hole != holeMember { // which stands behind all that know more of the value
				before.other, f.other, *list = f.other, *list, at
			}
			return f
		}
		before = f
	}
	return nil
}

// at reports whether the fragment stands at b[i], with the start of a number or list behind it if it needs one.
func (t *templates) at(f *fragment, b []byte, i int) bool {
	end, text := i+int(f.n), int(f.text)
	return end < len(b) && string(b[i:end]) == string(t.texts[text:text+int(f.n)]) && (f.hole < holeNumber || f.begins(b[end]))
}

// begins reports whether c can begin the value in the hole of f.
func (f *fragment) begins(c byte) bool {
	return f.hole == holeNumber && number(c) || f.hole == holeList && c == '['
}

func number(c byte) bool { return c == '-' || c-'0' < 10 }

// text is the bytes of a fragment.
func (t *templates) text(f *fragment) []byte { return t.texts[f.text:][:f.n] }
