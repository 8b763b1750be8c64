// Command pawshot makes the pictures of the README from the real program: it runs a program on a pseudo terminal, presses keys,
// and draws the screen as a PNG or as an animated GIF.
//
// It needs no display and no font of the machine, and never draws what the screen does not show: a rune it cannot draw is an
// error, not a box.
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

// errDiffers says that pictures are not as the program would make them now.
var errDiffers = errors.New("the pictures are not those of the program")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := newRoot().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "pawshot:", err)
		if errors.Is(err, errDiffers) {
			stop()
			os.Exit(1)
		}
		stop()
		os.Exit(2)
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "pawshot",
		Short:         "Draw pictures of terminal programs",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(newPNG(), newGIF(), newAll())
	return root
}
