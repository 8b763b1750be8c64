package count

import (
	"pawprint/model"
	"pawprint/model/ipaddr"
)

// ByAddresses is the key of the addresses in the texts of a dictionary column, each in its usual form: an event counts once for each
// address in its text, however that is written, and for the text itself if no address is in it. That is how queries compare them.
func ByAddresses(c model.Column) Key { return Key{kind: keyAddresses, column: c} }

// addTotal adds the total of an id to all values or tuples of the facet that it stands for. The caller holds the facet's lock.
func (c *facetCounter) addTotal(id uint32, t total) {
	f := c.facet
	switch {
	case !c.spread:
		f.total(c.global(id)).add(t)
	case c.tuples == nil:
		for _, value := range c.partsOf(0, id) {
			f.total(value).add(t)
		}
	default:
		c.addTuples(c.tuples.Value(id), 0, nil, t)
	}
}

// addTuples adds a total to every tuple that begins with head and goes on with the values of a tuple of the counter from key k on.
func (c *facetCounter) addTuples(local []byte, k int, head []byte, t total) {
	if k == len(c.keys) {
		c.facet.total(c.facet.tuples.ID(head)).add(t)
		return
	}
	for _, part := range c.partsOf(k, tuplePart(local, k)) {
		c.addTuples(local, k+1, appendPart(head[:len(head):len(head)], part), t)
	}
}

// thingsIn returns the different addresses in a text, or the text itself if there is none.
func thingsIn(text []byte) [][]byte { return ipaddr.Things(nil, text) }
