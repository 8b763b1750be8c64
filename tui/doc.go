// Package tui is the interface: a list of events with a detail, a filter and help. Its one door to data is [Log]; [App] is
// its only Bubble Tea model. It opens nothing, writes nothing but the terminal it is given, and every text from a log
// reaches that terminal through termsafe and paint.
//
// The widgets live in packages of their own, and App alone knows all of them: it tells them what to show by a kit.Scene, does
// what they ask for by a kit.Wish, and keeps what belongs to none of them, such as the filter that is applied, the history of
// views and the layout.
package tui
