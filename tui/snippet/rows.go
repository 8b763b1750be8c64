package snippet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Rows are the rows of a view, and what a command needs to know to print or count them again.
type Rows struct {
	Query   string   // finds the same rows whenever it is run
	Sources []string // as the command line takes them
	Zone    string   // of the times and of the days, as --tz takes it
	Sort    string   // as --sort takes it; empty is by time
	Fields  []string // the names of the columns; empty prints the lines as they are
	Masked  bool     // secrets are masked
	First   bool     // the query rests on the first events of their kind
}

// maxNamed is how many sources a command names.
const maxNamed = 50

// Command returns a command that prints the rows with this program.
func (r *Rows) Command(p Program) (string, error) {
	words := []string{"query", "--tz", simple(r.Zone)}
	if r.Sort != "" {
		words = append(words, "--sort="+simple(r.Sort))
	}
	if len(r.Fields) > 0 {
		words = append(words, "--fields", simple(strings.Join(r.Fields, ",")))
	}
	return r.command(p, words, quote(r.Query))
}

// Stats returns a command that counts the rows by a field in two periods, as --compare takes them.
func (r *Rows) Stats(p Program, periods, by string) (string, error) {
	words := []string{"stats", "--tz", simple(r.Zone), "--compare", quote(periods), "--by", simple(by)}
	if r.Query != "" {
		words = append(words, "-q", quote(r.Query))
	}
	return r.command(p, words)
}

// command returns a command of these words, with the flags that change what it counts and, at its end, its arguments and the sources.
func (r *Rows) command(p Program, words []string, arguments ...string) (string, error) {
	sources, far, err := r.sources()
	if err != nil {
		return "", err
	}
	words = append([]string{simple(p.name())}, words...)
	if r.Masked {
		words = append(words, "--redact")
	}
	flags := p.Counting
	if far {
		flags = slices.Concat(flags, p.Flags)
	}
	if far && r.First {
		flags = slices.Concat(flags, p.Past)
	}
	for _, f := range flags {
		words = append(words, simple(f))
	}
	words = append(append(words, "--"), arguments...)
	return strings.Join(append(words, sources...), " "), nil
}

// sources returns the quoted names of the sources, and whether one of them is remote.
func (r *Rows) sources() (sources []string, far bool, err error) {
	if len(r.Sources) == 0 {
		return nil, false, ErrNoPlace
	}
	if len(r.Sources) > maxNamed {
		return nil, false, fmt.Errorf("there are %d sources, too many to name: open their folder", len(r.Sources))
	}
	for _, s := range r.Sources {
		switch {
		case s == "-":
			return nil, false, ErrNoPlace
		case strings.HasSuffix(s, "\n"):
			return nil, false, errors.New("the name of a source ends with a line break")
		case strings.HasPrefix(s, "-"):
			s = "./" + s
		}
		far = far || remote(s)
		sources = append(sources, quote(s))
	}
	return sources, far, nil
}
