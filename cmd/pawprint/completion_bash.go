package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/completion"
)

// bashScript asks the program for completions. Unlike cobra's script it evaluates nothing of the line, works inside quotes, and also passes
// on the text after the cursor. It calls the program by the name that was typed.
const bashScript = `# bash completion for pawprint

_pawprint() {
    local program=$1 line how
    COMPREPLY=()
    [[ $program == "~/"* ]] && program=$HOME/${program:2}
    while IFS= read -r line; do
        if [[ -z $how ]]; then how=$line; else COMPREPLY+=("$line"); fi
    done < <(command "$program" __bash "${COMP_TYPE:-9}" "$COMP_POINT" "$COMP_WORDBREAKS" "$COMP_LINE" 2>/dev/null </dev/null)
    case $how in *nospace*) compopt -o nospace 2>/dev/null ;; esac
    case $how in *nosort*) compopt -o nosort 2>/dev/null ;; esac
    case $how in *nofiles*) compopt +o default 2>/dev/null ;; esac
}

complete -o default -F _pawprint pawprint
`

// bashCommand is the argument by which the script for bash asks for completions.
const bashCommand = "__bash"

// completeBash answers the script for bash, whose arguments are the type of completion, the place of the cursor, the characters that end words,
// and the line. It prints how to complete, and then each completion on a line, quoted as the line needs it.
func completeBash(ctx context.Context, args []string, std *streams, end *ending) error {
	if len(args) != 4 {
		return errors.New("completing a line: this is what the script of pawprint completion bash calls")
	}
	cursor, err := strconv.Atoi(args[1])
	if err != nil {
		return fmt.Errorf("completing a line: %q is not a position in it", args[1])
	}
	line := completion.ParseLine(args[3], runeOffset(args[3], cursor))
	s := &settings{std: std, end: end, laterWords: line.After}
	return s.completeLine(ctx, line, args[0] == strconv.Itoa('?'), args[2])
}

// runeOffset returns the offset, in bytes, of a place that bash counts in characters.
func runeOffset(line string, runes int) int {
	for i := range line {
		if runes == 0 {
			return i
		}
		runes--
	}
	return len(line)
}

// completeLine prints the completions of a line. Where bash only lists them, they have descriptions.
func (s *settings) completeLine(ctx context.Context, line *completion.Line, lists bool, breaks string) error {
	if len(line.Words) == 0 {
		return nil
	}
	how, words, docs, err := s.ask(ctx, line.Words[1:], line.Word)
	if err != nil {
		return err
	}
	fit := completion.Fits(line.Word, words)
	var out strings.Builder
	out.WriteString("bash " + wordsOf(how) + "\n")
	for _, w := range fit {
		insert, ok := line.Insert(w, breaks)
		switch {
		case !ok:
			continue
		case lists && len(fit) > 1 && docs[w] != "":
			insert += "  (" + docs[w] + ")"
		}
		out.WriteString(clean(insert) + "\n")
		if len(fit) == 1 && line.Quoted() && how&cobra.ShellCompDirectiveNoSpace != 0 {
			out.WriteString(insert + "…\n") // a second one keeps bash from closing the quote
		}
	}
	_, err = io.WriteString(s.std.out, out.String())
	return err
}

// flagOf returns the part of a word such as --tz=Eu that stands before the value.
func flagOf(word string) string {
	if name, _, ok := strings.Cut(word, "="); ok && strings.HasPrefix(word, "-") {
		return name + "="
	}
	return ""
}

// parseAnswer takes the answer of cobra apart: how to complete, the words with what stands before each, and their descriptions.
func parseAnswer(answer, before string) (how cobra.ShellCompDirective, words []string, docs map[string]string) {
	docs = map[string]string{}
	for line := range strings.Lines(answer) {
		line = strings.TrimSuffix(line, "\n")
		if number, ok := strings.CutPrefix(line, ":"); ok {
			n, _ := strconv.Atoi(number)
			how = cobra.ShellCompDirective(n)
			continue
		}
		word, doc, _ := strings.Cut(line, "\t")
		if !strings.HasPrefix(word, before) {
			word = before + word
		}
		words = append(words, word)
		docs[word] = doc
	}
	return how, words, docs
}

// wordsOf returns how to complete, in the words of the script.
func wordsOf(how cobra.ShellCompDirective) string {
	var words []string
	for _, d := range []struct {
		bit  cobra.ShellCompDirective
		word string
	}{{cobra.ShellCompDirectiveNoSpace, "nospace"}, {cobra.ShellCompDirectiveKeepOrder, "nosort"}, {cobra.ShellCompDirectiveNoFileComp, "nofiles"}} {
		if how&d.bit != 0 {
			words = append(words, d.word)
		}
	}
	return strings.Join(words, " ")
}
