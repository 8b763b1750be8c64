package model

// InOrderOf is what Segment.InOrder makes of the times of one source.
func InOrderOf(times []int64, from int64) InOrder {
	return timedRuns{times: times, runs: []run{{}}}.inOrder(orderEnd{nanos: from})
}
