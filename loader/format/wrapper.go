package format

import (
	"bytes"

	"pawprint/loader/salvage"
	"pawprint/model"
	"pawprint/model/rawjson"
)

// level is an array or object around records.
type level uint8

const (
	levelArray   level = iota // of records
	levelEdges                // of objects whose member node is a record
	levelElement              // an object that is a record, unless its members show that it is a wrapper
	levelEdge                 // the same within edges
	levelPage                 // an object on the way to edges
)

// The bounds of wrappers. An object that exceeds them is a record.
const (
	maxMembers = 16 // before the one that shows a wrapper
	maxPath    = 8  // objects around edges
	maxLevels  = 64
	longestGap = 1024 // from the start of a key to that of its value
)

// between continues, up to end, before a value or a member of a wrapper.
func (s *values) between(end int) (more bool) {
	b := s.buf[:end]
	for i := s.pos; i < len(b); i++ {
		switch b[i] {
		case ' ', '\t', '\r', ',':
			continue
		case '\n':
			s.newline(i)
			continue
		}
		s.pos = i
		if len(s.levels) == 0 && mayHead(b[i]) {
			if headed, more := s.header(i); headed || more {
				return more
			}
		}
		switch n := len(s.levels); {
		case b[i] == recordSeparator:
			s.separator(i)
		case n > 0 && s.levels[n-1] >= levelElement:
			return s.member(b, i)
		default:
			s.element(b[i], i)
		}
		return false
	}
	s.pos = len(b)
	return true
}

// separator leaves all levels: the bytes after a record separator are a new text.
func (s *values) separator(i int) {
	if s.tentative > 0 {
		s.damaged(i)
		return
	}
	s.levels = s.levels[:0]
	s.pos = i + 1
}

// element begins the value whose first byte is c, at buf[i].
func (s *values) element(c byte, i int) {
	n := len(s.levels)
	switch {
	case c == '{':
		s.open(i)
		s.members = 0
		if n > 0 && s.levels[n-1] == levelEdges {
			s.push(levelEdge, i+1, true)
		} else {
			s.push(levelElement, i+1, true)
		}
	case c == '[' && n == 0:
		s.push(levelArray, i+1, false)
	case c == ']' && n > 0:
		s.touch(i)
		s.levels, s.pos = s.levels[:n-1], i+1
	default:
		s.begin(i, false)
	}
}

// push enters the array or object whose first byte is before buf[i].
func (s *values) push(l level, i int, tentative bool) {
	s.touch(i - 1)
	if len(s.levels) == maxLevels { // that many pages were cut, so drop the oldest, which will never close
		s.levels = s.levels[:copy(s.levels, s.levels[maxLevels/2:])]
	}
	s.levels, s.pos = append(s.levels, l), i
	if tentative {
		s.tentative++
	}
}

// commit makes the tentative levels wrappers.
func (s *values) commit(name string) {
	s.tentative, s.start = 0, -1
	if s.records == 0 && s.found == "" {
		s.found = name
	}
}

// settle makes the outermost tentative level a record.
func (s *values) settle() {
	if s.tentative == 0 {
		return
	}
	if s.mode != modeValue {
		s.depth, s.arrays, s.inString = 0, 0, false
	}
	s.depth += s.tentative
	s.levels = s.levels[:len(s.levels)-s.tentative]
	s.mode, s.tentative, s.skip = modeValue, 0, false
}

// member begins the member of a wrapper at b[i], or ends the wrapper.
func (s *values) member(b []byte, i int) (more bool) {
	switch b[i] {
	case '}':
		s.touch(i)
		s.levels, s.pos = s.levels[:len(s.levels)-1], i+1
		if s.tentative > 0 {
			if s.tentative--; s.tentative == 0 {
				s.whole(i + 1)
			}
		}
	case '"':
		return s.key(b, i)
	case '{': // not a key, so the wrapper was cut
		if s.tentative > 0 {
			s.touch(i)
			s.damaged(i)
			return false
		}
		s.levels = s.levels[:0]
	default:
		s.noMember(i)
	}
	return false
}

