package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagError says in plain words what is wrong with the value of a flag. Other errors stay as they are.
func flagError(_ *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) || !errors.Is(err, strconv.ErrSyntax) {
		return err
	}
	want := "a number"
	if value.GetFlag().Value.Type() == "bool" {
		want = "true or false"
	}
	return fmt.Errorf("reading --%s: %q is not %s", value.GetFlag().Name, value.GetValue(), want)
}

// needExpression returns an error if query has no expression.
func needExpression(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("query needs an expression, such as is:failed; '' stands for all events")
	}
	return nil
}
