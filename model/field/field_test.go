package field

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/field/fieldtest"
)

// row is a row with a line and no columns.
func row(line string) *Row { return &Row{Line: []byte(line)} }

func texts(ts []model.Text) []string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Raw())
	}
	return out
}

func TestEveryShapeHasItsValues(t *testing.T) {
	for _, s := range fieldtest.Shapes {
		f, err := Resolve(s.Field)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		r, row := NewReader(f), row(s.Line)
		row.Event.Action = model.NewText("UPDATE_RULE")
		if got := texts(r.Texts(nil, row, 50)); !cmp.Equal(got, s.Texts) {
			t.Errorf("%s: the texts of %s are %q, want %q", s.Name, s.Field, got, s.Texts)
		}
		if v := r.Value(row); v.Absent != (s.Texts == nil) || v.String() != s.Value {
			t.Errorf("%s: the value of %s is %+v, want %q", s.Name, s.Field, v, s.Value)
		}
	}
}

func TestTextsAreBounded(t *testing.T) {
	r := NewReader(Of("param.a"))
	if got := r.Texts(nil, row(`{"actionParams":{"a":["1","2",{"b":"3"},"4"]}}`), 3); len(got) != 3 {
		t.Errorf("texts = %q, want 3", texts(got))
	}
}

func TestNamesMeanWhatTheSchemaSays(t *testing.T) {
	param := []string{"actionParams.dynamic.input.X", "actionParams.static.input.X", "actionParams.input.X", "actionParams.X"}
	for name, want := range map[string]Field{
		"ACTION":                 {Name: "action", Kind: Column, Schema: model.FieldActionName, Columns: []model.Column{model.ColAction}},
		"actionName":             {Name: "action", Kind: Column, Schema: model.FieldActionName, Columns: []model.Column{model.ColAction}},
		"actor.EMAIL":            {Name: "email", Kind: Column, Schema: model.FieldActorEmail, Columns: []model.Column{model.ColActorEmail}},
		"actor.attributes.email": {Name: "email", Kind: Column, Schema: model.FieldActorEmail, Columns: []model.Column{model.ColActorEmail}},
		"sourceip":               {Name: "sourceIP", Kind: Column, Schema: model.FieldSourceIP, Columns: []model.Column{model.ColSourceIP}},
		"IP":                     {Name: "ip", Kind: Column, Schema: model.FieldSourceIP, Columns: []model.Column{model.ColSourceIP}, Places: []string{"XForwardedFor"}},
		"role":                   {Name: "role", Schema: model.FieldActorRoleName, Places: []string{"actor.attributes.roleName"}},
		"actor.role":             {Name: "role", Schema: model.FieldActorRoleName, Places: []string{"actor.attributes.roleName"}},
		"time":                   {Name: "time", Kind: Time, Schema: model.FieldTimestamp, Places: []string{"timestamp"}},
		"error":                  {Name: "error", Kind: Message, Schema: model.FieldErrorsMessage, Places: []string{"errors.message"}},
		"Target":                 {Name: "target", Kind: Target},
		"since":                  {Name: "since", Kind: Condition},
		"PARAM.X":                {Name: "PARAM.X", Places: param, First: true},
		"param.X[]":              {Name: "param.X[]", Places: param, First: true},
		"params.x":               {Name: "params.x", Places: []string{"actionParams.x"}},
		"details.a.b":            {Name: "details.a.b", Places: []string{"actionDetails.a.b"}},
		".target":                {Name: ".target", Places: []string{"target"}},
		"p_any_x":                {Name: "p_any_x", Places: []string{"p_any_x"}},
		"p_*":                    {Name: "p_*", Places: []string{"p_*"}},
		"tar\u0261et":            {Name: "tar\u0261et", Places: []string{"tar\u0261et"}},
		"\u212aey":               {Name: "\u212aey", Places: []string{"\u212aey"}},
		"\u017fource":            {Name: "\u017fource", Places: []string{"\u017fource"}},
	} {
		got := Of(name)
		if got.Width <= 0 {
			t.Errorf("%s has no width", name)
		}
		got.Width = 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Of(%q) (-want +got):\n%s", name, diff)
		}
	}
}

