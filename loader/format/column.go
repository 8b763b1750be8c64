package format

import "strings"

// column is a column that audit logs have.
type column struct {
	name    string
	json    bool // its values are objects or lists
	wrapper bool // pages have a member of that name too
}

// columns are the attributes of the schema that stand at the top of an event; see also Limits.Names.
var columns = []column{
	{name: "actionName"}, {name: "actionDescription"}, {name: "actionResult"},
	{name: "actionParams", json: true}, {name: "actionDetails", json: true}, {name: "actor", json: true},
	{name: "errors", json: true, wrapper: true},
	{name: "sourceIP"}, {name: "XForwardedFor", json: true}, {name: "userAgent"}, {name: "timestamp"}, {name: "pantherVersion"},
}

// columnsByName finds a column by its name as the schema spells it and in lower case.
var columnsByName = func() map[string]column {
	m := make(map[string]column)
	for _, c := range columns {
		m[c.name], m[strings.ToLower(c.name)] = c, c
	}
	return m
}()
