//go:build !unix

package loader_test

// systemSources are kinds of sources that only some systems have.
var systemSources []conforming
