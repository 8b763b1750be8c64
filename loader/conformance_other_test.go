//go:build !unix

package loader_test

import "pawprint/loader/sourcetest"

// systemSources are kinds of sources that only some systems have.
var systemSources []sourcetest.Kind
