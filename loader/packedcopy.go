package loader

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"pawprint/loader/glob"
)

// dropCopies drops files that hold nothing but what another of the files holds: while a rotated log is being packed, it stands beside
// its packed copy, and some keep both.
func dropCopies(ctx context.Context, all []*found) {
	packedFiles, paths := packedOf(all)
	dropped := map[*foundFile]*foundFile{} // with the file that has its bytes
	for _, packed := range packedFiles {
		for _, ending := range glob.PackedEndings {
			name, ok := strings.CutSuffix(packed.path, ending)
			plain := paths[name]
			if !ok || plain == nil || ctx.Err() != nil {
				continue
			}
			switch copyOf(ctx, plain.path, packed.path) {
			case packedIsCopy:
				dropped[packed] = plain
				plain.copies, plain.instead = append(plain.copies, packed.path), packed.path
			case plainIsCopy:
				dropped[plain] = packed
				packed.copies = append(packed.copies, plain.path)
			}
		}
	}
	for _, files := range all {
		if files != nil {
			files.drop(dropped)
		}
	}
}

// packedOf returns the files that are packed by their names and, if there are any, all files by their paths.
func packedOf(all []*found) (packed []*foundFile, paths map[string]*foundFile) {
	for _, files := range all {
		if files == nil {
			continue
		}
		for _, f := range files.files {
			if slices.ContainsFunc(glob.PackedEndings, func(ending string) bool { return strings.HasSuffix(f.path, ending) }) {
				packed = append(packed, f)
			}
		}
	}
	if packed == nil {
		return nil, nil
	}
	paths = map[string]*foundFile{}
	for _, files := range all {
		if files != nil {
			for _, f := range files.files {
				paths[f.path] = f
			}
		}
	}
	return packed, paths
}

// drop leaves out files. What the first one says of the source is said by another.
func (f *found) drop(dropped map[*foundFile]*foundFile) {
	if len(f.files) == 0 {
		return
	}
	kept := dropped[f.files[0]]
	f.files = slices.DeleteFunc(f.files, func(file *foundFile) bool { return dropped[file] != nil })
	if kept != nil {
		f.known = kept
		f.tellLeftOut()
	}
}

// likeness is what a plain file and a packed one have in common.
type likeness int

const (
	different    likeness = iota
	packedIsCopy          // the plain file begins with all that the packed one holds
	plainIsCopy           // what the packed file holds begins with the plain one
)

// copyOf compares a plain file with what comes out of a packed one. A packed file that is cut off is still being written. Files that
// cannot be read are different: reading them tells why.
func copyOf(ctx context.Context, plain, packed string) likeness {
	p, err := os.Open(plain)
	if err != nil {
		return different
	}
	defer p.Close()
	q, err := os.Open(packed)
	if err != nil {
		return different
	}
	defer q.Close()
	if !regular(p) || !regular(q) {
		return different
	}
	u := newUnpacker(q, Limits{})
	defer u.close()
	return compareCopy(ctx, p, u)
}

func regular(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// compareCopy compares what comes out of u with plain. Little is compared with care: an empty file is no copy, and of a packed file that
// is cut off a whole line must be the same.
func compareCopy(ctx context.Context, plain io.Reader, u *unpacker) likeness {
	now, was := make([]byte, 64<<10), make([]byte, 64<<10)
	compared, line := 0, false
	for ctx.Err() == nil {
		n, err := io.ReadFull(u, now)
		k, plainErr := io.ReadFull(plain, was[:n])
		compared += k
		line = line || bytes.IndexByte(now[:k], '\n') >= 0
		plainEnds := plainErr == io.EOF || plainErr == io.ErrUnexpectedEOF
		switch packedEnds := err == io.EOF || err == io.ErrUnexpectedEOF; {
		case !bytes.Equal(now[:k], was[:k]) || plainErr != nil && !plainEnds || len(u.faults)+len(u.notes) > 0 || k < n && compared == 0:
			return different
		case k < n:
			return plainIsCopy
		case packedEnds && compared > 0, errors.Is(err, errCut) && line:
			return packedIsCopy
		case err != nil:
			return different
		}
	}
	return different
}
