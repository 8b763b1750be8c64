package model

// Total says between which numbers the count of all rows is that a source was asked for, if only its newest were read; see
// SourceState.Newest. The zero value says that it is not known.
type Total struct{ Least, Most int64 }

// Known reports whether the count is known.
func (t Total) Known() bool { return t.Most > 0 }

// Total sums up how many rows there are in the sources, those that were read among them, of which only the newest were read. It is not
// known if some source does not know it.
func (s *Snapshot) Total() (sum Total) {
	for i := range s.sources {
		source := &s.sources[i]
		if !source.Newest {
			continue
		}
		if !source.Total.Known() {
			return Total{}
		}
		sum.Least, sum.Most = sum.Least+source.Total.Least, sum.Most+source.Total.Most
	}
	return sum
}
