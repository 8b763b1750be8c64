package tail

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

// fleet are writers of several logs in a folder, and all that is done to their files.
type fleet struct {
	*rig
	rand   *rand.Rand
	logs   []*fleetLog
	serial int
	fate   map[string]bool // lines that were destroyed, maybe before they were read
	known  map[string]bool // the missing lines of files that were read in part: the follower notices that they are missing
}

// fleetLog is one log and its writer.
type fleetLog struct {
	name    string   // below the folder
	out     *os.File // the writer's descriptor
	fresh   []string // lines in the present file that may not have been read yet
	rotated []string // names of earlier files, that nobody writes to
}

// TestSetReadsEveryLineOnce lets writers and rotators of several logs do what they like, and compares what was read with what
// was written. Lines that were destroyed may be missing, and a note tells of it where that can be known, but never come twice.
func TestSetReadsEveryLineOnce(t *testing.T) {
	t.Parallel()
	eachSeed(t, func(t *testing.T, seed uint64) {
		eachSet(t, "**/audit*", func(r *rig) {
			f := &fleet{rig: r, rand: rand.New(rand.NewPCG(seed, 0)), fate: map[string]bool{}, known: map[string]bool{}}
			r.busy, r.set.grace, r.set.settle, r.set.open = true, ample, 250*time.Millisecond, openAllowed
			for range 3 {
				f.create()
			}
			r.start()
			f.settled()
			for range 80 {
				f.step()
			}
			f.settled()
			f.create()
			f.settled()
			f.finish()
		})
	})
}

func (f *fleet) step() {
	steps := []struct {
		weight int
		do     func(l *fleetLog)
	}{
		{30, f.append}, {8, f.inPieces}, {5, f.splitRune}, {6, func(*fleetLog) { f.settled() }}, {8, f.rename}, {4, f.renameLate}, {6, f.copied}, {3, f.copiedLate},
		{3, f.replace}, {3, f.remove}, {3, f.rewrite}, {2, f.emptied}, {3, f.forbid}, {2, f.forbidRenamed}, {2, f.long}, {6, f.pack}, {3, func(*fleetLog) { f.create() }}, {2, f.moveFolder},
	}
	sum := 0
	for _, s := range steps {
		sum += s.weight
	}
	n := f.rand.IntN(sum)
	for _, s := range steps {
		if n -= s.weight; n < 0 {
			s.do(f.logs[f.rand.IntN(len(f.logs))])
			return
		}
	}
}

// settled waits until all that must be read was.
func (f *fleet) settled() {
	f.Helper()
	f.until("settled", func(s model.Snapshot) bool {
		return s.Rows() >= len(f.wanted)-len(f.fate) && f.missing(s) == ""
	})
	for _, l := range f.logs {
		l.fresh = nil
	}
}

// missing returns a line that was not read although it was not destroyed.
func (f *fleet) missing(s model.Snapshot) string {
	f.Helper()
	read := f.rows(s)
	for _, l := range f.wanted {
		if read[l] == 0 && !f.fate[l] {
			return l
		}
	}
	return ""
}

// rows counts how often each line was read, and fails if that is too often.
func (f *fleet) rows(s model.Snapshot) map[string]int {
	f.Helper()
	read := make(map[string]int, s.Rows())
	for i := range s.Rows() {
		raw, err := s.Raw(model.Row(i))
		f.must(err)
		if read[raw.Raw()]++; read[raw.Raw()] > 1 && strings.HasSuffix(raw.Raw(), "}") {
			f.Fatalf("a line was read twice: %s\n%s", raw.Raw(), describe(s))
		}
	}
	return read
}

