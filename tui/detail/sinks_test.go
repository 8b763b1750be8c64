package detail

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe/hostile"
)

func TestAlbumsOfHostileTextAreShownAsText(t *testing.T) {
	albums := string(hostile.Albums())
	d := newDetailRig(t, kittest.LoadText(t, "albums.jsonl", albums+string(hostile.Rejects()[:5000])), 160, 290)
	for at := range min(d.Sel.Len(), strings.Count(albums, "\n")+10) {
		d.goTo(at)
		openAll(d.detail)
		for _, key := range []string{"g", "G"} {
			d.press(key)
			frame := d.Styled(160, 290) // it fails if the tripwire had to help
			if leaks := hostile.Leaks([]byte(frame), hostile.Allowed{Styles: true}); leaks != nil {
				t.Errorf("an album after %s: the frame leaks %q", key, leaks)
			}
			if at := strings.IndexRune(frame, '\ufffd'); at >= 0 {
				t.Errorf("an album after %s: the tripwire stepped in: %q", key, frame[max(0, at-80):min(len(frame), at+40)])
			}
		}
	}
}
