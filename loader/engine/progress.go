package engine

import (
	"io"
	"strings"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/amount"
)

// progress shows how far a load is, as the note of the source that stands for the whole of it. It is for the goroutine of the load.
type progress struct {
	to      loader.Announced
	bytes   int64
	doing   string // now
	remark  string // what stays true
	retries int64
}

func newProgress(to loader.Announced) *progress {
	p := &progress{to: to}
	p.to.Update(func(s *model.SourceState) {
		s.Listing, s.Size, s.Phase, s.Err = true, -1, model.Loading, model.Text{}
		p.bytes = s.Stored
	})
	return p
}

// tell shows what is done now.
func (p *progress) tell(what string) {
	p.doing = what
	p.report()
}

func (p *progress) report() {
	parts := []string{p.doing}
	if p.bytes > 0 {
		parts = append(parts, amount.Bytes(p.bytes)+" read")
	}
	if p.retries > 0 {
		parts = append(parts, amount.Of(p.retries, "retry", "retries"))
	}
	parts = append(parts, p.remark)
	kept := parts[:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	note, read := strings.Join(kept, "; "), p.bytes
	p.to.Update(func(s *model.SourceState) { s.Note, s.Stored = model.NewText(note), read })
}

// newest says whether only the newest rows were read, and how many there are then.
func (p *progress) newest(only bool, of model.Total) {
	p.to.Update(func(s *model.SourceState) { s.Newest, s.Total = only, of })
}

// end ends the source with err, and returns err.
func (p *progress) end(err error) error {
	p.doing = ""
	p.report()
	return p.to.End(err)
}

// counting returns a reader that counts what is read of an answer.
func (p *progress) counting(from io.Reader) io.Reader { return &counter{from, p, 0} }

type counter struct {
	from     io.Reader
	progress *progress
	fresh    int64 // bytes since the last report
}

// Read implements io.Reader.
func (c *counter) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.progress.bytes += int64(n)
	if c.fresh += int64(n); c.fresh > 1<<20 {
		c.fresh = 0
		c.progress.report()
	}
	return n, err
}
