package format

import (
	"strings"

	"pawprint/model"
)

// column is a column that audit logs have.
type column struct {
	json    bool // its values are objects or lists
	wrapper bool // pages have a member of that name too
}

// columnsByName finds a column by its name as the schema spells it and in lower case. The columns are the attributes that stand at
// the top of an event.
var columnsByName = func() map[string]column {
	m := make(map[string]column)
	for _, f := range model.Schema() {
		if !f.Top() || f.Section == model.LakeSection {
			continue
		}
		c := column{json: f.Type.Nested(), wrapper: f.Field == model.FieldErrors}
		m[f.Name], m[strings.ToLower(f.Name)] = c, c
	}
	return m
}()

// spellings are how the schema spells its attributes, by their lower-case form.
var spellings = func() map[string]string {
	m := make(map[string]string)
	for _, f := range model.Schema() {
		m[strings.ToLower(f.Name)] = f.Name
	}
	return m
}()
