package main

import (
	"os"
	"path/filepath"

	"pawprint/tui/snippet"
)

const programName = "pawprint"

// program returns how copied shell commands call this program, with the flags that remote sources were read with.
func (s *settings) program() snippet.Program {
	p := snippet.Program{Name: programPath()}
	in := &s.inputs
	for _, f := range []struct{ name, value string }{{"--profile", in.profile}, {"--region", in.region}} {
		if f.value != "" {
			p.Flags = append(p.Flags, f.name+"="+f.value)
		}
	}
	if in.payer {
		p.Flags = append(p.Flags, "--request-payer")
	}
	if in.unsigned {
		p.Flags = append(p.Flags, "--no-sign-request")
	}
	return p
}

// programPath returns the name of the program if a shell finds it by that name, else the path of its file.
func programPath() string {
	path, err := os.Executable()
	if err != nil {
		return programName
	}
	self, err := os.Stat(path)
	if err != nil {
		return programName
	}
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		info, err := os.Stat(filepath.Join(folder, programName))
		switch {
		case err != nil || info.IsDir() || info.Mode()&0o111 == 0:
			continue
		case os.SameFile(info, self):
			return programName
		}
		break // a shell would find another program
	}
	return path
}
