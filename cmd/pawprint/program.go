package main

import (
	"os"
	"path/filepath"
	"time"

	"pawprint/model/query"
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
	if in.offline {
		p.Flags = append(p.Flags, "--offline")
	}
	if s.noConfig {
		p.Counting = append(p.Counting, "--no-config")
	}
	if env, err := s.env(); err == nil && s.baseline != "" {
		if since, _, ok := query.Moment(s.since, env); ok {
			p.Past = []string{"--since=" + since.UTC().Format(time.RFC3339Nano), "--baseline=" + s.baseline}
		}
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

// programElsewhere is the program as a report names it: it is read on other machines, which have it in another place.
func (s *settings) programElsewhere() snippet.Program {
	p := s.program()
	p.Name = "pawprint"
	return p
}
