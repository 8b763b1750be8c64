package s3

import (
	"context"
	"os/exec"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
)

// silenced keeps a profile's credential_process away from the terminal: the SDK would let it write over the screen and read
// the keys that are meant for the interface. Everything else about it stays as the SDK does it.
func silenced(cfg *aws.Config) {
	if !aws.IsCredentialsProvider(cfg.Credentials, (*processcreds.Provider)(nil)) {
		return
	}
	for _, source := range cfg.ConfigSources {
		if shared, ok := source.(config.SharedConfig); ok && shared.CredentialProcess != "" {
			build := processcreds.DefaultNewCommandBuilder{Args: []string{shared.CredentialProcess}}
			cfg.Credentials = aws.NewCredentialsCache(processcreds.NewProviderCommand(processcreds.NewCommandBuilderFunc(
				func(ctx context.Context) (*exec.Cmd, error) {
					cmd, err := build.NewCommand(ctx)
					if cmd != nil {
						cmd.Stdin, cmd.Stderr = nil, nil
					}
					return cmd, err
				})))
			return
		}
	}
}
