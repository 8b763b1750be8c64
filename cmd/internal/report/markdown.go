package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"pawprint/cmd/internal/output"
)

// WriteMarkdown writes the report as Markdown. Every text of the log is code, so that nothing in it is taken for markup, a link or HTML. It
// reads the events, and stops with the error of ctx.
func (c *Case) WriteMarkdown(ctx context.Context, w io.Writer) error {
	b := &markdown{bufio.NewWriterSize(w, blockBytes)}
	b.add("# " + title + "\n\n")
	b.table(c.summary())
	if c.mask != nil {
		b.add(masksWords + "\n\n")
	}
	b.add("## " + eventsTitle + "\n\n")
	if c.sel.Len() == 0 {
		b.add(noEvents + "\n\n")
	}
	if err := c.each(ctx, b.event); err != nil {
		return err
	}
	if err := b.end(c); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// markdown is a Markdown document that is being written.
type markdown struct{ *bufio.Writer }

// add writes text. An error comes back at the end.
func (b *markdown) add(text string) { _, _ = b.WriteString(text) }

// end writes what follows the events.
func (b *markdown) end(c *Case) error {
	b.add("## " + queriesTitle + "\n\n")
	for _, q := range c.Queries {
		b.add("- " + output.CodeSpan(clean(q)) + "\n")
	}
	if len(c.Queries) == 0 {
		b.add(noQueries + "\n")
	}
	b.add("\n## " + sourcesTitle + "\n\n")
	for i := range c.sources {
		s := &c.sources[i]
		b.table(s.facts())
		if s.check != "" {
			b.add(output.CodeBlock(clean(s.check)) + "\n")
		}
	}
	b.add("## " + checkTitle + "\n\n" + checkWords + "\n\n")
	if c.mask != nil {
		b.add(c.maskedWords() + "\n\n")
	}
	machine, err := c.machine()
	if err != nil {
		return err
	}
	_, err = b.WriteString("## " + machineTitle + "\n\n```" + machine + "```\n")
	return err
}

// event writes event k, from 0. The error may be from anything that was written before.
func (b *markdown) event(e *event, k int) error {
	heading, facts := e.heading(k)
	b.add("### " + strings.Replace(heading, ".", `\.`, 1) + "\n\n")
	if e.note.Text != "" {
		for line := range strings.Lines(e.note.Text) {
			b.add("> " + output.CodeSpan(clean(strings.TrimSuffix(line, "\n"))) + "\n")
		}
		b.add("\n")
	}
	b.table(facts)
	if e.text != "" {
		b.add(output.CodeBlock(clean(e.text)) + "\n")
	}
	for _, c := range e.commands {
		b.add(c.name + ":\n\n" + output.CodeBlock(clean(c.text)) + "\n")
	}
	_, err := b.Write(nil)
	return err
}

// table writes facts as a table of two columns.
func (b *markdown) table(facts []fact) {
	b.add("| | |\n| --- | --- |\n")
	for _, f := range facts {
		fmt.Fprintf(b, "| %s | %s |\n", f.name, output.CodeSpan(clean(f.text)))
	}
	b.add("\n")
}
