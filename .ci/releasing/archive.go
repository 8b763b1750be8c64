package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// archive writes the folder, under its own name, into a new archive of the kind that its name says.
func archive(folder, file string, at time.Time) (err error) {
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	switch {
	case strings.HasSuffix(file, ".tar.gz"):
		return tarball(out, folder, at)
	case strings.HasSuffix(file, ".zip"):
		return zipped(out, folder, at)
	}
	return fmt.Errorf("%s: name it .tar.gz or .zip", file)
}

func tarball(out io.Writer, folder string, at time.Time) error {
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(packed)
	err = each(folder, func(name string, mode fs.FileMode, size int64) (io.Writer, error) {
		h := &tar.Header{Name: name, Mode: int64(mode.Perm()), ModTime: at, Size: size, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if mode.IsDir() {
			h.Name, h.Typeflag = name+"/", tar.TypeDir
		}
		return w, w.WriteHeader(h)
	})
	return errors.Join(err, w.Close(), packed.Close())
}

func zipped(out io.Writer, folder string, at time.Time) error {
	w := zip.NewWriter(out)
	err := each(folder, func(name string, mode fs.FileMode, _ int64) (io.Writer, error) {
		h := &zip.FileHeader{Name: name, Modified: at, Method: zip.Deflate}
		if mode.IsDir() {
			h.Name, h.Method = name+"/", zip.Store
		}
		h.SetMode(mode)
		return w.CreateHeader(h)
	})
	return errors.Join(err, w.Close())
}

// each calls begin for the folder and for all in it, sorted by name, and copies each file to the writer that begin returns. Modes are
// what everybody may do, whatever the mask of this user is.
func each(folder string, begin func(name string, mode fs.FileMode, size int64) (io.Writer, error)) error {
	return filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		below, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		mode, size := fs.FileMode(0o644), info.Size()
		switch {
		case info.IsDir():
			mode, size = fs.ModeDir|0o755, 0
		case !info.Mode().IsRegular():
			return fmt.Errorf("%s is not a regular file", file)
		case info.Mode()&0o100 != 0:
			mode = 0o755
		}
		w, err := begin(path.Join(filepath.Base(folder), filepath.ToSlash(below)), mode, size)
		if err != nil || info.IsDir() {
			return err
		}
		in, err := os.Open(file)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, in)
		return errors.Join(err, in.Close())
	})
}
