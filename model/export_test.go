package model

// InOrderOf is what Segment.InOrder makes of times.
var InOrderOf = inOrderOf
