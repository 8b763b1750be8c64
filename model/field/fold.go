package field

// Same reports whether two names or keys are equal, ignoring the case of ASCII letters only: the Kelvin sign is not k, as a key
// that merely looks like a known one is another key.
func Same[A, B string | []byte](a A, b B) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if c, d := a[i], b[i]; c != d && (c^d != 0x20 || c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// HasPrefix reports whether a name begins with a prefix, with the comparison of Same.
func HasPrefix(name, prefix string) bool {
	return len(name) >= len(prefix) && Same(name[:len(prefix)], prefix)
}
