// Package page holds the full-screen pages about many events: the values of a field and how often each occurs, what is known
// of one actor, address or object, and two periods side by side.
//
// Pages are modals. They know kit, and neither the panes nor the App: a scene says which rows there are, and what the user chose comes
// back as a wish. What takes longer than a fraction of a millisecond is counted in jobs. Text of the log is drawn only as a termsafe.Safe.
package page
