package main

import (
	"testing"

	"pawprint/model/field"
)

func TestEveryListedValueIsAField(t *testing.T) {
	values := 0
	for _, row := range fieldGrid().Rows {
		name, kind := row[0].Raw(), row[1].Raw()
		if kind == "condition" || kind == "class" || name == "p_*" {
			continue
		}
		values++
		if _, err := field.Resolve(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if values < 25 {
		t.Errorf("only %d values are listed", values)
	}
}
