//go:build !unix

package loader

// descriptorShare is how many files may be kept open.
func descriptorShare() int { return mostOpen / 2 }

// outOfDescriptors reports whether err says that too many files are open. Systems other than Unix allow more than mostOpen.
func outOfDescriptors(error) bool { return false }
