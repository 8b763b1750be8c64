package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/state"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

func newViewsExport(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "export [NAME …]",
		Short: "Print your own views, one a line, to share them",
		Long: `Print views of your own, all of them or those with these names, each as one line of printable ASCII. pawprint views import takes such lines;
in the interface they can be pasted into the list of views (V).

The exit code is 0, or 2 if there is no such view.`,
		Example: `pawprint views export 'after hours'
pawprint views export > views.txt`,
		RunE: func(_ *cobra.Command, names []string) error { return s.exportViews(names) },
	}
}

// exportViews prints the own views with these names, or all of them.
func (s *settings) exportViews(names []string) error {
	views, _, err := s.own.load()
	if err != nil {
		return err
	}
	if len(names) > 0 {
		views = nil
	}
	for _, name := range names {
		v, err := s.findView(name)
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	var errs []error
	for i := range views {
		if err := views[i].Check(); err != nil {
			errs = append(errs, fmt.Errorf("the view %s cannot be shared: %w", views[i].Name, err))
			continue
		}
		fmt.Fprintln(s.std.out, views[i].Line())
	}
	return errors.Join(errs...)
}

func newViewsImport(s *settings) *cobra.Command {
	var replace, show bool
	c := &cobra.Command{
		Use:   "import [flags] FILE",
		Short: "Save views that somebody shared with you",
		Long: `Save the views in FILE, or with - those on standard input: lines of pawprint views export, or a file views.json. Each is checked and printed
before it is saved: its name, the events that it finds, its columns, order and zone. All are saved or none. --show saves nothing.

The exit code is 0, or 2 if anything is not a view, or if a name is in use and --replace is not given.`,
		Example: `pawprint views import --show views.txt
pbpaste | pawprint views import -`,
		Args: takes(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			return s.importViews(c.Context(), args[0], replace, show)
		},
	}
	c.Flags().BoolVar(&replace, "replace", false, "replace your own views of the same names")
	c.Flags().BoolVar(&show, "show", false, "print the views without saving them")
	return c
}

// importViews prints and saves the views in a file.
func (s *settings) importViews(ctx context.Context, path string, replace, show bool) error {
	text, err := s.readShared(path)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	views, err := sharedViews(text)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	for i := range views {
		v := &views[i]
		fmt.Fprintf(s.std.out, "%s: %s\n", termsafe.Clean(v.Name, termsafe.Options{}), termsafe.Clean(v.Says(), termsafe.Options{}))
	}
	if show {
		return nil
	}
	store := state.UserViews()
	if store == nil {
		return errors.New("saving the views: there is no folder for the configuration: set HOME or XDG_CONFIG_HOME")
	}
	switch err := store.Import(ctx, views, replace); {
	case errors.Is(err, state.ErrTaken):
		return fmt.Errorf("%w; --replace overwrites it", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(s.std.err, "pawprint: saved %v\n", termsafe.Count(int64(len(views)), "view", "views"))
	return nil
}

// readShared returns the content of a file of views, or of standard input.
func (s *settings) readShared(path string) ([]byte, error) {
	in := io.Reader(s.std.in)
	if path != "-" {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, withoutPath(err)
		case info.IsDir():
			return nil, errors.New("it is a folder: name a file in it")
		}
		file, err := os.Open(path)
		if err != nil {
			return nil, withoutPath(err)
		}
		defer file.Close()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, disk.MaxFile+1))
	if err == nil && len(text) > disk.MaxFile {
		return nil, errors.New("it is larger than 1 MiB")
	}
	return text, err
}

// sharedViews returns the checked views in a text: the lines of views, or a file of views.
func sharedViews(text []byte) (views []tui.SavedView, err error) {
	if file := bytes.TrimSpace(text); len(file) > 0 && file[0] == '{' {
		if views, err = state.ParseViews(file); err != nil {
			return nil, err
		}
		for i := range views {
			if err := views[i].Check(); err != nil {
				return nil, fmt.Errorf("view %d: %w", i+1, err)
			}
		}
	} else if views, err = sharedLines(string(text)); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, v := range views {
		if seen[v.Name] {
			return nil, fmt.Errorf("two views are called %s: rename one", v.Name)
		}
		seen[v.Name] = true
	}
	if len(views) == 0 {
		return nil, errors.New("there are no views in it: pawprint views export writes them")
	}
	return views, nil
}

// sharedLines reads a view from each line.
func sharedLines(text string) (views []tui.SavedView, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if strings.TrimSpace(line) == "" {
			continue
		}
		v, err := tui.ParseShared(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		views = append(views, v)
	}
	return views, nil
}
