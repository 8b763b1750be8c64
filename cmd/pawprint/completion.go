package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/completion"
	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui"
)

// completer offers values to a shell, for what is typed so far.
type completer = func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective)

// addCompletion gives a command, and those below it, the values that shells complete. Arguments without values complete to files.
func (s *settings) addCompletion(root *cobra.Command) {
	byFlag := map[string]completer{
		"query": s.completeQuery, "alert": s.completeQuery, "view": s.completeView, "tz": completeZone, "theme": completeTheme,
		"color": fixed("auto", "always", "never"), "ascii": fixed("true", "false"), "since": completeTime, "until": completeTime,
		"fields": commaList(fieldNames), "by": commaList(fieldNames), "distinct": commaList(fieldNames), "sort": completeSort,
		"every": fixed("1m", "15m", "1h", "1d", "1w"), "compare": fixed("24h", "7d", "this week vs last week"), "baseline": fixed("30d", "60d", "12w"),
		"silences": fixed("90m", "12h", "2d"), "output": completeFormat, "max-memory": fixed("512M", "1G", "2G", "4G"),
	}
	for _, free := range []string{"limit", "context", "top", "min", "seed", "events", "profile", "region", "sqs"} {
		byFlag[free] = fixed()
	}
	for _, c := range append(root.Commands(), root) {
		own := c.Flags() // not LocalFlags, which compares all flags of all commands above, at every start of the program
		for name, do := range byFlag {
			if own.Lookup(name) != nil || c == root && c.PersistentFlags().Lookup(name) != nil {
				_ = c.RegisterFlagCompletionFunc(name, do) // it fails only for flags that are registered twice
			}
		}
		switch c.Name() {
		case "query":
			c.ValidArgsFunction = func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
				if len(args) == 0 {
					return s.completeQuery(c, args, typed)
				}
				return nil, cobra.ShellCompDirectiveDefault
			}
		case "fields", "licences":
			c.ValidArgsFunction = fixed()
		}
	}
	root.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveDefault // without it only commands would be completed, and no files
	}
	root.CompletionOptions.DisableNoDescFlag = true // three of the four shells would not heed it
	root.InitDefaultCompletionCmd()
	commands := root.Commands()
	if at := slices.IndexFunc(commands, func(c *cobra.Command) bool { return c.Name() == "completion" }); at >= 0 {
		s.addScripts(commands[at])
	}
}

// addScripts gives the command for completion scripts those of this program.
func (s *settings) addScripts(all *cobra.Command) {
	all.Args = knownShell
	all.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	scripts := map[string]struct{ text, session, always string }{
		"bash": {bashScript, "source <(pawprint completion bash)", "For every new session, add that line to ~/.bashrc. It needs no other package."},
		"zsh":  {zshScript, "source <(pawprint completion zsh)", "For every new session, add that line to ~/.zshrc, below the line with compinit."},
		"fish": {fishScript, "pawprint completion fish | source", "For every new session: pawprint completion fish > ~/.config/fish/completions/pawprint.fish"},
	}
	for _, c := range all.Commands() {
		shell := c.Name()
		if script, ours := scripts[shell]; ours {
			c.RunE = s.script(script.text)
			c.Long = "Print the completion script for " + shell + ".\n\nTo load completions in a session: " + script.session + "\n\n" + script.always
		}
	}
}

// knownShell returns an error for a shell without a script.
func knownShell(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("completion does not take %q: write pawprint completion bash, zsh, fish or powershell", args[0])
	}
	return nil
}

