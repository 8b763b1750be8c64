package query

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"pawprint/model/field"
)

// View is a question that people ask of audit logs, ready to use. It is also a term: view:failed.
type View struct {
	Name    string   // as it stands behind view:, without spaces
	Title   string   // for people
	Query   string   // what it stands for
	Columns []string // the names of the columns that answer it, in their order; nil leaves them as they are
}

// views are the ready views, in the order in which they are offered. Names of actions change over the years and have prefixes,
// so the queries search for parts of names and for classes.
var views = []View{
	{Name: "failed", Title: "Failed actions", Query: "is:failed"},
	{Name: "detections-deleted", Title: "Detections deleted or disabled", Query: "action:*RULE*,*DETECTION*,*POLICY*,*GLOBAL_HELPER*," +
		"*DATA_MODEL*,*LOOKUP_TABLE*,*SAVED_*QUERY*,*SAVED_*QUERIES* " +
		"(is:delete OR action:*DISABLE_*,*SUPPRESS_* OR param.enabled:false OR param.detections.enabled:false)"},
	{Name: "saml", Title: "SAML and settings changed", Query: "action:*SAML*,*SSO_*,*SETTING* -is:read"},
	{Name: "users", Title: "Users changed", Query: "action:*_USER,*_USERS,*USER_PASSWORD* -is:read"},
	{Name: "roles", Title: "Roles changed", Query: "action:*ROLE,*ROLES -is:read"},
	{Name: "admins", Title: "Administrators made", Query: "-is:read (param.role:*admin* OR " +
		"param.permissions=UserModify,OrganizationAPITokenModify,OrganizationAPITokenRead,GeneralSettingsModify)"},
	{Name: "tokens", Title: "API tokens changed", Query: "action:*API_TOKEN* -is:read"},
	{Name: "sources", Title: "Log sources and destinations changed", Query: "action:*LOG_SOURCE*,*DESTINATION*,*CLOUD_ACCOUNT* -is:read"},
	{Name: "new-sign-ins", Title: "Sign-ins from new addresses", Query: "action:*SIGN_IN*,*LOGIN* is:new-address", Columns: []string{"actor", "ip", "userAgent", "action"}},
	{Name: "off-hours", Title: "Off hours", Query: "is:offhours is:user -is:read"},
	{Name: "by-token", Title: "By API tokens", Query: "is:token -is:read"},
	{Name: "queries", Title: "Downloads and queries", Query: "is:export OR is:query"},
	{Name: "hidden-text", Title: "Hidden text", Query: "is:suspicious"},
}

// parsedViews keeps the queries of the views after the first use.
var parsedViews struct {
	once  sync.Once
	exprs map[string]Expr // by the names of the views
}

// viewExpr returns the parsed query of a view.
func viewExpr(v View) Expr {
	parsedViews.once.Do(func() {
		parsedViews.exprs = make(map[string]Expr, len(views))
		for _, v := range views {
			e, err := Parse(v.Query)
			if err != nil {
				panic("the view " + v.Name + ": " + err.Error())
			}
			parsedViews.exprs[v.Name] = e
		}
	})
	return parsedViews.exprs[v.Name]
}

// Views lists the ready views in the order in which to offer them. The caller owns the slice.
func Views() []View { return slices.Clone(views) }

// FindView returns the view with a name, in any case. The error suggests a name.
func FindView(name string) (View, error) {
	names := make([]string, len(views))
	for i, v := range views {
		if field.Same(v.Name, name) {
			return v, nil
		}
		names[i] = v.Name
	}
	if like := field.Nearest(name, names); like != "" {
		return View{}, fmt.Errorf("no view is called %s; did you mean %s?", name, like)
	}
	return View{}, fmt.Errorf("no view is called %s; there are %s", name, strings.Join(names, ", "))
}

// Term is the text of the term that stands for the view.
func (v *View) Term() string { return "view:" + v.Name }

// planViews plans view:, whose values name ready views; any of them can match.
func planViews(e attribute) (plan, *fault) {
	for i, v := range e.values {
		if v.kind != literal {
			return nil, &fault{i, "view: takes names of views, not patterns"}
		}
		if _, err := FindView(v.text); err != nil {
			return nil, &fault{i, err.Error()}
		}
	}
	return func(env *Env) predicate { return compile(e.unfold(), env) }, nil
}

// unfold is what a term of views stands for.
func (e attribute) unfold() Expr {
	var terms []Expr
	for _, v := range e.values {
		view, _ := FindView(v.text)
		terms = append(terms, viewExpr(view))
	}
	return alternate(terms)
}