// finish stops, and looks whether there is anything that was never written, or missing without a note.
func (f *fleet) finish() {
	f.Helper()
	f.quit() // what was read of a line whose end was destroyed becomes a row only now
	s := f.log.Snapshot()
	read := f.rows(s)
	lost := 0
	for _, l := range f.wanted {
		if read[l] == 0 && f.known[l] {
			lost++
		}
		delete(read, l)
	}
	for l, times := range read {
		if f.cut(l) {
			f.wanted = append(f.wanted, slices.Repeat([]string{l}, times)...)
			continue
		}
		f.Errorf("a row was never written: %s\n%s", l, describe(s))
	}
	noted := slices.ContainsFunc(s.Sources(), func(s model.SourceState) bool {
		return strings.Contains(s.Note.Raw(), "may be missing")
	})
	if lost > 0 && !noted {
		f.Errorf("%d lines are missing and no source tells of it\n%s", lost, describe(s))
	}
	f.wanted = slices.DeleteFunc(f.wanted, func(l string) bool { return f.fate[l] && !f.has(s, l) })
	f.audit()
}

// cut reports whether a row is what had been written of a line when that was destroyed.
func (f *fleet) cut(row string) bool {
	for l := range f.fate {
		if strings.HasPrefix(l, row) {
			return true
		}
	}
	return false
}

func (f *fleet) has(s model.Snapshot, line string) bool { return f.rows(s)[line] > 0 }

func (f *fleet) write(l *fleetLog, text string) {
	f.Helper()
	_, err := l.out.WriteString(text)
	f.must(err)
}

// fresh invents lines for a log.
func (f *fleet) fresh(l *fleetLog, n int) string {
	text := f.lines(n)
	l.fresh = append(l.fresh, f.wanted[len(f.wanted)-n:]...)
	return text
}

// lose notes that what may not have been read of the present file was destroyed.
func (f *fleet) lose(l *fleetLog) {
	for _, line := range l.fresh {
		f.fate[line] = true
	}
	l.fresh = nil
}

