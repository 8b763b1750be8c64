package demo

import (
	"strconv"
	"time"

	"pawprint/model/rawjson"
)

// The three values of actionResult in the schema.
const (
	succeeded = "SUCCEEDED"
	failed    = "FAILED"
	partial   = "PARTIALLY_FAILED"
)

// timeForm is a way to write the timestamp field.
type timeForm uint8

const (
	formMillisZ   timeForm = iota // 2026-11-22T18:04:11.203Z
	formNanosZ                    // 2026-11-22T18:04:11.203185297Z
	formOffset                    // 2026-11-22T19:04:11.203+01:00
	formSpaceCut                  // 2026-11-22 18:04:11.2, trailing zeros cut, no zone
	formSpaceNano                 // 2026-11-22 18:04:11.203185297, no zone
	formAbsent                    // no timestamp field at all
)

const (
	layoutMillis    = "2006-01-02T15:04:05.000Z07:00"
	layoutNanos     = "2006-01-02T15:04:05.000000000Z07:00"
	layoutSpaceCut  = "2006-01-02 15:04:05.999999999"
	layoutSpaceNano = "2006-01-02 15:04:05.000000000"
)

// offsets are the zones of timestamps that are written with one.
var offsets = []*time.Location{
	time.FixedZone("", 0),
	time.FixedZone("", 60*60),
	time.FixedZone("", -5*60*60),
	time.FixedZone("", 5*60*60+30*60),
}

// record is one event before it is written. Raw fields hold JSON and are absent when nil.
type record struct {
	at      time.Time
	form    timeForm
	zone    *time.Location // of formOffset
	action  *action
	result  string // absent when empty
	params  []byte // raw
	details []byte // raw
	actor   *actor // absent when nil
	errors  []byte // raw
	origin  origin
	agent   []byte // raw, in place of the origin's user agent
	extra   []byte // further members, each with a comma before it

	lake   bool // carries the p_ fields of the data lake
	rowID  [2]uint64
	trace  [2]uint64
	enrich bool
	alert  alert // p_ fields of a rule match, unless zero

	targets [2]string // names of the targets, for the error messages
	parts   int       // number of targets
	stale   bool      // the target is gone
	denied  bool      // the actor lacks the permission
	refused bool      // the sign-in fails
	packed  bool      // the detection to be deleted belongs to a pack
	scratch scratch
}

// scratch is the memory of a record's raw fields. It is reused for the next event.
type scratch struct {
	params, input, details, errors, text []byte
}

// origin is where a request came from.
type origin struct {
	ip      string
	noIP    bool     // the field is absent, not empty
	forward []string // XForwardedFor, absent when nil
	agent   string
	site    *site // for the enrichment
}

// alert is the rule match that an event caused. The zero value is none.
type alert struct {
	id             uint64
	rule, severity string
}

// settle truncates the time of the event to the precision of its form, so that every field has the same time.
func (r *record) settle() {
	switch r.form {
	case formMillisZ, formOffset:
		r.at = r.at.Truncate(time.Millisecond)
	case formSpaceCut:
		r.at = r.at.Truncate(10 * time.Millisecond)
	}
}

// appendLine appends the record as one line of JSON with its newline.
func (r *record) appendLine(b []byte) []byte {
	b = append(b, `{"actionName":`...)
	b = rawjson.AppendString(b, r.action.name)
	b = append(b, `,"actionDescription":`...)
	b = rawjson.AppendString(b, r.action.desc)
	if r.result != "" {
		b = append(b, `,"actionResult":"`...)
		b = append(b, r.result...)
		b = append(b, '"')
	}
	b = appendRaw(b, `,"actionParams":`, r.params)
	b = appendRaw(b, `,"actionDetails":`, r.details)
	if r.actor != nil {
		b = append(b, `,"actor":`...)
		b = append(b, r.actor.json...)
	}
	b = appendRaw(b, `,"errors":`, r.errors)
	b = r.appendOrigin(b)
	b = r.appendTime(b)
	b = append(b, `,"pantherVersion":"`...)
	b = appendVersion(b, r.at)
	b = append(b, '"')
	b = appendSamples(b, eventSamples, uint64(r.at.UnixNano()))
	b = append(b, r.extra...)
	if r.lake {
		b = r.appendLake(b)
	}
	return append(b, "}\n"...)
}

