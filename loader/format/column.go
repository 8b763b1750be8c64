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

// columnsByName holds the columns by their names in the schema and in lower case. The columns are the top-level attributes of an
// event.
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

// spellings holds the attribute names of the schema by their lower-case forms.
var spellings = func() map[string]string {
	m := make(map[string]string)
	for _, f := range model.Schema() {
		m[strings.ToLower(f.Name)] = f.Name
	}
	return m
}()
