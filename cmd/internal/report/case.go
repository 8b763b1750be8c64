// Package report writes what was found in a log as a document that is handed over: as Markdown, or as one HTML file that needs neither
// network nor scripts. It says where each event stands and by which commands a second person checks it, and ends with a manifest for
// pawprint verify. It opens nothing: all texts of a log are made printable and quoted.
package report

import (
	"fmt"
	"slices"
	"time"

	"pawprint/cmd/internal/seal"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/redact"
	"pawprint/tui/snippet"
)

// MostEvents is how many events a report may have: nobody reads more, and no browser shows more well.
const MostEvents = 20_000

// Note is what an investigator wrote about an event. The zero value is nothing.
type Note struct {
	Text    string
	Tags    []string
	Verdict string
}

// Options say what a report is about besides events.
type Options struct {
	Version string // of the program
	Program snippet.Program
	Made    time.Time
	Zone    *time.Location
	Redact  bool     // mask likely secrets
	Queries []string // that were asked
	Note    func(model.Row) Note
	// Stands checks that a source still has the line of a row at an offset, if rows were read before the manifest was made; else nil.
	Stands func(s *model.SourceState, offset int64, line []byte) error
	// Unsealed says in words why a source is not in the manifest, empty for words of the report's own. It may be nil.
	Unsealed func(s *model.SourceState) string
}

// Case is the content of a report. Its events are read when it is written, one at a time. One goroutine may use it.
type Case struct {
	Options
	mask     *redact.Masker // nil to show secrets
	prepared int            // secrets that were masked before events are read
	manifest *seal.Manifest
	index    map[model.SourceID]int    // places in the manifest, -1 for none
	unsealed map[model.SourceID]string // why sources have none
	sel      *model.Selection
	books    model.Books
	first    time.Time
	last     time.Time
	timed    bool
	sources  []source
	timeline timeline
}

// source is a source of the log.
type source struct {
	name   string
	entry  *seal.Entry // nil if it was not sealed
	why    string      // why it was not sealed, if entry is nil
	books  model.Books
	damage string
	check  string // a command that prints its sha256; empty for none
}

// New makes a report of the selected events, in their order. manifest is that of the sources that they were read from; a source that it does
// not have was not sealed. It gets the places of the events when the report is written.
func New(sel *model.Selection, manifest *seal.Manifest, o Options) (*Case, error) {
	if n := sel.Len(); n > MostEvents {
		return nil, tooMany(n)
	}
	snap := sel.Snapshot()
	c := &Case{Options: o, manifest: manifest, sel: sel, books: snap.Books()}
	if o.Redact {
		c.mask = new(redact.Masker)
	}
	if lo, hi, ok := snap.TimeBounds(); ok {
		c.first, c.last, c.timed = time.Unix(0, lo).In(o.Zone), time.Unix(0, hi).In(o.Zone), true
	}
	for i, q := range c.Queries {
		c.Queries[i] = c.masked("", q)
	}
	c.addSources(snap)
	manifest.Kind = seal.ReportKind
	c.timeline = newTimeline(snap, sel)
	c.maskManifest()
	c.prepared = c.Masked()
	return c, nil
}

// tooMany is the error of a report on n events.
type tooMany int

func (n tooMany) Error() string {
	return fmt.Sprintf("a report has at most %s, and these are %s: %s", amount.Of(MostEvents, "event", "events"), amount.Count(int64(n)), n.remedy())
}

// remedy says what to do instead.
func (n tooMany) remedy() string {
	return "choose those that matter with -q, --since or marks, and hand over the rest as a sealed export: pawprint query -o jsonl, pawprint seal"
}

// Brief is the error in a few words, for the interface.
func (n tooMany) Brief() string {
	return fmt.Sprintf("a report has at most %s: narrow the filter, or mark what matters", amount.Of(MostEvents, "event", "events"))
}

// Masked is the number of secrets that were masked, which is known once the report is written.
func (c *Case) Masked() int {
	if c.mask == nil {
		return 0
	}
	return c.mask.Masked
}

// masked returns a text with its secrets masked, if they are to be.
func (c *Case) masked(key, text string) string {
	if c.mask == nil {
		return text
	}
	return c.mask.Text(key, text)
}

// addSources lists the sources.
func (c *Case) addSources(snap *model.Snapshot) {
	c.index, c.unsealed = map[model.SourceID]int{}, map[model.SourceID]string{}
	for _, id := range snap.SourceOrder() {
		s := snap.Sources()[id]
		if s.Listing {
			continue
		}
		one := source{name: c.masked("source", s.Name.Raw()), books: s.Books, damage: c.masked("", s.Err.Raw())}
		if s.Damaged && one.damage == "" {
			one.damage = c.masked("", s.Remarks().Raw())
		}
		c.index[id] = slices.IndexFunc(c.manifest.Sources, func(e seal.Entry) bool { return e.SourceName() == s.Name.Raw() || e.SourceName() == s.Place.Raw() })
		if at := c.index[id]; at >= 0 {
			one.entry = &c.manifest.Sources[at]
		} else {
			one.why = c.whyUnsealed(&s)
			c.unsealed[id] = one.why
		}
		one.check = c.checkOf(&s, one.entry != nil)
		c.sources = append(c.sources, one)
	}
}

// whyUnsealed says why a source is not in the manifest.
func (c *Case) whyUnsealed(s *model.SourceState) string {
	if c.Unsealed != nil {
		if why := c.Unsealed(s); why != "" {
			return c.masked("", why)
		}
	}
	return "not all of its bytes were read"
}

// checkOf returns a command that prints the sha256 of a source, empty if there is none, or it would tell a secret. Without an entry there is
// nothing to compare a file with, but an object can still be sealed.
func (c *Case) checkOf(s *model.SourceState, sealed bool) string {
	row := snippet.Row{Source: s}
	command, file := row.SourceSum()
	if !file {
		command, _ = row.Seal(c.Program) // empty for a pipe
	}
	if file && !sealed || c.masked("", command) != command || c.masked("source", s.Name.Raw()) != s.Name.Raw() {
		return ""
	}
	return command
}

// maskManifest masks what the manifest quotes.
func (c *Case) maskManifest() {
	for i := range c.manifest.Sources {
		e := &c.manifest.Sources[i]
		if name := c.masked("source", e.SourceName()); name != e.SourceName() {
			e.Name, e.RawName = name, ""
		}
		e.Remarks, e.Damage = c.masked("", e.Remarks), c.masked("", e.Damage)
	}
}
