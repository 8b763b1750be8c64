package page

import (
	"cmp"
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Frequencies shows how often each value of a field occurs among the rows of the list: its share, how many of its events failed, and
// when it was seen first and last. It goes on counting while the log grows or the filter changes.
type Frequencies struct {
	kit.Table
	counter
	name   string // of the field in the query language
	order  valueOrder
	values arranged
	busy   kit.Slot // arranges the values
	asked  arrangement
	loaded bool       // every source has been read to its end
	part   bool       // a database may have more such rows than those that are loaded
	said   bool       // the values are what the user said about events …
	marked kit.Marked // … which are these
	lines  int        // marked lines that are not events, and not counted

	within query.Expr              // the topic of a page whose events are counted; nil for those of the list …
	rows   func() *model.Selection // … and these events; nil before they are known
	whole  bool                    // they are those of the whole log
}

// AskFrequencies opens the values of a field, or asks which field if name is empty.
func AskFrequencies(disp *kit.Display, name string) kit.Wish {
	if name == "" {
		return kit.Wish{Modal: kit.NewPicker(disp, termsafe.Const("Count the values of"), fieldChoices(disp))}
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
	key, err := f.CountKey(marks.Rows{}.Search)
	if err != nil {
		return nil, err
	}
	name = f.Counted(name)
	title := termsafe.Concat(termsafe.Const("Values of "), disp.ShortPath(name, fieldTitle))
	return &Frequencies{Table: kit.Table{Display: disp, Title: title}, counter: counter{key: key, forms: f.Kind == field.Message}, name: name, order: valueOrder{by: byCount}, said: f.OfMark()}, nil
}

// fieldChoices lists the fields that can be counted, each by its first name.
func fieldChoices(disp *kit.Display) []kit.Choice {
	var out []kit.Choice
	seen := map[string]bool{}
	for _, n := range field.Names() {
		f := field.Of(n.Name)
		if _, err := f.CountKey(nil); err != nil || seen[f.Name] {
			continue
		}
		seen[f.Name] = true
		out = append(out, kit.Choice{Name: disp.Own(n.Name), Does: disp.Own(cmp.Or(n.Shown, n.Doc)), Take: func() kit.Wish { return AskFrequencies(disp, n.Name) }})
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
		v.Stop()
		return kit.Wish{}, true
	case kit.CmdEnter:
		w, ok := v.filterBy(true)
		w.Leave = ok
		return w, false
	case kit.CmdFilterFor, kit.CmdFilterOut:
		w, _ := v.filterBy(c == kit.CmdFilterFor)
		return w, false
	case kit.CmdForms:
		if field.Of(v.name).Kind != field.Message {
			return kit.Wish{Toast: termsafe.Const("only messages have forms: m works in those of error")}, false
		}
		v.switchForms()
	case kit.CmdProfile:
		if at, ok := v.value(); ok && !at.Absent && !v.forms {
			return OfValue(v.Display, at), false
		}
	case kit.CmdExport:
		return v.export(), false
	case kit.CmdCopy:
		return v.copied(), false
	case kit.CmdFilter:
		return kit.Wish{Ask: askSearch(&v.order.search, &v.At)}, false
	case kit.CmdLeft, kit.CmdRight, kit.CmdSort:
		v.order.turn(c)
		v.At = 0
	default:
		v.Move(c, len(v.values.counts))
	}
	return kit.Wish{}, false
}

// Stop implements kit.Stopper.
func (v *Frequencies) Stop() {
	v.counting.Stop()
	v.looking.Stop()
	v.busy.Stop()
}

// askSearch asks for the text that narrows values, which begin at the cursor.
func askSearch(search *string, cursor *int) *kit.Ask {
	before := *search
	narrow := func(text string) (kit.Wish, error) {
		*search, *cursor = text, 0
		return kit.Wish{}, nil
	}
	return &kit.Ask{Label: termsafe.Const("search: "), Text: before, Help: termsafe.Const("enter saves, esc cancels"), Live: narrow, Done: narrow,
		Given: func() { *search = before }}
}

// value returns the value under the cursor.
func (v *Frequencies) value() (kit.Value, bool) {
	if v.At >= len(v.values.counts) {
		return kit.Value{}, false
	}
	of := &v.values.counts[v.At].Values[0]
	return kit.Value{Name: v.name, Text: of.Text, Absent: of.Absent}, true
}

// filterBy wishes for the rows with the value under the cursor, or for all others. It returns false if there is no such filter.
func (v *Frequencies) filterBy(include bool) (kit.Wish, bool) {
	at, ok := v.value()
	if !ok {
		return kit.Wish{}, false
	}
	e, why := conditionOf(v.Display, at)
	if e != nil && v.forms && !at.Absent {
		e, why = v.formCondition(at.Text)
	}
	switch {
	case e == nil:
		return kit.Wish{Toast: why}, false
	case include && v.within != nil:
		return narrowed(v.within, e, v.whole), true
	case include:
		return kit.Wish{With: e}, true
	}
	return kit.Wish{With: query.Not(e)}, true
}

// conditionOf returns the filter for a value that was counted; nil if there is none, and why.
func conditionOf(disp *kit.Display, v kit.Value) (query.Expr, termsafe.Safe) {
	text := v.Text.Raw()
	switch {
	case disp.Masks(v.Name, text) != text:
		return nil, disp.MaskedWords()
	case strings.HasPrefix(text, "{") && field.Of(v.Name).Kind == field.Path: // an object stands for itself only at a path
		return nil, kit.ErrObject
	}
	return v.Expr(), termsafe.Safe{}
}

// Work counts the rows of the list if they are not counted yet, or arranges what was counted.
func (v *Frequencies) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	v.loaded, v.part = s.Complete && !s.Preview, s.Part || v.whole && s.PartLog
	sel := s.Sel
	if v.rows != nil {
		sel = v.rows()
	}
	v.countSaid(s)
	return tea.Batch(v.count(ctx, v, sel, v.arranger()), v.arrange(ctx))
}

// countSaid counts anew what the user said about events, if that has changed.
func (v *Frequencies) countSaid(s *kit.Scene) {
	if !v.said {
		return
	}
	if !s.Marked.Same(v.marked.Rows) {
		f := field.Of(v.name)
		v.counting.Stop()
		v.key, v.requested, v.counted.facets = f.Said(s.Marked.Search), nil, nil
	}
	v.marked = s.Marked
	v.lines = v.markedLines(s)
}

// markedLines counts the rows of the list that are not events but have a mark with what is counted: a filter finds them, too.
func (v *Frequencies) markedLines(s *kit.Scene) (n int) {
	if s.Sel == nil {
		return 0
	}
	kind, snap := field.Of(v.name).Kind, s.Sel.Snapshot()
	for p := range s.Marked.All() {
		said := kind == field.Tags && len(p.Mark.Tags) > 0 || kind == field.Verdict && p.Mark.Verdict != "" || kind == field.Note && p.Mark.Note != ""
		if said && int(p.Row) < snap.Rows() && snap.Flags(p.Row)&model.FlagReject != 0 && s.Sel.Has(p.Row) {
			n++
		}
	}
	return n
}

// arranger returns the function that arranges values as they are wanted now.
func (v *Frequencies) arranger() arranger {
	return arranger{arrangement{order: v.order, display: v.Display.Version}, v.shownText()}
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
	mask, name := v.Display.Redact, v.name
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
		v.At = values.place(at, v.At)
	}
}
