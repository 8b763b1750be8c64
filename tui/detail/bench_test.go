package detail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
)

// hugeLines are lines that must not make the detail slow.
func hugeLines() map[string]string {
	var keys strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&keys, `"key%d":{"a":%d,"b":["x"]},`, i, i)
	}
	insert := func(what string) string {
		return strings.Replace(kittest.FailedEvent, `"dynamic"`, what+`"dynamic"`, 1)
	}
	return map[string]string{
		"plain": kittest.FailedEvent, "50MB": insert(`"huge":"` + strings.Repeat(`lorem ipsum \u00e9 `, 50<<20/18) + `",`), "10kKeys": insert(keys.String()),
		"deep": insert(`"deep":` + strings.Repeat(`{"a":[1,`, 400) + `1` + strings.Repeat(`]}`, 400) + `,`),
	}
}

// benchPane shows a line with everything unfolded that a user may unfold, 200 by 50 cells.
func benchPane(b *testing.B, line string) *Detail {
	log := kittest.LoadText(b, "x", line+"\n")
	snap := log.Snapshot()
	d := &Detail{display: kittest.RigLook(false, true, colorprofile.TrueColor), folds: map[string]bool{rawID: true, hexID: true, paramsID + string(idSep) + "actionParams" + string(idSep) + "huge": true}}
	d.SetSize(200, 50)
	d.show(readDocument(b.Context(), &snap, model.Row(0), false))
	return d
}

// BenchmarkDetail is what Update and View do for the detail: a step of the cursor, a page, a jump to the end, a fold, and a
// frame after each.
func BenchmarkDetail(b *testing.B) {
	for name, line := range hugeLines() {
		d := benchPane(b, line)
		f := paint.NewFrame(d.display.Widther, 200, 50)
		draw := func() {
			f.Reset(d.display.Widther, 200, 50)
			d.Draw(f, kit.Rect{X: 0, Y: 0, W: 200, H: 50}, true)
			_ = f.String()
		}
		for _, move := range []struct {
			name     string
			commands []kit.Command
		}{
			{"frame", nil},
			{"step", []kit.Command{kit.CmdDown}},
			{"page", []kit.Command{kit.CmdPageDown, kit.CmdPageDown, kit.CmdPageUp}},
			{"ends", []kit.Command{kit.CmdBottom, kit.CmdTop}},
		} {
			b.Run(name+"/"+move.name, func(b *testing.B) {
				d.move(kit.CmdTop)
				i := 0
				for b.Loop() {
					if len(move.commands) > 0 {
						d.move(move.commands[i%len(move.commands)])
						i++
					}
					draw()
				}
			})
		}
		b.Run(name+"/fold", func(b *testing.B) {
			d.move(kit.CmdTop)
			open := true
			for b.Loop() {
				open = !open
				d.setFold(actorID, open)
				draw()
			}
		})
	}
}

// BenchmarkReadDocument is the job that reads an event for the detail.
func BenchmarkReadDocument(b *testing.B) {
	for name, line := range hugeLines() {
		b.Run(name, func(b *testing.B) {
			log := kittest.LoadText(b, "x", line+"\n")
			snap := log.Snapshot()
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				if d := readDocument(b.Context(), &snap, 0, false); d.node == nil {
					b.Fatal(d.err)
				}
			}
		})
	}
}

// BenchmarkPages is the jobs behind the pages, on 2,000 events.
func BenchmarkPages(b *testing.B) {
	log := kittest.LoadFile(b, "audit.jsonl")
	sel, err := model.Select(b.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	snap := sel.Snapshot()
	row := model.Row(snap.Rows() - 1)
	b.Run("params", func(b *testing.B) {
		for b.Loop() {
			if _, err := readParams(b.Context(), sel, model.NewText("LIST_ALERTS"), false); err != nil {
				b.Fatal(err)
			}
		}
	})
	doc := readDocument(b.Context(), snap, row, false)
	b.Run("changes", func(b *testing.B) {
		for b.Loop() {
			if _, err := readChanges(b.Context(), snap, doc, false); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("compare", func(b *testing.B) {
		for b.Loop() {
			if _, err := readComparison(b.Context(), snap, 0, row, false); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkManyChanges makes the lines of a page of changes as long as it gets.
func BenchmarkManyChanges(b *testing.B) {
	var before, after []string
	for i := range maxPairsShown {
		before = append(before, fmt.Sprintf(`"key%d":"old"`, i))
		after = append(after, fmt.Sprintf(`"key%d":"new"`, i))
	}
	params := func(members []string, minute int) string {
		return kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", `{"id":"A",`+strings.Join(members, ",")+`}`, minute)
	}
	d := newDetailRig(b, kittest.LoadText(b, "a.jsonl", params(before, 1)+params(after, 2)), 80, 11)
	d.press("D")
	for b.Loop() {
		d.detail.rebuild()
	}
}
