// Package near finds the word that a misspelled one most likely stands for. It is pure.
package near

import "strings"

// Word returns the word that text is most likely a misspelling or an abbreviation of, in any case; empty if none is near.
func Word(text string, words []string) string {
	text = strings.ToLower(text)
	enough := 2
	if len(text) < 5 {
		enough = 1
	}
	best, least, leastLetters := "", enough+1, 0
	for _, w := range words {
		lower := strings.ToLower(w)
		letters := distance(text, lower)
		d := letters
		switch same := commonPrefix(text, lower); {
		case same > 2 && (same == len(text) || same == len(lower)):
			d = min(d, 1)
		case same > 4:
			d = min(d, 2)
		}
		if d < least || d == least && d <= enough && letters < leastLetters {
			best, least, leastLetters = w, d, letters
		}
	}
	return best
}

// commonPrefix is the length of the common prefix of a and b in bytes.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// distance is the number of letters to add, drop, change or swap with a neighbour to get from a to b. For texts of very different
// length it is just a large number.
func distance(a, b string) int {
	const far = 100
	if len(a) > 40 || len(b) > 40 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return far
	}
	var rows [3][42]int
	for j := range len(b) + 1 {
		rows[1][j] = j
	}
	before, last, row := rows[0][:], rows[1][:], rows[2][:]
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
