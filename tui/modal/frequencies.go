package modal

import (
	"cmp"
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Frequencies shows how often each value of a field occurs among the rows of the list: its share, how many of its events failed, and
// when it was seen first and last. It goes on counting while the log grows or the filter changes.
type Frequencies struct {
	table
	counter
	name   string // of the field in the query language
	order  valueOrder
	values arranged
	busy   kit.Slot // arranges the values
	asked  arrangement
	loaded bool // every source has been read to its end
}

// AskFrequencies opens the values of a field, or asks which field if name is empty.
func AskFrequencies(disp *kit.Display, name string) kit.Wish {
	if name == "" {
		return kit.Wish{Modal: newPicker(disp, termsafe.Const("Count the values of"), fieldChoices(disp))}
	}
	v, err := NewFrequencies(disp, name)
	if err != nil {
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the values cannot be counted: "), disp.Quoted(err.Error()))}
	}
	return kit.Wish{Modal: v, Whole: true}
}

// NewFrequencies returns the values of a field. It fails if the field has none that can be counted, as the time.
func NewFrequencies(disp *kit.Display, name string) (*Frequencies, error) {
	f := field.Of(name)
	key, err := f.EachKey()
	if err != nil {
		return nil, err
	}
	if f.Kind == field.Column && len(f.Places) > 0 { // only the first address counts: a filter must look at no other
		name = f.Schema.String()
	}
	title := termsafe.Concat(termsafe.Const("Values of "), disp.ShortPath(name, frequencyTitle))
	return &Frequencies{table: table{display: disp, title: title}, counter: counter{key: key}, name: name, order: valueOrder{by: byCount}}, nil
}

// frequencyTitle limits the name of the field in the title, in cells.
const frequencyTitle = 30

// fieldChoices lists the fields that can be counted, each by its first name.
func fieldChoices(disp *kit.Display) []choice {
	var out []choice
	seen := map[string]bool{}
	for _, n := range field.Names() {
		f := field.Of(n.Name)
		if _, err := f.EachKey(); err != nil || seen[f.Name] {
			continue
		}
		seen[f.Name] = true
		out = append(out, choice{name: disp.Own(n.Name), does: disp.Own(cmp.Or(n.Shown, n.Doc)), take: func() kit.Wish { return AskFrequencies(disp, n.Name) }})
	}
	return out
}

func (v *Frequencies) Scope() kit.Scope { return kit.InTable }

func (v *Frequencies) Press(c kit.Command, _ string) (kit.Wish, bool) {
	switch c {
	case kit.CmdHelp:
		return kit.Wish{Do: c}, false
	case kit.CmdBack:
		if v.order.search != "" {
			v.order.search = ""
			return kit.Wish{}, false
		}
		v.stop()
		return kit.Wish{}, true
	case kit.CmdEnter:
		w, ok := v.filterBy(true)
		if ok {
			v.stop()
		}
		return w, ok
	case kit.CmdFilterFor, kit.CmdFilterOut:
		w, _ := v.filterBy(c == kit.CmdFilterFor)
		return w, false
	case kit.CmdFilter:
		return kit.Wish{Ask: v.searching()}, false
	case kit.CmdLeft, kit.CmdRight, kit.CmdSort:
		v.order.turn(c)
		v.at = 0
	default:
		v.move(c, len(v.values.counts))
	}
	return kit.Wish{}, false
}

// stop ends all jobs: nobody looks at their answers any more.
func (v *Frequencies) stop() {
	v.counting.Stop()
	v.looking.Stop()
	v.busy.Stop()
}

// searching asks for the text that narrows the values.
func (v *Frequencies) searching() *kit.Ask {
	before := v.order.search
	narrow := func(text string) (kit.Wish, error) {
		v.order.search, v.at = text, 0
		return kit.Wish{}, nil
	}
	return &kit.Ask{Label: termsafe.Const("search: "), Text: before, Help: termsafe.Const("enter keeps it, esc does not"), Live: narrow, Done: narrow,
		Given: func() { v.order.search = before }}
}

// value returns the value under the cursor.
func (v *Frequencies) value() (kit.Value, bool) {
	if v.at >= len(v.values.counts) {
		return kit.Value{}, false
	}
	of := &v.values.counts[v.at].Values[0]
	return kit.Value{Name: v.name, Text: of.Text, Absent: of.Absent}, true
}

// filterBy wishes for the rows with the value under the cursor, or for all others. It returns false if there is no such filter.
func (v *Frequencies) filterBy(include bool) (kit.Wish, bool) {
	at, ok := v.value()
	switch {
	case !ok:
		return kit.Wish{}, false
	case v.display.Masks(at.Name, at.Text.Raw()) != at.Text.Raw():
		return kit.Wish{Toast: kit.ErrMasked}, false
	case v.spread() && strings.HasPrefix(at.Text.Raw(), "{"):
		return kit.Wish{Toast: termsafe.Const("a whole object is no condition: open an event and press # on a value in it")}, false
	case include:
		return kit.Wish{With: at.Expr()}, true
	}
	return kit.Wish{With: query.Not(at.Expr())}, true
}

// spread reports whether the values are read at a path, where a list counts for each of its elements.
func (v *Frequencies) spread() bool { return v.key.ReadsLines() && field.Of(v.name).Kind == field.Path }

// Work counts the rows of the list if they are not counted yet, or arranges what was counted.
func (v *Frequencies) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	v.loaded = s.Complete && !s.Preview
	return tea.Batch(v.count(ctx, v, s.Sel, v.arranger()), v.arrange(ctx))
}

// arranger returns the function that arranges values as they are wanted now.
func (v *Frequencies) arranger() arranger {
	return arranger{arrangement{order: v.order, display: v.display.Version}, v.shownText()}
}

// arrange starts arranging the counted values in the wanted order.
func (v *Frequencies) arrange(ctx context.Context) tea.Cmd {
	a := v.arranger()
	if v.counted.sel == nil || a.arrangement == v.asked {
		return nil
	}
	v.asked = a.arrangement
	ctx, job := v.busy.Start(ctx, v)
	all := v.counted.top
	return kit.Safely(func() tea.Msg { return valuesArranged{job, a.arrange(ctx, all)} })
}

// shownText returns the function that says what is shown of a value, which is what a search looks into. It may run on any goroutine.
func (v *Frequencies) shownText() func(model.Text) string {
	mask, name := v.display.Redact, v.name
	return func(t model.Text) string { return mask.Text(name, t.Raw()) }
}

// Take takes what was counted or arranged.
func (v *Frequencies) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case stillCounting:
		return kit.Wish{Cmd: v.look(v)}
	case valuesCounted:
		if v.took(m); m.err == nil {
			v.busy.Stop() // it arranges what was counted before
			v.asked = m.values.arrangement
			v.show(m.values)
		}
	case valuesArranged:
		v.show(m.values)
	}
	return kit.Wish{}
}

// show shows values. The cursor stays on its value while the order stays.
func (v *Frequencies) show(values arranged) {
	at, ok := v.value()
	same := values.order == v.values.order
	if v.values = values; ok && same {
		v.at = values.place(at, v.at)
	}
}
