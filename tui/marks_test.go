package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe/hostile"
)

// lineText is the line of a row of a log.
func lineText(t *testing.T, log kittest.StillLog, r model.Row) string {
	t.Helper()
	snap := log.Snapshot()
	text, err := snap.Raw(r)
	if err != nil {
		t.Fatal(err)
	}
	return text.Raw() + "\n"
}

// markedRows lists the rows that are marked.
func (d *driver) markedRows() (out []model.Row) {
	for p := range d.app.list.Marks.Rows().All() {
		out = append(out, p.Row)
	}
	return out
}

// wantMarked fails unless exactly these rows are marked.
func (d *driver) wantMarked(when string, want ...model.Row) {
	d.t.Helper()
	if got := d.markedRows(); !slices.Equal(got, want) {
		d.t.Errorf("%s rows %v are marked, want %v", when, got, want)
	}
}

// notesOf returns what is kept, sorted.
func notesOf(t *testing.T, shelf *kittest.MarkShelf) string {
	t.Helper()
	kept, err := shelf.Load()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range kept {
		out = append(out, m.Typed())
	}
	slices.Sort(out)
	return strings.Join(out, "|")
}

func TestMarksAreThereAgainInTheNextRun(t *testing.T) {
	shelf, log := &kittest.MarkShelf{}, kittest.MixedLog(t)
	d := newDriver(t, Options{Log: log, Marks: shelf}, 80, 24)
	d.press("g m j j j M")
	d.write("ask marge #exfil")
	d.press("enter")
	if got := notesOf(t, shelf); got != "|ask marge #exfil" {
		t.Fatalf("kept are %q", got)
	}
	d = newDriver(t, Options{Log: kittest.MixedLog(t), Marks: shelf}, 80, 24)
	d.wantMarked("in the next run", 0, 3)
	d.press("g '")
	d.mustShow("note: ask marge #exfil", "★")
	moved := kittest.LoadText(t, "moved.jsonl", lineText(t, log, 4)+lineText(t, log, 3))
	d = newDriver(t, Options{Log: moved, Marks: shelf, Query: "is:marked"}, 80, 24)
	d.wantRows("is:marked in another log", 1)
	d.press("m")
	if got := notesOf(t, shelf); got != "" {
		t.Errorf("after m %q is kept", got)
	}
	d.wantMarked("after m")
	d = newDriver(t, Options{Log: log}, 80, 24)
	d.wantMarked("without a store")
}

func TestAMarkTakenAwayByMistakeBringsItsNoteBack(t *testing.T) {
	shelf := &kittest.MarkShelf{}
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: shelf}, 80, 24)
	d.press("g M")
	d.write("ask marge #exfil")
	d.press("enter Y m")
	if got := notesOf(t, shelf); got != "" {
		t.Errorf("after m %q is kept", got)
	}
	d.mustShow("no longer marked; m on it again brings back: benign: ask marge #exfil")
	d.press("j m k m")
	d.mustShow("marked again: benign: ask marge #exfil")
	if got := notesOf(t, shelf); got != "|ask marge #exfil" {
		t.Errorf("after m m %q is kept", got)
	}
	d.press("M ctrl+u")
	d.write("other")
	d.press("enter m m")
	if got := notesOf(t, shelf); got != "|other" {
		t.Errorf("after another note and m m %q is kept", got)
	}
	d.press("j m m")
	if got := notesOf(t, shelf); got != "|other" {
		t.Errorf("a mark without a note came back as %q", got)
	}
}

func TestMarksAreFoundInWhatArrivesLater(t *testing.T) {
	shelf, log := &kittest.MarkShelf{}, kittest.MixedLog(t)
	d := newDriver(t, Options{Log: log, Marks: shelf, Query: "is:marked or is:failed"}, 80, 24)
	d.press("g m")
	d.wantMarked("at first", 1)
	kittest.AppendText(t, log.Log, lineText(t, log, 2)+lineText(t, log, 1)+lineText(t, log, 0))
	d.run(d.app.feed.wait(t.Context(), d.app))
	d.wantMarked("in a copy of the line that came later", 1, 6)
	d.press("' m")
	d.wantMarked("with the copy, m takes away the mark of both")
	d.press("/ ctrl+u")
	d.write("is:read")
	d.press("enter g m")
	d.wantMarked("a line that is there twice", 0, 7)
}

