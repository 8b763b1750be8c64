package loader

// What the tests outside the package need of its inside.
const (
	HeadBytes  = headBytes
	StoreBlock = storeBlock
)

// With makes an event line; see with.
var With = with

// DefaultMemoryOf is DefaultMemory of a machine with other files.
var DefaultMemoryOf = defaultMemory
