// Package decode turns lines into rows: it checks one line against the schema and fills a row of a model.Batch, with its
// problems. It is what another schema would replace. It does no I/O, reads no clock, and keeps no bytes of a line.
package decode

import (
	"pawprint/loader/salvage"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/rawjson"
)

// Decoder turns lines into rows of a batch: one pass a line, nothing allocated for an ordinary one. It is for one goroutine,
// may be used for any number of sources one after the other, and is faster the more of a log it has seen. Make one with New.
//
// Its batches refer to its vocabulary. Once the vocabulary is full the decoder starts a new one, but never while a batch holds
// rows: Append a batch, and Reset it, before its next use.
type Decoder struct {
	// Torn says that the next lines may be pieces of lines: one that is not an event is then reported as cut, whatever its fault.
	Torn bool
	// Whole says that a record is either an event as a whole or a reject: no event is looked for within it. It is for rows of tables,
	// where a damaged row can begin within a cell.
	Whole bool
	// Page is the page of events that the next record stands in, as a Detail of model.Enveloped; 0 for other records.
	Page model.Detail
	// BadRow says why the next record, a row of a table, is not an event, as a Detail of model.BadRow; 0 for other records.
	BadRow model.Detail

	scan  rawjson.Scanner
	vocab *model.Vocabulary
	batch *model.Batch
	b     []byte // the bytes being decoded; they end with a newline
	line  int    // where the line begins in b
	row   model.RowRecord

	values    valueCache
	sequences sequenceCache
	templates templates
	flawed    uint64          // the keys of the event whose values had a problem or a flag, as bits
	keys      [3]rawjson.Keys // keys that are not in the table, by level
	guesses   [3]guess        // by level
	inside    model.Field     // the attribute whose value is being decoded
	clock     clock.Reader
	stamp     value // of timestamp
	lakeTime  value // of p_event_time
	problems  int   // of this line
	flagged   int   // how often a flag was set
	said      bool  // errors says what went wrong
	lookups   [model.NumColumns]lookup
	decoded   []byte
	inner     rawjson.Scanner // for values that were scanned already
	seen      uint64          // the keys of the last object of levelEvent, as bits
	finder    salvage.Finder
	unquoting []byte          // the text of a string that is an event
	escapes   rawjson.Escapes // where that text stands; empty for other events
	forwarded model.Forwarded
	respelled bool // XForwardedFor is there twice, or in another case
}

// value is the place of a string in b, without its quotes, or the reason why there is none.
type value struct {
	start, end int
	state      valueState
}

type valueState uint8

const (
	valueAbsent valueState = iota
	valueNull
	valueText
	valueNumber // of a wrong type, which has been noted
	valueOdd    // likewise
)

// level is one of the objects whose keys the schema names.
type level int

const (
	levelEvent level = iota
	levelActor
	levelAttributes
)

// tables holds the keys of each level, parents the attribute whose value the object is.
var (
	tables  = [...]*keyTable{eventKeys, actorKeys, attributeKeys}
	parents = [...]model.Field{model.FieldNone, model.FieldActor, model.FieldActorAttributes}
)

// maxVocabulary is how many values a vocabulary may hold before the decoder starts a new one, which bounds memory on hostile input.
const maxVocabulary = 1 << 17

// maxProblems is how many problems are listed for one line.
const maxProblems = 64

// New makes a decoder.
func New() *Decoder {
	d := new(Decoder)
	d.scan.OnOdd = d.odd
	d.scan.OnDuplicate = func(b []byte, start, end int) { d.duplicate(b[start:end], start) }
	d.templates.begin()
	d.templates.score, d.templates.rest = newTemplateScore, firstRest
	d.renew()
	return d
}

// renew starts with an empty vocabulary.
func (d *Decoder) renew() {
	d.vocab = model.NewVocabulary()
	d.values.forget()
	d.sequences.forget()
	for c := range d.lookups {
		d.lookups[c] = lookup{dict: d.vocab, column: model.Column(c)}
	}
}

// Empty makes another decoder of the same kind, which shares nothing with d.
func (d *Decoder) Empty() *Decoder { return New() }

