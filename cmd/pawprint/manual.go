package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pawprint/cmd/internal/disk"
)

// manualMark is the first line of every page: only files that begin with it are replaced.
const manualMark = `.\" Written by pawprint man.` + "\n"

func newMan(s *settings) *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:   "man [flags] [COMMAND …]",
		Short: "Print the manual page of a command, or write all of them",
		Long: `Print the manual page of a command, by default of pawprint as a whole, for man -l and for packages. --dir writes all pages into a folder,
which it makes if it is missing: pawprint.1, pawprint-query.1 and so on. It replaces pages that pawprint wrote before, and no other file.`,
		Example: `pawprint man query | man -l -
pawprint man --dir ~/.local/share/man/man1`,
		RunE: func(c *cobra.Command, args []string) error {
			pages := manualPages(c.Root())
			if folder != "" {
				return writePages(folder, pages, args)
			}
			name := manualName(append([]string{"pawprint"}, args...))
			for _, p := range pages {
				if p.name == name {
					_, err := s.std.out.Write(p.text)
					return err
				}
			}
			return fmt.Errorf("printing a manual page: pawprint has no command %q", strings.Join(args, " "))
		},
	}
	c.Flags().StringVar(&folder, "dir", "", "write all pages into this folder")
	return c
}

// manualPage is a page of the manual.
type manualPage struct {
	name string
	text []byte
}

func manualName(path []string) string { return strings.Join(path, "-") }

// manualPages returns the page of a command, and those of the commands below it.
func manualPages(c *cobra.Command) []manualPage {
	if !c.HasParent() {
		c.InitDefaultHelpCmd()
	} else if !c.IsAvailableCommand() || c.Name() == "help" {
		return nil
	}
	m := new(manual)
	m.page(c)
	pages := []manualPage{{manualName(strings.Fields(c.CommandPath())), m.out.Bytes()}}
	for _, sub := range c.Commands() {
		pages = append(pages, manualPages(sub)...)
	}
	return pages
}

// writePages writes all pages into a folder.
func writePages(folder string, pages []manualPage, args []string) error {
	if len(args) > 0 {
		return errors.New("writing manual pages: --dir writes all of them: leave the command out")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("writing manual pages: %w", err)
	}
	for _, p := range pages {
		if err := p.write(filepath.Join(folder, p.name+".1")); err != nil {
			return fmt.Errorf("writing manual pages: %w", err)
		}
	}
	return nil
}

// write writes the page as a whole, in place of the one that was written before.
func (p *manualPage) write(path string) error {
	if disk.Exists(path) {
		old, err := disk.Read(path)
		if err == nil && !bytes.HasPrefix(old, []byte(manualMark)) {
			err = fmt.Errorf("%s is not a page that pawprint wrote: move it away, or choose another folder", path)
		}
		if err != nil {
			return err
		}
	}
	next := fmt.Sprintf("%s.%d.new", path, os.Getpid())
	if err := disk.Create(next, func(w io.Writer) error { _, err := w.Write(p.text); return err }); err != nil {
		return err
	}
	err := os.Chmod(next, 0o644) // everybody may read a manual
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
	}
	return nil
}

// manualDay returns the day that pages bear: never that on which they are printed, so that packages can be built again byte for byte.
func manualDay() string { return builtFrom().day(os.Getenv("SOURCE_DATE_EPOCH")) }

// manual writes a page in the macros of man.
type manual struct{ out bytes.Buffer }

func (m *manual) page(c *cobra.Command) {
	name := manualName(strings.Fields(c.CommandPath()))
	m.out.WriteString(manualMark)
	m.line(".TH", strings.ToUpper(name), "1", manualDay(), "pawprint "+version(), "pawprint manual")
	m.section("NAME")
	short, size := utf8.DecodeRuneInString(c.Short)
	m.text(name + " - " + string(unicode.ToLower(short)) + c.Short[size:])
	m.section("SYNOPSIS")
	m.text(c.UseLine())
	m.section("DESCRIPTION")
	m.prose(cmp.Or(c.Long, c.Short+"."))
	m.commands(c)
	m.flags(c)
	m.examples(c)
	if !c.HasParent() {
		m.environment()
	}
	m.seeAlso(c)
}

