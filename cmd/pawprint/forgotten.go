package main

import (
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/loader/glob"
	"pawprint/model"
	"pawprint/model/near"
)

// namesSource reports whether an argument is more likely a source than an expression: such a file exists, or the argument looks like
// a URL or the path of a log. A path also reads as a regular expression, which finds nothing.
func namesSource(arg string) bool {
	if _, err := os.Lstat(arg); err == nil {
		return true
	}
	return schemeOf(arg) != nil || !strings.ContainsAny(arg, " \t\n") && glob.IsLogName(path.Base(arg))
}

// expressionForgotten is the error for a source in the place of the expression.
func expressionForgotten(arg string) error {
	return fmt.Errorf("reading the query: %s is a source, and the expression before it is missing: write pawprint query is:failed %[1]s, or '' for all events", arg)
}

// checkExpression returns an error if a source stands in the place of the expression and standard input holds no log.
func (q *queryCommand) checkExpression(expr string, args []string) error {
	if len(args) > 0 || !namesSource(expr) || !q.std.nothingIn() {
		return nil
	}
	return expressionForgotten(expr)
}

// checkRead returns an error if a source stands in the place of the expression and standard input turned out to be empty.
func (q *queryCommand) checkRead(expr string, args []string, log *model.Log) error {
	snap := log.Snapshot()
	if len(args) > 0 || snap.Books().Lines > 0 || !namesSource(expr) {
		return nil
	}
	return expressionForgotten(expr)
}

// nothingIn reports whether standard input is known to hold no log before it is read: it is a terminal or another device, closed, or
// an empty file.
func (std *streams) nothingIn() bool {
	info, err := std.in.Stat()
	return err != nil || info.Mode()&os.ModeCharDevice != 0 || info.Mode().IsRegular() && info.Size() == 0
}

// checkMistyped returns an error if the first argument does not exist as a file and looks like a mistyped command.
func checkMistyped(root *cobra.Command, args []string) error {
	if len(args) == 0 || strings.Trim(args[0], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != "" || args[0] == "-" {
		return nil
	}
	if _, err := os.Lstat(args[0]); err == nil {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	near := near.Word(args[0], names)
	if near == "" {
		return nil
	}
	return fmt.Errorf("no command or file is called %s: did you mean pawprint %s?", args[0], near)
}
