package kit

import "testing"

func TestEditingMovesAndErasesByRunesAndWords(t *testing.T) {
	for _, tt := range []struct {
		name, before, after string // | is the cursor
		do                  []Command
	}{
		{"left", "日本|", "日|本", []Command{CmdLeft}}, {"right", "|日本", "日|本", []Command{CmdRight}}, {"left at the start", "|a", "|a", []Command{CmdLeft}},
		{"right at the end", "a|", "a|", []Command{CmdRight}}, {"start", "a b|", "|a b", []Command{cmdLineStart}}, {"end", "|a b", "a b|", []Command{cmdLineEnd}},
		{"word left", "actor:soar  is:failed|", "actor:soar  |is:failed", []Command{cmdWordLeft}},
		{"two words left", "actor:soar  is:failed|", "|actor:soar  is:failed", []Command{cmdWordLeft, cmdWordLeft}},
		{"word left at the start", "|a", "|a", []Command{cmdWordLeft}},
		{"word right", "|é日  b", "é日|  b", []Command{cmdWordRight}}, {"two words right", "|é日  b", "é日  b|", []Command{cmdWordRight, cmdWordRight, cmdWordRight}},
		{"backspace", "日本|", "日|", []Command{cmdEraseLeft}}, {"delete", "|日本", "|本", []Command{cmdEraseRight}},
		{"erase a word", "a b c|", "a b |", []Command{cmdEraseWord}}, {"erase within a word", "a bc|d e", "a |d e", []Command{cmdEraseWord}},
		{"erase to the end", "a |b c", "a |", []Command{cmdEraseRest}}, {"clear", "a |b", "|", []Command{cmdClear}},
	} {
		e := at(tt.before)
		for _, c := range tt.do {
			changed, known := e.Edit(c)
			if !known {
				t.Errorf("%s: unknown", tt.name)
			}
			if erased := len(tt.before) != len(tt.after); changed != erased {
				t.Errorf("%s: changed %v", tt.name, changed)
			}
		}
		if e != at(tt.after) {
			t.Errorf("%s: %q with the cursor at %d, want %q", tt.name, e.Text, e.At, tt.after)
		}
	}
	if changed, known := new(Editor).Edit(CmdHelp); changed || known {
		t.Error("the editor takes a command that is not its own")
	}
}

// at returns an editor whose cursor is where | stands.
func at(text string) (e Editor) {
	for i, r := range text {
		if r == '|' {
			return Editor{text[:i] + text[i+1:], i}
		}
	}
	return e
}

func TestOnlyVisibleRunesGoIn(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		dropped  int
	}{
		{"actor:soar", "actor:soar", 0}, {"e\u0301 日本", "e\u0301 日本", 0}, {"a\u202eb", "ab", 1}, {"a\u200bb", "a b", 1}, {"a\x1b[2Jb", "a[2Jb", 1},
		{"a\xffb", "ab", 1}, {"a\U000e0041b", "ab", 1}, {"a\ufe0fb", "ab", 1}, {"a\u00a0b\u3000c", "a b c", 0}, {"a\n\n\tb", "a b", 0}, {"\na\n", "a", 0},
	} {
		e := Editor{Text: "x y", At: 2}
		if n := e.Insert(tt.in); n != tt.dropped || e.Text != "x "+tt.want+"y" || e.At != 2+len(tt.want) {
			t.Errorf("Insert(%+q): %+q, %d left out, cursor at %d, want %+q, %d", tt.in, e.Text, n, e.At, tt.want, tt.dropped)
		}
	}
}
