// Package kittest holds what the tests of the interface share: invented logs, a [Rig] that drives one pane without an App, and the
// comparison with golden frames. Only tests import it. It never looks at the clock, as the present is [TestNow], and never waits:
// a log grows only when the test appends to it.
package kittest
