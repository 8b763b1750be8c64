package report

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"pawprint/cmd/internal/seal"
	"pawprint/model/amount"
	"pawprint/model/tally"
)

// The headings and sentences that both kinds of document have.
const (
	title        = "Report on an audit log"
	eventsTitle  = "Events"
	queriesTitle = "Queries"
	sourcesTitle = "Sources"
	checkTitle   = "How to check this report"
	machineTitle = "Manifest"
	noEvents     = "This report has no events."
	noQueries    = "None: the events were marked one by one."
	checkWords   = "pawprint verify reads this file and the sources, and names everything that does not agree. Without pawprint, the commands beside each event print its bytes and their sha256, and the chain of hashes below is computed as its method says."
	masksWords   = "What looks like a secret is masked. The hashes are those of the original bytes."
	copyWords    = "the source cannot be read again, or no longer holds this event: the commands read a copy of the source, which they call " + copyName
)

// summary returns the facts at the head of the report.
func (c *Case) summary() []fact {
	b := c.books
	facts := []fact{{"made", c.Made.In(c.Zone).Format(time.RFC3339) + " by pawprint " + c.Version}, {"events in this report", amount.Count(int64(c.sel.Len()))}, {"log", tally.Sum(b)}}
	if c.timed {
		facts = append(facts, fact{"first event", c.first.Format(timeLayout)}, fact{"last event", c.last.Format(timeLayout)})
	}
	return facts
}

// maskedWords says how much was masked, once all events are read.
func (c *Case) maskedWords() string {
	return amount.Of(int64(c.Masked()), "value in this report is", "values in this report are") + " masked."
}

// facts returns what is known of a source.
func (s *source) facts() []fact {
	facts := []fact{{"name", s.name}}
	if e := s.entry; e != nil {
		facts = append(facts, fact{"size", fmt.Sprintf("%d bytes", e.Size)}, fact{"sha256", e.SHA256()})
		if u := e.Unpacked; u != nil {
			facts = append(facts, fact{"unpacked", fmt.Sprintf("%s, %d bytes, sha256 %s", u.Packing, u.Size, u.Sum)})
		}
		for _, f := range []fact{{"ETag", e.ETag}, {"version id", e.ObjectID}} {
			if f.text != "" {
				facts = append(facts, f)
			}
		}
	} else {
		facts = append(facts, fact{"sha256", "not sealed: " + s.why})
	}
	facts = append(facts, fact{"totals", tally.Sum(s.books)})
	if s.damage != "" {
		facts = append(facts, fact{"damage", s.damage})
	}
	return facts
}

// heading returns the heading of event k, from 0, and the facts below it.
func (e *event) heading(k int) (heading string, facts []fact) {
	heading = fmt.Sprintf("%d. %s", k+1, e.when())
	if e.note.Verdict != "" {
		facts = append(facts, fact{"verdict", e.note.Verdict})
	}
	if len(e.note.Tags) > 0 {
		facts = append(facts, fact{"tags", strings.Join(e.note.Tags, ", ")})
	}
	facts = append(facts, e.facts...)
	if e.sum != "" {
		return heading, append(facts, fact{"sha256", e.sum})
	}
	return heading, append(facts, fact{"sha256", "none: " + e.unread})
}

// machine returns the manifest that pawprint verify reads, between its marks. It is ASCII, and has neither < nor &, nor backticks.
func (c *Case) machine() (string, error) {
	var b bytes.Buffer
	if err := c.manifest.Write(&b); err != nil {
		return "", err
	}
	text := strings.ReplaceAll(b.String(), "`", `\u0060`)
	return "\n" + seal.Begin + "\n" + text + seal.End + "\n", nil
}
