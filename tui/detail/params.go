package detail

import (
	"context"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/query"
	"pawprint/model/shape"
	"pawprint/tui/kit"
)

// paramsPage shows which parameters occur with an action, with which values and how often.
type paramsPage struct {
	action  model.Text
	of      int // events of the action in the selection
	looked  int // the newest of them that were read
	unread  int // those of looked that could not be read
	counted *shape.Counter
}

// maxParamRows limits how many events are read.
const maxParamRows = 10_000

// readParams counts the parameters of the newest events of an action in a selection. It stops early with the error of ctx.
func readParams(ctx context.Context, sel *model.Selection, action model.Text, m kit.Masking) (page, error) {
	snap := sel.Snapshot()
	want := query.Is("action", action.Raw())
	if action.Empty() {
		want = query.Not(query.Has("action"))
	}
	mine, err := model.SelectWithin(ctx, *snap, query.Compile(want, query.Env{}), sel)
	if err != nil {
		return nil, err
	}
	p := &paramsPage{action: action, of: mine.Len(), counted: shape.NewCounter()}
	raw := model.NewRawReader(snap)
	for k := max(0, mine.Len()-maxParamRows); k < mine.Len(); k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.looked++
		text, err := raw.Line(mine.At(k))
		if err != nil {
			p.unread++
			continue
		}
		text, _ = m.Line(text)
		if event, err := line.Parse(model.NewText(string(text))); err == nil {
			if params := event.Get("actionParams"); params != nil {
				p.counted.Add(params)
			}
		}
	}
	return p, nil
}
