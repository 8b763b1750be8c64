package verbatim

import (
	"strings"
	"testing"

	"pawprint/tui/termsafe"
)

func TestPartsOfATextJoin(t *testing.T) {
	text := strings.Repeat("aé家😀\r\n", 3000)
	joined := ""
	for k := range Parts(len(text)) {
		part := text[PartStart(text, k):PartStart(text, k+1)]
		if strings.HasPrefix(part, "\n") {
			t.Fatalf("part %d begins inside of a line end", k)
		}
		if termsafe.Clean(strings.ReplaceAll(part, "\r\n", ""), termsafe.Options{}).Marked() {
			t.Fatalf("part %d begins or ends inside of a rune", k)
		}
		joined += part
	}
	if joined != text {
		t.Error("the parts are not the text")
	}
}
