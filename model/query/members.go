package query

import (
	"pawprint/model"
	"pawprint/model/field"
)

// Member is a value of an event that is in a file which a query names.
type Member struct {
	Name  string     // of the field, as the query has it
	Text  model.Text // the value of the event
	Path  string     // the file
	Value string     // the value in the file that it matches
	Line  int        // of that value in the file
}

// maxMemberTexts is how many values of a field are looked at.
const maxMemberTexts = 1000

// Members lists the values of a row that are in a file which e names, whether the term is negated or not. It is empty for other queries.
func Members(e Expr, env Env, row *field.Row) ([]Member, error) {
	var out []Member
	var failed error
	for _, t := range leaves(e) {
		a, ok := t.(attribute)
		if !ok || a.file() < 0 {
			continue
		}
		s := lookup(a.name)
		texts := s.texts(row)
		for _, v := range a.values {
			if v.kind != fromFile {
				continue
			}
			set, err := (&fileTest{sets: env.Sets}).set(v.text)
			if err != nil {
				failed = err
				continue
			}
			for _, text := range texts {
				if i := set.holds(&s, a.op, text); i >= 0 {
					out = append(out, Member{a.name, text, v.text, set.entries[i].text, set.entries[i].line})
				}
			}
		}
	}
	return out, failed
}

// texts lists the values of the subject in a row, those of its columns first, each once.
func (s *subject) texts(row *field.Row) (out []model.Text) {
	known := map[string]bool{}
	add := func(t model.Text) {
		if !known[t.Raw()] {
			known[t.Raw()] = true
			out = append(out, t)
		}
	}
	for _, c := range s.Columns {
		if t, ok := row.Snap.Value(row.Event.Row, c); ok {
			add(t)
		}
	}
	var f field.Field = s.Field
	if len(s.Columns) > 0 && len(s.Places) > 0 {
		f = field.Of("." + s.Places[0])
	}
	for _, t := range field.NewReader(f).Texts(nil, row, maxMemberTexts) {
		add(t)
	}
	return out
}

// holds returns the entry that a value matches, as a text or a number, or -1.
func (s *Set) holds(of *subject, o op, text model.Text) int {
	b := []byte(text.Raw())
	if i := s.finder(of, o)(b); i >= 0 {
		return i
	}
	if _, ok := parseNumber(b); ok {
		return s.bare(b)
	}
	return -1
}

// SetWords says, for each file that a query names, what is in it and when it was read. Files that cannot be read are left out: matching
// the query reports them.
func SetWords(e Expr, env Env) (out []string) {
	for _, path := range Files(e) {
		set, err := (&fileTest{sets: env.Sets}).set(path)
		if err != nil {
			continue
		}
		out = append(out, set.Words(comparesAddresses(e, path), env.zone()))
	}
	return out
}

// comparesAddresses reports whether a field of addresses is compared with the values in a file.
func comparesAddresses(e Expr, path string) (yes bool) {
	walk(e, func(e Expr) {
		if a, ok := e.(attribute); ok && lookup(a.name).kind == kindAddress {
			for _, v := range a.values {
				yes = yes || v == value{fromFile, path}
			}
		}
	})
	return yes
}
