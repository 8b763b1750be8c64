//go:build !unix

package main

// stacks returns nothing: there is no signal by which a program under test could be asked for its stacks.
func (x *terminal) stacks() string { return "" }
