package format

import "bytes"

// magic is the magic number of a format that cannot be read.
type magic struct {
	at       int // offset of bytes
	bytes    string
	what, do string
}

const (
	unpack  = "unpack it with: "
	convert = "convert it with: "
	export  = "export it as JSON lines or CSV"
)

// magics are tried in this order: the longer ones of a format come first.
var magics = []magic{
	{0, "\xff\xfe\x00\x00", "UTF-32 text", convert + "iconv -f UTF-32 -t UTF-8 FILE"},
	{0, "\x00\x00\xfe\xff", "UTF-32 text", convert + "iconv -f UTF-32 -t UTF-8 FILE"},
	{0, "\xff\xfe", "UTF-16 text", utf16Do},
	{0, "\xfe\xff", "UTF-16 text", utf16Do},
	{0, "PAR1", "a Parquet file", convert + `duckdb -c "COPY (FROM read_parquet('FILE')) TO 'FILE.json'"`},
	{0, "PARE", "an encrypted Parquet file", "decrypt it and " + export},
	{0, "ARROW1", "an Arrow file", export},
	{0, "Obj\x01", "an Avro file", export},
	{0, "ORC", "an ORC file", export},
	{0, "SQLite format 3\x00", "an SQLite database", export},
	{0, "\xfd7zXZ\x00", "an xz archive", unpack + "xz -dc FILE | pawprint -"},
	{0, "BZh", "a bzip2 archive", unpack + "bzip2 -dc FILE | pawprint -"},
	{0, "LZIP", "an lzip archive", unpack + "lzip -dc FILE | pawprint -"},
	{0, "\x04\x22\x4d\x18", "an lz4 frame", unpack + "lz4 -dc FILE | pawprint -"},
	{0, "\xff\x06\x00\x00sNaPpY", "a snappy stream", unpack + "snzip -dc FILE | pawprint -"},
	{0, "\x1f\x9d", "a compress archive", unpack + "uncompress -c FILE | pawprint -"},
	{0, "\x1f\x8b", "a gzip archive within another", unpack + "gzip -dc FILE | pawprint -"},
	{0, "\x28\xb5\x2f\xfd", "a zstd archive within another", unpack + "zstd -dc FILE | pawprint -"},
	{0, "PK\x03\x04", "a zip archive", unpack + "unzip -p FILE | pawprint -"},
	{0, "PK\x05\x06", "an empty zip archive", "there is nothing in it"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z archive", unpack + "7z x -so FILE | pawprint -"},
	{0, "Rar!\x1a\x07", "a rar archive", unpack + "unrar p -inul FILE | pawprint -"},
	{257, "ustar", "a tar archive", unpack + "tar -xOf FILE | pawprint -"},
	{0, "%PDF-", "a PDF file", export},
}

const utf16Do = convert + "iconv -f UTF-16 -t UTF-8 FILE"

// unsupported returns what a text is that cannot be read, or nil if it may be readable.
func unsupported(head []byte) *Unsupported {
	for i := range magics {
		m := &magics[i]
		if len(head) < m.at || !bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			continue
		}
		if m.bytes == "BZh" && !isBzip2(head) || m.bytes == "ORC" && bytes.IndexByte(head, 0) < 0 {
			continue // the letters can begin an ordinary text
		}
		return &Unsupported{m.what, m.do}
	}
	return unmarkedUTF16(head)
}

// isBzip2 checks the block size after the letters, and the magic number of a block or of the end after it.
func isBzip2(head []byte) bool {
	return len(head) >= 10 && head[3]-'1' < 9 && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90")
}

// unmarkedUTF16 recognises UTF-16 without a byte order mark by its ASCII characters: every second byte is 0.
func unmarkedUTF16(head []byte) *Unsupported {
	const units = 8
	if len(head) < 4 {
		return nil
	}
	for _, big := range []int{0, 1} {
		ascii := 0
		for i := 0; i+1 < len(head) && i < 2*units; i += 2 {
			if head[i+1-big] == 0 && head[i+big] != 0 && head[i+big] < 0x80 {
				ascii++
			}
		}
		if ascii == min(units, len(head)/2) {
			do := convert + "iconv -f UTF-16LE -t UTF-8 FILE"
			if big == 1 {
				do = convert + "iconv -f UTF-16BE -t UTF-8 FILE"
			}
			return &Unsupported{"UTF-16 text", do}
		}
	}
	return nil
}
