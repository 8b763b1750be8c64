package query

import (
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
)

// naiveTarget finds what an action touched, as its parameters name it, in the tree of its line.
func naiveTarget(event *line.Node, action string) string {
	params := event.Get("actionParams")
	for _, key := range field.TargetKeys(model.NewText(action)) {
		for _, place := range [][]string{{"dynamic", "input"}, {"static", "input"}, {"input"}, {}} {
			if p := params.Get(place...).Get(key.Param); p != nil {
				if text := naiveLabel(p); text != "" {
					return naiveState(key.Of, text)
				}
				break
			}
		}
	}
	return ""
}

// naiveState is how a target names the state of something.
func naiveState(of, text string) string {
	switch {
	case of == "":
		return text
	case text == "true":
		text = "enabled"
	case text == "false":
		text = "disabled"
	}
	return of + ": " + text
}

// naiveLabel puts a parameter into one text: the ids of a list, the id of an object, or the value.
func naiveLabel(n *line.Node) string {
	switch {
	case n == nil || n.Kind == line.NullKind:
		return ""
	case n.Kind == line.ObjectKind:
		if id := n.Get("id"); id != nil {
			return naiveLabel(id)
		}
		return naiveLabel(n.Get("name"))
	case n.Kind == line.ListKind:
		var parts []string
		for i := range n.Nodes {
			if text := naiveLabel(&n.Nodes[i]); text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, ", ")
	}
	return n.Text.Raw()
}
