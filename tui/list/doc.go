// Package list is the pane with the rows of the selection: its columns, its cursor, the order of the rows, marks, and the search
// that hides nothing.
//
// It knows kit, and none of the other panes. It reads and draws only the visible rows, however many there are. Reading lines,
// sorting and searching run in jobs, never in Update, and text of the log is drawn only as a termsafe.Safe. The list selects no
// rows: the App gives it a selection.
package list
