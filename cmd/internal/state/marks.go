package state

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pawprint/cmd/internal/disk"
	"pawprint/model/marks"
)

// Marks keeps marks in the folder marks of the state folder, in files by the first two digits of the sha256: changing a mark writes few
// others anew, however many there are. No file is made before there is a mark. It implements tui.MarkStore.
type Marks struct {
	dir string
	err error // why there is no folder
}

// UserMarks returns the marks of the user.
func UserMarks() Marks {
	dir, err := Path()
	return Marks{filepath.Join(dir, "marks"), err}
}

// marksVersion is the version of the files. A file of a later version is left untouched.
const marksVersion = 1

// marksFile is the content of a file: marks in the order of their sha256.
type marksFile struct {
	Version int           `json:"version"`
	Marks   []*marks.Mark `json:"marks"`
}

// UnmarshalJSON refuses what a later version wrote, and members that writing the file again would lose.
func (f *marksFile) UnmarshalJSON(text []byte) error {
	type plain marksFile
	if err := decode(text, marksVersion, (*plain)(f)); err != nil {
		return err
	}
	if slices.Contains(f.Marks, nil) {
		return errors.New("a mark is null")
	}
	return nil
}

// file returns the file that keeps a mark.
func (m Marks) file(sum marks.Sum) disk.File {
	return disk.File{Path: filepath.Join(m.dir, sum.String()[:2]+".json")}
}

// Load implements tui.MarkStore.
func (m Marks) Load() ([]*marks.Mark, error) {
	if m.err != nil {
		return nil, fmt.Errorf("loading the marks: %w", m.err)
	}
	entries, err := os.ReadDir(m.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []*marks.Mark
	errs := []error{err}
	for _, e := range entries {
		if !isMarksFile(e.Name()) {
			continue
		}
		var f marksFile
		if err := (disk.File{Path: filepath.Join(m.dir, e.Name())}).Load(&f); err != nil {
			errs = append(errs, err)
			continue
		}
		out = append(out, f.Marks...)
	}
	if err := errors.Join(errs...); err != nil {
		return out, fmt.Errorf("loading the marks: %w", disk.Plain{Err: err})
	}
	return out, nil
}

// isMarksFile reports whether a name is that of a file of marks: two hex digits.
func isMarksFile(name string) bool {
	digits, is := strings.CutSuffix(name, ".json")
	return is && len(digits) == 2 && strings.Trim(digits, "0123456789abcdef") == ""
}

// Change implements tui.MarkStore. It does not overwrite a file that it cannot read, and keeps what other runs changed meanwhile.
func (m Marks) Change(ctx context.Context, c marks.Change) (kept *marks.Mark, err error) {
	if m.err != nil {
		return nil, fmt.Errorf("the mark was not saved: %w", m.err)
	}
	file, content := m.file(c.Mark.Sum), marksFile{}
	if c.After == nil {
		if _, err := os.Stat(file.Path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil // nothing to take away: do not make the folder
		}
	}
	c.Mark.Source = absolute(c.Mark.Source)
	err = file.Update(ctx, &content, func() (store bool) {
		content.Version = marksVersion
		kept, store = content.apply(&c)
		return store
	})
	if err != nil {
		return nil, fmt.Errorf("the mark was not saved: %w", disk.Plain{Err: err})
	}
	return kept, nil
}

// apply makes a change; changed says that the file has to be written.
func (f *marksFile) apply(c *marks.Change) (kept *marks.Mark, changed bool) {
	i, known := slices.BinarySearchFunc(f.Marks, c.Mark.Sum, func(m *marks.Mark, sum marks.Sum) int { return slices.Compare(m.Sum[:], sum[:]) })
	var before *marks.Mark
	if known {
		before = f.Marks[i]
	}
	kept = c.Apply(before)
	switch {
	case known && kept == nil:
		f.Marks = slices.Delete(f.Marks, i, i+1)
	case known:
		f.Marks[i] = kept
	case kept != nil:
		f.Marks = slices.Insert(f.Marks, i, kept)
	}
	return kept, kept != before
}

// absolute returns the path of a file as it is from any folder. URLs and other names stay as they are.
func absolute(source string) string {
	if _, err := os.Lstat(source); err != nil {
		return source
	}
	if path, err := filepath.Abs(source); err == nil {
		return path
	}
	return source
}

// Folder is where the marks are kept.
func (m Marks) Folder() string { return m.dir }

// Forget takes away the marks of events that were seen in a source, or in one below it, and returns them.
func (m Marks) Forget(ctx context.Context, source string) (forgotten []*marks.Mark, err error) {
	source = strings.TrimRight(absolute(source), "/")
	kept, err := m.Load()
	if err != nil {
		return nil, err
	}
	files := map[string]bool{}
	for _, mark := range kept {
		if below(mark.Source, source) {
			files[m.file(mark.Sum).Path] = true
		}
	}
	for path := range files {
		var content marksFile
		err := disk.File{Path: path}.Update(ctx, &content, func() bool {
			before := len(content.Marks)
			content.Version = marksVersion
			content.Marks = slices.DeleteFunc(content.Marks, func(mark *marks.Mark) bool {
				is := below(mark.Source, source)
				if is {
					forgotten = append(forgotten, mark)
				}
				return is
			})
			return len(content.Marks) < before
		})
		if err != nil {
			return forgotten, fmt.Errorf("forgetting marks: %w", disk.Plain{Err: err})
		}
	}
	return forgotten, nil
}

// below reports whether a source is another one, or in the folder or below the prefix that it names.
func below(source, of string) bool {
	return source == of || strings.HasPrefix(source, of+"/")
}
