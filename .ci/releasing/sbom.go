package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// sbom writes the modules that the build information of the binary names. The licences are those that the program itself prints.
func sbom(out io.Writer, binary, licences string, at time.Time) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	known, err := readLicences(licences)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	program := module(info.Main.Path, info.Main.Version)
	program.Type = cdx.ComponentTypeApplication
	program.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: fmt.Sprintf("%x", sum)}}
	properties := []cdx.Property{{Name: "file", Value: filepath.Base(binary)}}
	for _, s := range info.Settings {
		properties = append(properties, cdx.Property{Name: "build:" + s.Key, Value: s.Value})
	}
	program.Properties = &properties

	program.Licenses = known[info.Main.Path]
	parts := components(info)
	refs := []string{}
	for i := range parts {
		if parts[i].Licenses = known[parts[i].Name]; parts[i].Licenses == nil {
			return fmt.Errorf("%s is linked into %s, but has no licence in %s", parts[i].Name, binary, licences)
		}
		refs = append(refs, parts[i].BOMRef)
	}

	bom := cdx.NewBOM()
	bom.SerialNumber = serial(sum)
	bom.Metadata = &cdx.Metadata{Timestamp: at.Format(time.RFC3339), Component: program}
	bom.Components = &parts
	bom.Dependencies = &[]cdx.Dependency{{Ref: program.BOMRef, Dependencies: &refs}}
	return cdx.NewBOMEncoder(out, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cdx.SpecVersion1_6)
}

// components returns Go's own library and the modules that are linked.
func components(info *buildinfo.BuildInfo) []cdx.Component {
	library := module("std", strings.TrimPrefix(info.GoVersion, "go"))
	library.Name = "Go"
	parts := []cdx.Component{*library}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		part := module(m.Path, m.Version)
		part.Properties = &[]cdx.Property{{Name: "go.sum", Value: m.Sum}}
		parts = append(parts, *part)
	}
	return parts
}

func module(path, version string) *cdx.Component {
	url := "pkg:golang/" + path + "@" + version
	return &cdx.Component{BOMRef: url, PackageURL: url, Type: cdx.ComponentTypeLibrary, Name: path, Version: version}
}

// serial returns a UUID, of the version for such makes, from the hash of what the SBOM is about.
func serial(sum [sha256.Size]byte) string {
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// readLicences reads what `pawprint licences -o json` prints, as SPDX expressions by module.
func readLicences(file string) (map[string]*cdx.Licenses, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var listed []struct{ Module, Licence string }
	if err := json.Unmarshal(content, &listed); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	known := map[string]*cdx.Licenses{}
	for _, l := range listed {
		known[l.Module] = &cdx.Licenses{{Expression: l.Licence}}
	}
	return known, nil
}
