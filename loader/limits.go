package loader

// Limits bounds what sources may cost. The zero value means the defaults.
type Limits struct {
	// LineBytes is the longest line that is decoded; of a longer line only the head is kept. 0 means 64 MiB.
	LineBytes int
	// Memory is shared by all sources of a log; nil means no limit. A source that uses it up ends with a *MemoryError and keeps
	// the rows read before.
	Memory *Budget
	// UnpackRatio is how many times its stored length a packed source may unpack to, beyond its first 64 MiB. 0 means 1,000.
	UnpackRatio int
	// UnpackedBytes is how many bytes a packed source may unpack to. 0 means 1 TiB.
	UnpackedBytes int64
}

const (
	defaultLineBytes     = 64 << 20
	defaultUnpackRatio   = 1000
	defaultUnpackedBytes = 1 << 40
	// harmlessBytes is how many bytes may be unpacked at any ratio.
	harmlessBytes = 64 << 20
	// headBytes is how many bytes of a line that is too long are kept.
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
