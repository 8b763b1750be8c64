package tui

// presets are the views that come with the program, for the most common questions. Names of actions change over the years and
// have prefixes, so the presets search for parts of names and for classes.
var presets = []struct{ name, query string }{
	{"Failed actions", "is:failed"},
	{"Detections deleted or disabled", "action:*RULE*,*DETECTION*,*POLICY*,*GLOBAL_HELPER*,*DATA_MODEL* " +
		"(is:delete OR action:*DISABLE_*,*SUPPRESS_* OR param.enabled:false OR param.detections.enabled:false)"},
	{"SAML and settings changed", "action:*SETTING* -is:read"},
	{"Roles and users changed", "action:*ROLE*,*_USER,INVITE_USER,RESET_USER_PASSWORD -is:read"},
	{"Administrators made", "-is:read (param.role:*admin* OR " +
		"param.permissions=UserModify,OrganizationAPITokenModify,OrganizationAPITokenRead,GeneralSettingsModify)"},
	{"API tokens changed", "action:*API_TOKEN* -is:read"},
	{"Log sources and destinations changed", "action:*LOG_SOURCE*,*DESTINATION*,*CLOUD_ACCOUNT* -is:read"},
	{"Sign-ins from new addresses", "is:signin is:first-seen"},
	{"Off hours", "is:offhours is:user -is:read"},
	{"By API tokens", "is:token -is:read"},
	{"Downloads and queries", "(is:export OR is:query)"},
	{"Hidden text", "is:suspicious"},
}
