package main

import (
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"

	"pawprint/cmd/internal/output"
)

// printing returns the options of what a command prints to standard output, through out.
func (s *settings) printing(out io.Writer) output.Options {
	return output.Options{Out: out, ASCII: s.drawsASCII(), Shown: isTerminal(s.std.out), Color: s.printsColors()}
}

// printsColors reports whether tables are coloured, as --color says. The default follows the terminal and NO_COLOR; files and pipes get none.
func (s *settings) printsColors() bool {
	if s.color != "auto" {
		return s.color == "always"
	}
	return s.drawable() && !s.screen().mono && colorprofile.Detect(s.std.out, os.Environ()) >= colorprofile.ANSI
}

// checkColor returns an error if --color has a value that it does not know.
func (s *settings) checkColor() error {
	_, err := s.colors()
	return err
}