func TestTheSameMarkIsEditedByTwoPrograms(t *testing.T) {
	shelf := &kittest.MarkShelf{}
	a := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: shelf}, 80, 24)
	b := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: shelf}, 80, 24)
	for _, d := range []*driver{a, b} {
		d.press("g M")
		d.write(map[*driver]string{a: "of a #x", b: "of b #y"}[d])
		d.press("enter")
	}
	if got := notesOf(t, shelf); got != "of a / of b #x #y" {
		t.Errorf("kept is %q", got)
	}
	b.mustShow("of a / of b #x #y")
	a.press("m")
	a.mustShow("another pawprint has added to this mark: it stays")
	a.wantMarked("what was added", 0)
	a.press("m")
	if got := notesOf(t, shelf); got != "" {
		t.Errorf("kept is %q", got)
	}
}

func TestAStoreThatFailsIsSaidOnceAndTheMarksStay(t *testing.T) {
	shelf := &kittest.MarkShelf{Err: errors.New("the mark was not saved: the disk is full")}
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: shelf}, 80, 24)
	d.mustShow("the disk is full") // the store cannot be loaded either
	d.press("g m")
	d.press("j m")
	if strings.Contains(d.screenText(), "the disk is full") {
		t.Errorf("it is said again:\n%s", d.screenText())
	}
	d.wantMarked("in memory", 0, 1)
	if err := d.app.list.Marks.Finish(time.Minute); err == nil || err.Error() != "2 changes of marks were not saved: the mark was not saved: the disk is full" {
		t.Errorf("in the end it says %v", err)
	}
	shelf.Err = nil
	d.press("j m")
	if got := notesOf(t, shelf); got != "||" {
		t.Errorf("when there is room again, %q is kept", got)
	}
	if err := d.app.list.Marks.Finish(time.Minute); err != nil {
		t.Errorf("in the end it says %v", err)
	}
}

// A mark that no job has kept is kept in the end.
func TestTheLastMarkIsKeptWhenTheProgramEnds(t *testing.T) {
	shelf := &kittest.MarkShelf{}
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: shelf}, 80, 24)
	d.press("g")
	d.app.Update(kittest.KeyMsg("m")) // its job never runs
	if err := d.app.list.Marks.Finish(time.Minute); err != nil || notesOf(t, shelf) != "" {
		t.Errorf("kept is %q, %v", notesOf(t, shelf), err)
	}
	if kept, _ := shelf.Load(); len(kept) != 1 {
		t.Errorf("%d marks are kept", len(kept))
	}
}

// A note comes from a file that others may have written.
func TestHostileNotesAreShownAsText(t *testing.T) {
	texts := hostile.Texts()
	log, shelf := kittest.LoadText(t, "x", kittest.Events(len(texts))), &kittest.MarkShelf{}
	snap := log.Snapshot()
	for i, text := range texts {
		mark, err := marks.Of(&snap, model.Row(i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := shelf.Change(t.Context(), marks.Change{Mark: mark, After: &marks.Words{Note: text.Raw, Tags: []string{text.Raw}}}); err != nil {
			t.Fatal(err)
		}
	}
	d := newDriver(t, Options{Log: log, Marks: shelf}, 80, 24)
	d.press("g")
	for range texts {
		kittest.CheckBlock(t, &d.app.display, d.frame(), 80, 24)
		d.press("M")
		kittest.CheckBlock(t, &d.app.display, d.frame(), 80, 24)
		d.press("esc j")
	}
}

func TestAFilterForWhatWasSaidFollowsTheMarks(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: &kittest.MarkShelf{}}, 120, 24)
	note := func(text string) {
		d.press("M ctrl+u")
		d.write(text)
		d.press("enter")
	}
	d.press("g")
	note("ask marge #exfil")
	d.press("j")
	note("#other")
	d.press("c a")
	d.write("tags")
	d.press("enter esc")
	d.mustShow("tags", "exfil", "other")
	d.press("/")
	d.write("tag:exfil or has:note")
	d.press("enter")
	d.wantRows("tag:exfil or has:note", 0)
	note("#exfil")
	d.wantRows("with the tag alone", 0)
	note("nothing any more #x")
	d.wantRows("with a note alone", 0)
	d.mustShow("nothing any more")
	note("#x")
	d.wantRows("with neither")
}