// Lines decodes all lines of b, which is empty or ends with a newline, and adds them to batch. Offsets count from the start of
// b. b is not kept.
func (d *Decoder) Lines(batch *model.Batch, b []byte) {
	d.fill(batch, b)
	for i := 0; i < len(b); {
		i = d.oneLine(i, uint32(batch.Lines))
	}
	d.b = nil
}

// Record decodes the one line that starts at b[at] and adds it to batch, as line number line of it. b ends with the newline of
// that line and is not kept.
func (d *Decoder) Record(batch *model.Batch, b []byte, at int, line uint32) {
	d.fill(batch, b)
	d.oneLine(at, line)
	d.b = nil
}

// fill sets the batch that rows are added to and the bytes that they are decoded from.
func (d *Decoder) fill(batch *model.Batch, b []byte) {
	if d.vocab.Len() > maxVocabulary && batch.Rows() == 0 {
		d.renew()
	}
	batch.Vocabulary = d.vocab
	d.batch, d.b = batch, b
}

// oneLine decodes the line that starts at i, with its number in the batch, and returns the start of the next one.
func (d *Decoder) oneLine(i int, line uint32) int {
	b := d.b
	d.line, d.problems = i, 0
	d.row = model.RowRecord{Offset: uint32(i), Line: line}
	d.batch.Lines++
	start := i
	if b[i] <= ' ' {
		i = d.scan.Space(b, i)
	}
	switch b[i] {
	case '\n':
		d.batch.Blanks++
		return i + 1
	case '{':
		end, ok := d.event(i)
		if ok && d.seen&eventKeys.required != 0 {
			return d.finish(start, end)
		}
		if next, ok := d.recovered(start); ok {
			return next
		}
		if ok {
			return d.finish(start, end)
		}
		return d.reject(start)
	}
	if next, ok := d.recovered(start); ok {
		return next
	}
	return d.notObject(start, i)
}

// event decodes the object that begins at i and is the only one on its line; end is the index of the newline after it.
func (d *Decoder) event(i int) (end int, ok bool) {
	if i, ok = d.record(i); !ok {
		return i, false
	}
	if d.b[i] <= ' ' {
		i = d.scan.Space(d.b, i)
	}
	if d.b[i] != '\n' {
		d.scan.Fault = rawjson.Fault{Code: rawjson.TrailingBytes, Offset: i}
		return i, false
	}
	return i, true
}

// record decodes the object that begins at i; end is the index after it.
func (d *Decoder) record(i int) (end int, ok bool) {
	d.beginEvent()
	seen, i, ok := d.eventObject(i)
	if !ok {
		return i, false
	}
	if d.respelled {
		d.forwarded.Leave()
	}
	d.row.Forwarded = &d.forwarded
	d.time()
	d.required(levelEvent, seen)
	d.seen = seen
	if r := d.row.Columns[model.ColResult]; (r == model.IDFailed || r == model.IDPartiallyFailed) && !d.said {
		d.silent()
	}
	return i, true
}

// beginEvent forgets what the members of the last event set.
func (d *Decoder) beginEvent() {
	d.stamp, d.lakeTime, d.said, d.respelled, d.flawed = value{}, value{}, false, false, 0
	d.forwarded.Clear()
}