func (r *record) appendOrigin(b []byte) []byte {
	if !r.origin.noIP {
		b = append(b, `,"sourceIP":`...)
		b = rawjson.AppendString(b, r.origin.ip)
	}
	if r.origin.forward != nil {
		b = append(b, `,"XForwardedFor":`...)
		b = appendList(b, r.origin.forward)
	}
	if r.agent != nil {
		return appendRaw(b, `,"userAgent":`, r.agent)
	}
	b = append(b, `,"userAgent":`...)
	return rawjson.AppendString(b, r.origin.agent)
}

func (r *record) appendTime(b []byte) []byte {
	if r.form == formAbsent {
		return b
	}
	b = append(b, `,"timestamp":"`...)
	switch r.form {
	case formMillisZ:
		b = r.at.AppendFormat(b, layoutMillis)
	case formNanosZ:
		b = r.at.AppendFormat(b, layoutNanos)
	case formOffset:
		at := r.at.In(r.zone)
		b = at.AppendFormat(b, "2006-01-02T15:04:05.000-07:00")
	case formSpaceCut:
		b = r.at.AppendFormat(b, layoutSpaceCut)
	case formSpaceNano:
		b = r.at.AppendFormat(b, layoutSpaceNano)
	}
	return append(b, '"')
}

// parseDelay is how long after the event the data lake received it, derived from the row so that a repeat has the same delay.
func (r *record) parseDelay() time.Duration {
	return 40*time.Second + time.Duration(r.rowID[0]%(110*uint64(time.Second)))
}

// appendLake appends the fields that the data lake adds to a row.
func (r *record) appendLake(b []byte) []byte {
	b = append(b, `,"p_log_type":"Panther.Audit","p_row_id":"`...)
	b = appendHex(b, r.rowID[0], 16)
	b = appendHex(b, r.rowID[1], 16)
	b = append(b, `","p_event_time":"`...)
	b = r.at.AppendFormat(b, layoutSpaceNano)
	b = append(b, `","p_parse_time":"`...)
	b = r.at.Add(r.parseDelay()).AppendFormat(b, layoutSpaceNano)
	b = append(b, `","p_schema_version":0,"p_source_id":"`+sourceID+`","p_source_label":"panther-audit"`...)
	if r.origin.ip != "" && !r.origin.noIP {
		b = append(b, `,"p_any_ip_addresses":`...)
		if len(r.origin.forward) > 0 {
			b = appendList(b, r.origin.forward)
		} else {
			b = append(b, '[')
			b = rawjson.AppendString(b, r.origin.ip)
			b = append(b, ']')
		}
	}
	if r.actor != nil {
		b = append(b, r.actor.anyJSON...)
	}
	b = append(b, `,"p_any_trace_ids":["`...)
	b = appendUUID(b, r.trace[0], r.trace[1])
	b = append(b, `"]`...)
	b = r.appendEnrichment(b)
	return r.appendAlert(b)
}

// appendEnrichment appends p_enrichment: what lookup tables say about the address.
func (r *record) appendEnrichment(b []byte) []byte {
	s := r.origin.site
	if !r.enrich || s == nil || r.origin.ip == "" {
		return b
	}
	b = append(b, `,"p_enrichment":{"ipinfo_asn":{"sourceIP":{"asn":"`...)
	b = append(b, s.asn...)
	b = append(b, `","domain":"example.net","name":"`...)
	b = append(b, s.network...)
	b = append(b, `","p_match":`...)
	b = rawjson.AppendString(b, r.origin.ip)
	b = append(b, `,"type":"`...)
	b = append(b, s.kind...)
	b = append(b, `"}},"ipinfo_location":{"sourceIP":{"city":"`...)
	b = append(b, s.city...)
	b = append(b, `","country":"`...)
	b = append(b, s.country...)
	b = append(b, `","lat":"`...)
	b = append(b, s.lat...)
	b = append(b, `","lng":"`...)
	b = append(b, s.lng...)
	b = append(b, `","p_match":`...)
	b = rawjson.AppendString(b, r.origin.ip)
	b = append(b, `,"timezone":"`...)
	b = append(b, s.zone...)
	b = append(b, `"}}`...)
	if s.hidden {
		b = append(b, `,"ipinfo_privacy":{"sourceIP":{"hosting":true,"p_match":`...)
		b = rawjson.AppendString(b, r.origin.ip)
		b = append(b, `,"proxy":false,"tor":false,"vpn":true}}`...)
	}
	return append(b, '}')
}