func TestALongNoteIsReadInTheListOfNotesAndInTheDetail(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("M")
	d.write("a note that says at length what was seen, at which console, by whom, and why that matters more than the rest #exfil")
	d.press("enter Y \" down down")
	d.mustShow("benign: a note that says", "matters more than the rest #exfil")
	d.press("esc enter")
	d.mustShow("Note          benign: a note that says at length", "matters more than the rest")
	d.press("Y")
	d.mustShow("Note          suspicious: a note")
	d.press("up")
	if strings.Contains(d.screenText(), "suspicious: a note") {
		t.Errorf("the note stays with another event:\n%s", d.screenText())
	}
}

func TestTheListOfNotesGoesToEventsAndFiltersByTags(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("\"")
	d.mustShow("nothing is marked: m marks an event, M adds a note")
	d.press("g M")
	d.write("ask marge #exfil")
	d.press("enter j j Y")
	d.mustShow("verdict: benign · Y again: suspicious")
	d.press("Y Y")
	d.mustShow("verdict: malicious · Y again: no verdict")
	d.press("j M")
	d.write("#exfil")
	d.press("enter \"")
	d.mustShow("3 marked events", "verdict malicious", "1 event", "#exfil", "2 events", "LIST_RULES", "ask marge #exfil")
	d.write("ask")
	d.press("enter")
	if r := d.cursorEvent().Row; r != 0 {
		t.Errorf("enter goes to row %d", r)
	}
	d.mustShow("note: ask marge #exfil")
	d.press("U")
	if r := d.cursorEvent().Row; r != 3 {
		t.Errorf("U goes from the first mark to row %d", r)
	}
	d.press("U")
	if r := d.cursorEvent().Row; r != 2 {
		t.Errorf("U goes to row %d", r)
	}
	d.press("\"")
	d.write("#exfil")
	d.press("enter")
	d.wantRows("the tag", 0, 3)
	d.press("\"")
	d.write("malicious")
	d.press("enter")
	d.wantRows("the verdict", 2)
	d.press("Y")
	d.mustShow("verdict removed; the event stays marked")
	d.wantRows("without the verdict")
}

// An event with the p_row_id of a marked one, but other bytes, is not marked by that: its note is only offered.
func TestAMarkOnAnotherCopyIsOnlyOffered(t *testing.T) {
	shelf, lake := &kittest.MarkShelf{}, func(id, more string) string {
		return strings.Replace(kittest.Seen(5, "ann", "192.0.2.1", "GET_RULE"), "{", `{"p_row_id":"`+id+`"`+more+`,`, 1)
	}
	d := newDriver(t, Options{Log: kittest.LoadText(t, "a", lake("5f1c9b", "")), Marks: shelf}, 80, 24)
	d.press("M")
	d.write("ask marge #exfil")
	d.press("enter")
	other := kittest.LoadText(t, "b", lake("5f1c9b", `,"p_source_label":"lake"`)+lake("5f1c9c", "")+lake("", ""))
	d = newDriver(t, Options{Log: other, Marks: shelf, Redact: false}, 80, 24)
	d.wantMarked("in another copy")
	d.press("g enter")
	d.mustShow("marked in another copy: ask marge #exfil; M takes this note")
	d.press("j")
	if strings.Contains(d.screenText(), "another copy") {
		t.Errorf("another event is a copy, too:\n%s", d.screenText())
	}
	d.press("k M")
	d.mustShow("note ask marge #exfil", "the note of another copy")
	d.press("esc")
	d.wantMarked("after esc")
	d.press("m")
	d.mustShow("marked; marked in another copy: ask marge #exfil")
	d.wantMarked("after m", 0)
	if got := notesOf(t, shelf); got != "|ask marge #exfil" {
		t.Errorf("after m %q is kept", got)
	}
	d.press("M enter")
	d.mustShow("note: ask marge #exfil")
	if got := notesOf(t, shelf); got != "ask marge #exfil|ask marge #exfil" {
		t.Errorf("after M %q is kept", got)
	}
}

