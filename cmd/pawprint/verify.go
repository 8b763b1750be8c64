package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/seal"
	"pawprint/loader"
	"pawprint/model/fault"
)

// verifyCommand compares sources with a manifest.
type verifyCommand struct {
	*settings
	output string
}

func newVerify(s *settings) *cobra.Command {
	verify := &verifyCommand{settings: s}
	c := &cobra.Command{
		Use:   "verify [flags] MANIFEST|REPORT [SOURCE …]",
		Short: "Check logs against a manifest of pawprint seal, or a report",
		Long: `Check logs against a manifest, and name what changed and where, what is missing and what is additional. Without a source it reads the files
that the manifest names; name s3:// objects and standard input yourself.

For a report it also looks for each event: at its place, and as a whole line elsewhere.

A source is recognised by its content, whatever its name is now and however it is compressed; only a changed one is matched by name. A file
that merely grew is reported as such. A change is located between two checkpoints of the chain: seal with --every 1 to locate the line.

With -o json it prints one JSON object: whether everything agrees and the exit code, counts, then each source and each event of a report with its verdict
(agrees, grew, differs, missing, additional, unreadable, not checked). A source has the sealed and the found size, sha256 and lines, and its changes: from_line to
to_line and from_byte up to to_byte as they were sealed, and lines_now in their place, null for unknown. An event has its line, offset, length and
sha256, and line_now if its bytes are elsewhere.

The exit code is 0 if everything agrees, 1 if something differs, is missing or additional, 2 if the manifest or a source cannot be read, or events of the
report cannot be checked, such as those of a source that it did not seal.`,
		Example: `pawprint verify manifest.json
pawprint verify -o json manifest.json | jq '.sources[] | select(.verdict != "agrees")'
pawprint verify case.html /mnt/copy
pawprint verify manifest.json s3://example-logs/audit/`,
		Args: takes(1, math.MaxInt),
		RunE: func(c *cobra.Command, args []string) error {
			if err := wholeSources(c); err != nil {
				return err
			}
			return verify.run(c.Context(), args[0], args[1:])
		},
	}
	c.Flags().StringVarP(&verify.output, "output", "o", "text", "text or json")
	return c
}

func (c *verifyCommand) run(ctx context.Context, path string, args []string) error {
	if c.output != "text" && c.output != "json" {
		return fmt.Errorf("reading --output: %q is not a format: choose from text and json", c.output)
	}
	m, err := c.manifest(path)
	if err != nil {
		return err
	}
	sources, err := c.compared(m, args)
	if err != nil {
		return err
	}
	w := seal.NewWitness(m.Every, m)
	loadErr := c.watch(ctx, w, sources)
	if ctx.Err() != nil || fault.In(loadErr) != nil {
		return loadErr
	}
	results, events := w.Results(), w.EventResults()
	code := codeOf(results, events)
	if c.output == "json" {
		err = c.printJSON(m.Outcome(version(), path, results, events, code))
	} else {
		err = c.printText(results, events)
	}
	if err != nil || code == exitFound {
		return err
	}
	return exit(code)
}

// compared returns the sources that a manifest is compared with: those of the arguments, else the files that it names.
func (c *verifyCommand) compared(m *seal.Manifest, args []string) ([]loader.Source, error) {
	if err := mustLie(args); err != nil {
		return nil, err
	}
	c.canAsk, c.inputs.keepsNothing = true, true
	if len(args) > 0 {
		return c.sources(args)
	}
	return c.sealedFiles(m)
}

// manifest reads a manifest from a file or, for -, from standard input.
func (c *verifyCommand) manifest(path string) (*seal.Manifest, error) {
	var in io.Reader = c.std.in
	if path != "-" {
		file, err := os.Open(disk.InHome(path))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, withoutPath(err))
		}
		defer file.Close()
		in = file
	}
	m, err := seal.Read(bufio.NewReaderSize(in, 64<<10))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return m, nil
}

// sealedFiles returns the files that a manifest names, as far as they are there. Nothing is fetched that only the manifest names: whoever
// wrote it would choose where requests go, and with whose credentials.
func (c *verifyCommand) sealedFiles(m *seal.Manifest) (sources []loader.Source, err error) {
	for i := range m.Sources {
		name := m.Sources[i].SourceName()
		if schemeOf(name) != nil {
			return nil, errors.New("opening a source: the manifest names objects, which are read only if you name them too: add the s3:// URL that was sealed")
		}
		info, err := os.Stat(name)
		switch {
		case err == nil && info.Mode().IsRegular():
			sources = append(sources, &loader.File{Path: name})
		case name == "stdin":
			return nil, errors.New("opening a source: the manifest names standard input: add - and pipe the log into pawprint")
		}
	}
	return sources, nil
}

// codeOf returns the exit code for results. A difference counts more than events that cannot be checked.
func codeOf(results, events []seal.Result) int {
	code, unchecked := exitFound, false
	for _, r := range slices.Concat(results, events) {
		switch r.Verdict {
		case seal.Agrees:
		case seal.Unreadable:
			return exitError
		case seal.NotChecked:
			unchecked = true
		default:
			code = exitNothing
		}
	}
	if unchecked && code == exitFound {
		return exitError
	}
	return code
}

func (c *verifyCommand) printJSON(o *seal.Outcome) error {
	out := bufio.NewWriterSize(c.std.out, 64<<10)
	return errors.Join(o.Write(out), out.Flush())
}

// printText prints the results, and of events those that do not agree.
func (c *verifyCommand) printText(results, events []seal.Result) error {
	out := bufio.NewWriterSize(c.std.out, 64<<10)
	for _, r := range results {
		for _, words := range r.Words {
			fmt.Fprintf(out, "%s: %s\n", r.Name, words)
		}
	}
	for _, line := range slices.Concat(seal.Differing(events), []string{seal.Sum(results), seal.SumEvents(events)}) {
		if line != "" {
			fmt.Fprintln(out, line)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}
