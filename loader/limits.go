package loader

// Limits bound what sources may cost, and say what is noted of each line. The zero value means the defaults.
type Limits struct {
	// LineBytes is the longest line that is decoded; of a longer one the head is kept. 0 means 64 MiB.
	LineBytes int
	// Memory is shared by all sources of a log; nil is no cap. A source that finds it used up ends with a *MemoryError, and
	// what was read before stays.
	Memory *Budget
	// UnpackRatio is how many times as long as it is stored a packed source may be, beyond its first 64 MiB. 0 means 1,000.
	UnpackRatio int
	// UnpackedBytes is how much a packed source may unpack to. 0 means 1 TiB.
	UnpackedBytes int64
	// RowIDs asks for the ids that tell copies of an event (the data lake, p_row_id).
	RowIDs bool
}

const (
	defaultLineBytes     = 64 << 20
	defaultUnpackRatio   = 1000
	defaultUnpackedBytes = 1 << 40
	// harmlessBytes may be unpacked whatever they come from.
	harmlessBytes = 64 << 20
	// headBytes is how much of a line that is too long stays readable.
	headBytes = 64 << 10
)

func (l Limits) lineBytes() int {
	if l.LineBytes > 0 {
		return l.LineBytes
	}
	return defaultLineBytes
}

func (l Limits) unpackRatio() int64 {
	if l.UnpackRatio > 0 {
		return int64(l.UnpackRatio)
	}
	return defaultUnpackRatio
}

func (l Limits) unpackedBytes() int64 {
	if l.UnpackedBytes > 0 {
		return l.UnpackedBytes
	}
	return defaultUnpackedBytes
}
