package field

import (
	"strconv"
	"strings"
)

// emptyKey stands for the empty key in a path, as a path without a rest has ended.
const emptyKey = "\x00"

// keyPath returns the path of a name, as Down takes it: without the brackets that stand for all elements of a list, and with empty
// keys as emptyKey. In a name an empty key is what is before, between or behind dots: "", "a..b" and "a.".
func keyPath(name string) string {
	name = strings.NewReplacer("[]", "", "[*]", "").Replace(name)
	if name != "" && name[0] != '.' && name[len(name)-1] != '.' && !strings.Contains(name, "..") {
		return name
	}
	keys := strings.Split(name, ".")
	for i, key := range keys {
		if key == "" {
			keys[i] = emptyKey
		}
	}
	return strings.Join(keys, ".")
}

// step removes a key from the front of a path; rest is empty if the path ends there. An index stays in front of the rest. A key
// that has brackets in it is found as well as an element of a list.
func step(key []byte, path string) (rest string, ok bool) {
	n := len(key)
	if n == 0 {
		rest, ok = strings.CutPrefix(path, emptyKey)
		return afterKey(rest, ok)
	}
	if n > len(path) || !Same(key, path[:n]) {
		return "", false
	}
	return afterKey(path[n:], true)
}

// afterKey returns the path after a key; ok is false if the key goes on in the path.
func afterKey(path string, ok bool) (rest string, _ bool) {
	if !ok || path == "" {
		return "", ok
	}
	if path[0] == '.' {
		return path[1:], true
	}
	_, _, ok = index(path)
	return path, ok
}

// index reads the index of an element at the front of a path, as in [1].key.
func index(path string) (n int, rest string, ok bool) {
	if path == "" || path[0] != '[' {
		return 0, "", false
	}
	digits, rest, ok := strings.Cut(path[1:], "]")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || digits[0]-'0' >= 10 || rest != "" && rest[0] != '.' && rest[0] != '[' {
		return 0, "", false
	}
	return n, strings.TrimPrefix(rest, "."), true
}
