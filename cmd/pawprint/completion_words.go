package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/completion"
	"pawprint/tui/termsafe"
)

// zshScript asks the program for completions. Unlike cobra's script it evaluates nothing of the line and also passes on the text after the
// cursor. The program chooses the words that fit, so that quotes of the query language and case need not be typed.
const zshScript = `#compdef pawprint
# zsh completion for pawprint

_pawprint() {
    local program=${(Q)words[1]} how line word
    local -a answer texts shown options
    [[ $program == "~/"* ]] && program=$HOME/${program#"~/"}
    (( $+commands[$program] )) || [[ -x $program ]] || program=pawprint
    word=$PREFIX
    [[ -n $QIPREFIX ]] || word=${(Q)PREFIX}
    answer=("${(@f)$(command $program __words zsh $CURRENT "${(@Q)words[1,CURRENT-1]}" "$word" "${(@Q)words[CURRENT+1,-1]}" 2>/dev/null </dev/null)}")
    how=${answer[1]}
    for line in "${(@)answer[2,-1]}"; do
        texts+=("${line%%$'\t'*}")
        shown+=("${line#*$'\t'}")
    done
    if (( ! $#texts )); then
        [[ $how == *nofiles* ]] && return 1
        [[ $PREFIX == -*=* ]] && compset -P '*='
        _files
        return
    fi
    [[ $how == *nospace* ]] && options+=(-S '')
    [[ $how == *docs* ]] && options+=(-l)
    [[ $how == *nosort* ]] && options+=(-V pawprint)
    [[ ${texts[1]} == "$word"* ]] || options+=(-U) # it begins otherwise than what is typed, and is the only one then
    compadd "${(@)options}" -d shown -a texts
}

if [[ $funcstack[1] == _pawprint ]]; then
    _pawprint "$@"
else
    compdef _pawprint pawprint
fi
`

// fishScript asks the program for completions. Unlike cobra's script it evaluates nothing of the line: even a quoted word is not safe from
// evaluation.
const fishScript = `# fish completion for pawprint

# The condition asks the program, and is false where files are to be completed. Fish does not tell what stands after the cursor.
function __pawprint_asks
    set -l before (commandline -opc)
    set -l program (string replace -r '^~/' "$HOME/" -- $before[1])
    command -q -- $program; or set program pawprint
    set -l word (commandline -ct)
    set -l answer (command $program __words fish (math (count $before) + 1) $before "$word" 2>/dev/null </dev/null)
    set -g __pawprint_answer $answer[2..-1]
    test -n "$__pawprint_answer"; or string match -q '*nofiles*' -- $answer[1]
end

complete -c pawprint -e
complete -c pawprint -n __pawprint_asks -k -f -a '$__pawprint_answer'
`

// script returns what prints a script.
func (s *settings) script(text string) func(*cobra.Command, []string) error {
	return func(*cobra.Command, []string) error {
		_, err := io.WriteString(s.std.out, text)
		return err
	}
}

// wordsCommand is the argument by which the scripts for zsh and fish ask for completions.
const wordsCommand = "__words"

// completeWords answers the scripts for zsh and fish, whose arguments are the shell, the place of the word at the cursor counted from 1, and the
// words of the line. It prints how to complete, and then each completion on a line with a tab and what the shell shows beside it.
func completeWords(ctx context.Context, args []string, std *streams, end *ending) error {
	if len(args) < 3 || args[0] != "zsh" && args[0] != "fish" {
		return errors.New("completing a line: this is what the scripts of pawprint completion zsh and fish call")
	}
	words := args[2:]
	at, err := strconv.Atoi(args[1])
	if err != nil || at < 2 || at > len(words) {
		return errors.New("completing a line: " + args[1] + " is not the place of one of its words")
	}
	typed := words[at-1]
	if args[0] == "fish" { // it passes the word as it is typed
		typed = completion.ParseLine(typed, len(typed)).Word
	}
	s := &settings{std: std, end: end, laterWords: words[at:]}
	how, offered, docs, err := s.ask(ctx, words[1:at-1], typed)
	if err != nil {
		return err
	}
	fit := completion.Fits(typed, offered)
	switch {
	case args[0] == "zsh":
		if start := completion.Start(typed, fit); start != "" {
			fit, how = []string{start}, how|cobra.ShellCompDirectiveNoSpace
		}
		offered, docs = fit, columns(fit, docs)
	case how&cobra.ShellCompDirectiveNoSpace != 0 && len(fit) == 1 && isNameByte(fit[0][len(fit[0])-1]):
		offered = []string{fit[0], fit[0] + ","} // a second one keeps fish from adding a blank
	}
	var out strings.Builder
	out.WriteString(args[0] + " " + wordsOf(how) + "\n")
	for _, w := range offered {
		if !strings.ContainsFunc(w, unicode.IsControl) {
			out.WriteString(clean(w) + "\t" + clean(docs[w]) + "\n")
		}
	}
	_, err = io.WriteString(s.std.out, out.String())
	return err
}

func isNameByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func clean(text string) string { return termsafe.Clean(text, termsafe.Options{}).String() }

// columns lays words out for the screen, with the description of each in a second column.
func columns(words []string, docs map[string]string) map[string]string {
	width := 0
	for _, w := range words {
		if docs[w] != "" {
			width = max(width, len(w))
		}
	}
	shown := map[string]string{}
	for _, w := range words {
		shown[w] = w
		if docs[w] != "" {
			shown[w] += strings.Repeat(" ", width-len(w)) + "  " + docs[w]
		}
	}
	return shown
}

// ask asks cobra for the completions of a word after others: how to complete, the words with what stands before each, and their descriptions.
func (s *settings) ask(ctx context.Context, before []string, typed string) (how cobra.ShellCompDirective, words []string, docs map[string]string, err error) {
	var answer bytes.Buffer
	root := newRootOf(s)
	root.SetArgs(completable(append(append([]string{cobra.ShellCompRequestCmd}, before...), typed), s.std))
	root.SetOut(&answer)
	root.SetErr(io.Discard)
	if err := root.ExecuteContext(ctx); err != nil {
		return 0, nil, nil, err
	}
	how, words, docs = parseAnswer(answer.String(), flagOf(typed))
	return how, words, docs, nil
}
