package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// step is one action on a running program. Exactly one of press, see, stable and pause is set.
type step struct {
	press  string        // send these bytes, as a keyboard would
	see    string        // wait until this text is on the screen
	stable bool          // wait until the screen no longer changes
	pause  time.Duration // wait this long
	text   bool          // press is typed text, not a key
	quick  bool          // press makes no frame of its own
	name   string        // of press, as the user sees it
}

// keyCodes maps the names of keys to the bytes that a terminal sends in its normal mode.
var keyCodes = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "bs": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~", "pgdn": "\x1b[6~",
	"insert": "\x1b[2~", "delete": "\x1b[3~", "del": "\x1b[3~",
	"shift+tab": "\x1b[Z",
	"shift+up":  "\x1b[1;2A", "shift+down": "\x1b[1;2B", "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
	"alt+up": "\x1b[1;3A", "alt+down": "\x1b[1;3B", "alt+right": "\x1b[1;3C", "alt+left": "\x1b[1;3D",
	"ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B", "ctrl+right": "\x1b[1;5C", "ctrl+left": "\x1b[1;5D",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
	"f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}

// parseKeys parses steps. They are words separated by spaces; double quotes keep spaces within a word:
//
//	enter  ctrl+f  alt+x  down*5    a key, perhaps several times
//	wait:TEXT                       until the text is on the screen
//	wait:stable                     until the screen has come to rest
//	wait:300ms                      a time
//	quick:KEY                       a key without a frame of its own in an animation; the next caption names it too
//	type:TEXT                       a text, even if it is the name of a key
//	anything else                   a text
func parseKeys(text string) ([]step, error) {
	words, err := splitWords(text)
	if err != nil {
		return nil, fmt.Errorf("reading the keys %q: %w", text, err)
	}
	steps := make([]step, len(words))
	for i, w := range words {
		if steps[i], err = parseStep(w); err != nil {
			return nil, fmt.Errorf("reading the keys %q: word %d: %w", text, i+1, err)
		}
	}
	return steps, nil
}

func parseStep(word string) (step, error) {
	if what, ok := strings.CutPrefix(word, "wait:"); ok {
		return parseWait(what)
	}
	if key, ok := strings.CutPrefix(word, "quick:"); ok {
		s, err := parseStep(key)
		if err == nil && s.press == "" {
			err = fmt.Errorf("%q is not a key", key)
		}
		s.quick = true
		return s, err
	}
	if what, ok := strings.CutPrefix(word, "type:"); ok {
		if what == "" {
			return step{}, fmt.Errorf("%q has no text", word)
		}
		return step{press: what, text: true, name: what}, nil
	}
	name, times, err := cutTimes(word)
	if err != nil {
		return step{}, err
	}
	if code, ok := keyCode(name); ok {
		return step{press: strings.Repeat(code, times), name: timesName(name, times)}, nil
	}
	for _, modifier := range []string{"ctrl+", "alt+", "shift+"} {
		if strings.HasPrefix(word, modifier) {
			return step{}, fmt.Errorf("no key is called %q", word)
		}
	}
	return step{press: word, text: len([]rune(word)) > 1, name: word}, nil
}

func parseWait(what string) (step, error) {
	if what == "" {
		return step{}, fmt.Errorf("wait: does not say for what")
	}
	if what == "stable" {
		return step{stable: true}, nil
	}
	if d, err := time.ParseDuration(what); err == nil && d > 0 {
		return step{pause: d}, nil
	}
	return step{see: what}, nil
}

// maxTimes is the greatest number of repetitions of a key.
const maxTimes = 1000

// cutTimes splits a word such as down*5. Only keys can be repeated, because a text may contain a star.
func cutTimes(word string) (name string, times int, err error) {
	name, count, found := strings.Cut(word, "*")
	if _, ok := keyCode(name); !found || !ok {
		return word, 1, nil
	}
	times, err = strconv.Atoi(count)
	if err != nil || times < 1 || times > maxTimes {
		return "", 0, fmt.Errorf("%q: %q is not a number from 1 to %d", word, count, maxTimes)
	}
	return name, times, nil
}

// timesName returns the name of a key that is pressed several times.
func timesName(key string, times int) string {
	if times == 1 {
		return keyName(key)
	}
	return fmt.Sprintf("%s ×%d", keyName(key), times)
}

// keyCode returns the bytes that a key sends, if a key has this name.
func keyCode(name string) (code string, ok bool) {
	if code, ok = keyCodes[name]; ok {
		return code, true
	}
	if letter, found := strings.CutPrefix(name, "ctrl+"); found && len(letter) == 1 && letter[0] >= '@' && letter[0] <= '~' {
		return string(rune(letter[0] & 0x1f)), true
	}
	if letter, found := strings.CutPrefix(name, "alt+"); found && len([]rune(letter)) == 1 {
		return "\x1b" + letter, true
	}
	return "", false
}

// splitWords splits a text at the spaces outside of double quotes.
func splitWords(text string) ([]string, error) {
	var words []string
	var word strings.Builder
	quoted, begun := false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case r == ' ' && !quoted:
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quote is not closed")
	}
	if begun {
		words = append(words, word.String())
	}
	for i, w := range words {
		if w == "" {
			return nil, fmt.Errorf("word %d is empty", i+1)
		}
	}
	return words, nil
}
