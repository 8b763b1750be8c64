package query

import (
	"slices"
	"sync"

	"pawprint/model/field"
)

// View is a question that people ask of audit logs, ready to use or a user's own. It is also a term: view:failed.
type View struct {
	Name    string   // as it stands behind view:; that of a ready one is without spaces
	Title   string   // for people
	Query   string   // what it stands for
	Columns []string // the names of the columns that answer it: those that hold the answer first
	Answer  int      // how many of Columns hold the answer itself
	Days    bool     // the days of the week are part of the answer
}

// views are the ready views, in the order in which they are offered. Names of actions change over the years and have prefixes,
// so the queries search for parts of names and for classes.
var views = []View{
	{Name: "failed", Title: "Failed actions", Query: "is:failed",
		Columns: []string{"action", "actor", "error", "target", "ip"}, Answer: 3},
	{Name: "detections-deleted", Title: "Detections deleted or disabled", Query: "action:*RULE*,*DETECTION*,*POLICY*,*GLOBAL_HELPER*," +
		"*DATA_MODEL*,*LOOKUP_TABLE*,*SAVED_*QUERY*,*SAVED_*QUERIES* " +
		"(is:delete OR action:*DISABLE_*,*SUPPRESS_* OR param.enabled:false OR param.detections.enabled:false)",
		Columns: []string{"action", "target", "actor", "ip", "error"}, Answer: 3},
	{Name: "saml", Title: "SAML and settings changed", Query: "action:*SAML*,*SSO_*,*SETTING* -is:read",
		Columns: []string{"action", "target", "actor", "ip", "error"}, Answer: 3},
	{Name: "users", Title: "Users changed", Query: "action:*_USER,*_USERS,*USER_PASSWORD* -is:read",
		Columns: []string{"actor", "target", "param.role", "action", "ip", "error"}, Answer: 3},
	{Name: "roles", Title: "Roles changed or granted", Query: "-is:read (action:*ROLE,*ROLES OR param.role:*)",
		Columns: []string{"actor", "target", "param.role", "action", "param.permissions", "ip", "error"}, Answer: 3},
	{Name: "admins", Title: "Administrator rights granted", Query: "-is:read (param.role:*admin* OR " +
		"param.permissions=UserModify,OrganizationAPITokenModify,OrganizationAPITokenRead,GeneralSettingsModify)",
		Columns: []string{"actor", "target", "param.role", "action", "param.permissions", "ip", "error"}, Answer: 3},
	{Name: "tokens", Title: "API tokens changed", Query: "action:*API_TOKEN* -is:read",
		Columns: []string{"action", "target", "actor", "ip", "param.permissions", "error"}, Answer: 3},
	{Name: "sources", Title: "Log sources and destinations changed", Query: "action:*LOG_SOURCE*,*DESTINATION*,*CLOUD_ACCOUNT* -is:read",
		Columns: []string{"action", "target", "actor", "ip", "error"}, Answer: 3},
	{Name: "new-sign-ins", Title: "Sign-ins from new addresses", Query: "action:*SIGN_IN*,*LOGIN* is:new-address",
		Columns: []string{"actor", "ip", "userAgent", "action", "error"}, Answer: 3},
	{Name: "sign-ins", Title: "All sign-ins", Query: "action:*SIGN_IN*,*LOGIN*",
		Columns: []string{"actor", "ip", "first-seen", "userAgent", "action", "error"}, Answer: 4},
	{Name: "off-hours", Title: "Off hours", Query: "is:offhours is:user -is:read",
		Columns: []string{"action", "target", "actor", "ip", "error"}, Answer: 3, Days: true},
	{Name: "by-token", Title: "By API tokens", Query: "is:token -is:read",
		Columns: []string{"actor", "action", "target", "ip", "error"}, Answer: 3},
	{Name: "queries", Title: "Downloads and queries", Query: "is:export OR is:query",
		Columns: []string{"actor", "target", "action", "ip", "error"}, Answer: 2},
	{Name: "hidden-text", Title: "Hidden text", Query: "is:suspicious",
		Columns: []string{"action", "actor", "target", "ip", "error"}, Answer: 3},
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

// FindView returns the ready view with a name, in any case. The error suggests a name.
func FindView(name string) (View, error) { return (*Library)(nil).Find(name) }

// readyView returns the ready view with a name, in any case.
func readyView(name string) (View, bool) {
	i := slices.IndexFunc(views, func(v View) bool { return field.Same(v.Name, name) })
	if i < 0 {
		return View{}, false
	}
	return views[i], true
}

// ViewOf returns the view that a query narrows: the first of its terms that stands for one view alone. ok is false if there is none.
func (l *Library) ViewOf(e Expr) (v View, ok bool) {
	for _, t := range Terms(e) {
		a, is := t.(attribute)
		if !is || len(a.values) != 1 || a.values[0].kind != literal || !field.Same(a.name, "view") {
			continue
		}
		if v, err := l.Find(a.values[0].text); err == nil {
			return v, true
		}
	}
	return View{}, false
}

// Term is the text of the term that stands for the view.
func (v *View) Term() string {
	return attribute{name: "view", op: opHas, values: []value{{literal, v.Name}}}.String()
}

// planViews plans view:, whose values name views; any of them can match. A Library knows which names there are.
func planViews(e attribute) (plan, *fault) {
	for i, v := range e.values {
		if v.kind != literal {
			return nil, &fault{i, "view: takes names of views, not patterns"}
		}
	}
	return func(env *Env) predicate { return e.unfold(env) }, nil
}

// unfold is what a term of ready views stands for.
func (e attribute) unfold(env *Env) predicate {
	var parts []predicate
	for _, name := range e.views() {
		if view, ready := readyView(name); ready {
			parts = append(parts, compile(viewExpr(view), env))
		} else {
			parts = append(parts, unknownView{name})
		}
	}
	return anyOf(parts...)
}