func (f *fleet) reopen(l *fleetLog) *os.File {
	f.Helper()
	out, err := os.OpenFile(f.at(l.name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	f.must(err)
	f.Cleanup(func() { out.Close() })
	return out
}

func (f *fleet) aside(l *fleetLog) string {
	f.serial++
	return fmt.Sprintf("%s.%d", l.name, f.serial)
}

// create begins a new log, in a new folder now and then.
func (f *fleet) create() {
	f.serial++
	folder := ""
	if f.rand.IntN(2) == 0 {
		folder = fmt.Sprintf("sub%d/", f.serial)
		f.folder(folder)
	}
	l := &fleetLog{name: fmt.Sprintf("%saudit%d.jsonl", folder, f.serial)}
	l.out = f.reopen(l)
	f.logs = append(f.logs, l)
	f.append(l)
}

func (f *fleet) append(l *fleetLog) { f.write(l, f.fresh(l, 1+f.rand.IntN(20))) }

func (f *fleet) inPieces(l *fleetLog) {
	for rest := f.fresh(l, 2); rest != ""; {
		n := min(len(rest), 1+f.rand.IntN(60))
		f.write(l, rest[:n])
		rest = rest[n:]
	}
}

func (f *fleet) splitRune(l *fleetLog) {
	f.count++
	line := fmt.Sprintf(`{"actionName":"LIST_RULES","actor":{"name":"Zoë %d"}}`, f.count)
	f.expect(line)
	l.fresh = append(l.fresh, line)
	cut := strings.Index(line, "ë") + 1
	f.write(l, line[:cut])
	f.write(l, line[cut:]+"\n")
}

// long appends a line of up to a few blocks, in writes of any size.
func (f *fleet) long(l *fleetLog) {
	f.count++
	line := fmt.Sprintf(`{"actionName":"LIST_RULES","actionParams":{"n":%d,"filler":"%s"}}`, f.count, strings.Repeat("ë.", f.rand.IntN(1<<f.rand.IntN(20))))
	f.expect(line)
	l.fresh = append(l.fresh, line)
	for rest := line + "\n"; rest != ""; {
		n := min(len(rest), 1+f.rand.IntN(len(line)))
		f.write(l, rest[:n])
		rest = rest[n:]
	}
}

func (f *fleet) rename(l *fleetLog) {
	aside := f.aside(l)
	f.move(l.name, aside)
	l.rotated, l.out, l.fresh = append(l.rotated, aside), f.reopen(l), nil
}

// renameLate goes on with the old descriptor before and after the new file is there.
func (f *fleet) renameLate(l *fleetLog) {
	late := l.out
	aside := f.aside(l)
	f.move(l.name, aside)
	f.append(l)
	l.out = f.reopen(l)
	f.append(l)
	_, err := late.WriteString(f.line())
	f.must(err)
	l.fresh = nil // no longer destroyed by what is done to one of the files: only known files are written late
	f.settled()
	l.rotated = append(l.rotated, aside)
}

func (f *fleet) copy(l *fleetLog) {
	aside := f.aside(l)
	f.must(os.WriteFile(f.at(aside), []byte(readAll(f.rig, l.name)), 0o600))
	l.rotated = append(l.rotated, aside)
}

func (f *fleet) copied(l *fleetLog) {
	f.append(l)
	f.copy(l)
	f.must(os.Truncate(f.at(l.name), 0))
	l.fresh = nil
	f.append(l)
}

// copiedLate destroys what is written after the copy was made.
func (f *fleet) copiedLate(l *fleetLog) {
	f.append(l)
	f.settled()
	f.copy(l)
	f.append(l)
	f.must(os.Truncate(f.at(l.name), 0))
	for _, line := range l.fresh {
		f.known[line] = true
	}
	f.lose(l)
	f.append(l)
}

func (f *fleet) replace(l *fleetLog) {
	f.lose(l)
	f.must(appendFile(f.at("replacement"), f.fresh(l, 3)))
	f.move("replacement", l.name)
	l.out = f.reopen(l)
}

func (f *fleet) remove(l *fleetLog) {
	f.lose(l)
	f.must(os.Remove(f.at(l.name)))
	l.out = f.reopen(l)
	f.append(l)
}

func (f *fleet) rewrite(l *fleetLog) {
	f.lose(l)
	f.must(os.WriteFile(f.at(l.name), []byte(f.fresh(l, 1+f.rand.IntN(40))), 0o600))
}

func (f *fleet) emptied(l *fleetLog) {
	f.lose(l)
	f.must(os.Truncate(f.at(l.name), 0))
}

// openAllowed opens a file if its mode lets its owner read it, whoever runs the test: there are users who may read everything.
func openAllowed(path string) (*os.File, error) {
	file, err := openShared(path)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.Mode().Perm()&0o400 == 0 {
		return nil, errors.Join(err, file.Close(), &os.PathError{Op: "open", Path: path, Err: os.ErrPermission})
	}
	return file, nil
}

// forbid takes the right to read away for a while.
func (f *fleet) forbid(l *fleetLog) {
	f.must(os.Chmod(f.at(l.name), 0))
	f.append(l)
	f.must(os.Chmod(f.at(l.name), 0o600))
}

// forbidRenamed rotates a file while it may not be read.
func (f *fleet) forbidRenamed(l *fleetLog) {
	f.must(os.Chmod(f.at(l.name), 0))
	f.append(l)
	f.rename(l)
	f.append(l)
	f.must(os.Chmod(f.at(l.rotated[len(l.rotated)-1]), 0o600))
}

// pack compresses an earlier file.
func (f *fleet) pack(l *fleetLog) {
	if len(l.rotated) == 0 {
		return
	}
	name := l.rotated[0]
	l.rotated = l.rotated[1:]
	f.must(os.WriteFile(f.at(name+".gz"), gzipped(f.T, readAll(f.rig, name)), 0o600))
	f.must(os.Remove(f.at(name)))
}

// moveFolder renames the folder of a log.
func (f *fleet) moveFolder(l *fleetLog) {
	old := filepath.Dir(l.name)
	if old == "." {
		return
	}
	f.serial++
	fresh := fmt.Sprintf("moved%d", f.serial)
	f.move(old, fresh)
	renamed := func(name string) string {
		if below, ok := strings.CutPrefix(name, old+"/"); ok {
			return fresh + "/" + below
		}
		return name
	}
	l.name = renamed(l.name)
	for i, name := range l.rotated {
		l.rotated[i] = renamed(name)
	}
}
