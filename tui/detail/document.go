package detail

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
)

// document is an event or a reject, with everything that the detail shows of it.
type document struct {
	event    model.Event
	columns  [model.NumColumns]model.Text // the columns of the log
	source   model.Text
	problems []model.Problem
	values   []kit.ProblemValue // of problems, once the line was read
	first    *firstSeen         // nil as long as it is not known
	mark     *marks.Mark        // on the event, nil for none
	copy     *marks.Mark        // as in kit.Scene
	silence  silence            // before the event

	read     bool // reading the line was tried; err says how it ended
	err      error
	changed  bool          // err says that the source changed
	present  model.Text    // if changed: the bytes that are there now, which are not the event
	around   [2]model.Text // of a recovered event: what stands before and behind it, masked like line
	cut      [2]bool       // it was cut
	line     model.Text    // the line with its secrets masked, if they are to be
	masked   int           // number of masked secrets in line
	sum      [sha256.Size]byte
	node     *line.Node // nil for a reject
	groups   [model.NumSections][]*line.Node
	target   model.Text
	touched  model.Text                // what it changed, also if it failed, before masking
	messages []line.Node               // the error messages, as strings
	inner    map[*line.Node]*line.Node // the parsed values of strings that hold JSON
	findings []finding
	asked    string           // the filter that members are about
	members  []query.Member   // the values that are in a file which the filter names
	lexed    []verbatim.State // of line
}

// maxDetailBytes limits the length of the line that the detail reads.
const maxDetailBytes = 512 << 20

var errTooLong = errors.New("the line is too long to be shown")

// sketchDocument makes a document from the columns only, without I/O.
func sketchDocument(snap *model.Snapshot, r model.Row) *document {
	d := &document{event: snap.Event(r), problems: snap.Problems(r)}
	for c := range d.columns {
		d.columns[c], _ = snap.Value(r, model.Column(c))
	}
	if sources := snap.Sources(); int(d.event.Origin.Source) < len(sources) {
		d.source = sources[d.event.Origin.Source].Name
	}
	return d
}

// readDocument reads and parses the line. All work that grows with the length of the line is done here, outside Update.
func readDocument(ctx context.Context, snap *model.Snapshot, r model.Row, m kit.Masking) *document {
	d := sketchDocument(snap, r)
	d.read = true
	if d.event.Origin.Length > maxDetailBytes && !d.gap() {
		d.err = errTooLong
		return d
	}
	if d.line, d.err = snap.Raw(r); d.err != nil {
		d.line = model.Text{}
		if d.changed = errors.Is(d.err, model.ErrChanged); d.changed {
			present, _ := m.Line([]byte(presentBytes(ctx, snap, r).Raw()))
			d.present = model.NewText(string(present))
		}
		return d
	}
	d.readAround(snap, m)
	d.sum = sha256.Sum256([]byte(d.line.Raw()))
	for i := range d.problems {
		d.values = append(d.values, kit.ProblemValueOf(&d.problems[i], []byte(d.line.Raw()), m))
	}
	d.mask(m)
	if d.event.Reject() || ctx.Err() != nil {
		d.inspect()
		return d
	}
	if d.node, d.err = line.Parse(d.line); d.err == nil {
		d.understand(ctx)
	}
	d.inspect()
	return d
}

// readAround reads what stands around a recovered event.
func (d *document) readAround(snap *model.Snapshot, m kit.Masking) {
	a, err := model.NewRawReader(snap).Around(d.event.Row)
	if err != nil {
		return // the line was just read, so there is nothing to say that reading it will not say
	}
	for i, b := range [2][]byte{a.Before, a.After} {
		if bool(m) && a.Cut[i] {
			b = nil // a secret that is cut would not be recognised
		}
		masked, _ := m.Line(b)
		d.around[i] = model.NewText(string(masked))
	}
	d.cut = a.Cut
}

