// Command pawbench measures how fast pawprint loads files of several shapes, and how soon it shows a key on the screen. It measures a floor and other
// tools in the same run, so that the ratios can be compared between machines. Its soak test runs the program for a long time.
//
// It measures the program as users run it, as a process on a pseudo terminal. It writes only to a temporary folder.
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
	root.AddCommand(newLoad(), newShapes(), newScreen(), newSoak())
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "pawbench:", err)
		if errors.As(err, new(failed)) {
			os.Exit(1)
		}
		os.Exit(2)
	}
}
