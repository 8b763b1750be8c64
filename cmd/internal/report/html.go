package report

import (
	"bufio"
	"context"
	"fmt"
	"html"
	"io"
	"strings"
)

// head is the beginning of an HTML report. Its policy forbids everything but its own styles: nothing is fetched, nothing runs.
const head = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>` + title + `</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
h1, h2, h3 { line-height: 1.2 } h2 { margin-top: 2.5rem; border-bottom: 1px solid #999 }
article { margin: 1.5rem 0; padding: .2rem 1rem 1rem; border: 1px solid #bbb; border-left: .4rem solid #47617a }
article.failed { border-left-color: #b3261e }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: 600; white-space: nowrap; vertical-align: top; padding: .1rem 1rem .1rem 0; width: 1% }
td, pre, code { font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere; unicode-bidi: isolate }
pre { white-space: pre-wrap; background: #f3f3f3; padding: .5rem; margin: .4rem 0 } blockquote { margin: .6rem 0; padding: .3rem .8rem; background: #fff6d6; border-left: .3rem solid #a07000; white-space: pre-wrap; unicode-bidi: isolate; overflow-wrap: anywhere }
svg { width: 100%; height: auto; font: 11px sans-serif } .all { fill: #8aa4bd } .failed rect, rect.failed { fill: #b3261e } .mark { fill: #a07000 } .axis { stroke: #555; fill: none } .number { fill: #6b4b00 }
@media print { article table { break-inside: avoid } h3 { break-after: avoid } body { margin: 0; max-width: none; font-size: 11px } pre { background: none; border: 1px solid #ccc } h2 { break-after: avoid } details { display: none } @page { margin: 15mm } }
</style>
</head>
<body>
`

// blockBytes is how much of a report is written at a time.
const blockBytes = 64 << 10

// page is an HTML document that is being written.
type page struct{ *bufio.Writer }

// text writes any text of a log, made printable, in an element.
func (p *page) text(element, text string) {
	fmt.Fprintf(p, "<%s>%s</%s>\n", element, html.EscapeString(clean(text).String()), element)
}

// own writes words of ours in an element.
func (p *page) own(element, words string) {
	fmt.Fprintf(p, "<%s>%s</%s>\n", element, html.EscapeString(words), element)
}

// WriteHTML writes the report as one HTML file that needs nothing else. It reads the events, and stops with the error of ctx.
func (c *Case) WriteHTML(ctx context.Context, w io.Writer) error {
	p := &page{bufio.NewWriterSize(w, blockBytes)}
	_, _ = p.WriteString(head) // an error comes back at the end
	p.own("h1", title)
	p.table(c.summary())
	if c.mask != nil {
		p.own("p", masksWords)
	}
	_, _ = p.WriteString(c.timeline.svg(c.Zone))
	p.own("h2", eventsTitle)
	if c.sel.Len() == 0 {
		p.own("p", noEvents)
	}
	if err := c.each(ctx, p.event); err != nil {
		return err
	}
	if err := p.end(c); err != nil {
		return err
	}
	if err := p.Flush(); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// end writes what follows the events.
func (p *page) end(c *Case) error {
	p.own("h2", queriesTitle)
	if len(c.Queries) == 0 {
		p.own("p", noQueries)
	}
	for _, q := range c.Queries {
		p.text("pre", q)
	}
	p.own("h2", sourcesTitle)
	for i := range c.sources {
		p.table(c.sources[i].facts())
		if check := c.sources[i].check; check != "" {
			p.text("pre", check)
		}
	}
	p.own("h2", checkTitle)
	p.own("p", checkWords)
	if c.mask != nil {
		p.own("p", c.maskedWords())
	}
	machine, err := c.machine()
	if err != nil {
		return err
	}
	_, err = p.WriteString("<details><summary>" + machineTitle + "</summary>\n<pre>" + machine + "</pre>\n</details>\n</body>\n</html>\n")
	return err
}

// event writes event k, from 0. The error may be from anything that was written before.
func (p *page) event(e *event, k int) error {
	class := ""
	if e.failed {
		class = ` class="failed"`
	}
	fmt.Fprintf(p, "<article id=\"event-%d\"%s>\n", k+1, class)
	heading, facts := e.heading(k)
	p.own("h3", heading)
	if e.note.Text != "" {
		var lines []string
		for line := range strings.Lines(e.note.Text) {
			lines = append(lines, html.EscapeString(clean(strings.TrimSuffix(line, "\n")).String()))
		}
		_, _ = p.WriteString("<blockquote>" + strings.Join(lines, "\n") + "</blockquote>\n")
	}
	p.table(facts)
	if e.text != "" {
		p.text("pre", e.text)
	}
	for _, c := range e.commands {
		p.own("div", c.name)
		p.text("pre", c.text)
	}
	_, err := p.WriteString("</article>\n")
	return err
}

func (p *page) table(facts []fact) {
	_, _ = p.WriteString("<table>\n")
	for _, f := range facts {
		fmt.Fprintf(p, "<tr><th>%s</th><td>%s</td></tr>\n", html.EscapeString(f.name), html.EscapeString(clean(f.text).String()))
	}
	_, _ = p.WriteString("</table>\n")
}
