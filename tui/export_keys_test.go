package tui

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

// testFormats are formats that write nothing but remember what they were asked for.
func testFormats(requests *[]modal.ExportRequest) []modal.ExportFormat {
	var out []modal.ExportFormat
	for _, name := range []string{"jsonl", "csv"} {
		out = append(out, modal.ExportFormat{Name: name, Does: "as " + name, Columns: name == "csv", Tables: name == "csv", Write: func(_ context.Context, e modal.ExportRequest) (modal.ExportResult, error) {
			if requests != nil {
				*requests = append(*requests, e)
			}
			if strings.HasPrefix(e.Path, "there") {
				return modal.ExportResult{}, fmt.Errorf("exporting: creating %s: %w", e.Path, fs.ErrExist)
			}
			result := modal.ExportResult{Rows: e.Rows.Len(), Path: "/tmp/" + e.Path}
			if e.Redact {
				result.Masked = 7
			}
			return result, nil
		}})
	}
	return out
}

func TestExportWritesTheRowsThatAreShown(t *testing.T) {
	var requests []modal.ExportRequest
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(40)), Exports: testFormats(&requests), Redact: true, Zone: kittest.FixedZone}, 160, 40)
	d.press("f o down enter")
	d.mustShow("export to pawprint-20261122-203000.csv")
	d.press("ctrl+u")
	d.write("mine.csv")
	d.press("enter")
	if len(requests) != 1 {
		t.Fatalf("%d exports", len(requests))
	}
	r := requests[0]
	if r.Rows.Len() != 4 || r.Path != "mine.csv" || !r.Redact || r.Zone != kittest.FixedZone {
		t.Errorf("exports %d rows, %+v", r.Rows.Len(), r)
	}
	for i := range r.Rows.Len() {
		if !r.Rows.Snapshot().Result(r.Rows.At(i)).Bad() {
			t.Errorf("row %d did not fail", i)
		}
	}
	d.mustShow("4 rows (7 masked) written to /tmp/mine.csv")
}

// What leaves is what was seen: the order and the columns of the list, or by choice all fields.
func TestExportHasTheOrderAndTheColumnsOfTheList(t *testing.T) {
	var requests []modal.ExportRequest
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Exports: testFormats(&requests)}, 200, 40)
	d.press("f right right S S") // by action, the last first
	shown := d.app.list.Columns.Names()
	for _, typed := range []string{"csv", "csv, all", "jsonl"} {
		d.press("o")
		d.write(typed)
		d.press("enter enter")
	}
	if len(requests) != 3 {
		t.Fatalf("%d exports", len(requests))
	}
	listed := d.rows()
	for i, r := range requests {
		if r.Query != "is:failed" || r.Rows.Len() != d.app.list.Len() {
			t.Errorf("export %d is of %q, %d rows", i, r.Query, r.Rows.Len())
		}
		for k := range r.Rows.Len() {
			if want := listed[k]; r.At(k) != want {
				t.Fatalf("export %d has row %d in place %d, the list row %d", i, r.At(k), k, want)
			}
		}
		if want := shown; i == 0 && !slices.Equal(r.Fields, want) || i > 0 && r.Fields != nil {
			t.Errorf("export %d has the fields %q", i, r.Fields)
		}
	}
	if shown[0] != "time" || len(shown) < 5 || requests[0].Order == nil {
		t.Errorf("the list shows %q, in the order of time: %v", shown, requests[0].Order == nil)
	}
}

func TestExportWritesTheMarkedEventsWhateverIsShown(t *testing.T) {
	var requests []modal.ExportRequest
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(40)), Exports: testFormats(&requests)}, 160, 40)
	d.press("g m j j m f o")
	d.write("marked csv")
	d.press("enter enter")
	if len(requests) != 1 || requests[0].Rows.Len() != 2 || requests[0].Rows.At(0) != model.Row(0) || requests[0].Rows.At(1) != model.Row(2) {
		t.Fatalf("exports %+v", requests)
	}
	d.mustShow("2 rows written to ")
}

func TestExportAsksAgainIfThereIsSuchAFile(t *testing.T) {
	var requests []modal.ExportRequest
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(4)), Exports: testFormats(&requests)}, 160, 40)
	d.press("o enter ctrl+u")
	d.write("there.jsonl")
	d.press("enter")
	d.mustShow("export to there.jsonl", "file already exists")
	d.press("home")
	d.write("not-")
	d.press("enter")
	if len(requests) != 2 || requests[1].Path != "not-there.jsonl" || len(d.app.modals) != 0 {
		t.Errorf("%d modals after the exports %+v", len(d.app.modals), requests)
	}
	d.press("o enter ctrl+u enter")
	d.mustShow("type a name for the file")
	d.press("esc")
	if len(requests) != 2 {
		t.Errorf("%d exports, want 2", len(requests))
	}
}

