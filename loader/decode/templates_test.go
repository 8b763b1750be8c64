package decode_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"pawprint/loader/decode"
	"pawprint/loader/demo/damaged"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
	"pawprint/model/logtest"
	"pawprint/model/rawjson"
)

// decodeBy decodes the lines of a text, which ends with a newline, by a decoder that was prepared.
func decodeBy(prepare func(*decode.Decoder), text string) model.Snapshot {
	l := model.NewLog()
	b := &model.Batch{Source: l.AddSource(model.NewText("test")), Raw: strings.NewReader(text), Length: int64(len(text)), Line: 1}
	d := decode.New()
	prepare(d)
	d.Lines(b, []byte(text))
	l.Append(b)
	return l.Snapshot()
}

// sameByTemplates fails the test unless lines become the same rows with templates as without.
func sameByTemplates(t *testing.T, text string) {
	t.Helper()
	with, without := decodeBy((*decode.Decoder).AlwaysUseTemplates, text), decodeBy((*decode.Decoder).NeverUseTemplates, text)
	if with.Rows() != without.Rows() || with.Books() != without.Books() {
		t.Fatalf("%d rows and %+v, want %d and %+v", with.Rows(), with.Books(), without.Rows(), without.Books())
	}
	for row := range model.Row(with.Rows()) {
		raw, _ := without.Raw(row)
		if got, want := with.Flags(row), without.Flags(row); got != want {
			t.Fatalf("row %d: flags %b, want %b: %v", row, got, want, raw)
		}
		if got, want := with.Nanos(row), without.Nanos(row); got != want {
			t.Fatalf("row %d: time %d, want %d: %v", row, got, want, raw)
		}
		if got, want := with.RowID(row), without.RowID(row); got != want {
			t.Fatalf("row %d: id %v, want %v: %v", row, got, want, raw)
		}
		if got, want := forwardedOf(&with, int(row)), forwardedOf(&without, int(row)); got != want {
			t.Fatalf("row %d: the list of addresses is %s, want %s: %v", row, got, want, raw)
		}
		if got, want := problemsOf(&with, row), problemsOf(&without, row); got != want {
			t.Fatalf("row %d:\ngot  %s\nwant %s\n%v", row, got, want, raw)
		}
		for c := range model.NumColumns {
			got, there := with.Value(row, c)
			if want, is := without.Value(row, c); got != want || there != is {
				t.Fatalf("row %d: column %d is %v %v, want %v %v: %v", row, c, got, there, want, is, raw)
			}
		}
	}
}

// TestTemplatesChangeNothing decodes lines of every shape, and what can be made of them: members in another order, missing, there twice or
// with the value of another one, white space, wrong and missing bytes.
func TestTemplatesChangeNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, s := range shapes.All() {
		t.Run(s.Name, func(t *testing.T) {
			var text strings.Builder
			for line := range strings.Lines(string(s.Lines(7, 200<<10))) {
				line = strings.TrimSuffix(line, "\n")
				text.WriteString(line + "\n")
				for range 3 {
					text.WriteString(changed(r, line) + "\n")
				}
			}
			sameByTemplates(t, text.String())
		})
	}
	t.Run("damaged", func(t *testing.T) {
		file := string(damaged.File())
		if !strings.HasSuffix(file, "\n") {
			file += "\n"
		}
		sameByTemplates(t, file+file)
	})
}

// changed returns a line with one change.
func changed(r *rand.Rand, line string) string {
	members := membersOf(line)
	if len(members) == 0 {
		return line
	}
	at, other := r.IntN(len(members)), r.IntN(len(members))
	switch r.IntN(7) {
	case 0:
		r.Shuffle(len(members), func(i, k int) { members[i], members[k] = members[k], members[i] })
	case 1:
		members = append(members[:at], members[at+1:]...)
	case 2:
		members = append(members, members[at])
	case 3:
		a, b := strings.Index(members[at], ":"), strings.Index(members[other], ":")
		members[at], members[other] = members[at][:a]+members[other][b:], members[other][:b]+members[at][a:]
	case 4:
		return spaced(r, line)
	case 5:
		i := r.IntN(len(line))
		return line[:i] + string(`"\{}[],:01ntf .é`[r.IntN(17)]) + line[i+1:]
	default:
		i := r.IntN(len(line))
		return line[:i] + line[i+r.IntN(min(3, len(line)-i)):]
	}
	return "{" + strings.Join(members, ",") + "}"
}

// membersOf returns the members of an object, or nothing if the text is none.
func membersOf(line string) (members []string) {
	var scan rawjson.Scanner
	b := []byte(line + "\n")
	if b[0] != '{' {
		return nil
	}
	for i := 1; b[i] == '"'; i++ {
		start := i
		end, _, _ := scan.String(b, i+1)
		end, _ = scan.Colon(b, end+1)
		end, ok := scan.Value(b, end)
		if !ok {
			return nil
		}
		members = append(members, line[start:end])
		if i = end; b[i] != ',' {
			break
		}
	}
	return members
}

