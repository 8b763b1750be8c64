package s3

import (
	"context"
	"os/exec"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
)

// silenced disconnects a profile's credential_process from the terminal. The SDK would let it write over the screen and read keys
// that are meant for the interface. Nothing else about it changes.
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