func TestNamesThatAreNoValueAreRefused(t *testing.T) {
	for name, want := range map[string]string{
		"is":       "is is a condition and not a value: write it in a query, as in is:failed; the field for the class of an action is class",
		"SINCE":    "since is a condition and not a value: write it in a query, as in since:24h; the field for times is time",
		"has:note": "has is a condition and not a value: write it in a query, as in has:problem",
		"resul":    "no field is called resul; did you mean result?", "tagret": "no field is called tagret; did you mean target?",
		"qqqq": "no field is called qqqq; pawprint fields lists them, and .qqqq is the key of that name in the line",
		"":     "a name is missing", "[]": "a name is missing",
	} {
		_, err := Resolve(name)
		if err == nil || err.Error() != want {
			t.Errorf("Resolve(%q): %v, want %s", name, err, want)
		}
	}
	var unknown *UnknownError
	if _, err := Resolve("resul"); !errors.As(err, &unknown) || unknown.Like != "result" {
		t.Errorf("the error of an unknown name is %v", err)
	}
}

func TestEachNameIsTheFieldThatItSays(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Names() {
		f := Of(n.Name)
		if _, ok := conditions[n.Name]; ok != (n.Kind == Condition) {
			t.Errorf("%s has an example as a condition: %v", n.Name, ok)
		}
		if f.Kind != n.Kind || f.Schema != n.Schema || n.Doc == "" || !Known(n.Name) {
			t.Errorf("%s is %+v, listed as %+v", n.Name, f, n)
		}
		if again := Of(f.Name); f.Kind != Condition && again.Kind != f.Kind {
			t.Errorf("%s is best known as %s, which is %+v", n.Name, f.Name, again)
		}
		if seen[n.Name] {
			t.Errorf("%s is listed twice", n.Name)
		}
		seen[n.Name] = true
	}
}

// wayTo reads a way as in a.b[0]: a key that begins with # is an index.
func wayTo(text string) []Step {
	var way []Step
	for _, key := range strings.Split(text, "/") {
		if index, ok := strings.CutPrefix(key, "#"); ok {
			way = append(way, Step{Index: int(index[0] - '0')})
			continue
		}
		way = append(way, Step{Key: key, Index: -1})
	}
	return way
}

func TestNameOfFindsTheValueAtTheEndOfTheWay(t *testing.T) {
	const line = `{"actionParams":{"dynamic":{"input":{"id":"1","A":{"b":2}}},"static":{"input":{"id":"2","a":{"b":3}}},"id":"3","own":"4"}}`
	for way, want := range map[string]string{
		"actionName": "action", "actor/attributes/email": "email", "sourceIP": "ip", "XForwardedFor/#0": "ip", "errors/#1/message": "error",
		"timestamp": "time", "actor/id": "actor.id", "actor/other": "actor.other", "p_x/y": "p_x.y", "target": ".target", "action": ".action",
		"actionname": ".actionname", "": ".", "a//b": ".a..b", "a[]": "", "actionParams/": "param.", "actor/": "actor.", "errors/#1/x/#2": "errors.x",
		"actionParams/dynamic/input/id": "param.id", "actionParams/static/input/id": "actionParams.static.input.id", "actionParams/id": "actionParams.id",
		"actionParams/own": "param.own", "actionParams/static/input/a/b": "actionParams.static.input.a.b", "actionParams/dynamic/input/A/b": "param.A.b",
	} {
		if got := NameOf([]byte(line), wayTo(way)); got != want {
			t.Errorf("NameOf(%s) = %q, want %q", way, got, want)
		}
	}
}

