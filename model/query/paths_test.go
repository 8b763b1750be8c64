package query

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pawprint/model"
)

func TestPathsOfTheEventsInViewAreOfferedWithTheirCounts(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"DELETE_RULE","actionParams":{"dynamic":{"input":{"id":"AWS.Root.Login"}},"static":{}}}`,
		`{"actionName":"DELETE_RULE","actionParams":{"dynamic":{"input":{"id":"AWS.Root.Login"}}}}`,
		`{"actionName":"DELETE_RULE","actionParams":{"input":{"id":"Okta.Push","odd key":1,"tags":["a","b"]}}}`,
		`{"actionName":"OTHER","actionParams":{"dynamic":{"input":{"hidden":true}}}}`,
		`not an event`,
	})
	e, err := Parse("action:delete_rule")
	if err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(context.Background(), log.Snapshot(), Compile(e, Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	paths, err := Paths(context.Background(), sel, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range paths {
		got = append(got, fmt.Sprint(p.Path, " ", p.Count))
	}
	want := "param.id 3; actionParams.dynamic.input.id 2; actionParams.input.id 1; actionParams.input.tags 1; param.tags 1"
	if strings.Join(got, "; ") != want {
		t.Errorf("paths %s\nwant  %s", strings.Join(got, "; "), want)
	}
	for typed, want := range map[string]string{
		"par": "param.id: 3, param.tags: 1", "actionParams.dyn": "actionParams.dynamic.input.id: 2", "param.id:": "param.id:AWS.Root.Login 2, param.id:Okta.Push 1",
		"param.id:okta": "param.id:Okta.Push 1", "param.tags=": "param.tags=a 1, param.tags=b 1",
	} {
		_, _, options := Complete(typed, len(typed), Data{Paths: paths})
		var texts []string
		for _, o := range options {
			if o.Count > 0 {
				texts = append(texts, fmt.Sprint(o.Text, " ", o.Count))
			}
		}
		if got := strings.Join(texts, ", "); got != want {
			t.Errorf("Complete(%q) = %s, want %s", typed, got, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Paths(ctx, sel, 10); err == nil {
		t.Error("a cancelled count gave no error")
	}
}
