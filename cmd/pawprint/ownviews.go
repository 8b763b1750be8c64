package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/state"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui"
)

// ownViews are the user's own views, read once in a run and only if something names one, so that all answers rest on the same reading. The
// zero value is ready.
type ownViews struct {
	read    bool
	views   []tui.SavedView
	library *query.Library
	err     error
}

// load returns the views and their library.
func (o *ownViews) load() ([]tui.SavedView, *query.Library, error) {
	if !o.read {
		o.read = true
		if store := state.UserViews(); store != nil {
			o.views, o.err = store.Load()
		}
		o.library = tui.NewLibrary(o.views)
	}
	return o.views, o.library, o.err
}

// parse parses a query and puts what own views stand for in their places. unread says why the own views could not be read, if it matters.
func (o *ownViews) parse(text string) (e query.Expr, err, unread error) {
	e, err = query.Parse(text)
	if err != nil || !query.NamesOwnViews(e) {
		return e, err, nil
	}
	_, library, unread := o.load()
	if _, err := library.Parse(text); err != nil {
		return nil, err, unread
	}
	e, err = library.Unfold(e)
	return e, err, nil
}

// parse parses a query and puts what own views stand for in their places. A syntax error is a *queryError.
func (s *settings) parse(text string) (query.Expr, error) {
	e, err, unread := s.own.parse(text)
	if err != nil {
		return nil, errors.Join(newQueryError(text, err), unread)
	}
	return e, nil
}

// findView returns the own or ready view with a name.
func (s *settings) findView(name string) (tui.SavedView, error) {
	if v, err := query.FindView(name); err == nil {
		out := tui.SavedView{Name: v.Title, Query: v.Term()}
		for _, c := range v.Columns {
			out.Columns = append(out.Columns, tui.SavedColumn{Name: c})
		}
		return out, nil
	}
	saved, library, loadErr := s.own.load()
	v, err := library.Find(name)
	if err != nil {
		return tui.SavedView{}, errors.Join(err, loadErr)
	}
	for _, o := range saved {
		if o.Name == v.Name {
			return o, nil
		}
	}
	return tui.SavedView{}, fmt.Errorf("no view is called %s", name)
}

// chosenView returns the view of --view, nil without the flag.
func (s *settings) chosenView() (*tui.SavedView, error) {
	if s.view == "" {
		return nil, nil
	}
	v, err := s.findView(s.view)
	if err != nil {
		return nil, fmt.Errorf("reading --view: %w", err)
	}
	return &v, nil
}

// chosenText returns the query of the view of --view, empty without the flag.
func (s *settings) chosenText() (string, error) {
	v, err := s.chosenView()
	if v == nil || err != nil {
		return "", err
	}
	if _, err := s.parse(v.Own().Query); err != nil {
		return "", fmt.Errorf("reading --view: the view %s: %w", v.Name, err)
	}
	return v.Own().Query, nil
}

// takeViewZone takes the zone of the view of --view, unless --tz says another one.
func (s *settings) takeViewZone(given bool) error {
	v, err := s.chosenView()
	if v == nil || err != nil || given || v.Zone == "" {
		return err
	}
	before := s.zone
	s.zone, s.zoneByConfig = v.Zone, false
	if _, err := s.location(); err != nil {
		s.zone = before
		return fmt.Errorf("reading --view: the view %s: %w", v.Name, err)
	}
	return nil
}

// shownAsTable reports whether a terminal shows the rows as a table.
func (q *queryCommand) shownAsTable() bool {
	return isTerminal(q.std.out) && (q.output == "" || q.output == "table")
}

// takeView takes what the view of --view says of the columns and the order, where the flags do not, and else what the configuration says.
func (q *queryCommand) takeView(fields, order bool) error {
	v, err := q.chosenView()
	if !fields && q.shownAsTable() {
		q.viewFields = q.columns
	}
	if v == nil || err != nil {
		return err
	}
	if !fields && len(v.Own().Columns) > 0 {
		q.viewFields = v.Own().Columns
	}
	if !order {
		q.takeOrder(v)
	}
	return nil
}

// takeOrder takes the order of a view, or says why rows are printed in another one.
func (q *queryCommand) takeOrder(v *tui.SavedView) {
	by := v.Order()
	name := cmp.Or(by.Column, "time")
	switch _, err := field.Resolve(name); {
	case q.follow && !by.ByTime():
		q.showAll([]string{fmt.Sprintf("the view %s has another order: with --follow rows are printed as they arrive", v.Name)})
	case q.follow:
	case by.Appended:
		q.order = "none"
	case err != nil:
		q.showAll([]string{fmt.Sprintf("the view %s is sorted by %s, which is not in the lines: rows are printed in order of time", v.Name, name)})
	case by.Reversed:
		q.order = "-" + name
	default:
		q.order = name
	}
}

// fieldsOf returns the fields to print in a format: those of --fields, or else, where a format shows fields in any case, those of the view.
func (q *queryCommand) fieldsOf(format *output.Format) []string {
	if len(q.fields) > 0 || len(q.viewFields) == 0 || format.Whole != output.WholeFields && format.Whole != output.WholeSummary {
		return q.fields
	}
	return append([]string{"time", "result"}, q.viewFields...)
}

// expand returns the text of a query, where @NAME alone stands for the view of that name.
func (o *ownViews) expand(text string) (string, error) {
	name, ok := strings.CutPrefix(strings.TrimSpace(text), "@")
	if !ok || name == "" || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return text, nil
	}
	view, err := query.FindView(name)
	if err != nil {
		_, library, loadErr := o.load()
		if view, err = library.Find(name); err != nil {
			return "", errors.Join(fmt.Errorf("reading --query: %w; to search for the text, write '\"@%s\"'", err, name), loadErr)
		}
	}
	return view.Term(), nil
}