// object decodes the members of the object of the schema that begins at i. end is the index after it; seen has a bit for each
// key of its table that it had.
func (d *Decoder) object(i int, lv level) (seen uint64, end int, ok bool) {
	b, table := d.b, tables[lv]
	d.keys[lv].Reset()
	i++
	if b[i] <= ' ' {
		i = d.scan.Space(b, i)
	}
	if b[i] == '}' {
		return 0, i + 1, true
	}
	last, guesses := uint8(unknownKey), &d.guesses[lv]
	d.sequences.recording = d.sequences.recording && lv != levelEvent
	for {
		guessed := guesses[last&unknownKey]
		if lv == levelEvent {
			if e := d.knownSequence(guessed, i); e != nil && seen&e.seen == 0 {
				e.apply(d)
				d.templates.repeated += len(e.raw)
				i, last, seen = i+len(e.raw), e.last, seen|e.seen
				if e.closed {
					return seen, i, true
				}
				if b[i] <= ' ' {
					i = d.scan.Space(b, i) // there was none where the sequence was remembered
				}
				continue
			}
		}
		start, key := i, guessed
		if g := &table.keys[key&unknownKey].guess; g.at(b, i) {
			if i += g.n; b[i] <= ' ' {
				i = d.scan.Space(b, i)
			}
		} else if key, i, ok = d.key(i, lv); !ok {
			return seen, i, false
		}
		if key != guessed {
			guesses[last&unknownKey] = key
		}
		if lv == levelEvent && d.sequences.recording && !d.repeats(key) {
			d.sequences.end(b, start, last, false, d)
		}
		last = key
		if key == unknownKey {
			d.inside = parents[lv]
			i, ok = d.scan.Value(b, i)
		} else {
			k := &table.keys[key&unknownKey]
			d.inside = k.field
			bit := uint64(1) << (key & unknownKey)
			if seen&bit != 0 {
				d.again(start)
				clear(d.row.Columns[k.first:][:k.n])                                // the last value counts, and nothing of those before
				d.respelled = d.respelled || lv == levelEvent && key == forwardedAt // a query compares all of them
			}
			seen |= bit
			problems := d.problems
			if lv != levelEvent && k.text && b[i] == '"' {
				i, ok = d.text(k, i+1) // most values within an actor, for which cachedMember would come to the same
			} else {
				i, ok = d.cachedMember(lv, key, k, i)
			}
			if lv == levelEvent && d.sequences.recording {
				d.sequences.add(key, k)
			}
			if lv == levelEvent && d.problems != problems {
				d.flawed |= bit
			}
		}
		if !ok {
			return seen, i, false
		}
		if b[i] <= ' ' {
			i = d.scan.Space(b, i)
		}
		switch b[i] {
		case ',':
			i++
			if b[i] <= ' ' {
				i = d.scan.Space(b, i)
			}
		case '}':
			if lv == levelEvent && d.sequences.recording {
				d.sequences.end(b, i+1, last, true, d)
			}
			return seen, i + 1, true
		default:
			return seen, i, d.unexpected(i)
		}
	}
}

// knownSequence returns the remembered sequence of members at i, if its first key is the guessed one. Otherwise it returns nil
// and begins to record one.
func (d *Decoder) knownSequence(guessed uint8, i int) *sequence {
	if d.sequences.recording || !d.repeats(guessed) || !d.sequences.tryable(guessed) {
		return nil
	}
	if e := d.sequences.find(guessed, d.b, i); e != nil {
		return e
	}
	d.sequences.begin(guessed, i, d)
	return nil
}

// repeats reports whether most values of a key of an event were seen before.
func (d *Decoder) repeats(key uint8) bool {
	return key < unknownKey && d.values.scores[levelEvent][key] > minScore/2 && !eventKeys.keys[key].fresh
}

// unexpected notes a fault at i: a byte that does not belong there, or the end of the line. It returns false.
func (d *Decoder) unexpected(i int) bool {
	d.scan.Fault = rawjson.Fault{Code: rawjson.UnexpectedByte, Offset: i}
	if d.b[i] == '\n' {
		d.scan.Fault.Code = rawjson.Cut
	}
	return false
}

// key reads the key at i, which is not the guessed one; end is the start of its value.
func (d *Decoder) key(i int, lv level) (key uint8, end int, ok bool) {
	b := d.b
	if b[i] != '"' {
		return 0, i, d.unexpected(i)
	}
	start := i + 1
	end, info, ok := d.scan.String(b, start)
	if !ok {
		return 0, end, false
	}
	name := b[start:end]
	if info&rawjson.Escaped != 0 {
		d.flag(model.FlagEscapes)
		d.decoded = rawjson.Unquote(d.decoded[:0], name)
		name = d.decoded
	}
	if key = tables[lv].find(name); key == unknownKey {
		d.inside = parents[lv]
		d.unknownKey(lv, name, start, end, info)
	}
	end, ok = d.scan.Colon(b, end+1)
	return key, end, ok
}
