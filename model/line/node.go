// Package line parses one line into a tree of values, in the order and with the digits of the source. It is for showing single
// lines; columns, counts and searches do not use it.
package line

import (
	"fmt"

	"pawprint/model"
	"pawprint/model/rawjson"
)

// Kind is the JSON kind of a node.
type Kind uint8

// The kinds of nodes.
const (
	NullKind Kind = iota
	BoolKind
	NumberKind
	StringKind
	ListKind
	ObjectKind
)

// Node is a value of a parsed line with its members in the order of the source. It keeps duplicate keys and the digits of numbers.
type Node struct {
	Kind      Kind
	Key       model.Text // of a member of an object
	Duplicate bool       // an earlier member of the object has the same key
	Text      model.Text // a string decoded; a number, true, false and null as written; else empty
	Nodes     []Node
	Start     int // index of the first byte of the value in the line
	End       int // index after its last byte
}

// Parse parses a whole line, or the text of one value. A line that is not JSON is an error.
func Parse(text model.Text) (*Node, error) {
	b := []byte(text.Raw())
	p := parser{b: b, scanner: rawjson.Scanner{Multiline: true}}
	duplicates := map[int]bool{}
	p.scanner.OnDuplicate = func(_ []byte, start, _ int) { duplicates[start] = true }
	p.duplicates = duplicates
	if !p.scanner.Valid(b) {
		f := p.scanner.Fault
		return nil, fmt.Errorf("parsing JSON at byte %d: %s", f.Offset, f.Code)
	}
	p.i = p.scanner.Space(b, 0)
	root := p.value()
	return &root, nil
}

// parser builds nodes from valid JSON.
type parser struct {
	b          []byte
	i          int
	scanner    rawjson.Scanner
	duplicates map[int]bool
}

func (p *parser) value() Node {
	n := Node{Start: p.i}
	switch c := p.b[p.i]; c {
	case '{':
		n.Kind = ObjectKind
		p.members('}', func() {
			start := p.i + 1
			key := p.quoted()
			p.i, _ = p.scanner.Colon(p.b, p.i)
			v := p.value()
			v.Key, v.Duplicate = key, p.duplicates[start]
			n.Nodes = append(n.Nodes, v)
		})
	case '[':
		n.Kind = ListKind
		p.members(']', func() { n.Nodes = append(n.Nodes, p.value()) })
	case '"':
		n.Kind, n.Text = StringKind, p.quoted()
	default:
		p.i, _ = p.scanner.Value(p.b, p.i)
		n.Kind, n.Text = scalarKind(c), model.NewText(string(p.b[n.Start:p.i]))
	}
	n.End = p.i
	return n
}

// members calls parse for each member or element up to the closing byte.
func (p *parser) members(closing byte, parse func()) {
	p.i = p.scanner.Space(p.b, p.i+1)
	for p.b[p.i] != closing {
		parse()
		if p.i = p.scanner.Space(p.b, p.i); p.b[p.i] == ',' {
			p.i = p.scanner.Space(p.b, p.i+1)
		}
	}
	p.i++
}

func (p *parser) quoted() model.Text {
	start := p.i + 1
	end, info, _ := p.scanner.String(p.b, start)
	p.i = end + 1
	if info&rawjson.Escaped == 0 {
		return model.NewText(string(p.b[start:end]))
	}
	return model.NewText(string(rawjson.Unquote(nil, p.b[start:end])))
}

func scalarKind(c byte) Kind {
	switch c {
	case 'n':
		return NullKind
	case 't', 'f':
		return BoolKind
	}
	return NumberKind
}

// Get follows keys from object to object and returns the member of the last key; nil if there is none. Of duplicate keys it takes
// the first. n may be nil or any kind of node.
func (n *Node) Get(keys ...string) *Node {
	for _, key := range keys {
		if n = n.member(key); n == nil {
			return nil
		}
	}
	return n
}

func (n *Node) member(key string) *Node {
	if n == nil || n.Kind != ObjectKind {
		return nil
	}
	for i := range n.Nodes {
		if n.Nodes[i].Key.Raw() == key {
			return &n.Nodes[i]
		}
	}
	return nil
}