// fixed offers the same values whatever is typed.
func fixed(values ...string) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// commaList offers values for the last one of a list with commas.
func commaList(values func() []string) completer {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		used := strings.Split(strings.ToLower(before), ",")
		var out []string
		for _, v := range values() {
			if name, _, _ := strings.Cut(v, "\t"); !slices.Contains(used, strings.ToLower(name)) {
				out = append(out, before+v)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
	}
}

// fieldNames lists the names that --fields and --by take, with what they mean.
func fieldNames() []string {
	var out []string
	for _, n := range field.Names() {
		if n.Kind != field.Condition {
			out = append(out, cobra.CompletionWithDesc(n.Name, cmp.Or(n.Shown, n.Doc)))
		}
	}
	return out
}

func completeTheme(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, id := range tui.Themes() {
		out = append(out, cobra.CompletionWithDesc(id.String(), id.Does()))
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

func completeTime(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"24h", "7d", "today", "yesterday"}, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

func completeSort(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	out := append([]string{"time", "-time", "none"}, fieldNames()...)
	if c.Name() == "stats" {
		out = []string{"count", "failed", "distinct", "first", "last", "value", "difference", "share", "change", "before", "after"}
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

func completeFormat(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	kind := output.Grids
	switch c.Name() {
	case "query":
		kind = output.Rows
	case "licences":
		out = []string{"text"}
	case "report":
		return []string{"md", "html"}, cobra.ShellCompDirectiveNoFileComp
	case "check", "verify":
		return []string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp
	}
	for _, f := range kind.Formats() {
		out = append(out, cobra.CompletionWithDesc(f.Name, f.Doc(kind)))
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completeView offers the ready views and the user's own.
func (s *settings) completeView(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	_, library, _ := s.own.load() // without the own ones there are still the ready ones
	var out []string
	for _, v := range slices.Concat(library.Own(), query.Views()) {
		if completion.Harmless(v.Name) {
			out = append(out, cobra.CompletionWithDesc(v.Name, oneLine(v.Title)))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completeQuery offers what may stand at the end of a query: names, classes and views, and the values in the beginning of the first file that
// the line names.
func (s *settings) completeQuery(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if at, ok := strings.CutPrefix(typed, "@"); ok {
		views, how := s.completeView(c, args, at)
		for i := range views {
			views[i] = "@" + views[i]
		}
		return views, how
	}
	var data query.Data
	for _, path := range slices.Concat(args, s.laterWords) {
		if info, err := os.Stat(homePath(path)); err == nil && info.Mode().IsRegular() {
			data = completion.Beginning(c.Context(), homePath(path))
			break
		}
	}
	_, library, _ := s.own.load()
	data.Views = slices.DeleteFunc(library.Own(), func(v query.View) bool { return !completion.Harmless(v.Name) })
	data.Said = s.said
	from, _, options := query.Complete(typed, len(typed), data)
	namesFirst(options, data)
	how := cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	var out []string
	for _, o := range options {
		if strings.ContainsAny(o.Text[len(o.Text)-1:], ":=<>~") {
			how |= cobra.ShellCompDirectiveNoSpace
		}
		out = append(out, cobra.CompletionWithDesc(typed[:from]+o.Text, oneLine(o.Doc)))
	}
	return out, how
}

// said lists the tags of the kept marks that are a single word to every shell.
func (s *settings) said() marks.Said {
	store := s.marks()
	if store == nil {
		return marks.Said{}
	}
	kept, _ := store.Load() // those that can be read are better than none
	said := marks.SaidOf(slices.Values(kept), marks.Rows{}.All())
	said.Tags = slices.DeleteFunc(said.Tags, func(w marks.Word) bool { return !completion.Harmless(w.Text) })
	return said
}

// namesFirst moves ids of actors, which nobody types, behind the other values.
func namesFirst(options []query.Completion, data query.Data) {
	if data.Values == nil {
		return
	}
	ids := map[string]bool{}
	for _, v := range data.Values(model.ColActorID) {
		ids[v.Value.Raw()] = true
	}
	for _, v := range data.Values(model.ColActorName) {
		delete(ids, v.Value.Raw())
	}
	isID := func(o query.Completion) bool {
		_, value, _ := strings.Cut(o.Text, ":")
		return o.Count > 0 && ids[value]
	}
	slices.SortStableFunc(options, func(a, b query.Completion) int {
		switch {
		case isID(a) == isID(b):
			return 0
		case isID(a):
			return 1
		}
		return -1
	})
}

// homePath returns a path whose ~ the shell has not replaced yet.
func homePath(path string) string {
	home, err := os.UserHomeDir()
	if rest, ok := strings.CutPrefix(path, "~/"); ok && err == nil {
		return filepath.Join(home, rest)
	}
	return path
}

// oneLine returns a description that no shell breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// completeZone offers the names that parseZone takes.
func completeZone(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return append([]string{"utc", "local"}, zoneNames()...), cobra.ShellCompDirectiveNoFileComp
}
