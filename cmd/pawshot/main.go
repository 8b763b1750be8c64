// Command pawshot makes the pictures of the README from the real program. It runs a program on a pseudo terminal, presses keys, and
// draws the screen as a PNG or as an animated GIF.
//
// It needs neither a display nor installed fonts. A rune that it cannot draw is an error, unless --lenient asks for a box instead.
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

// errDiffers says that existing pictures differ from those that the program makes now.
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
