package tail

import (
	"io/fs"
	"os"
	"time"

	"pawprint/loader/glob"
)

// folderList is the content of a folder when it was last read.
type folderList struct {
	info    os.FileInfo
	read    time.Time     // when reading it began
	took    time.Duration // to read it
	entries []fs.DirEntry // sorted by name
	round   int
	files   map[any][]string // names by identity; nil until a file is looked for
}

const (
	// freshFolder is how old the modification time of a folder must be: after a more recent change, another one may leave it the same.
	freshFolder = 3 * time.Second
	// rereadFolder is how often a folder is read again although its modification time is unchanged.
	rereadFolder = 30 * time.Second
)

// read returns the entries of a folder, from memory if it did not change or cannot be read now.
func (l *lister) read(folder string, info fs.FileInfo, err error) []fs.DirEntry {
	known := l.folders[folder]
	if err != nil {
		return l.remembered(known, err)
	}
	if !info.IsDir() {
		return nil
	}
	if known.unchanged(info, known != nil && known.round == l.round) {
		known.round = l.round
		return known.entries
	}
	fresh, err := l.readNow(folder, info)
	if err != nil {
		return l.remembered(known, err)
	}
	return fresh.entries
}

func (l *lister) remembered(known *folderList, err error) []fs.DirEntry {
	if known == nil || glob.Missing(err) {
		return nil
	}
	known.round = l.round
	return known.entries
}

// unchanged reports whether a folder still has the same content. With sure its modification time decides; otherwise it does so only if
// it is old enough. k may be nil.
func (k *folderList) unchanged(info fs.FileInfo, sure bool) bool {
	if k == nil || !os.SameFile(k.info, info) || !k.info.ModTime().Equal(info.ModTime()) {
		return false
	}
	return sure || k.read.Sub(info.ModTime()) > freshFolder && time.Since(k.read) < rereadFolder
}

// readNow reads a folder.
func (l *lister) readNow(folder string, info fs.FileInfo) (*folderList, error) {
	began := time.Now()
	entries, err := l.readDir(folder)
	if err != nil {
		return nil, err
	}
	fresh := &folderList{info: info, read: began, took: time.Since(began), entries: entries, round: l.round}
	l.folders[folder] = fresh
	return fresh, nil
}

// since returns what was in a folder at some time after the given one. A folder that cannot be read has nothing in it.
func (l *lister) since(folder string, after time.Time) *folderList {
	known := l.folders[folder]
	if known != nil && known.read.After(after) {
		return known
	}
	info, err := os.Stat(folder)
	if err == nil && !known.unchanged(info, false) {
		known, err = l.readNow(folder, info)
	}
	if err != nil {
		return &folderList{}
	}
	return known
}

// lately returns what was in a folder a moment ago. A large folder is not read all the time, however many ask.
func (l *lister) lately(folder string) *folderList {
	known := l.folders[folder]
	if known == nil {
		return l.since(folder, time.Now())
	}
	return l.since(folder, time.Now().Add(-min(probeShare/5*known.took, slowestPoll)))
}

// named returns the names in the folder that may be those of a file.
func (k *folderList) named(of os.FileInfo) []string {
	if k.files == nil {
		k.files = make(map[any][]string, len(k.entries))
		for _, e := range k.entries {
			if !e.Type().IsRegular() {
				continue
			}
			if info, err := e.Info(); err == nil {
				k.files[identity(info)] = append(k.files[identity(info)], e.Name())
			}
		}
	}
	return k.files[identity(of)]
}
