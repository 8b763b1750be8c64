package decode

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"

	"pawprint/model"
)

// keyTable holds the keys that an object of the schema may have: fewer than 64, so that one word of bits says which were seen.
// Keys mostly come in the same order throughout a log, so the decoder guesses the next key from the last one.
type keyTable struct {
	keys     [unknownKey + 1]tableKey // the entry of unknownKey is empty
	n        int
	slots    [256]uint8 // open addressing: the place of a key in keys, plus one, or 0
	required uint64     // the keys that must be there
}

// tableKey is what the decoder needs to know about one key.
type tableKey struct {
	field   model.Field
	kind    model.Type
	column  model.Column
	values  uint32       // of an enumeration: ids from 2 up to, but not including, this one are its values
	samples int          // eight-byte words at the start of a value that distinguish it from most others
	set     uint16       // the columns that a value sets, including those of its members, as bits …
	first   model.Column // … and as the first column …
	n       int          // … and their number
	text    bool         // a string of a column
	filled  bool         // a value that is empty or blank is a problem
	untyped bool         // a value of another type is no problem
	fresh   bool         // values differ in each event, so caching them is useless
	guess   guessed
}

// columnsOf returns the columns of an attribute and of the attributes within it, as bits.
func columnsOf(f model.Field) (set uint16) {
	for _, info := range model.Schema() {
		if info.Column != model.NoColumn && (info.Field == f || strings.HasPrefix(info.Name, f.String()+".")) {
			set |= 1 << info.Column
		}
	}
	return set
}

// guessed is a key as a compact log writes it, with both quotes and the colon, in a form that is fast to compare.
type guessed struct {
	text        string
	first, last uint64 // its first and last eight bytes
	n           int
}

// unknownKey stands for a key that is not in the table.
const unknownKey = 63

func newKeyTable(rows ...keyRow) *keyTable {
	t := &keyTable{n: len(rows)}
	for i, r := range rows {
		info := r.field.Info()
		t.keys[i] = tableKey{field: r.field, kind: info.Type, column: info.Column, values: uint32(2 + len(info.Values)),
			filled:  info.Required && info.Type == model.TypeString,
			untyped: info.Untyped(), fresh: info.Type == model.TypeTime || r.field == model.FieldRowID, guess: newGuessed(r.name)}
		if set := columnsOf(r.field); set != 0 {
			t.keys[i].set, t.keys[i].first, t.keys[i].n = set, model.Column(bits.TrailingZeros16(set)), bits.OnesCount16(set)
		}
		t.keys[i].text = info.Column != model.NoColumn && (info.Type == model.TypeString || info.Type == model.TypeIP || info.Type == model.TypeEnumeration)
		switch t.keys[i].samples = 2; {
		case r.field == model.FieldActor:
			t.keys[i].samples = 5
		case r.name == "p_enrichment":
			t.keys[i].samples = 16
		}
		*t.slot([]byte(r.name)) = uint8(i) + 1
		if info.Required {
			t.required |= 1 << i
		}
	}
	return t
}

// find returns the place of a key in keys, or unknownKey.
func (t *keyTable) find(name []byte) uint8 {
	if at := *t.slot(name); at != 0 {
		return at - 1
	}
	return unknownKey
}

// slot returns the slot of a key, or the free one where it belongs. A table has far more slots than keys.
func (t *keyTable) slot(name []byte) *uint8 {
	n := len(name)
	h := uint32(n)
	if n > 0 {
		h += uint32(name[0])<<16 + uint32(name[n/2])<<8 + uint32(name[n-1])
	}
	for at := h * 0x9e3779b1 >> 24; ; at = (at + 1) % uint32(len(t.slots)) {
		s := &t.slots[at]
		if *s == 0 {
			return s
		}
		if text := t.keys[(*s-1)&unknownKey].guess.text; len(text) == n+3 && text[1:n+1] == string(name) {
			return s
		}
	}
}

