package demo

// action is a kind of event.
type action struct {
	name, desc string
	input      inputKind
	perm       string // the permission that a refusal names
	write      bool   // not a read
	grave      bool   // conspicuous: left out of a calm background
	many       bool   // acts on several things, so it can fail in part
}

// chance is an action with its weight.
type chance struct {
	action
	weight int
}

// The actions of each kind of actor, by weight. About four of five are reads.
var (
	peopleActions = []chance{
		{action{name: "LIST_ALERTS", desc: "Lists alerts", input: inAlertList, perm: "AlertRead"}, 120},
		{action{name: "GET_ALERT", desc: "Gets an alert", input: inAlert, perm: "AlertRead"}, 130},
		{action{name: "LIST_DETECTIONS", desc: "Lists detections", input: inPage, perm: "RuleRead"}, 60},
		{action{name: "GET_RULE", desc: "Gets a rule", input: inDetectionID, perm: "RuleRead"}, 60},
		{action{name: "GET_DETECTION", desc: "Gets a detection", input: inDetectionID, perm: "RuleRead"}, 35},
		{action{name: "LIST_LOG_SOURCES", desc: "Lists log sources", input: inPage, perm: "LogSourceRead"}, 40},
		{action{name: "GET_LOG_SOURCE", desc: "Gets a log source", input: inLogSourceID, perm: "LogSourceRead"}, 35},
		{action{name: "GET_SOURCE_METRICS", desc: "Gets the metrics of a log source", input: inLogSourceID, perm: "LogSourceRead"}, 16},
		{action{name: "LIST_USERS", desc: "Lists users", input: inPage, perm: "UserRead"}, 12},
		{action{name: "GET_USER", desc: "Gets a user", input: inUserID, perm: "UserRead"}, 14},
		{action{name: "LIST_USER_ROLES", desc: "Lists user roles", perm: "UserRead"}, 8},
		{action{name: "LIST_DATA_LAKE_QUERIES", desc: "Lists data lake queries", input: inPage, perm: "DataAnalyticsRead"}, 16},
		{action{name: "GET_DATA_LAKE_QUERY", desc: "Gets the results of a data lake query", input: inQueryID, perm: "DataAnalyticsRead"}, 60},
		{action{name: "LIST_SAVED_DATA_LAKE_QUERIES", desc: "Lists saved data lake queries", input: inPage, perm: "DataAnalyticsRead"}, 14},
		{action{name: "LIST_DATA_LAKE_DATABASES", desc: "Lists data lake databases", perm: "DataAnalyticsRead"}, 12},
		{action{name: "GET_DATA_LAKE_TABLE", desc: "Gets a data lake table", input: inTable, perm: "DataAnalyticsRead"}, 14},
		{action{name: "GET_UBER_SEARCH", desc: "Gets the results of a search", input: inQueryID, perm: "DataAnalyticsRead"}, 20},
		{action{name: "GET_NOTIFICATIONS", desc: "Gets the notifications of a user", perm: "SummaryRead"}, 34},
		{action{name: "GET_USER_PREFERENCES", desc: "Gets the preferences of a user", perm: "SummaryRead"}, 24},
		{action{name: "GET_APP_CONFIG", desc: "Gets the application configuration", perm: "SummaryRead"}, 24},
		{action{name: "GET_ORGANIZATION_METRICS", desc: "Gets the metrics of the organization", input: inInterval, perm: "SummaryRead"}, 18},
		{action{name: "GET_ALERT_METRIC_DATA", desc: "Gets alert metrics", input: inInterval, perm: "SummaryRead"}, 20},
		{action{name: "LIST_DASHBOARDS", desc: "Lists dashboards", perm: "SummaryRead"}, 12},
		{action{name: "GET_GENERAL_SETTINGS", desc: "Gets the general settings", perm: "GeneralSettingsRead"}, 8},
		{action{name: "GET_SAML_SETTINGS", desc: "Gets the SAML settings", perm: "GeneralSettingsRead"}, 3},
		{action{name: "LIST_ALERT_DESTINATIONS", desc: "Lists alert destinations", perm: "DestinationRead"}, 12},
		{action{name: "LIST_CUSTOM_SCHEMAS", desc: "Lists custom schemas", input: inPage, perm: "LogSourceRead"}, 12},
		{action{name: "GET_CUSTOM_SCHEMA", desc: "Gets a custom schema", input: inSchema, perm: "LogSourceRead"}, 8},
		{action{name: "LIST_API_TOKENS", desc: "Lists API tokens", perm: "OrganizationAPITokenRead"}, 5},
		{action{name: "LIST_LOOKUP_TABLES", desc: "Lists lookup tables", input: inPage, perm: "LookupRead"}, 8},
		{action{name: "LIST_DETECTION_PACKS", desc: "Lists detection packs", input: inPage, perm: "RuleRead"}, 8},
		{action{name: "GET_MITRE_MATRIX", desc: "Gets a MITRE matrix", perm: "RuleRead"}, 6},
		{action{name: "UPDATE_ALERT_STATUS", desc: "Updates the status of alerts", input: inAlertStatus, perm: "AlertModify", write: true, many: true}, 48},
		{action{name: "UPDATE_ALERT_ASSIGNEE", desc: "Updates the assignee of alerts", input: inAlertAssignee, perm: "AlertModify", write: true, many: true}, 26},
		{action{name: "EXECUTE_DATA_LAKE_QUERY", desc: "Executes a data lake query", input: inSQL, perm: "DataAnalyticsRead", write: true}, 52},
		{action{name: "EXECUTE_UBER_SEARCH", desc: "Executes a search over all logs", input: inSearch, perm: "DataAnalyticsRead", write: true, many: true}, 18},
		{action{name: "CANCEL_DATA_LAKE_QUERY", desc: "Cancels a data lake query", input: inQueryID, perm: "DataAnalyticsRead", write: true}, 4},
		{action{name: "DOWNLOAD_DATA_LAKE_QUERY", desc: "Downloads the results of a data lake query", input: inQueryID, perm: "DataAnalyticsRead", write: true}, 6},
		{action{name: "CREATE_SAVED_DATA_LAKE_QUERY", desc: "Creates a saved data lake query", input: inSaved, perm: "DataAnalyticsModify", write: true}, 5},
		{action{name: "DELETE_SAVED_DATA_LAKE_QUERY", desc: "Deletes a saved data lake query", input: inSavedID, perm: "DataAnalyticsModify", write: true}, 2},
		{action{name: "TEST_RULE", desc: "Tests a rule", input: inTest, perm: "RuleModify", write: true}, 14},
		{action{name: "UPDATE_RULE_AND_FILTER", desc: "Updates a rule and its filters", input: inDetection, perm: "RuleModify", write: true}, 12},
		{action{name: "CREATE_RULE", desc: "Creates a rule", input: inDetection, perm: "RuleModify", write: true}, 5},
		{action{name: "COMPUTE_REPLAY", desc: "Computes the size of a replay", input: inDetectionID, perm: "RuleModify", write: true}, 4},
		{action{name: "UPDATE_DETECTION_STATE", desc: "Enables or disables detections", input: inDetectionState, perm: "RuleModify", write: true, grave: true, many: true}, 4},
		{action{name: "DELETE_DETECTION", desc: "Deletes detections", input: inDetections, perm: "RuleModify", write: true, grave: true, many: true}, 3},
		{action{name: "DELETE_RULE", desc: "Deletes a rule", input: inDetectionRef, perm: "RuleModify", write: true, grave: true}, 2},
		{action{name: "UPDATE_LOG_SOURCE", desc: "Updates a log source", input: inLogSource, perm: "LogSourceModify", write: true, grave: true}, 3},
		{action{name: "UPDATE_USER", desc: "Updates a user", input: inUser, perm: "UserModify", write: true, grave: true}, 2},
		{action{name: "CREATE_USER", desc: "Invites a user", input: inUser, perm: "UserModify", write: true, grave: true}, 1},
		{action{name: "CREATE_USER_ROLE", desc: "Creates a user role", input: inRole, perm: "UserModify", write: true, grave: true}, 1},
		{action{name: "UPDATE_ALERT_DESTINATION", desc: "Updates an alert destination", input: inDestination, perm: "DestinationModify", write: true, grave: true}, 2},
		{action{name: "SEND_TEST_ALERT", desc: "Sends a test alert to destinations", input: inDestination, perm: "DestinationModify", write: true, many: true}, 2},
		{action{name: "UPDATE_GENERAL_SETTINGS", desc: "Updates the general settings", input: inSettings, perm: "GeneralSettingsModify", write: true, grave: true}, 1},
		{action{name: "UPDATE_SAML_SETTINGS", desc: "Updates the SAML settings", input: inSAML, perm: "GeneralSettingsModify", write: true, grave: true}, 1},
		{action{name: "CREATE_API_TOKEN", desc: "Creates an API token", input: inToken, perm: "OrganizationAPITokenModify", write: true, grave: true}, 1},
		{action{name: "UPDATE_DETECTION_PACK_STATE", desc: "Enables or disables a detection pack", input: inPack, perm: "RuleModify", write: true, grave: true}, 2},
	}

	ciActions = []chance{
		{action{name: "LIST_DETECTIONS", desc: "Lists detections", input: inPage, perm: "RuleRead"}, 34},
		{action{name: "GET_RULE", desc: "Gets a rule", input: inDetectionID, perm: "RuleRead"}, 26},
		{action{name: "LIST_GLOBAL_HELPERS", desc: "Lists global helpers", input: inPage, perm: "RuleRead"}, 8},
		{action{name: "LIST_DATA_MODELS", desc: "Lists data models", input: inPage, perm: "RuleRead"}, 6},
		{action{name: "GET_CUSTOM_SCHEMA", desc: "Gets a custom schema", input: inSchema, perm: "LogSourceRead"}, 8},
		{action{name: "LIST_SCHEMAS", desc: "Lists schemas", input: inPage, perm: "LogSourceRead"}, 6},
		{action{name: "TEST_RULE", desc: "Tests a rule", input: inTest, perm: "RuleModify", write: true}, 4},
		{action{name: "BULK_UPLOAD_DETECTIONS", desc: "Uploads detections", input: inUpload, perm: "RuleModify", write: true, many: true}, 5},
		{action{name: "UPLOAD_DETECTION_ENTITIES_ASYNC", desc: "Uploads detections in the background", input: inUpload, perm: "RuleModify", write: true, many: true}, 6},
		{action{name: "CREATE_OR_UPDATE_SCHEMA", desc: "Creates or updates a schema", input: inSchema, perm: "LogSourceModify", write: true}, 2},
	}

	terraformActions = []chance{
		{action{name: "GET_LOG_SOURCE", desc: "Gets a log source", input: inLogSourceID, perm: "LogSourceRead"}, 40},
		{action{name: "GET_ALERT_DESTINATION", desc: "Gets an alert destination", input: inDestinationID, perm: "DestinationRead"}, 20},
		{action{name: "PUBLIC_API_GET_USER_ROLE", desc: "Gets a user role", input: inRoleID, perm: "UserRead"}, 20},
		{action{name: "LIST_CLOUD_ACCOUNTS", desc: "Lists cloud accounts", input: inPage, perm: "CloudsecSourceRead"}, 14},
		{action{name: "UPDATE_LOG_SOURCE", desc: "Updates a log source", input: inLogSource, perm: "LogSourceModify", write: true}, 6},
	}

	playbookActions = []chance{
		{action{name: "LIST_ALERTS", desc: "Lists alerts", input: inAlertList, perm: "AlertRead"}, 50},
		{action{name: "GET_ALERT", desc: "Gets an alert", input: inAlert, perm: "AlertRead"}, 40},
		{action{name: "EXECUTE_INDICATOR_SEARCH_QUERY", desc: "Searches for indicators", input: inSearch, perm: "DataAnalyticsRead", write: true, many: true}, 8},
		{action{name: "UPDATE_ALERT_STATUS", desc: "Updates the status of alerts", input: inAlertStatus, perm: "AlertModify", write: true, many: true}, 9},
	}

	metricsActions = []chance{
		{action{name: "GET_ORGANIZATION_METRICS", desc: "Gets the metrics of the organization", input: inInterval, perm: "SummaryRead"}, 5},
		{action{name: "GET_SOURCE_METRICS", desc: "Gets the metrics of a log source", input: inLogSourceID, perm: "LogSourceRead"}, 5},
		{action{name: "GET_ALERT_METRIC_DATA", desc: "Gets alert metrics", input: inInterval, perm: "SummaryRead"}, 4},
	}

	scimActions = []chance{
		{action{name: "LIST_USERS", desc: "Lists users", input: inPage, perm: "UserRead"}, 40},
		{action{name: "GET_USER", desc: "Gets a user", input: inUserID, perm: "UserRead"}, 44},
		{action{name: "UPDATE_USER", desc: "Updates a user", input: inUser, perm: "UserModify", write: true}, 8},
		{action{name: "CREATE_USER", desc: "Invites a user", input: inUser, perm: "UserModify", write: true}, 1},
		{action{name: "DELETE_USER", desc: "Deletes a user", input: inUserID, perm: "UserModify", write: true, grave: true}, 1},
	}

	systemActions = []chance{
		{action{name: "CHECK_LOOKUP_TABLE_SYNC_STATUS", desc: "Checks the synchronization of a lookup table", input: inLookup, perm: "LookupRead"}, 30},
		{action{name: "GET_REPORT_SETTING", desc: "Gets the settings of a report", perm: "SummaryRead"}, 16},
		{action{name: "LIST_HOLDING_TANK_TASKS", desc: "Lists the tasks of unclassified data", input: inPage, perm: "LogSourceRead"}, 14},
		{action{name: "SYNC_LOOKUP_TABLE_DATA", desc: "Synchronizes a lookup table", input: inLookup, perm: "LookupModify", write: true, many: true}, 6},
		{action{name: "ISSUE_ALERT_SUMMARY_QUERIES", desc: "Issues the queries of an alert summary", input: inAlert, perm: "DataAnalyticsRead", write: true, many: true}, 4},
		{action{name: "RETRY_ALERT_DELIVERY", desc: "Retries the delivery of an alert", input: inDelivery, perm: "AlertModify", write: true}, 3},
	}
)

// signIn is the action that begins each session of a person.
var signIn = action{name: "SIGN_IN", desc: "Signs a user in", input: inSignIn, write: true}

// actionsBy holds the actions of each kind of actor.
var actionsBy = [actorKinds][]chance{
	byPeople:    peopleActions,
	byCI:        ciActions,
	byTerraform: terraformActions,
	byPlaybooks: playbookActions,
	byMetrics:   metricsActions,
	bySCIM:      scimActions,
	bySystem:    systemActions,
}

// choose picks one of the actions by weight.
func (g *Generator) choose(actions []chance) *action {
	sum := 0
	for i := range actions {
		sum += g.weight(&actions[i])
	}
	n := g.below(sum)
	for i := range actions {
		n -= g.weight(&actions[i])
		if n < 0 {
			return &actions[i].action
		}
	}
	panic("demo: the weights of the actions do not add up")
}

func (g *Generator) weight(c *chance) int {
	if g.opt.calm && c.grave {
		return 0
	}
	return c.weight
}
