package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// allCommand makes or checks the pictures that the project keeps.
type allCommand struct {
	check   bool
	into    string
	program string
	only    string
}

func newAll() *cobra.Command {
	a := &allCommand{}
	c := &cobra.Command{
		Use:   "all [--check]",
		Short: "Make the pictures of the README and of the screens, or check that they are those of the program",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.run(cmd.Context(), cmd.OutOrStdout()) },
	}
	f := c.Flags()
	f.BoolVar(&a.check, "check", false, "write nothing, but compare with the pictures that are there; exit code 1 if one differs")
	f.StringVar(&a.into, "into", "", "the folder of the pictures (default testdata)")
	f.StringVar(&a.program, "program", "", "an executable of pawprint (default: build it)")
	f.StringVar(&a.only, "only", "", "make only the pictures whose names begin like this")
	return c
}

func (a *allCommand) run(ctx context.Context, out io.Writer) (err error) {
	root, err := moduleRoot(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "pawshot-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	program, err := a.executable(ctx, root, folder)
	if err != nil {
		return err
	}
	into := a.into
	if into == "" {
		into = filepath.Join(root, "testdata")
	}
	differing, made := 0, 0
	if err := os.MkdirAll(filepath.Join(into, screensFolder), 0o755); err != nil {
		return err
	}
	for _, r := range pictures() {
		if !strings.HasPrefix(r.file, a.only) {
			continue
		}
		home, err := os.MkdirTemp(folder, "home-") // nothing that one picture leaves behind is in another
		if err != nil {
			return err
		}
		s := r.shot(program, root, home)
		file, err := s.make(ctx)
		if err != nil {
			return fmt.Errorf("making %s: %w", r.file, err)
		}
		same, err := a.keep(out, filepath.Join(into, r.file), file, s.scale)
		if err != nil {
			return err
		}
		if made++; !same {
			differing++
		}
	}
	switch {
	case made == 0:
		return fmt.Errorf("no picture begins with %q", a.only)
	case differing > 0:
		return fmt.Errorf("%w: %d of %d differ", errDiffers, differing, made)
	}
	return nil
}

// keep writes a picture, or with --check compares it with the existing one.
func (a *allCommand) keep(out io.Writer, path string, file []byte, scale int) (same bool, err error) {
	if !a.check {
		if err := os.WriteFile(path, file, 0o644); err != nil {
			return false, err
		}
		fmt.Fprintf(out, "%s: %d bytes\n", path, len(file))
		return true, nil
	}
	old, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(out, "%s: it is not there\n", path)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	difference, err := compare(old, file, scale)
	if err != nil {
		return false, fmt.Errorf("comparing %s: %w", path, err)
	}
	if difference != "" {
		fmt.Fprintf(out, "%s: %s\n", path, difference)
	}
	return difference == "", nil
}

// executable returns the path of the program to run. It builds the program unless --program names one.
func (a *allCommand) executable(ctx context.Context, root, folder string) (string, error) {
	if a.program != "" {
		return filepath.Abs(a.program)
	}
	program := filepath.Join(folder, "pawprint")
	c := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/pawprint")
	c.Dir = root
	if text, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building pawprint: %w\n%s", err, text)
	}
	return program, nil
}

// moduleRoot returns the root folder of pawprint's source, which must contain the current folder.
func moduleRoot(ctx context.Context) (string, error) {
	c := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}} {{.Dir}}")
	text, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("looking for the source of pawprint: %w", err)
	}
	path, dir, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	if path != "pawprint" {
		return "", fmt.Errorf("looking for the source of pawprint: this is %s", path)
	}
	return dir, nil
}
