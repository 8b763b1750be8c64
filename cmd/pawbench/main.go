// Command pawbench measures pawprint beside floors and other tools, all in one run, so that the figures can be compared on any
// machine: how fast a file is loaded, and how soon a key shows on the screen. It also tries how the program bears a long time.
//
// It measures the program as its users run it, as a process and over a pseudo terminal. It changes nothing but files of its
// own in a temporary folder.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{
		Use:           "pawbench",
		Short:         "Measure pawprint beside floors and other tools",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(newLoad(), newScreen(), newSoak())
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "pawbench:", err)
		if errors.As(err, new(failed)) {
			os.Exit(1)
		}
		os.Exit(2)
	}
}