// noMember handles bytes that cannot be part of a wrapper.
func (s *values) noMember(i int) {
	if s.tentative == 0 {
		s.begin(i, false)
		return
	}
	s.touchMember(i)
	s.settle()
}

// touchMember notes that a member begins at buf[i].
func (s *values) touchMember(i int) {
	fresh := s.indent < 0
	s.touch(i)
	s.flush = s.flush || fresh && s.indent <= s.column
}

// key reads the key at b[i] up to the start of its value and decides what the value is.
func (s *values) key(b []byte, i int) (more bool) {
	end := keyEnd(b, i)
	at := space(b, end+1)
	if at < len(b) && b[at] == ':' && b[end] == '"' {
		at = space(b, at+1)
	} else if at < len(b) {
		at = i + longestGap + 1 // not a key
	}
	if at-i > longestGap {
		s.noMember(i)
		return false
	}
	if at >= len(b) {
		return true
	}
	key := b[i+1 : end]
	if b[at] == '[' && salvage.Page(key) != 0 && space(b, at+1) == len(b) && len(b)-at <= longestGap {
		return true // whether the list holds objects
	}
	if s.tentative > 0 {
		if s.members++; s.members > maxMembers || s.tentative == 1 && ofEvent(key) {
			s.noMember(i)
			return false
		}
	}
	s.touchMember(i)
	if n := bytes.LastIndexByte(b[i:at], '\n'); n >= 0 {
		s.line += int64(bytes.Count(b[i:i+n], []byte{'\n'}))
		s.newline(i + n)
		s.touch(at)
		if b[at] == '{' && s.tentative > 0 {
			if s.suspectRecord(b, at); s.tentative == 0 {
				return false
			}
		}
	}
	s.memberValue(key, b, at)
	return false
}

// keyEnd returns the index of the quote that ends the key at b[i] or of a control byte in it, or the length of b.
func keyEnd(b []byte, i int) int {
	for i++; ; i += 2 {
		i = rawjson.StringStop(b, i)
		if i >= len(b) {
			return len(b)
		}
		if b[i] != '\\' {
			return i
		}
	}
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// memberValue begins the value of a member of a wrapper, at b[i].
func (s *values) memberValue(key, b []byte, i int) {
	page, c := false, b[i]
	switch l := s.levels[len(s.levels)-1]; {
	case string(key) == "edges" && c == '[':
		s.commit(NamePage)
		s.push(levelEdges, i+1, false)
		return
	case l == levelPage && (c != '[' || salvage.Page(key) == 0):
		page = s.path() < maxPath
	case l == levelEdge && string(key) == "node":
		s.commit(NamePage)
		s.begin(i, false)
		return
	case string(key) == "Records" && c == '[':
		s.commit(NameRecords)
		s.push(levelArray, i+1, false)
		return
	case c == '[' && salvage.Page(key) != 0 && listsObjects(b, i):
		s.beginPage(salvage.Page(key), i)
		return
	case string(key) == "data" || string(key) == "hits":
		page = true
	}
	if page && c == '{' {
		s.push(levelPage, i+1, s.tentative > 0)
		return
	}
	// A page that turns out to have a key of events may be an event, so that key is not left out in silence.
	s.begin(i, s.page == 0 || !ofEvent(key))
}

// listsObjects reports whether the list at b[i] begins with an object.
func listsObjects(b []byte, i int) bool {
	i = space(b, i+1)
	return i < len(b) && b[i] == '{'
}

// beginPage enters the list at buf[i] of a page of events.
func (s *values) beginPage(page model.Detail, i int) {
	name := NameEvents
	if page == model.InHits {
		name = NameHits
	}
	s.commit(name)
	s.push(levelArray, i+1, false)
	s.page, s.pageLevel = page, len(s.levels)
}

// path returns the number of page objects around the next member.
func (s *values) path() (n int) {
	for n < len(s.levels) && s.levels[len(s.levels)-1-n] == levelPage {
		n++
	}
	return n
}

// ofEvent reports whether events, but not wrappers, have a key.
func ofEvent(key []byte) bool {
	if len(key) > 2 && key[0] == 'p' && key[1] == '_' {
		return true
	}
	c, known := columnsByName[string(key)]
	return known && !c.wrapper
}
