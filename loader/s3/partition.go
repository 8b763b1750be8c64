package s3

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// unit is a level of a layout in partitions: year=2026/month=11/day=22/hour=10/, in UTC.
type unit uint8

const (
	year unit = iota
	month
	day
	hour
	noUnit // not a partition
)

var unitNames = [...]string{"year=", "month=", "day=", "hour="}

// layout describes how keys below a root contain the time of their events.
type layout struct {
	root    string // ends with a slash, or is empty
	deepest unit   // the smallest partitions
	bare    bool   // numbers have no leading zero
	first   int    // the first year there is
	last    int    // the last one
}

// partition is a year, month, day or hour whose objects share a prefix.
type partition struct {
	at   time.Time
	unit unit
}

func (c partition) end() time.Time {
	switch c.unit {
	case year:
		return c.at.AddDate(1, 0, 0)
	case month:
		return c.at.AddDate(0, 1, 0)
	case day:
		return c.at.AddDate(0, 0, 1)
	}
	return c.at.Add(time.Hour)
}

// children returns the partitions of the next level, oldest first.
func (c partition) children() []partition {
	var partitions []partition
	for at, end := c.at, c.end(); at.Before(end); {
		child := partition{at, c.unit + 1}
		partitions, at = append(partitions, child), child.end()
	}
	return partitions
}

// prefix returns the prefix of the keys of a partition.
func (l *layout) prefix(c partition) string {
	var b strings.Builder
	b.WriteString(l.root)
	numbers := [...]int{c.at.Year(), int(c.at.Month()), c.at.Day(), c.at.Hour()}
	for u := year; u <= c.unit; u++ {
		if l.bare {
			fmt.Fprintf(&b, "%s%d/", unitNames[u], numbers[u])
		} else {
			fmt.Fprintf(&b, "%s%02d/", unitNames[u], numbers[u])
		}
	}
	return b.String()
}

// cover returns the fewest partitions that contain all of [from, to), oldest first. A zero time leaves that end open: it is then
// the first or the last year of the layout.
func (l *layout) cover(from, to time.Time) []partition {
	var partitions []partition
	var visit func(c partition)
	visit = func(c partition) {
		end := c.end()
		if !to.IsZero() && !c.at.Before(to) || !end.After(from) {
			return
		}
		if whole := !c.at.Before(from) && (to.IsZero() || !end.After(to)); whole || c.unit == l.deepest {
			partitions = append(partitions, c)
			return
		}
		for _, child := range c.children() {
			visit(child)
		}
	}
	for y := l.first; y <= l.last; y++ {
		visit(partition{time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), year})
	}
	return partitions
}

// component parses one folder of a key as a partition of a unit.
func component(folder string, u unit) (n int, ok bool) {
	digits, ok := strings.CutPrefix(folder, unitNames[u])
	if !ok || len(digits) == 0 || len(digits) > 4 || u != year && len(digits) > 2 || u == year && len(digits) != 4 {
		return 0, false
	}
	v, err := strconv.ParseUint(digits, 10, 16)
	return int(v), err == nil
}

// placed parses the root and the partition of a key. ok is false if the key has no partition, or one of an impossible date.
func placed(key string) (root string, c partition, bare, ok bool) {
	at := 0
	if !strings.HasPrefix(key, unitNames[year]) {
		i := strings.Index(key, "/"+unitNames[year])
		if i < 0 {
			return "", partition{}, false, false
		}
		at = i + 1
	}
	root = key[:at]
	numbers := [...]int{0, 1, 1, 0}
	u := year
	for ; u < noUnit; u++ {
		folder, rest, ended := strings.Cut(key[at:], "/")
		n, is := component(folder, u)
		if !ended || !is {
			break
		}
		bare = bare || u != year && len(folder) == len(unitNames[u])+1
		numbers[u] = n
		at = len(key) - len(rest)
	}
	if u == year {
		return "", partition{}, false, false
	}
	t := time.Date(numbers[0], time.Month(numbers[1]), numbers[2], numbers[3], 0, 0, 0, time.UTC)
	if t.Year() != numbers[0] || int(t.Month()) != numbers[1] || t.Day() != numbers[2] || t.Hour() != numbers[3] {
		return "", partition{}, false, false
	}
	return root, partition{t, u - 1}, bare, true
}

// within reports whether the object of a key may have events of [from, to). A key without a time may.
func within(key string, from, to time.Time) bool {
	if from.IsZero() && to.IsZero() {
		return true
	}
	_, c, _, ok := placed(key)
	return !ok || c.end().After(from) && (to.IsZero() || c.at.Before(to))
}

// newerPartition orders keys by their partitions, newest first. Keys of the same partition are equal, as are keys without one.
func newerPartition(a, b object) int {
	_, ca, _, okA := placed(a.key)
	_, cb, _, okB := placed(b.key)
	if !okA || !okB {
		return 0
	}
	return cb.at.Compare(ca.at)
}
