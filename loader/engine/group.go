package engine

import "pawprint/model/condition"

// Grouping says how rows are counted: by the strings at paths, and by time if there are edges.
type Grouping struct {
	Paths  [][]string
	Edges  []int64             // the first nanosecond of each bucket, in order; a row belongs to the last one that is not after it
	Marked condition.Condition // of the rows that are also counted by themselves
	Most   int                 // groups
}

// Group is the rows with equal values.
type Group struct {
	Edge        int64
	Values      []Value // of the paths
	Rows        int64
	Marked      int64
	First, Last int64 // times in Unix nanoseconds
}

// Value is the string at a path, or that there is none.
type Value struct {
	Text   string
	Absent bool
}
