package main

import "runtime/debug"

// version returns what --version prints: the version of the module if it was installed as one, else that of the source.
func version() string {
	const source = "0.1.0-dev"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return source
}