// TestTheSameKeysInAnotherOrder decodes events that have two objects in either order: a template of one object must not be used for the
// other.
func TestTheSameKeysInAnotherOrder(t *testing.T) {
	lake, rest := `{"p_any_emails":["ann@example.com"]`, `,"actionName":"GET_RULE","actionResult":"SUCCEEDED","timestamp":"2026-11-02T10:00:00Z"}`+"\n"
	actor, params := `,"actor":{"id":"u1","type":"USER","name":"ann"}`, `,"actionParams":{"id":"r1","type":"USER","name":"rule"}`
	sameByTemplates(t, strings.Repeat(lake+actor+params+rest+lake+params+actor+rest, 3))
}

// TestWhatKeysSayIsSaidEachTime repeats events whose keys are the cause of a flag or a problem, which texts in the holes of a template
// are found out anew for each event.
func TestWhatKeysSayIsSaidEachTime(t *testing.T) {
	for _, params := range []string{`{"\u0061":"x"}`, `{"é":"x"}`, `{"a\u202eb":"x"}`, `{"a":1,"a":2}`, `{"a":{"b":[{"\n":1}]}}`, `{"a":"\u202e"}`, `{"a":["é"]}`} {
		for _, actor := range []string{`{"id":"u1","type":"USER","name":"ann"}`, `{"id":"u1","type":"USER","name":"ann","attributes":{"\u0061":"x"}}`, `{"\u0069d":"u1","type":"\u0055SER"}`} {
			line := logtest.Event(`"actor":`+actor, `"actionParams":`+params) + "\n"
			sameByTemplates(t, strings.Repeat(line, 3))
		}
	}
}

// TestWhatAHoleHoldsIsSaidEachTime decodes values that are the cause of a flag or a problem where a template was learned from values that are
// not.
func TestWhatAHoleHoldsIsSaidEachTime(t *testing.T) {
	for _, at := range []string{`"actionParams":{"a":%,"b":"x"}`, `"actionParams":{"a":{"c":[1],"d":%}}`, `"p_any_emails":%`,
		`"actor":{"id":"u1","type":"USER","name":"ann","attributes":{"a":%}}`} {
		for _, clean := range []string{`["x"]`, `"x"`, `1`, `true`, `null`, `{"y":"x"}`, `[]`, `[{"y":"x"},["x"]]`} {
			learned := logtest.Event(`"pantherVersion":"1.0"`, strings.Replace(at, "%", clean, 1)) + "\n"
			for _, odd := range []string{`["\u202e"]`, `[{"y":1,"y":2}]`, `[1,{"\u202e":[]}]`, `[[["é"]],{"z":"\u0061"}]`, `{"y":"\u202e"}`, `"\u202e"`, `{"y":1,"y":2}`, `-0`, `[1 ]`, `[1,]`, `[`, `"`, `1.`} {
				sameByTemplates(t, learned+learned+logtest.Event(`"pantherVersion":"1.0"`, strings.Replace(at, "%", odd, 1))+"\n"+learned)
			}
		}
	}
}

// TestTemplatesAreUsedWhereTheyPay decodes logs of every shape: templates are for those whose events look alike and say different things,
// and fit most of these then.
func TestTemplatesAreUsedWhereTheyPay(t *testing.T) {
	want := map[string]bool{"demo": false, "people": true, "deep": false, "wide": true}
	for _, s := range shapes.All() {
		use, ok := want[s.Name]
		if !ok {
			continue
		}
		d, batch := decode.New(), &model.Batch{}
		lines := s.Lines(3, 8<<20)
		d.Lines(batch, lines)
		if got := d.TemplatesUsed(); got != use {
			t.Errorf("%s: templates used %v, want %v", s.Name, got, use)
			continue
		}
		if !use {
			continue
		}
		n, fit := 0, 0
		for line := range bytes.Lines(s.Lines(4, 1<<20)) {
			n++
			if d.TemplatesFit(line) {
				fit++
			}
		}
		if fit < n*9/10 {
			t.Errorf("%s: templates fit %d of %d events", s.Name, fit, n)
		}
	}
}

// FuzzTemplatesChangeNothing feeds two lines: what is learned of either must not change what the other becomes.
func FuzzTemplatesChangeNothing(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, s := range shapes.All() {
		for line := range strings.Lines(string(s.Lines(9, 16<<10))) {
			line = strings.TrimSuffix(line, "\n")
			f.Add(line, changed(r, line))
		}
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ReplaceAll(a, "\n", " "), strings.ReplaceAll(b, "\n", " ")
		sameByTemplates(t, a+"\n"+b+"\n"+a+"\n"+b+"\n"+a+"\n")
	})
}
