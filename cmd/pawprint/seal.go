package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pawprint/cmd/internal/seal"
	"pawprint/loader"
	"pawprint/tui/termsafe"
)

// sealCommand writes a manifest of sources.
type sealCommand struct {
	*settings
	every int64
}

func newSeal(s *settings) *cobra.Command {
	sealed := &sealCommand{settings: s}
	c := &cobra.Command{
		Use:   "seal [flags] [SOURCE …]",
		Short: "Write a manifest of logs: sizes, hashes and totals",
		Long: `Write a manifest as JSON to standard output. For each file or object it holds the name, the size, the sha256 of its stored bytes and, if it is
compressed, of the unpacked ones, an object's ETag and version id, the totals (lines = events + rejects + blanks), the first and the last
time, and a chain of hashes over the lines. The manifest explains how each of them is computed.

Sources are read once, from front to back, in memory that does not depend on their size. pawprint verify compares logs with a
manifest.

The exit code is 0 if everything was sealed, 2 if a source could not be read or is damaged; what could be read is sealed all the same.`,
		Example: `pawprint seal audit.jsonl > manifest.json
pawprint seal --every 1 logs/ > manifest.json
pawprint verify manifest.json`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := wholeSources(c); err != nil {
				return err
			}
			return sealed.run(c.Context(), args)
		},
	}
	c.Flags().Int64Var(&sealed.every, "every", seal.Every, "lines between two checkpoints of the chain; with 1 verify names each line that changed")
	return c
}

// narrowing lists the flags that choose events. A manifest is about whole sources.
var narrowing = []string{"query", "failed", "since", "until", "baseline", "follow", "dedupe", "redact"}

// wholeSources returns an error if a flag would choose events.
func wholeSources(c *cobra.Command) error {
	var wrong *pflag.Flag
	for _, name := range narrowing {
		if f := c.Flags().Lookup(name); f != nil && f.Changed {
			wrong = f
		}
	}
	if wrong == nil {
		return nil
	}
	return fmt.Errorf("reading --%s: %s is about whole sources: leave it out", wrong.Name, c.Name())
}

// answersOnly is why what a server answers cannot be sealed.
const answersOnly = "a server's answer is not a file that anybody could hash again: write its rows into one (pawprint query -o jsonl), and seal that"

// isAnswer reports whether a source is a server's answer to queries, unlike an object, whose bytes are stored.
func isAnswer(name string) bool {
	s := schemeOf(name)
	return s != nil && s.prefix != "s3://"
}

// mustLie returns an error if an argument names a source whose bytes are not stored anywhere. It does not quote the URL, which may hold a
// secret.
func mustLie(args []string) error {
	for _, arg := range args {
		if isAnswer(arg) {
			return fmt.Errorf("sealing %s…: %s", schemeOf(arg).prefix, answersOnly)
		}
	}
	return nil
}

func (c *sealCommand) run(ctx context.Context, args []string) error {
	if c.every < 1 || c.every > seal.MostEvery {
		return fmt.Errorf("reading --every: %d is not a number of lines from 1 to %d", c.every, seal.MostEvery)
	}
	if err := mustLie(args); err != nil {
		return err
	}
	c.canAsk, c.inputs.keepsNothing = true, true
	sources, err := c.sources(args)
	if err != nil {
		return err
	}
	w := seal.NewWitness(c.every, nil)
	c.tellBooks(w.Log)
	loadErr := c.watch(ctx, w, sources)
	if ctx.Err() != nil {
		return loadErr // a manifest of a part that happened to be read would seal nothing
	}
	for _, name := range w.Touched() {
		fmt.Fprintf(c.std.err, "pawprint: %s: it was written to while it was read; its manifest describes the bytes that were read\n", termsafe.Clean(name, termsafe.Options{}))
	}
	out := bufio.NewWriterSize(c.std.out, 64<<10)
	return errors.Join(w.Manifest(version(), time.Now()).Write(out), out.Flush(), loadErr)
}

// watch reads sources to their end while w sees all bytes of them.
func (s *settings) watch(ctx context.Context, w *seal.Witness, sources []loader.Source) error {
	s.inputs.progress.begin(func() (done func()) { return s.showProgress(w.Log) })
	defer s.inputs.progress.end()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends what hashes a source that could not be read to its end
	return loader.Load(loader.WithWitness(ctx, w), w, sources...)
}
