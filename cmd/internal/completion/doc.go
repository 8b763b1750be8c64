// Package completion takes apart the command line that a shell wants completed, and finds values to offer in the beginning of a log.
//
// Nothing of the line is run or expanded, and no value is offered that a shell or a terminal could take for anything but text.
package completion