func TestTargetNamesWhatAnActionTouched(t *testing.T) {
	for _, c := range []struct{ action, params, want string }{
		{"DELETE_RULE", `{"dynamic":{"input":{"id":"AWS.Root.Login"}}}`, "AWS.Root.Login"},
		{"DELETE_RULE", `{"static":{"input":{"id":"s"}},"dynamic":{"input":{"id":""}},"id":"flat"}`, ""},
		{"DELETE_RULE", `{"static":{"input":{"id":"s"}},"id":"flat"}`, "s"},
		{"DELETE_RULE", `{"input":{"\u0069d":"e\u0021"}}`, "e!"},
		{"DELETE_RULE", `{"ID":"no","Input":{"id":"no"}}`, ""},
		{"DELETE_RULE", `{"id":null,"name":"n"}`, "n"},
		{"DELETE_RULE", `{"id":{"name":"n","id":{"name":"deep"}}}`, "deep"},
		{"DELETE_RULE", `{"id":{"id":null,"name":"n"},"name":[1,[],{},[2,{"name":"x"}]]}`, "1, 2, x"},
		{"DELETE_DETECTION", `{"detections":[{"id":"A"},{"id":"B"}]}`, "A, B"},
		{"UPDATE_DETECTION_STATE", `{"input":{"detectionId":"A","enabled":false}}`, "A"},
		{"CREATE_USER", `{"input":{"email":"ann@example.com","role":{"id":"r"}}}`, "ann@example.com"},
		{"CREATE_USER_ROLE", `{"input":{"name":"Admins","permissions":["UserModify"]}}`, "Admins"},
		{"UPDATE_SAML_SETTINGS", `{"enabled":false}`, "SAML: disabled"},
		{"UPDATE_SAML_SETTINGS", `{"dynamic":{"input":{"enabled":"true"}}}`, "SAML: enabled"},
		{"UPDATE_SAML_SETTINGS", `{"enabled":null,"id":"true"}`, "true"}, {"UPDATE_SAML_SETTINGS", `{"enabled":[1]}`, "SAML: 1"},
		{"UPDATE_GENERAL_SETTINGS", `{"input":{"displayName":"Example Works"}}`, "General settings: Example Works"},
		{"UPDATE_RULE", `{"enabled":true}`, ""},
		{"DELETE_ALERT_DESTINATION", `{"outputId":"o1"}`, "o1"},
		{"EXECUTE_DATA_LAKE_QUERY", `{"sql":"SELECT 1"}`, "SELECT 1"},
		{"LIST_RULES", `{}`, ""}, {"LIST_RULES", `[{"id":"no"}]`, ""}, {"LIST_RULES", `null`, ""},
	} {
		line := `{"ActionParams":{"id":"no"},"actionParams":` + c.params + `}`
		w := NewWalker()
		if got := string(w.Target([]byte(line), TargetKeys(model.NewText(c.action)))); got != c.want {
			t.Errorf("the target of %s %s = %q, want %q", c.action, c.params, got, c.want)
		}
	}
}

func TestThingOfIsTheSameInAnyState(t *testing.T) {
	for _, c := range []struct{ action, params, want string }{
		{"UPDATE_SAML_SETTINGS", `{"enabled":false}`, "SAML"}, {"UPDATE_SAML_SETTINGS", `{"enabled":true}`, "SAML"},
		{"UPDATE_SAML_SETTINGS", `{}`, ""}, {"UPDATE_GENERAL_SETTINGS", `{"displayName":"x"}`, "General settings"}, {"DELETE_RULE", `{"id":"a"}`, "a"},
	} {
		line := `{"actionParams":` + c.params + `}`
		if got := ThingOf(model.NewText(line), model.NewText(c.action)).Raw(); got != c.want {
			t.Errorf("the thing of %s %s = %q, want %q", c.action, c.params, got, c.want)
		}
	}
}

func TestKeysOfActionsFitTheFinder(t *testing.T) {
	all := ""
	for _, row := range targetKeys {
		all += row.word
	}
	if n := len(TargetKeys(model.NewText(all))); n > maxTargetKeys {
		t.Errorf("an action chooses %d keys, more than %d", n, maxTargetKeys)
	}
}

