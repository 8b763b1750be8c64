package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

// taggedLog is a driver on the mixed log, whose first two events have tags and verdicts.
func taggedLog(t *testing.T, w, h int) (*driver, kittest.StillLog) {
	t.Helper()
	log := kittest.MixedLog(t)
	d := newDriver(t, Options{Log: log, Marks: &kittest.MarkShelf{}}, w, h)
	d.press("g M")
	d.write("first #exfil #t-1")
	d.press("enter Y Y j M")
	d.write("#exfil")
	d.press("enter Y")
	return d, log
}

func TestTagsAndVerdictsAreCountedInATable(t *testing.T) {
	d, log := taggedLog(t, 80, 24)
	d.obey(kit.Wish{Count: "tag"})
	d.mustShow("Values of tag", "exfil", "t-1", "1 of 3: 2 values and none")
	kittest.AppendText(t, log.Log, lineText(t, log, 0))
	held := d.runUntil("list.sought", d.app.feed.wait(t.Context(), d.app))
	if len(held) != 1 {
		t.Fatalf("held back are %d answers", len(held))
	}
	d.mustShow("marks are still being looked for: the counts may grow")
	d.press("o")
	d.mustShow("nothing is exported while marks are still being looked for")
	d.send(held[0])
	d.press("down")
	d.mustShow("exfil", "3 of 6 events, 1 failed", "an event counts once under each of its tags")
	if text := d.screenText(); strings.Contains(text, "looked for") {
		t.Errorf("when all are found it says\n%s", text)
	}
	d.press("enter")
	d.mustShow("tag exfil")
	d.wantRows("the events of a tag", 0, 5, 1)
}

// A search for marks in a large log takes a while: what is written then must not hold the marks found so far.
func TestWhatIsWrittenWaitsUntilAllMarksAreFound(t *testing.T) {
	var written []modal.ExportRequest
	reports := testFormats(&written)
	for _, c := range []struct{ key, opens string }{{"o", "3 marked as csv"}, {"X", "3 marked as jsonl"}, {"!", "3 marked to:"}} {
		t.Run(c.key, func(t *testing.T) {
			written = nil
			log := kittest.MixedLog(t)
			d := newDriver(t, Options{Log: log, Marks: &kittest.MarkShelf{}, Exports: testFormats(&written), Reports: reports,
				Pipe: modal.Pipe{Pager: "less", Run: func(_ context.Context, _ string, _ bool, e modal.ExportRequest) (modal.PipeExit, error) {
					written = append(written, e)
					return modal.PipeExit{}, nil
				}}}, 80, 24)
			d.press("g M")
			d.write("first #exfil")
			d.press("enter j m")
			kittest.AppendText(t, log.Log, lineText(t, log, 0))
			held := d.runUntil("list.sought", d.app.feed.wait(t.Context(), d.app))
			if len(held) != 1 {
				t.Fatalf("held back are %d answers", len(held))
			}
			d.press(c.key)
			d.mustShow("looking for 2 marks in ", "; esc stops waiting")
			d.press("esc")
			d.mustShow("stopped waiting: nothing was written")
			d.press(c.key)
			kittest.AppendText(t, log.Log, lineText(t, log, 1)) // comes once it waits, and is not waited for
			d.send(held[0])
			d.mustShow(c.opens)
			if c.key != "!" {
				d.write("marked")
				d.press("enter")
			}
			d.press("enter")
			if len(written) != 1 || written[0].Marks.Len() != 3 || written[0].Rows.Len() != 3 {
				t.Errorf("%d files are written: %+v", len(written), written)
			}
		})
	}
}

