package main

import "testing"

func TestPathsReadWhatTheQueryLanguageReads(t *testing.T) {
	const line = `{"a":{"b":1,"c.d":"x\u0021","n":null},"list":[{"k":"1"},{"k":null},{"k":[2,true]}],"A":{"e":{}},"ſ":"long s","k":1,` +
		`"actionParams":{"dynamic":{"input":{"id":"first","none":null}},"input":{"id":"second","none":"y","other":[]},"id":"third","top":-1.50}}`
	for name, want := range map[string]value{
		".a.b":         {json: []byte("1")},
		"a.b":          {json: []byte("1")},
		"a.C.D":        {text: "x!"},
		".a.n":         {absent: true},
		".nothing":     {absent: true},
		"list.k":       {json: []byte(`["1",[2,true]]`)},
		"list[].k":     {json: []byte(`["1",[2,true]]`)},
		".a.e":         {json: []byte("{}")},
		".s":           {absent: true},
		".K":           {json: []byte("1")},
		"param.id":     {text: "first"},
		"PARAM.ID":     {text: "first"},
		"param.none":   {absent: true},
		"param.other":  {json: []byte("[]")},
		"param.top":    {json: []byte("-1.50")},
		"params.id":    {text: "third"},
		"actionParams": {},
	} {
		f, err := newField(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := newPathReader(f.path).value([]byte(line))
		if name == "actionParams" {
			if got.absent || got.json[0] != '{' {
				t.Errorf("%s = %+v, want an object", name, got)
			}
			continue
		}
		if got.absent != want.absent || got.text != want.text || string(got.json) != string(want.json) {
			t.Errorf("%s = %+v %s, want %+v %s", name, got, got.json, want, want.json)
		}
	}
}

func TestPathsOfBrokenLinesEndWhereTheLineDoes(t *testing.T) {
	const line = `{"a":{"b":[1,{"c":"x"}]}}`
	for i := range len(line) - 1 {
		for _, name := range []string{".a.b.c", ".a", ".a.b"} {
			f, err := newField(name)
			if err != nil {
				t.Fatal(err)
			}
			if got := newPathReader(f.path).value([]byte(line[:i])); !got.absent && (name == ".a" || i < len(line)-5) {
				t.Errorf("%s of %s = %+v", name, line[:i], got)
			}
		}
	}
}

func TestEveryListedValueIsAField(t *testing.T) {
	values := 0
	for _, row := range fieldGrid().Rows {
		name, kind := row[0].Raw(), row[1].Raw()
		if kind == "condition" || kind == "class" || name == "p_*" {
			continue
		}
		values++
		if _, err := newField(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if values < 25 {
		t.Errorf("only %d values are listed", values)
	}
}