// loop runs an App as Bubble Tea does: each command on a goroutine of its own.
type loop struct {
	*driver
	messages chan tea.Msg
}

func (l *loop) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				l.start(c)
			}
		default:
			select {
			case l.messages <- msg:
			case <-l.t.Context().Done():
			}
		}
	}()
}

func (l *loop) update(msg tea.Msg) {
	_, cmd := l.app.Update(msg)
	l.start(cmd)
}

// until updates the App until its screen shows a text.
func (l *loop) until(text string) {
	l.t.Helper()
	deadline := time.After(30 * time.Second)
	for !strings.Contains(l.screenText(), text) {
		select {
		case msg := <-l.messages:
			l.update(msg)
		case <-deadline:
			l.t.Fatalf("the screen never shows %q:\n%s", text, l.screenText())
		}
	}
}

func TestEscStopsAnExportThatShowsItsProgress(t *testing.T) {
	var stopped bool
	slow := []modal.ExportFormat{{Name: "csv", Write: func(ctx context.Context, e modal.ExportRequest) (modal.ExportResult, error) {
		e.Progress.Store(3)
		<-ctx.Done()
		stopped = true
		return modal.ExportResult{}, ctx.Err()
	}}}
	l := &loop{newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(40)), Exports: slow}, 160, 40), make(chan tea.Msg)}
	l.app.feed.pace, l.app.screen.interval = time.Millisecond, time.Millisecond
	for _, key := range []string{"o", "enter", "enter"} {
		l.update(kittest.KeyMsg(key))
	}
	l.until("⠋ exporting: 3 of 40 rows …  esc stops")
	l.until("⠙ exporting: 3 of 40 rows …  esc stops") // the spinner turns by itself
	l.update(kittest.KeyMsg("o"))
	if len(l.app.modals) != 0 {
		t.Error("a second export can begin")
	}
	l.update(kittest.KeyMsg("j"))
	l.update(kittest.KeyMsg("esc"))
	l.until("the export was stopped; no file was left")
	if !stopped || !l.app.exporter.Words().Empty() {
		t.Errorf("the writer was told to stop: %v", stopped)
	}
	if l.app.status.turning {
		l.update(spinnerTurned{})
	}
	if l.app.status.turning {
		t.Error("the spinner turns on after the work")
	}
}

// All values are written, not only those that fit on the screen or that a search left.
func TestTheTableOfValuesIsExportedWhole(t *testing.T) {
	var requests []modal.ExportRequest
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Exports: testFormats(&requests)}, 80, 24)
	d.press("# /")
	d.write("delete")
	d.press("enter o")
	d.mustShow("Export the table", "this table as csv")
	d.press("enter enter")
	if len(requests) != 1 || requests[0].Table == nil {
		t.Fatalf("exported is %+v", requests)
	}
	table := requests[0].Table
	rows, masked, err := table.Rows(t.Context())
	if err != nil || masked != 0 || len(rows) != 81 || table.Of != "action" || requests[0].Rows.Len() != 2000 {
		t.Fatalf("%d values of %q in %d rows, %d masked, %v", len(rows), table.Of, requests[0].Rows.Len(), masked, err)
	}
	sum := 0
	for _, row := range rows {
		if len(row) != len(table.Columns) || !row[1].Counted {
			t.Fatalf("a row is %+v", row)
		}
		sum += row[1].Count
	}
	if sum != 2000 {
		t.Errorf("the counts sum up to %d, want 2000", sum)
	}
	d.mustShow("Values of action", "written to")
	d.press("y")
	d.mustShow("sent the row")
}

func TestMaskedValuesOfATableAreExportedMasked(t *testing.T) {
	var requests []modal.ExportRequest
	d := newDriver(t, Options{Log: kittest.PlantedLog(t), Exports: testFormats(&requests), Redact: true}, 80, 24)
	d.press("right #")
	d.press("o enter enter")
	if len(requests) != 1 || requests[0].Table == nil {
		t.Fatalf("exported is %+v", requests)
	}
	rows, masked, err := requests[0].Table.Rows(t.Context())
	if err != nil || masked == 0 {
		t.Errorf("%d values are masked, %v", masked, err)
	}
	for _, row := range rows {
		for _, secret := range kittest.Planted {
			if strings.Contains(row[0].Text, secret) {
				t.Errorf("the file would hold %s", secret)
			}
		}
	}
}