// The title counts events that the list does not show yet: what is written then must not be the rows of a moment before.
func TestWhatIsWrittenWaitsUntilItsRowsAreSelected(t *testing.T) {
	for _, keys := range []string{"o", "X", "!"} {
		for before, answers := range map[string][]string{"": {"tui.selected"}, "S end enter": {"tui.selected", "list.sorted"}} {
			for _, answer := range answers {
				t.Run(fmt.Sprint(keys, before, answer), func(t *testing.T) {
					var written []modal.ExportRequest
					log := kittest.MixedLog(t)
					d := newDriver(t, Options{Log: log, Exports: testFormats(&written), Reports: testFormats(&written),
						Pipe: modal.Pipe{Pager: "less", Run: func(_ context.Context, _ string, _ bool, e modal.ExportRequest) (modal.PipeExit, error) {
							written = append(written, e)
							return modal.PipeExit{}, nil
						}}}, 80, 24)
					d.press(before)
					snap := log.Snapshot()
					rows := snap.Rows()
					kittest.AppendText(t, log.Log, lineText(t, log, 0))
					held := d.runUntil(answer, d.app.feed.wait(t.Context(), d.app))
					if len(held) != 1 {
						t.Fatalf("held back are %d answers", len(held))
					}
					d.press(keys)
					d.mustShow(fmt.Sprintf("selecting from %d rows; esc stops waiting", rows+1))
					d.press("esc")
					d.mustShow("stopped waiting: nothing was written")
					d.press(keys)
					d.send(held[0])
					d.mustShow(fmt.Sprintf("%d rows", rows+1))
					if keys != "!" {
						d.write("rows")
						d.press("enter")
					}
					d.press("enter")
					if len(written) != 1 || written[0].Rows.Len() != rows+1 {
						t.Errorf("%d files are written: %+v", len(written), written)
					}
				})
			}
		}
	}
}

func TestTheListOfNotesSaysThatMarksAreStillSought(t *testing.T) {
	log := kittest.MixedLog(t)
	d := newDriver(t, Options{Log: log, Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("g m")
	kittest.AppendText(t, log.Log, lineText(t, log, 0))
	held := d.runUntil("list.sought", d.app.feed.wait(t.Context(), d.app))
	d.press("\"")
	d.mustShow("1 marked event found so far: the search goes on")
	d.press("esc g m '")
	d.mustShow("no mark was found so far")
	d.press("\"")
	d.mustShow("no mark was found so far")
	d.send(held[0])
	d.press("\"")
	d.mustShow("nothing is marked: m marks an event")
}

func TestItIsSaidOnceThatNothingKeepsMarks(t *testing.T) {
	const words = "; marks last until you quit"
	for _, keys := range []string{"m", "M x enter", "Y"} {
		d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 80, 24)
		d.press("g " + keys)
		d.mustShow(words)
		d.press("j " + keys)
		if strings.Contains(d.screenText(), words) {
			t.Errorf("%s says it twice:\n%s", keys, d.screenText())
		}
		d = newDriver(t, Options{Log: kittest.MixedLog(t), Marks: &kittest.MarkShelf{}}, 80, 24)
		d.press("g " + keys)
		if strings.Contains(d.screenText(), words) {
			t.Errorf("%s says it of marks that are kept:\n%s", keys, d.screenText())
		}
	}
}

func TestAnExportOfAGrowingLogHasTheMarksOfItsLastRows(t *testing.T) {
	log := kittest.MixedLog(t)
	d := newDriver(t, Options{Log: log, Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("g m")
	kittest.AppendText(t, log.Log, lineText(t, log, 1)+lineText(t, log, 0))
	snap := log.Snapshot()
	all, err := d.app.list.Marks.Whole(&snap)(t.Context())
	if err != nil || all.Len() != 2 || all.Of(6) == nil || d.app.list.Marks.Len() != 1 {
		t.Errorf("%d rows are marked, %v; %d were found before", all.Len(), err, d.app.list.Marks.Len())
	}
}

func TestTheTableOfTagsSaysWhichMarkedLinesDoNotCount(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(3)+"no event\n"), Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("G M")
	d.write("#odd")
	d.press("enter g M")
	d.write("#fine")
	d.press("enter")
	d.obey(kit.Wish{Count: "tag"})
	d.mustShow("fine", "1 of 2: 1 value and none", "1 marked line is not an event and not counted")
	d.press("esc")
	d.obey(kit.Wish{Count: "verdict"})
	if text := d.screenText(); strings.Contains(text, "marked line") {
		t.Errorf("of verdicts it says\n%s", text)
	}
}