// prose writes what a command says of itself: paragraphs, and lines that are indented, such as those of a list.
func (m *manual) prose(text string) {
	gap := false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			gap = true
			continue
		case strings.HasPrefix(line, "  "):
			name, rest, _ := strings.Cut(trimmed, " ")
			m.item(name, strings.TrimSpace(rest))
		default:
			if gap {
				m.line(".PP")
			}
			m.text(trimmed)
		}
		gap = false
	}
}

func (m *manual) commands(c *cobra.Command) {
	var available []*cobra.Command
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			available = append(available, sub)
		}
	}
	if len(available) > 0 {
		m.section("COMMANDS")
	}
	for _, sub := range available {
		m.item(sub.Name(), sub.Short)
	}
}

// flags writes the flags in the groups of the help.
func (m *manual) flags(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	c.InheritedFlags() // adds those of the commands above
	groups := make([][]*pflag.Flag, len(flagGroups))
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if i := groupOf(f.Name); !f.Hidden {
			groups[i] = append(groups[i], f)
		}
	})
	m.section("OPTIONS")
	for i, g := range flagGroups {
		if len(groups[i]) == 0 {
			continue
		}
		m.line(".SS", g.title)
		for _, f := range groups[i] {
			name := "--" + f.Name
			if f.Shorthand != "" {
				name = "-" + f.Shorthand + ", " + name
			}
			m.item(name, flagText(f))
		}
	}
}

func (m *manual) examples(c *cobra.Command) {
	if c.Example == "" {
		return
	}
	m.section("EXAMPLES")
	m.line(".nf")
	for example := range strings.Lines(c.Example) {
		m.text(strings.TrimSpace(example))
	}
	m.line(".fi")
}

// environment writes what the environment changes. The flags win over it.
func (m *manual) environment() {
	m.section("ENVIRONMENT")
	m.item("PAWPRINT_CONFIG", "the configuration file to read instead of pawprint/config.toml in $XDG_CONFIG_HOME or ~/.config; none if it is empty")
	m.item(themeVariable, "the theme, like --theme")
	m.item("NO_COLOR", "no colours, if it is set to any value")
	m.item("COLORFGBG", "whether the background is dark or light, if the terminal does not say")
	m.item("TZ", "the zone of --tz local")
	m.item("SOURCE_DATE_EPOCH", "the date of manual pages, in seconds since 1970, if the program does not know the commit it was built from; without it the pages have no date")
}

func (m *manual) seeAlso(c *cobra.Command) {
	others := c.Commands()
	if c.HasParent() {
		others = append(others, c.Parent())
	}
	var names []string
	for _, o := range others {
		if (o.IsAvailableCommand() || !o.HasParent()) && o.Name() != "help" {
			names = append(names, manualName(strings.Fields(o.CommandPath()))+"(1)")
		}
	}
	if len(names) > 0 {
		m.section("SEE ALSO")
		m.text(strings.Join(names, ", "))
	}
}

func (m *manual) section(title string) { m.line(".SH", title) }

// item writes a name in bold with a text below it.
func (m *manual) item(name, text string) {
	m.line(".TP")
	m.out.WriteString(`\fB` + escapeRoff(name) + `\fR` + "\n")
	m.text(text)
}

// line writes a macro with its arguments.
func (m *manual) line(macro string, args ...string) {
	m.out.WriteString(macro)
	for _, a := range args {
		m.out.WriteString(` "` + escapeRoff(a) + `"`)
	}
	m.out.WriteByte('\n')
}

// text writes a line of text, which never begins a macro.
func (m *manual) text(text string) {
	if text = escapeRoff(text); strings.HasPrefix(text, ".") || strings.HasPrefix(text, `\(aq`) {
		text = `\&` + text
	}
	m.out.WriteString(text + "\n")
}

// roffSigns are the signs that formatters change or obey, as they are to be written.
var roffSigns = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, `"`, `\(dq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`)

// escapeRoff writes a text so that it comes out as it is, in ASCII.
func escapeRoff(text string) string {
	var out strings.Builder
	for _, r := range roffSigns.Replace(text) {
		if r < utf8.RuneSelf {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\[u%04X]`, r)
		}
	}
	return out.String()
}
