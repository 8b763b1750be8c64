package detail

import (
	"time"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// silence is the time without any event before an event.
type silence struct {
	of     *model.Silences // the statistics that make it a silence; nil for none
	row    model.Row       // the event
	length time.Duration   // 0 if it was no silence
}

// takeSilence takes the silence before the event, as far as silences are known: where the filter asks for them.
func (d *Detail) takeSilence(s *kit.Scene) {
	if s.Sel == nil {
		return
	}
	known, row, before := s.Sel.Snapshot().KnownSilences(), d.doc.event.Row, d.doc.silence
	if known == nil || before.of == known && before.row == row || int(row) >= s.Sel.Snapshot().Rows() {
		return
	}
	now := silence{of: known, row: row}
	if known.Rows(int(row / model.SegmentRows)).Has(int(row % model.SegmentRows)) {
		for _, w := range known.Longer(known.Least()) {
			if w.After == row {
				now.length = w.Length
			}
		}
	}
	if d.doc.silence = now; d.page == nil && now.length != before.length {
		d.rebuild()
	}
}

// silenceSection says how long there was no event before this one.
func (b *builder) silenceSection() {
	if length := b.doc.silence.length; length > 0 {
		b.title(termsafe.Const("Silence"))
		b.say(termsafe.Concat(termsafe.Const("no event in the "), kit.Length(length), termsafe.Const(" before it")), kit.Partial)
		b.title(termsafe.Safe{})
	}
}