func TestPathsOfBrokenLinesEndWhereTheLineDoes(t *testing.T) {
	const line = `{"a":{"b":[1,{"c":"x"}]}}`
	for i := range len(line) - 1 {
		for _, name := range []string{".a.b.c", ".a", ".a.b"} {
			if got := NewReader(Of(name)).Value(row(line[:i])); !got.Absent && (name == ".a" || i < len(line)-5) {
				t.Errorf("%s of %s = %+v", name, line[:i], got)
			}
		}
	}
}

func TestPlacesOfParametersHaveAnOrder(t *testing.T) {
	if a, b, c, d := PlaceRank("dynamic"), PlaceRank("static"), PlaceRank("input"), PlaceRank("other"); !(a < b && b < c && c < d) || d != PlaceRank("x") {
		t.Errorf("ranks %d %d %d %d", a, b, c, d)
	}
}

func TestPathsReadWhatTheQueryLanguageReads(t *testing.T) {
	const line = `{"a":{"b":1,"c.d":"x\u0021","n":null},"list":[{"k":"1"},{"k":null},{"k":[2,true]}],"A":{"e":{}},"ſ":"long s","k":1,` +
		`"actionParams":{"dynamic":{"input":{"id":"first","none":null}},"input":{"id":"second","none":"y","other":[]},"id":"third","top":-1.50}}`
	for name, want := range map[string]Value{
		".a.b":         {JSON: []byte("1")},
		"a.b":          {JSON: []byte("1")},
		"a.C.D":        {Text: "x!"},
		".a.n":         {Absent: true},
		".nothing":     {Absent: true},
		"list.k":       {JSON: []byte(`["1",[2,true]]`)},
		"list[].k":     {JSON: []byte(`["1",[2,true]]`)},
		".a.e":         {JSON: []byte("{}")},
		".s":           {Absent: true},
		".K":           {JSON: []byte("1")},
		"param.id":     {Text: "first"},
		"PARAM.ID":     {Text: "first"},
		"param.none":   {Absent: true},
		"param.other":  {JSON: []byte("[]")},
		"param.top":    {JSON: []byte("-1.50")},
		"params.id":    {Text: "third"},
		"actionParams": {},
	} {
		f, err := Resolve(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := NewReader(f).Value(row(line))
		if name == "actionParams" {
			if got.Absent || got.JSON[0] != '{' {
				t.Errorf("%s = %+v, want an object", name, got)
			}
			continue
		}
		if got.Absent != want.Absent || got.Text != want.Text || string(got.JSON) != string(want.JSON) {
			t.Errorf("%s = %+v %s, want %+v %s", name, got, got.JSON, want, want.JSON)
		}
	}
}

func TestAnIndexIsAnElementAndAnEmptyKeyCanBeNamed(t *testing.T) {
	const line = `{"":"top","a":{"":"below","b":["x",{"k":"y"},["p","q"]],"b[1]":"literal"},"actionParams":{"":"param","tags":["t0","t1"]},"errors":[{"message":"e0"},{"message":"e1"}]}`
	for name, want := range map[string]string{
		".": "top", "a.": "below", "..": "", "param.": "param", "params.": "param", "param.tags[1]": "t1", "params.tags[0]": "t0", "a.b[0]": "x", "a.b[1].k": "y", "a.b[2][1]": "q", "a.b[*].k": "y", "a.b[].k": "y",
		"a.b[3]": "", "a.b[x]": "", "a.b[-1]": "", "errors[1].message": "e1", "errors[2].message": "", ".a.b[1]": `[{"k":"y"},"literal"]`, "a[0].b": "", ".a.": "below",
	} {
		f := Of(name)
		if got := NewReader(f).lineValue([]byte(line)); got.String() != want {
			t.Errorf("%q is %q, want %q", name, got.String(), want)
		}
	}
}
