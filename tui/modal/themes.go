package modal

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// ThemeMenu is the list of themes. The screen is drawn in the one under the cursor; the one before comes back unless another is chosen.
type ThemeMenu struct {
	*kit.Picker
	before, shown kit.ThemeID
	use           func(kit.ThemeID)
}

// NewThemeMenu returns the list, with the cursor on the theme that is shown. use draws the screen in another one.
func NewThemeMenu(disp *kit.Display, shown kit.ThemeID, use func(kit.ThemeID)) *ThemeMenu {
	m := &ThemeMenu{before: shown, shown: shown, use: use}
	var choices []kit.Choice
	for _, id := range kit.Themes() {
		choices = append(choices, kit.Choice{Name: disp.Own(id.String()), Does: disp.Own(id.Does()), Take: func() kit.Wish {
			m.before = id
			return kit.Wish{Toast: disp.Own("until you quit; theme = \"" + id.String() + "\" in config.toml keeps it")}
		}})
	}
	m.Picker = kit.NewPicker(disp, termsafe.Const("Theme"), choices)
	m.Nothing = termsafe.Const("no such theme")
	m.MoveTo(int(shown))
	return m
}

// Press implements kit.Modal.
func (m *ThemeMenu) Press(c kit.Command, text string) (kit.Wish, bool) {
	w, done := m.Picker.Press(c, text)
	switch i := m.At(); {
	case done:
		m.show(m.before)
	case i >= 0:
		m.show(kit.ThemeID(i))
	}
	return w, done
}

// Stop implements kit.Stopper: the theme before comes back.
func (m *ThemeMenu) Stop() { m.show(m.before) }

func (m *ThemeMenu) show(id kit.ThemeID) {
	if id != m.shown {
		m.shown = id
		m.use(id)
	}
}
