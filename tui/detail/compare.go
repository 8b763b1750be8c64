package detail

import (
	"pawprint/model"
	"pawprint/model/diff"
	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// comparison is a page that shows two events field by field.
type comparison struct {
	before, after *document
	title         termsafe.Safe
	changes       bool            // it compares the parameters with those of the last event with the same action and target
	notes         []termsafe.Safe // what limits the comparison
	compared      bool            // there is a result; without it, the notes say why
	result        diff.Result
}

// maxPairs limits the changes, and the unchanged fields, that are kept. All are counted.
const maxPairs = 5_000

// The ids of the sections of a comparison: changed values, and unchanged ones, which are folded.
const (
	diffID      = "#diff"
	unchangedID = "#same"
)

// compareDocuments compares two events whose lines were read.
func compareDocuments(a, b *document) *comparison {
	c := &comparison{before: a, after: b, title: termsafe.Const("Two events compared")}
	c.compare(inSections(a), inSections(b))
	return c
}

func (c *comparison) compare(a, b *line.Node) {
	c.noteMasks()
	c.result, c.compared = diff.Compare(a, b, maxPairs), true
}

// noteMasks adds a note that masked values look alike in both events.
func (c *comparison) noteMasks() {
	if c.before.masked+c.after.masked > 0 {
		c.notes = append(c.notes, termsafe.Const("secrets are masked: whether they differ is not shown"))
	}
}

// inSections returns the members of an event in the order of the sections.
func inSections(d *document) *line.Node {
	return membersOf(d, model.ParamsSection, model.DetailsSection, model.ActorSection, model.ErrorsSection, model.NetworkSection,
		model.UnknownSection, model.LakeSection)
}

// membersOf returns an object that has only the members of an event in some sections.
func membersOf(d *document, sections ...model.Section) *line.Node {
	n := &line.Node{Kind: line.ObjectKind}
	for _, g := range sections {
		for _, m := range d.groups[g] {
			n.Nodes = append(n.Nodes, *m)
		}
	}
	return n
}

// idOf returns the id of a value that was compared.
func idOf(section string, path []diff.Step) string {
	id := section
	for _, s := range path {
		id = joinKey(id, s.Parent, s.Index)
	}
	return id
}