// mask masks the secrets of the line. Everything shown is made from the masked line.
func (d *document) mask(m kit.Masking) {
	if !m {
		return
	}
	text, n := m.Line([]byte(d.line.Raw()))
	if n == 0 {
		return
	}
	d.touched = field.ThingOf(d.line, d.event.Action)
	d.line, d.masked = model.NewText(string(text)), n
}

// understand sorts the parsed members into the sections.
func (d *document) understand(ctx context.Context) {
	raw, w := []byte(d.line.Raw()), field.NewWalker()
	d.target = model.NewText(string(w.Target(raw, field.TargetKeys(d.event.Action))))
	if d.masked == 0 {
		d.touched = field.ThingOf(d.line, d.event.Action)
	}
	w.Messages(raw, func(message []byte) bool {
		d.messages = append(d.messages, line.Node{Kind: line.StringKind, Text: model.NewText(string(w.Text(message)))})
		return false
	})
	for i := range d.node.Nodes {
		n := &d.node.Nodes[i]
		g := groupFor(n, d)
		d.groups[g] = append(d.groups[g], n)
	}
	d.sortGroups()
	d.inner = map[*line.Node]*line.Node{}
	left := maxInnerBytes
	for i := range d.messages {
		d.parseStrings(ctx, &d.messages[i], &left)
	}
	for _, g := range d.groups {
		for _, n := range g {
			d.parseStrings(ctx, n, &left)
		}
	}
	if ctx.Err() == nil {
		d.lexed = verbatim.States(d.line.Raw())
	}
}

// inspect searches the line for hidden text, if the loader found any.
func (d *document) inspect() {
	if d.event.Flags&model.FlagSuspicious == 0 {
		return
	}
	if d.node == nil {
		d.findings = lineFindings(d.line)
		return
	}
	d.findings = findHidden(d)
}

// maxInnerBytes limits how much JSON inside strings is parsed.
const maxInnerBytes = 8 << 20

// parseStrings parses the strings below n that hold an object or a list, as long as there are bytes left.
func (d *document) parseStrings(ctx context.Context, n *line.Node, left *int) {
	if n.Kind == line.StringKind && holdsJSON(n.Text.Raw()) && n.Text.Len() <= *left {
		*left -= n.Text.Len()
		if in, err := line.Parse(n.Text); err == nil && len(in.Nodes) > 0 {
			d.inner[n] = in
		}
	}
	for i := range n.Nodes {
		if ctx.Err() != nil {
			return
		}
		d.parseStrings(ctx, &n.Nodes[i], left)
	}
}

// holdsJSON reports whether a string looks like an object or a list.
func holdsJSON(s string) bool {
	s = strings.TrimSpace(s[:min(len(s), 64)])
	return len(s) > 0 && (s[0] == '{' || s[0] == '[')
}

// presentBytes reads the bytes that are now where a line was, without checking them.
func presentBytes(ctx context.Context, snap *model.Snapshot, r model.Row) model.Text {
	seg := snap.Segment(int(r / model.SegmentRows))
	i := int(r - seg.Base())
	var rows model.Bitmap
	rows.SetRange(i, i+1)
	var reader model.LineReader
	var out model.Text
	visit := func(s *model.Stretch) { out = model.NewText(string(s.Line(i))) }
	if reader.Read(ctx, seg, &rows, visit, func(int, int, error) {}) != nil {
		return model.Text{}
	}
	return out
}

// gap reports whether the row stands for bytes that could not be read.
func (d *document) gap() bool { return d.event.Flags&model.FlagGap != 0 }

// faultAt returns the offset in the line of the byte that made it a reject, or -1.
func (d *document) faultAt() int {
	if !d.event.Reject() || len(d.problems) == 0 || d.masked > 0 {
		return -1
	}
	at := d.problems[0].Offset - d.event.Origin.Offset
	if at < 0 || at > int64(d.line.Len()) {
		return -1
	}
	return int(at)
}
