package demo

import (
	"encoding/json"
	"strings"
	"testing"

	"pawprint/model"
)

// TestTheLogHasEveryAttributeOfTheSchema fails when an attribute has neither a part in the story nor samples in the schema.
func TestTheLogHasEveryAttributeOfTheSchema(t *testing.T) {
	seen, g, line := map[string]bool{}, New(Options{}), []byte(nil)
	for more := true; more; {
		line, more = g.Append(line[:0])
		var event any
		if more && json.Unmarshal(line, &event) == nil {
			notePaths(seen, "", event)
		}
	}
	for _, f := range model.Schema() {
		if f.Field != model.FieldLake && !seen[f.Name] {
			t.Errorf("no event has %s: give it Samples in the schema", f.Name)
		}
	}
}

// notePaths notes the paths of the values that are not null.
func notePaths(seen map[string]bool, path string, value any) {
	if value != nil {
		seen[strings.TrimPrefix(path, ".")] = true
	}
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			notePaths(seen, path+"."+key, v)
		}
	case []any:
		for _, v := range value {
			notePaths(seen, path, v)
		}
	}
}

func TestSamplesAreValuesOfTheSchema(t *testing.T) {
	for _, f := range model.Schema() {
		for _, s := range f.Samples {
			if s == "" || f.Type.Nested() || f.Type == model.TypeBool || f.Type == model.TypeTime {
				t.Errorf("%q is not a valid sample of %s, %s", s, f.Name, f.Type)
			}
		}
	}
	b := appendSamples(nil, []sampled{{`,"region":`, []string{"eu", "us"}}, {`,"a":`, []string{`"`}}}, 7)
	var got map[string]string
	if err := json.Unmarshal([]byte(`{"x":"y"`+string(b)+"}"), &got); err != nil || got["a"] != `"` || got["region"] != "eu" && got["region"] != "us" {
		t.Errorf("samples are written as %s: %v", b, err)
	}
}
