//go:build !unix

package main

// stacks returns nothing, because no signal can ask a program for its stacks here.
func (x *terminal) stacks() string { return "" }
