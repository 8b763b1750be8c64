package kit

import (
	"math"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// luminance is the relative luminance of a colour (WCAG 2).
func luminance(c uint32) float64 {
	channel := func(shift uint) float64 {
		v := float64(c>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func contrast(a, b uint32) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastIsEnoughOnEveryGround(t *testing.T) {
	for _, p := range []struct {
		name    string
		colors  *palette
		screens []uint32 // backgrounds that terminals of the kind have
	}{
		{"dark", &darkPalette, []uint32{0x000000, darkPalette.screen}},
		{"light", &lightPalette, []uint32{0xffffff, lightPalette.screen}},
	} {
		t.Run(p.name, func(t *testing.T) {
			for r := range numRoles {
				least := 4.5
				if r == Frame {
					least = 2.5 // lines, not text
				}
				h := p.colors.hues[r]
				for _, screen := range p.screens {
					if got := contrast(h.screen, screen); h.screen != 0 && got < least {
						t.Errorf("role %d: #%06x on #%06x has %.2f, want %.1f", r, h.screen, screen, got, least)
					}
				}
				if r == Frame {
					continue
				}
				if got := contrast(p.colors.screen, h.cursor); got < least {
					t.Errorf("role %d under the cursor of columns: #%06x on #%06x has %.2f, want %.1f", r, p.colors.screen, h.cursor, got, least)
				}
				for _, ground := range []uint32{p.colors.cursor, p.colors.rest} {
					if got := contrast(h.cursor, ground); got < least {
						t.Errorf("role %d under the cursor: #%06x on #%06x has %.2f, want %.1f", r, h.cursor, ground, got, least)
					}
				}
			}
		})
	}
}

func TestEveryRoleHasAColor(t *testing.T) {
	for _, p := range []*palette{&darkPalette, &lightPalette} {
		for r := range numRoles {
			own := r == Plain || r == Strong
			if (p.hues[r].screen == 0) != own {
				t.Errorf("role %d has the colour #%06x", r, p.hues[r].screen)
			}
			if p.basic[r] == 0 && !own && r != Muted && r != Frame {
				t.Errorf("role %d has none of the 16 colours", r)
			}
		}
	}
}

func TestWithoutColorsTheVerdictsStillDiffer(t *testing.T) {
	disp := Display{Glyphs: &ASCIIGlyphs, Theme: NewTheme(colorprofile.ASCII, true)}
	g := disp.Glyphs
	seen := map[string]bool{}
	for _, s := range []string{g.Ok.String() + WordOK.String(), g.Failed.String() + WordFailed.String(), g.Partial.String() + WordPartial.String(),
		g.Invalid.String() + WordInvalid.String(), g.Reject.String() + WordReject.String(), g.Suspicious.String() + WordSuspicious.String()} {
		if seen[s] {
			t.Errorf("two verdicts look like %q", s)
		}
		seen[s] = true
	}
}