func newGuessed(name string) guessed {
	g := guessed{text: `"` + name + `":`}
	g.n = len(g.text)
	if g.n < 8 {
		return g // too short for the comparison by words
	}
	g.first = binary.LittleEndian.Uint64([]byte(g.text))
	g.last = binary.LittleEndian.Uint64([]byte(g.text[g.n-8:]))
	return g
}

// at reports whether the key is at b[i].
func (g *guessed) at(b []byte, i int) bool {
	n := g.n
	if i+n > len(b) {
		return false
	}
	b = b[i : i+n]
	switch {
	case n < 8:
		return n > 0 && string(b) == g.text
	case n > 16 && string(b[8:n-8]) != g.text[8:n-8]:
		return false
	}
	return binary.LittleEndian.Uint64(b) == g.first && binary.LittleEndian.Uint64(b[n-8:]) == g.last
}

type keyRow struct {
	name  string
	field model.Field
}

// guess holds, for each key of a table, the key that last followed it. The entry of unknownKey holds the first key.
type guess [unknownKey + 1]uint8

// lakeKeys are the columns that the data lake adds to most rows. Any other key that begins with p_ is also taken for one.
const lakeKeys = "p_log_type p_parse_time p_source_id p_source_label p_schema_version p_source_file p_any_ip_addresses p_any_usernames " +
	"p_any_trace_ids p_any_actor_ids p_any_emails p_any_domain_names p_any_md5_hashes p_any_sha1_hashes p_any_sha256_hashes p_any_aws_account_ids " +
	"p_any_aws_arns p_any_aws_instance_ids p_any_aws_tags p_any_mac_addresses p_any_serial_numbers p_enrichment p_timeline p_udm " +
	"p_alert_id p_alert_severity p_alert_creation_time p_alert_update_time p_alert_context p_rule_id p_rule_error p_rule_severity p_rule_tags p_rule_reports"

// The keys of an event, of an actor and of an actor's attributes.
var (
	eventKeys     = newKeyTable(append(schemaKeys(""), lakeRows()...)...)
	actorKeys     = newKeyTable(schemaKeys("actor.")...)
	attributeKeys = newKeyTable(schemaKeys("actor.attributes.")...)
)

// forwardedKey is the key of the addresses that forwarded an event, forwardedAt its place among the keys of an event.
var (
	forwardedKey = []byte(model.FieldXForwardedFor.Info().Key())
	forwardedAt  = eventKeys.find(forwardedKey)
	actionAt     = eventKeys.find([]byte(model.FieldActionName.Info().Key()))
	paramsAt     = eventKeys.find([]byte(model.FieldActionParams.Info().Key()))
)

// KnownKey reports whether name is a key of an event: one of the schema, or a common one of the data lake. name has no escapes.
func KnownKey(name []byte) bool {
	return eventKeys.find(name) != unknownKey
}

// schemaKeys lists the attributes of the schema right below a path.
func schemaKeys(prefix string) []keyRow {
	var rows []keyRow
	for _, f := range model.Schema() {
		name, ok := strings.CutPrefix(f.Name, prefix)
		if ok && !strings.ContainsAny(name, ".*") {
			rows = append(rows, keyRow{name, f.Field})
		}
	}
	return rows
}

func lakeRows() []keyRow {
	var rows []keyRow
	for name := range strings.FieldsSeq(lakeKeys) {
		rows = append(rows, keyRow{name, model.FieldLake})
	}
	return rows
}

// keyID adds the name of a key, or the first 128 bytes of a long one, to the vocabulary and returns its id.
func (d *Decoder) keyID(name []byte) uint32 {
	const longest = 128
	if len(name) > longest {
		name = name[:longest]
		for len(name) > 0 && !utf8.RuneStart(name[len(name)-1]) {
			name = name[:len(name)-1]
		}
	}
	return d.vocab.KeyID(name)
}
