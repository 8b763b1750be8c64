package s3

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/aws/aws-sdk-go-v2/config"
)

// unusable makes an Error for invalid settings of the AWS tools, before any request. It names files and variables, but never
// quotes their content.
func unusable(ctx context.Context, e Error, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var (
		profile config.SharedConfigProfileNotExistError
		file    config.SharedConfigLoadError
		role    config.SharedConfigAssumeRoleError
		partial config.CredentialRequiresARNError
		path    *fs.PathError
	)
	bundle := os.Getenv("AWS_CA_BUNDLE")
	switch {
	case errors.As(err, &profile):
		e.kind, e.what, e.Hint = unanswered(err, false)
	case errors.As(err, &file):
		e.what, e.Hint = "the configuration file "+display(file.Filename)+" cannot be read"+reason(err), "correct it, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE"
	case errors.As(err, &role), errors.As(err, &partial):
		e.what, e.Hint = "the role of the profile is not complete", "correct the configuration file"
	case errors.As(err, &path) && path.Path == bundle:
		e.what, e.Hint = "the file of AWS_CA_BUNDLE cannot be read"+reason(err), "correct the variable"
	case strings.Contains(err.Error(), "custom CA bundle"): // the SDK has no type for this error
		e.what, e.Hint = "there is no certificate in the file of AWS_CA_BUNDLE, or of ca_bundle in the profile", "name a file of certificates in PEM"
	case errors.As(err, &path):
		e.what, e.Hint = "the file "+display(path.Path)+" of the AWS settings cannot be read"+reason(err), "correct it"
	default:
		e.what, e.Hint = "the settings of the AWS tools cannot be used", "check the variables AWS_… and the profile"
		if name := variableOf(err.Error()); name != "" {
			e.what, e.Hint = "the value of "+display(name)+" cannot be used", "correct the variable"
		}
	}
	return &e
}

// reason returns why the system could not open a file, if err says so.
func reason(err error) string {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return ": " + errno.Error()
	}
	return ""
}

// variableOf returns the environment variable that an error is about: one that it names or whose value it quotes.
func variableOf(text string) string {
	env := os.Environ()
	slices.Sort(env)
	quoted := ""
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		switch {
		case !strings.HasPrefix(name, "AWS_") || value == "":
		case strings.Contains(text, name):
			return name
		case len(value) >= 3 && strings.Contains(text, value) && quoted == "":
			quoted = name
		}
	}
	return quoted
}
