package detail

import (
	"pawprint/model"
	"pawprint/model/line"
)

// walk calls visit for every value of the event, in the order of the detail, with the id of its block, until visit returns
// false. It descends into strings that hold JSON.
func (d *document) walk(visit func(id string, n *line.Node) bool) {
	w := walker{d: d, visit: visit}
	for i := range d.messages {
		if !w.node(messageID(i, len(d.messages)), &d.messages[i]) {
			return
		}
	}
	for _, g := range groups {
		sections := []lakeSection{{id: g.id, members: d.groups[g.group]}}
		if g.group == model.LakeSection {
			sections = lakeSections(d.groups[model.LakeSection])
		}
		for _, s := range sections {
			for k, n := range s.members {
				if !w.node(joinMember(inPage(s.id, len(s.members), k), n, n.Start), n) {
					return
				}
			}
		}
	}
}

type walker struct {
	d      *document
	visit  func(id string, n *line.Node) bool
	inside bool // of a string that holds JSON
}

func (w *walker) node(id string, n *line.Node) bool {
	if !w.visit(id, n) || !w.members(id, n) {
		return false
	}
	in := w.d.inner[n]
	if in == nil || w.inside {
		return true
	}
	w.inside = true
	ok := w.members(joinInner(id), in)
	w.inside = false
	return ok
}

func (w *walker) members(id string, n *line.Node) bool {
	for i := range n.Nodes {
		if !w.node(joinKey(inPage(id, len(n.Nodes), i), n, i), &n.Nodes[i]) {
			return false
		}
	}
	return true
}
