// Package filter is the line of the filter: the bar in which it is typed, the completions and the advice for it, and the chips of
// its conditions.
//
// It knows kit, and no pane. It never applies a filter: it wishes for one, and the App selects the rows. Completions and advice
// are counted in jobs, never in Update, and text of the log is drawn only as a termsafe.Safe.
package filter
