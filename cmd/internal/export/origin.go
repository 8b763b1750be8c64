package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/model"
	"pawprint/model/redact"
	"pawprint/tui"
)

// originEnding is what the name of the file on where an export came from adds to the name of the export.
const originEnding = ".origin.json"

// origin says where an export came from. It stands in a file of its own beside the export, whose format has no place for it.
type origin struct {
	File    string         `json:"file"`
	SHA256  string         `json:"sha256"`
	Rows    int            `json:"rows"`
	Absent  int            `json:"absent,omitempty"` // rows that could not be read and are not in the file
	Masked  int            `json:"masked,omitempty"`
	Counts  string         `json:"counts,omitempty"` // the field whose values are counted in the file; without it rows are events
	Format  string         `json:"format"`
	Fields  []string       `json:"fields,omitempty"` // those shown; without them all of the format
	Query   string         `json:"query"`
	Zone    string         `json:"zone"`
	Version string         `json:"pawprint"`
	Written string         `json:"written"`
	Books   books          `json:"books"`                 // of the whole log, not only of the rows in the file
	Newest  bool           `json:"only_newest,omitempty"` // a source was only asked for its newest rows
	Sources []originSource `json:"sources"`
}

// originSource is a source of the log. The hash is that of the bytes that were read, as stored, if they are those of a file on this machine.
type originSource struct {
	Name    string `json:"name"`
	Place   string `json:"place,omitempty"`
	Form    string `json:"form,omitempty"`
	Bytes   int64  `json:"bytes"` // that were read, as stored
	SHA256  string `json:"sha256,omitempty"`
	NoHash  string `json:"no_sha256,omitempty"` // why there is no hash
	Damaged bool   `json:"damaged,omitempty"`
	Broken  string `json:"broken,omitempty"`
	LeftOut int64  `json:"left_out,omitempty"` // files or objects of the same folder or prefix that were not read
	Books   books  `json:"books"`
}

// books are the books of a log or a source.
type books struct {
	Lines   int64 `json:"lines"`
	Events  int64 `json:"events"`
	Rejects int64 `json:"rejects"`
	Blanks  int64 `json:"blanks"`
}

func booksOf(b *model.Books) books { return books{b.Lines, b.Events, b.Rejects, b.Blanks} }

// writeOrigin writes where an export came from beside it.
func (x *Exporter) writeOrigin(ctx context.Context, e *tui.ExportRequest, o *origin, mask *redact.Masker) error {
	text := func(s string) string {
		if mask != nil {
			return mask.Text("source", s)
		}
		return s
	}
	snap := e.Rows.Snapshot()
	all := snap.Books()
	o.Query, o.Zone, o.Version, o.Written, o.Books = text(e.Query), e.Zone.String(), x.Version, time.Now().UTC().Format(time.RFC3339), booksOf(&all)
	o.Newest = snap.OnlyNewest()
	for i := range snap.Sources() {
		s := &snap.Sources()[i]
		if s.Listing {
			continue
		}
		from := originSource{Name: text(s.Name.Raw()), Place: text(s.Place.Raw()), Form: s.Form, Bytes: s.Read(), Damaged: s.Damaged, Broken: text(s.Err.Raw()),
			LeftOut: s.LeftOut.Total, Books: booksOf(&s.Books)}
		var err error
		if from.SHA256, err = hashOf(ctx, s); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			from.NoHash = text(err.Error())
		}
		o.Sources = append(o.Sources, from)
	}
	return disk.Create(o.File+originEnding, func(w io.Writer) error {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(o); err != nil {
			return fmt.Errorf("writing the origin of the export: %w", err)
		}
		return nil
	})
}

var (
	errNoFile = errors.New("it is not a file on this machine")
	errShort  = errors.New("the file has become shorter since it was read")
)

// hashOf returns the hash of the bytes of a file that were read, in hexadecimal.
func hashOf(ctx context.Context, s *model.SourceState) (string, error) {
	hash, n, err := disk.Sum(ctx, s.Place.Raw(), s.Read())
	switch {
	case errors.Is(err, disk.ErrNoFile):
		return "", errNoFile
	case err != nil:
		return "", errors.New(disk.Reason(err))
	case n < s.Read():
		return "", errShort
	}
	return hash, nil
}

// free returns fs.ErrExist if the file on where an export came from exists, so that an export never belongs to the origin of another one.
func free(path string) error {
	if disk.Exists(path + originEnding) {
		return fmt.Errorf("creating %s: %w", path+originEnding, fs.ErrExist)
	}
	return nil
}
