package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"pawprint/model"
	"pawprint/model/rawjson"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// grid is a small table in memory, to be written in one of several formats.
type grid struct {
	columns []string
	rows    [][]cell
}

// cell is a value of a grid. The zero value is a cell with nothing to say.
type cell struct {
	kind cellKind
	text string
}

type cellKind uint8

const (
	cellBlank  cellKind = iota
	cellAbsent          // the log has no value
	cellText            // not to be trusted
	cellNumber
	cellJSON // of our own
)

func countCell(n int) cell { return cell{cellNumber, strconv.Itoa(n)} }

// textCell is a text of our own; the empty one is blank.
func textCell(text string) cell {
	if text == "" {
		return cell{}
	}
	return cell{cellText, text}
}

// valueCell is a value of the log.
func valueCell(v model.Value) cell {
	if v.Absent {
		return cell{kind: cellAbsent}
	}
	return cell{cellText, v.Text.Raw()}
}

// shown is the cell in a table, where nothing and an empty text have to be told apart.
func (c cell) shown(opt termsafe.Options) termsafe.Safe {
	switch {
	case c.kind == cellAbsent:
		return termsafe.Const("(absent)")
	case c.kind == cellText && c.text == "":
		return termsafe.Const(`""`)
	case c.kind == cellNumber:
		if n, err := strconv.ParseInt(c.text, 10, 64); err == nil {
			return termsafe.Int(n)
		}
	}
	return termsafe.Clean(c.text, opt)
}

// gridFormats are the output formats of grids.
var gridFormats = []format[func(out *bufio.Writer, g *grid, ascii bool) error]{
	{"table", "aligned columns for people; the default on a terminal", writeGridTable},
	{"json", "a list of objects", writeGridJSON},
	{"csv", "with a header; formulas are disarmed with a '; the default in a pipe", writeGridCSV},
}

func writeGridCSV(out *bufio.Writer, g *grid, _ bool) error {
	w := csvWriter{out: out}
	for _, name := range g.columns {
		w.cell(name)
	}
	if err := w.end(); err != nil {
		return err
	}
	for _, row := range g.rows {
		for _, c := range row {
			switch c.kind {
			case cellBlank, cellAbsent:
				w.absent()
			case cellNumber:
				w.plain(c.text)
			default:
				w.cell(c.text)
			}
		}
		if err := w.end(); err != nil {
			return err
		}
	}
	return nil
}

func writeGridJSON(out *bufio.Writer, g *grid, _ bool) error {
	var line []byte
	before := "[\n"
	for _, row := range g.rows {
		line = append(line[:0], before...)
		before = ",\n"
		for i, c := range row {
			line = append(line, "{,"[min(i, 1)])
			line = append(rawjson.AppendASCIIString(line, g.columns[i]), ':')
			switch c.kind {
			case cellBlank, cellAbsent:
				line = append(line, "null"...)
			case cellNumber, cellJSON:
				line = append(line, c.text...)
			default:
				line = rawjson.AppendASCIIString(line, c.text)
			}
		}
		if _, err := out.Write(append(line, '}')); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
	}
	end := "\n]\n"
	if len(g.rows) == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(out, end)
	return err
}

// maxGridCells is the widest column of a table but the last.
const maxGridCells = 60

func writeGridTable(out *bufio.Writer, g *grid, ascii bool) error {
	clean, width := termsafe.Options{ASCII: ascii, MaxCells: 500}, termsafe.Widther{ASCII: ascii}
	titles := make([]cell, len(g.columns))
	for i, name := range g.columns {
		titles[i] = textCell(strings.ToUpper(name))
	}
	widths := make([]int, len(g.columns))
	right := make([]bool, len(g.columns))
	shown := make([][]termsafe.Safe, 0, len(g.rows)+1)
	for _, row := range append([][]cell{titles}, g.rows...) {
		line := make([]termsafe.Safe, len(row))
		for i, c := range row {
			line[i] = c.shown(clean)
			widths[i] = min(max(widths[i], width.Width(line[i])), maxGridCells)
			right[i] = right[i] || c.kind == cellNumber
		}
		shown = append(shown, line)
	}
	line := paint.NewLine(width)
	for _, row := range shown {
		line.Reset()
		for i, text := range row {
			switch {
			case right[i]:
				line.AddWidth(paint.Style{}, text, widths[i], paint.Right)
			case i == len(row)-1:
				line.Add(paint.Style{}, text)
			default:
				line.AddWidth(paint.Style{}, text, widths[i], paint.Left)
			}
			line.Fill(paint.Style{}, 2)
		}
		if _, err := fmt.Fprintln(out, strings.TrimRight(line.Plain(), " ")); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
	}
	return nil
}
