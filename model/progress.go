package model

// Read is how many bytes of the source were read, as they are stored.
func (s *SourceState) Read() int64 {
	if s.Stored > 0 {
		return s.Stored
	}
	return s.Books.Bytes
}

// Progress returns how many bytes of all sources were read and how many there are in total, as stored. size is -1 if the total
// cannot be known.
func (s *Snapshot) Progress() (read, size int64) {
	for i := range s.sources {
		source := &s.sources[i]
		if !source.Of.Empty() { // the source that it is a part of has counted it
			continue
		}
		done := source.Read()
		read += done
		if source.Size < 0 || size < 0 {
			size = -1
			continue
		}
		size += max(source.Size, done)
	}
	return read, size
}
