// Package modal holds what is opened over the panes and takes the keys: help, the menus for copying and exporting, saved views,
// problems, sources, the start screen, and questions of a source.
//
// Modals know kit, and neither the panes nor the App: what they need is passed in, and what the user chose comes back as a wish.
// They do no I/O in Update: files are written and read behind interfaces that the caller implements, in jobs. Text of the log is
// drawn only as a termsafe.Safe.
package modal
