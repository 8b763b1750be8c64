package kit

import (
	"time"

	"pawprint/tui/termsafe"
)

// progressCells is the width of a progress bar.
const progressCells = 12

// Progress returns the share of done in total, in percent and as a bar. total must be above 0.
func (disp *Display) Progress(done, total int64) termsafe.Safe {
	percent := max(0, min(100, done*100/total))
	parts := []termsafe.Safe{termsafe.Int(percent), termsafe.Const(" % ")}
	for i := range int64(progressCells) {
		if i*100 < percent*progressCells {
			parts = append(parts, disp.Glyphs.Full)
		} else {
			parts = append(parts, disp.Glyphs.Empty)
		}
	}
	return termsafe.Concat(parts...)
}

// Spinner returns the turn-th picture of the sign of running work, one cell wide. It needs no terminal of its own to move: whoever shows
// it counts the turns, one in SpinnerPace.
func (disp *Display) Spinner(turn int) termsafe.Safe {
	frames := disp.Glyphs.spinner.Frames
	return drawn(frames[turn%len(frames)])
}

// SpinnerPace returns the time from one picture of the spinner to the next.
func (disp *Display) SpinnerPace() time.Duration { return disp.Glyphs.spinner.FPS }