func (r *record) appendAlert(b []byte) []byte {
	if r.alert == (alert{}) {
		return b
	}
	b = append(b, `,"p_alert_id":"`...)
	b = appendHex(b, r.alert.id, 16)
	b = appendHex(b, mix(r.alert.id), 16)
	b = append(b, `","p_alert_creation_time":"`...)
	b = r.at.Add(r.parseDelay()+8*time.Second).AppendFormat(b, layoutSpaceNano)
	b = append(b, `","p_alert_severity":"`...)
	b = append(b, r.alert.severity...)
	b = append(b, `","p_rule_id":`...)
	b = rawjson.AppendString(b, r.alert.rule)
	b = append(b, `,"p_rule_severity":"`...)
	b = append(b, r.alert.severity...)
	return append(b, '"')
}

// release is when version 1.113.138 came out; a new one follows every half week.
var release = time.Date(2026, time.November, 10, 15, 0, 0, 0, time.UTC)

// patches are the last numbers of the releases of one minor version.
var patches = [...]int64{138, 145, 151, 160}

// appendVersion appends the version of Panther that ran at the given time.
func appendVersion(b []byte, at time.Time) []byte {
	const every = int64(84 * 60 * 60)
	n := at.Unix() - release.Unix()
	n = (n - (n%every+every)%every) / every
	patch := (n%4 + 4) % 4
	minor := max(113+(n-patch)/4, 1)
	b = append(b, "1."...)
	b = strconv.AppendInt(b, minor, 10)
	b = append(b, '.')
	return strconv.AppendInt(b, patches[patch], 10)
}

func appendRaw(b []byte, key string, value []byte) []byte {
	if value == nil {
		return b
	}
	b = append(b, key...)
	return append(b, value...)
}

func appendList(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = rawjson.AppendString(b, s)
	}
	return append(b, ']')
}

// appendHex appends the lowest digits of v, in hexadecimal.
func appendHex(b []byte, v uint64, digits int) []byte {
	const hex = "0123456789abcdef"
	for i := digits - 1; i >= 0; i-- {
		b = append(b, hex[v>>(4*i)&15])
	}
	return b
}

// appendUUID appends a random (version 4) UUID made of the two numbers.
func appendUUID(b []byte, hi, lo uint64) []byte {
	hi = hi&^0xf000 | 0x4000
	lo = lo&^(3<<62) | 2<<62
	b = appendHex(b, hi>>32, 8)
	b = append(b, '-')
	b = appendHex(b, hi>>16, 4)
	b = append(b, '-')
	b = appendHex(b, hi, 4)
	b = append(b, '-')
	b = appendHex(b, lo>>48, 4)
	b = append(b, '-')
	return appendHex(b, lo, 12)
}

// stableUUID appends the UUID of the n-th thing of a kind: the same one each time.
func stableUUID(b []byte, kind string, n int) []byte {
	h := stableID(kind, n)
	return appendUUID(b, h, mix(h))
}

// stableID returns the number of the n-th thing of a kind.
func stableID(kind string, n int) uint64 {
	h := uint64(n) + 1
	for i := range len(kind) {
		h = mix(h ^ uint64(kind[i]))
	}
	return mix(h)
}

// mix scatters the bits of x (the finishing step of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
