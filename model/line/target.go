package line

import (
	"strings"

	"pawprint/model"
)

// targetKeys says under which parameters the target of an action stands, by a word in the action's name. The first row
// whose word occurs decides; within it the first key that is there.
//
// Source: the shapes of actionParams that are documented or were seen.
var targetKeys = []struct {
	word string
	keys []string
}{
	{"USER_ROLE", []string{"name", "id", "roleId"}},
	{"ROLE", []string{"name", "id", "roleId"}},
	{"USER", []string{"email", "id", "userId"}},
	{"API_TOKEN", []string{"name", "id", "tokenId"}},
	{"DESTINATION", []string{"displayName", "outputId", "id"}},
	{"LOG_SOURCE", []string{"name", "integrationLabel", "integrationId", "logSourceId", "id"}},
	{"CLOUD_ACCOUNT", []string{"name", "integrationLabel", "integrationId", "id"}},
	{"SAML", []string{"enabled"}},
	{"QUERY", []string{"sql", "name", "id", "queryId"}},
	{"SEARCH", []string{"sql", "name", "id", "query"}},
	{"ALERT", []string{"id", "alertId", "ids", "name"}},
	{"", []string{"detections", "detectionId", "id", "name", "displayName", "email", "tableName", "schemaName", "integrationId", "logSourceId", "outputId", "sql"}},
}

// TargetKeys gives the parameters that may name the target of an action, the one that counts first at the begin: the first of
// them whose Param holds any text is the target.
func TargetKeys(action model.Text) []string {
	var keys []string
	for _, row := range targetKeys {
		if strings.Contains(action.Raw(), row.word) {
			keys = append(keys, row.keys...)
		}
	}
	return keys
}

// Target gives what an action touched, as its parameters name it; empty if they name nothing that is known.
func (n *Node) Target(action model.Text) model.Text {
	for _, key := range TargetKeys(action) {
		if t := n.Param(key).label(); !t.Empty() {
			return t
		}
	}
	return model.Text{}
}

// label puts a parameter into one text: the ids of a list, the id of an object, or the value.
func (n *Node) label() model.Text {
	switch {
	case n == nil || n.Kind == NullKind:
		return model.Text{}
	case n.Kind == ObjectKind:
		if id := n.Get("id"); id != nil {
			return id.label()
		}
		return n.Get("name").label()
	case n.Kind == ListKind:
		var parts []string
		for i := range n.Nodes {
			if t := n.Nodes[i].label(); !t.Empty() {
				parts = append(parts, t.Raw())
			}
		}
		return model.NewText(strings.Join(parts, ", "))
	}
	return n.Text
}