func TestTheFilterCompletesTags(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("g M")
	d.write("#exfil #other")
	d.press("enter j M")
	d.write("#Exfil")
	d.press("enter /")
	d.write("tag:")
	d.mustShow("tag:Exfil", "tag:other")
	d.write("exf")
	d.press("tab enter")
	d.wantRows("the completed tag", 0, 1)
}

// A tag comes from a file that others may have written.
func TestHostileTagsAreCompletedAsText(t *testing.T) {
	log, shelf := kittest.MixedLog(t), &kittest.MarkShelf{}
	snap := log.Snapshot()
	mark, err := marks.Of(&snap, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range hostile.Texts() {
		if _, err := shelf.Change(t.Context(), marks.Change{Mark: mark, After: &marks.Words{Tags: []string{text.Raw}}}); err != nil {
			t.Fatal(err)
		}
	}
	d := newDriver(t, Options{Log: log, Marks: shelf}, 80, 24)
	d.press("/")
	d.write("tag:")
	d.mustShow("tab takes the first")
	for range hostile.Texts() {
		d.press("down")
		kittest.CheckBlock(t, &d.app.display, d.frame(), 80, 24)
	}
	d.press("enter enter")
	kittest.CheckBlock(t, &d.app.display, d.frame(), 80, 24)
	d.wantRows("a hostile tag", 0)
}

// runUntil runs commands and what follows from them, but holds back the answers of a type, and returns them.
func (d *driver) runUntil(answer string, cmd tea.Cmd) (held []tea.Msg) {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			held = append(held, d.runUntil(answer, c)...)
		}
	default:
		if fmt.Sprintf("%T", msg) == answer {
			return []tea.Msg{msg}
		}
		_, next := d.app.Update(msg)
		return d.runUntil(answer, next)
	}
	return held
}

func TestMarksThatAreStillSoughtAreNoWholeAnswer(t *testing.T) {
	log := kittest.MixedLog(t)
	d := newDriver(t, Options{Log: log, Marks: &kittest.MarkShelf{}, Query: "is:marked or is:failed"}, 80, 24)
	d.press("g m")
	for _, filter := range []string{"", "is:marked tag:x"} {
		if filter != "" {
			d.press("/ ctrl+u")
			d.write(filter)
			d.press("enter")
		}
		kittest.AppendText(t, log.Log, lineText(t, log, 2)+lineText(t, log, 1))
		held := d.runUntil("list.sought", d.app.feed.wait(t.Context(), d.app))
		if len(held) != 1 {
			t.Fatalf("held back are %d answers", len(held))
		}
		d.mustShow("looking for 1 mark ", "so far")
		if strings.Contains(d.screenText(), "no marked event") {
			t.Errorf("it is judged too early:\n%s", d.screenText())
		}
		d.send(held[0])
		if text := d.screenText(); strings.Contains(text, "looking for") || strings.Contains(text, "so far") {
			t.Errorf("when all are found, it says\n%s", text)
		}
	}
	d.mustShow("Nothing matches", "no marked event in this log has")
	d.press("/ ctrl+u")
	d.write("is:read")
	d.press("enter")
	kittest.AppendText(t, log.Log, lineText(t, log, 1))
	held := d.runUntil("list.sought", d.app.feed.wait(t.Context(), d.app))
	if text := d.screenText(); strings.Contains(text, "looking for") || strings.Contains(text, "so far") {
		t.Errorf("a filter that does not ask for marks says\n%s", text)
	}
	for _, m := range held {
		d.send(m)
	}
}
