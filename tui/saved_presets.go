package tui

// presets are the views that come with the program: what people ask of these logs most. An action is listed by all its names
// that are known.
var presets = []struct{ name, query string }{
	{"Failed actions", "is:failed"},
	{"Detections deleted or disabled", "(action=DELETE_RULE,DELETE_RULE_V2,DELETE_DETECTION,BULK_DELETE_DETECTIONS,DELETE_POLICY,DELETE_DETECTION_PACK," +
		"DELETE_DETECTION_PACK_SOURCE,DELETE_DETECTION_FILTER,DELETE_GLOBAL_HELPER,DELETE_DATA_MODEL,DISABLE_RULE OR param.enabled:false)"},
	{"SAML and settings changed", "action:*SETTING* -is:read"},
	{"Roles and users changed", "action:*ROLE*,*_USER,INVITE_USER,RESET_USER_PASSWORD -is:read"},
	{"API tokens changed", "action:*API_TOKEN* -is:read"},
	{"Log sources and destinations changed", "action:*LOG_SOURCE*,*DESTINATION*,*CLOUD_ACCOUNT* -is:read"},
	{"Sign-ins from new addresses", "is:signin is:first-seen"},
	{"Off hours", "is:offhours is:user -is:read"},
	{"By API tokens", "is:token -is:read"},
	{"Downloads and queries", "(is:export OR is:query)"},
	{"Hidden text", "is:suspicious"},
}
