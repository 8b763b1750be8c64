package main

import (
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/line"
)

// targetReader gives the targets of events from their lines. It is for one goroutine.
type targetReader struct{ paths *pathReader }

func newTargetReader() *targetReader { return &targetReader{newPathReader(path{})} }

// target gives what an action touched; it parses no more of the line than the parameters.
func (t *targetReader) target(text []byte, action model.Text) model.Text {
	params := model.FieldActionParams.String()
	for _, raw := range t.paths.at(text, params) {
		node, err := line.Parse(model.NewText(string(raw)))
		if err != nil {
			continue
		}
		node.Key = model.NewText(params)
		event := line.Node{Kind: line.ObjectKind, Nodes: []line.Node{*node}}
		return event.Target(action)
	}
	return model.Text{}
}

// targetValue makes what reads the targets of lines for one goroutine.
func targetValue() count.LineValue {
	targets := newTargetReader()
	actions := newPathReader(path{places: []string{model.FieldActionName.String()}})
	return func(dst, line []byte) ([]byte, bool) {
		target := targets.target(line, model.NewText(actions.value(line).text))
		return append(dst, target.Raw()...), !target.Empty()
	}
}
