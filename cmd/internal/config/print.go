package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Print returns a configuration as a file with all settings, each with its documentation, its type and its default. Reading it again
// returns the same configuration. The keys of commands that have their usual ones are comments.
func (r *Rules) Print(c Config) string {
	var out strings.Builder
	out.WriteString(head)
	standard := Default()
	for _, s := range r.settings() {
		writeDoc(&out, s.doc)
		kind, usual := typeOf(s.at(&standard)), value(s.at(&standard))
		fmt.Fprintf(&out, "# %s; default: %s\n%s = %s\n", kind, usual, s.name, value(s.at(&c)))
	}
	r.printKeys(&out, c)
	return out.String()
}

// writeDoc writes lines as comments, below an empty line.
func writeDoc(out *strings.Builder, doc string) {
	out.WriteString("\n")
	for line := range strings.Lines(doc) {
		out.WriteString("# " + strings.TrimSuffix(line, "\n") + "\n")
	}
}

// printKeys writes the table of keys.
func (r *Rules) printKeys(out *strings.Builder, c Config) {
	writeDoc(out, keysDoc)
	out.WriteString("[" + keysTable + "]\n")
	for _, command := range r.Commands {
		chosen, ok := c.Keys[command.Name]
		if ok {
			fmt.Fprintf(out, "%-50s # %s; default: %s\n", command.Name+" = "+value(&chosen), command.Does, value(&command.Keys))
			continue
		}
		fmt.Fprintf(out, "# %-38s # %s\n", command.Name+" = "+value(&command.Keys), command.Does)
	}
}

// head is the beginning of a printed configuration.
const head = `# The settings of pawprint, in TOML. They are read from pawprint/config.toml in $XDG_CONFIG_HOME (else ~/.config), or from the
# file that PAWPRINT_CONFIG names. Flags and the environment override them; settings that are left out have their defaults.
# pawprint config path says where the file is, and pawprint config check finds its mistakes.
# No setting makes a view: ` + viewsKept + `, saved with s in the interface or by pawprint views import.
`

// viewsKept says where views of the user's own are, which are not part of a configuration.
const viewsKept = "views of your own are in pawprint/views.json in $XDG_CONFIG_HOME (else ~/.config)"

// typeOf names the type of a setting by a pointer to its value.
func typeOf(at any) string {
	switch at.(type) {
	case *bool:
		return "true or false"
	case *string:
		return "text"
	}
	return "list of texts"
}

// value writes the value behind a pointer as TOML.
func value(at any) string {
	switch at := at.(type) {
	case *bool:
		return strconv.FormatBool(*at)
	case *string:
		return quote(*at)
	case *[]string:
		quoted := make([]string, len(*at))
		for i, text := range *at {
			quoted[i] = quote(text)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	panic(fmt.Sprintf("config: a setting of type %T", at))
}
