//go:build nos3

package main

import (
	"errors"

	"pawprint/loader"
	"pawprint/tui"
)

// remotes is what the sources of one log that a URL names share: nothing in this build.
type remotes struct{}

func newRemotes() remotes { return remotes{} }

// remoteSource returns an error for s3:// sources. This build leaves out the AWS SDK, which is almost half of the program.
func (s *settings) remoteSource(string, loader.Limits, span) (loader.Source, error) {
	return nil, errors.New("this build has no S3: it was made with -tags nos3; name a file, a folder or a glob, or build without the tag")
}

// explainClickHouse is clickhouseSource.
func (s *settings) explainClickHouse(url string, of span) error {
	_, err := s.clickhouseSource(url, loader.Limits{}, of)
	return err
}

// pantherSource returns an error for panther:// sources: this build speaks to no network.
func (s *settings) pantherSource(string, loader.Limits, span) (loader.Source, error) {
	return nil, errors.New("this build reads no panther:// sources: it was made with -tags nos3; build without the tag")
}

// clickhouseSource returns an error for clickhouse:// sources: this build speaks to no network.
func (s *settings) clickhouseSource(string, loader.Limits, span) (loader.Source, error) {
	return nil, errors.New("this build reads no clickhouse:// sources: it was made with -tags nos3; build without the tag")
}

// athenaSource returns an error for athena:// sources: this build speaks to no network.
func (s *settings) athenaSource(string, loader.Limits, span) (loader.Source, error) {
	return nil, errors.New("this build reads no athena:// sources: it was made with -tags nos3; build without the tag")
}

// explainAthena is athenaSource.
func (s *settings) explainAthena(url string, of span) error {
	_, err := s.athenaSource(url, loader.Limits{}, of)
	return err
}

// priceAthena is athenaSource.
func (s *settings) priceAthena(url string, of span) error { return s.explainAthena(url, of) }

// explainPanther is pantherSource.
func (s *settings) explainPanther(url string, of span) error {
	_, err := s.pantherSource(url, loader.Limits{}, of)
	return err
}

// asks are the sources that can be asked again: none in this build.
type asks struct{}

func (asks) clear() {}

func (s *settings) asker() (a tui.Asker, end func()) { return nil, func() {} }
