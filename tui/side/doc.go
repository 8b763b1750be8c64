// Package side holds the panes beside the list that sum up its rows: the facets, which count the values of attributes, and the
// timeline, which counts events by time.
//
// They know kit, and neither the list nor each other. Counting runs in jobs that extend the counts of the selection before; Update
// and drawing do no I/O, and text of the log is drawn only as a termsafe.Safe. The panes change no filter themselves: they wish for
// one.
package side
