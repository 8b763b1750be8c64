package redact

import "pawprint/model/rawjson"

// pairRole is the role of a member that names another one of its object, or is named by it: {"name":"Authorization","value":"…"}.
type pairRole uint8

const (
	noPair pairRole = iota
	pairName
	pairValue
)

// pairRoles has the keys of such pairs, in lower case and without separators.
var pairRoles = map[string]pairRole{
	"name": pairName, "key": pairName, "k": pairName, "id": pairName, "field": pairName, "fieldname": pairName, "header": pairName,
	"headername": pairName, "headerkey": pairName, "parameter": pairName, "param": pairName, "parametername": pairName, "parameterkey": pairName, "variable": pairName,
	"variablename": pairName, "env": pairName, "envname": pairName, "attribute": pairName, "attributename": pairName, "property": pairName,
	"propertyname": pairName, "option": pairName, "optionname": pairName, "optionkey": pairName, "setting": pairName, "settingname": pairName, "label": pairName,
	"value": pairValue, "val": pairValue, "v": pairValue, "values": pairValue, "newvalue": pairValue, "oldvalue": pairValue, "stringvalue": pairValue,
	"headervalue": pairValue, "fieldvalue": pairValue, "parametervalue": pairValue, "attributevalue": pairValue, "propertyvalue": pairValue,
	"optionvalue": pairValue, "settingvalue": pairValue, "optionsetting": pairValue, "defaultvalue": pairValue, "content": pairValue, "data": pairValue,
}

// maxName is the length of the longest text that counts as a name.
const maxName = 64

// key returns the facts of a key, and finds secrets in the key itself. Its content is from start to end.
func (d *document) key(start, end int, info rawjson.Info) keyFacts {
	raw := d.b[start:end]
	short := len(raw) <= maxKnownKey
	if short {
		if facts, ok := d.known[string(raw)]; ok && facts.bare {
			return facts
		}
	}
	before := len(d.secrets)
	d.content(start, end, info, open)
	key, _ := folded(d.meaning(raw, info))
	var text [maxName]byte
	var begins [maxName]bool
	facts := keyFacts{is: names.strength(key), bare: len(d.secrets) == before}
	if len(key) <= maxName {
		n := newName(key, text[:0], begins[:0])
		facts.role = pairRoles[string(n.text)]
		facts.plural = len(n.text) > 5 && string(n.text[len(n.text)-6:]) == "tokens"
	}
	if short && d.lines > 1 && len(d.known) < maxKnown {
		if d.known == nil {
			d.known = map[string]keyFacts{}
		}
		d.known[string(raw)] = facts
	}
	return facts
}

// meaning decodes a string. The result is valid until the next call.
func (d *document) meaning(raw []byte, info rawjson.Info) []byte {
	if info&rawjson.Escaped == 0 {
		return raw
	}
	d.decoded = rawjson.Unquote(d.decoded[:0], raw)
	return d.decoded
}

// names is the strength of the string at i as a name; open if i is 0.
func (d *document) names(i int) strength {
	if i == 0 {
		return open
	}
	is, _ := d.nameAt(i)
	return is
}

// nameAt is names, and reports whether the string is surely a name.
func (d *document) nameAt(i int) (is strength, sure bool) {
	end, info, _ := d.scan.String(d.b, i+1)
	if end-i-1 > 2*maxName {
		return open, false
	}
	t, _ := folded(d.meaning(d.b[i+1:end], info))
	option := len(t) > 2 && t[0] == '-'
	for _, c := range t {
		if c == ' ' || c == '=' {
			return open, false
		}
	}
	return names.strength(t), option
}

// elements searches an array. A name may precede its value: in a list of pairs, and as an option of a command.
func (d *document) elements(i int, is strength) (end int) {
	b, listed := d.b, d.listed
	begin := d.scan.Space(b, i+1)
	before := open // the strength of the element before, as a name
	option := false
	for i = begin; b[i] != ']'; {
		under := is
		if before != open && b[i] == '"' && d.named(i, option, listed) {
			under = max(is, before)
		}
		if before = open; b[i] == '"' {
			before, option = d.nameAt(i)
			option = option || listed && i == begin
		}
		d.listed = true
		i = d.scan.Space(b, d.value(i, under))
		if b[i] == ',' {
			i = d.scan.Space(b, i+1)
		}
	}
	return i + 1
}

// named reports whether the string at i is the value of the name before it. After an option, or in a pair in a list, it is, unless
// it is an option itself. Otherwise it must look like a secret, as lists of names exist too.
func (d *document) named(i int, option, listed bool) bool {
	end, info, _ := d.scan.String(d.b, i+1)
	t := d.meaning(d.b[i+1:end], info)
	if option {
		return len(t) > 0 && t[0] != '-'
	}
	return opaque(t)
}
