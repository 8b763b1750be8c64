// Package detail is the pane that shows one event, section by section, or a page about events: a comparison, what changed, the
// parameters of an action.
//
// It knows kit, and none of the other panes. A line is read, parsed and searched in a job, never in Update, and drawn part by
// part, so that a value of any size scrolls. Text of the log reaches the frame only as a termsafe.Safe. The detail changes no
// filter itself: it names the value under its cursor, or returns a wish.
package detail
