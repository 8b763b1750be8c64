// Package kit holds what every part of the interface shares: the looks ([Display], [Role], [Glyphs]), the keys and commands
// ([Keymap], [Command]), rectangles, the filter as the user set it ([Filter]), jobs ([Slot]), and the contracts between the App
// and its widgets: [Pane], [Modal], [Scene] and [Wish].
//
// It knows neither the App nor any pane or modal, except what several modals are made of: [Prompt], [Picker] and [Table]. Nothing
// here reads or writes anything in Update: work is a job in a Slot. A text from a log is masked first, and drawn only as a
// termsafe.Safe.
package kit
