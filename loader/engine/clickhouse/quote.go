package clickhouse

import (
	"fmt"
	"strconv"
	"strings"
)

// quote writes any bytes as a string literal of ClickHouse's SQL. It is the only way by which a text comes into a statement. All but
// letters, digits and a few signs are written as \xHH, so that no text can end the literal, whatever the server takes for a quote.
func quote(text string) string { return enclosed(text, '\'') }

// identifier writes the name of a column, a table or a database, likewise.
func identifier(name string) string { return enclosed(name, '`') }

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-.:/,@+=*()[]{}<>|&!#"

func enclosed(text string, mark byte) string {
	var b strings.Builder
	b.WriteByte(mark)
	for i := range len(text) {
		if c := text[i]; strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\x%02X`, c)
		}
	}
	b.WriteByte(mark)
	return b.String()
}

// display makes a name safe to print on one line: unchanged if it is printable ASCII, otherwise quoted and escaped.
func display(name string) string {
	for i := range len(name) {
		if c := name[i]; c < ' ' || c > '~' {
			return strconv.QuoteToASCII(name)
		}
	}
	return name
}
