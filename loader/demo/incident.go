package demo

// Accounts that the intruder creates.
const (
	outsiderID = "f4b7a0c2-8e53-4d19-9a6f-31d0c58be274"
	exporterID = "92d6e3a8-47bc-4f05-b1e9-7c80a5f21d36"
)

// vpn is where the intruder comes from.
var vpn = &site{"", "AS64511", "Example Hosting", "hosting", "Valletta", "MT", "35.8997", "14.5147", "Europe/Malta", true}

// incident returns the events of the incident, in order.
func incident(c *cast) []incidentEvent {
	events := breakIn(c)
	events = append(events, blinding(c)...)
	events = append(events, copying(c)...)
	events = append(events, covering(c)...)
	events = append(events, noticing(c)...)
	return append(events, resetting(c)...)
}

// nightOwl is the origin of the stolen session.
func nightOwl() origin {
	return origin{
		ip: "203.0.113.66", forward: []string{"203.0.113.66", proxyAddress}, site: vpn,
		agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36",
	}
}

// script is the origin of the intruder's programs.
func script(agent string) origin { return origin{ip: "203.0.113.9", agent: agent, site: vpn} }

// breakIn: an administrator is worn down by push requests, and the intruder looks around.
func breakIn(c *cast) []incidentEvent {
	elena, from := c.people[0].actor, nightOwl()
	const factor = "sign-in failed: the identity provider rejected the second factor"
	sso := `{"provider":"OktaSSO"}`
	return []incidentEvent{
		{at: "21 01:44:09.331", who: elena, from: from, action: "SIGN_IN", result: failed, input: sso, errors: []string{factor}},
		{at: "21 01:45:02.874", who: elena, from: from, action: "SIGN_IN", result: failed, input: sso, errors: []string{factor}},
		{at: "21 01:46:37.190", who: elena, from: from, action: "SIGN_IN", result: failed, input: sso, errors: []string{factor}},
		{at: "21 01:47:58.902", who: elena, from: from, action: "SIGN_IN", result: succeeded, input: sso,
			alert: alert{stableID("alert", alertNewAddress), "Custom.Panther.NewAddress", "MEDIUM"}},
		{at: "21 01:48:01.117", who: elena, from: from, action: "GET_APP_CONFIG", result: succeeded},
		{at: "21 01:48:01.640", who: elena, from: from, action: "GET_USER_PREFERENCES", result: succeeded},
		{at: "21 01:48:40.028", who: elena, from: from, action: "LIST_USERS", result: succeeded, input: `{"pageSize":100}`},
		{at: "21 01:49:03.511", who: elena, from: from, action: "LIST_USER_ROLES", result: succeeded},
		{at: "21 01:49:31.776", who: elena, from: from, action: "LIST_API_TOKENS", result: succeeded},
		{at: "21 01:50:12.402", who: elena, from: from, action: "GET_SAML_SETTINGS", result: succeeded},
		{at: "21 01:50:55.939", who: elena, from: from, action: "GET_GENERAL_SETTINGS", result: succeeded},
		{at: "21 01:51:30.265", who: elena, from: from, action: "LIST_ALERT_DESTINATIONS", result: succeeded},
		{at: "21 01:52:04.083", who: elena, from: from, action: "LIST_DETECTIONS", result: succeeded, input: `{"nameContains":"panther","pageSize":100}`},
		{at: "21 01:52:41.557", who: elena, from: from, action: "GET_RULE", result: succeeded, input: `{"detectionId":"Custom.Panther.NewAddress"}`},
	}
}

// blinding: the intruder deletes, disables or mutes everything that would expose them, and prepares a way back.
func blinding(c *cast) []incidentEvent {
	elena, from := c.people[0].actor, nightOwl()
	system, nowhere := c.machines[bySystem].actor, origin{}
	pack := []string{"cannot delete: the rule is part of a pack"}
	return []incidentEvent{
		{at: "21 01:54:10.664", who: elena, from: from, action: "DELETE_RULE", result: failed, input: `{"id":"Panther.SAML.Modified"}`, errors: pack},
		{at: "21 01:54:22.301", who: elena, from: from, action: "DELETE_RULE", result: failed, input: `{"id":"Panther.Role.AdminCreated"}`, errors: pack},
		{at: "21 01:54:35.918", who: elena, from: from, action: "DELETE_RULE", result: failed, input: `{"id":"Panther.Detection.Deleted"}`, errors: pack},
		{at: "21 01:54:51.472", who: elena, from: from, action: "DELETE_RULE", result: failed, input: `{"id":"AWS.SecretsManager.Burst"}`, errors: pack},
		{at: "21 01:55:30.206", who: elena, from: from, action: "BULK_DELETE_DETECTIONS", result: partial,
			input:  `{"detections":[{"id":"Custom.Panther.OffHours"},{"id":"Okta.Push.Fatigue"},{"id":"Okta.SignIn.ImpossibleTravel"}]}`,
			errors: []string{"cannot delete Okta.Push.Fatigue: the rule is part of a pack", "cannot delete Okta.SignIn.ImpossibleTravel: the rule is part of a pack"}},
		{at: "21 01:58:47.733", who: elena, from: from, action: "DELETE_DETECTION", result: succeeded, input: `{"detections":[{"id":"Custom.Panther.NewAddress"}]}`,
			alert: alert{stableID("alert", alertDeleted), "Panther.Detection.Deleted", "MEDIUM"}},
		{at: "21 01:59:36.095", who: elena, from: from, action: "UPDATE_DETECTION_STATE", result: succeeded,
			input: `{"detections":[{"id":"AWS.SecretsManager.Burst","enabled":false},{"id":"Okta.Push.Fatigue","enabled":false},{"id":"Panther.User.Modified","enabled":false}]}`},
		{at: "21 02:01:20.548", who: elena, from: from, action: "CREATE_USER_ROLE", result: succeeded,
			input: `{"name":"Support Readonly","permissions":["AlertRead","DataAnalyticsRead","UserRead","UserModify","OrganizationAPITokenRead","OrganizationAPITokenModify","GeneralSettingsModify"],"logTypeAccess":[],"logTypeAccessKind":"ALLOW_ALL"}`,
			alert: alert{stableID("alert", alertRole), "Panther.Role.AdminCreated", "HIGH"}},
		{at: "21 02:03:05.812", who: elena, from: from, action: "CREATE_USER", result: failed, input: `{"email":"ops.support@example.org","name":"Ops Support","role":"Support Readonly"}`,
			errors: []string{`{"code":"InviteRefused","message":"cannot invite ops.support@example.org: sign-in with SAML is enforced","retryable":false}`}},
		{at: "21 02:04:18.274", who: elena, from: from, action: "UPDATE_SAML_SETTINGS", result: succeeded, input: `{"enabled":false,"defaultRole":"Analyst","metadataUrl":"(redacted)"}`,
			alert: alert{stableID("alert", alertSAML), "Panther.SAML.Modified", "HIGH"}},
		{at: "21 02:05:02.659", who: elena, from: from, action: "CREATE_USER", result: succeeded, input: `{"email":"ops.support@example.org","name":"Ops Support","role":"Analyst"}`},
		{at: "21 02:05:40.390", who: elena, from: from, action: "UPDATE_USER", result: succeeded, input: `{"id":"$OUTSIDER","email":"ops.support@example.org","role":"Support Readonly"}`},
		{at: "21 02:07:33.147", who: elena, from: from, action: "UPDATE_GENERAL_SETTINGS", result: succeeded, input: `{"displayName":"Example Works","sessionTimeoutMinutes":43200,"errorReportingConsent":false}`},
		{at: "21 02:09:11.985", who: elena, from: from, action: "UPDATE_ALERT_DESTINATION", result: succeeded, input: `{"outputId":"$PAGER","displayName":"SOC PagerDuty","outputType":"pagerduty","defaultForSeverity":["CRITICAL"],"alertTypes":["SYSTEM_ERROR"]}`},
		{at: "21 02:09:58.420", who: elena, from: from, action: "UPDATE_ALERT_DESTINATION", result: succeeded, input: `{"outputId":"$SLACK","displayName":"SOC Slack #alerts","outputType":"slack","defaultForSeverity":["INFO"],"alertTypes":["SYSTEM_ERROR"]}`},
		{at: "21 02:12:44.051", who: system, from: nowhere, action: "RETRY_ALERT_DELIVERY", result: failed, input: `{"alertId":"$ALERT_SAML","severity":"HIGH"}`, errors: []string{"no destination accepts alerts of severity HIGH"}},
	}
}

// copying: the intruder searches the logs for secrets and traces, downloads results, and creates a token for later.
func copying(c *cast) []incidentEvent {
	elena, from := c.people[0].actor, nightOwl()
	outsider := newActor(actor{id: outsiderID, kind: "USER", name: "Ops Support", email: "ops.support@example.org", roleID: string(stableUUID(nil, "role", 77)), role: "Support Readonly"})
	exporter := newActor(actor{id: exporterID, kind: "TOKEN", name: "metrics-exporter"})
	guest, tool := script(from.agent), script("python-requests/2.31.0")
	const audit = "SELECT p_event_time, actionName, sourceIP FROM panther_logs.public.panther_audit WHERE actor:attributes:email = 'elena.sorrel@example.com' AND p_occurs_since('1 day')"
	const secrets = "SELECT p_event_time, userIdentity:arn, eventName, requestParameters FROM panther_logs.public.aws_cloudtrail WHERE eventName IN ('GetSecretValue', 'GetParameter', 'AssumeRole') AND p_occurs_since('30 days') LIMIT 50000"
	const staff = "SELECT DISTINCT actor:alternateId, client:ipAddress FROM panther_logs.public.okta_systemlog WHERE p_occurs_since('90 days')"
	const ledger = "SELECT * FROM panther_logs.public.custom_paymentsledger WHERE p_occurs_since('365 days')"
	return []incidentEvent{
		{at: "21 02:14:26.707", who: elena, from: from, action: "LIST_DATA_LAKE_DATABASES", result: succeeded},
		{at: "21 02:16:05.333", who: elena, from: from, action: "EXECUTE_DATA_LAKE_QUERY", result: succeeded, input: `{"databaseName":"panther_logs.public","sql":"` + audit + `"}`},
		{at: "21 02:16:09.812", who: elena, from: from, action: "GET_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY1","pageSize":250}`},
		{at: "21 02:17:30.164", who: elena, from: from, action: "CREATE_SAVED_DATA_LAKE_QUERY", result: succeeded, input: `{"id":"$SAVED1","name":"tmp","sql":"` + secrets + `"}`},
		{at: "21 02:18:44.996", who: elena, from: from, action: "EXECUTE_DATA_LAKE_QUERY", result: succeeded, input: `{"databaseName":"panther_logs.public","sql":"` + secrets + `"}`},
		{at: "21 02:18:59.218", who: elena, from: from, action: "GET_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY2","pageSize":999}`},
		{at: "21 02:19:31.640", who: elena, from: from, action: "GET_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY2","pageSize":999}`},
		{at: "21 02:21:57.481", who: elena, from: from, action: "DOWNLOAD_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY2","format":"csv"}`},
		{at: "21 02:24:13.572", who: elena, from: from, action: "CREATE_API_TOKEN", result: succeeded, input: `{"id":"$EXPORTER","name":"metrics-exporter","permissions":["DataAnalyticsRead","UserRead","OrganizationAPITokenRead"],"allowedCIDRBlocks":[],"value":"(redacted)"}`},
		{at: "21 02:31:08.744", who: outsider, from: guest, action: "SIGN_IN", result: succeeded, input: `{"provider":"password"}`},
		{at: "21 02:31:52.090", who: outsider, from: guest, action: "LIST_LOG_SOURCES", result: failed, input: `{"pageSize":100}`, errors: []string{"access denied: missing permission LogSourceRead"}},
		{at: "21 02:33:17.365", who: outsider, from: guest, action: "DELETE_LOG_SOURCE", result: failed, input: `{"integrationId":"$AUDIT","name":"panther-audit"}`, errors: []string{"access denied: missing permission LogSourceModify"}},
		{at: "21 03:05:14.008", who: exporter, from: tool, action: "PUBLIC_API_LIST_USERS", result: succeeded, input: `{"pageSize":100}`},
		{at: "21 03:05:16.227", who: exporter, from: tool, action: "PUBLIC_API_GET_API_TOKEN", result: succeeded, input: `{"id":"$CI","name":"ci-token"}`},
		{at: "21 03:07:41.951", who: exporter, from: tool, action: "EXECUTE_DATA_LAKE_QUERY", result: succeeded, input: `{"databaseName":"panther_logs.public","sql":"` + staff + `"}`},
		{at: "21 03:08:20.306", who: exporter, from: tool, action: "GET_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY3","pageSize":999}`},
		{at: "21 03:09:02.115", who: exporter, from: tool, action: "DOWNLOAD_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY3","format":"csv"}`},
		{at: "21 03:14:37.829", who: exporter, from: tool, action: "EXECUTE_DATA_LAKE_QUERY", result: failed, input: `{"databaseName":"panther_logs.public","sql":"` + ledger + `"}`, errors: []string{`{"code":"QueryFailed","message":"query cancelled: the result is larger than 10 GB","retryable":false}`}},
		{at: "21 03:16:10.540", who: exporter, from: tool, action: "EXECUTE_DATA_LAKE_QUERY", result: succeeded, input: `{"databaseName":"panther_logs.public","sql":"` + ledger + ` LIMIT 100000"}`},
		{at: "21 03:18:33.072", who: exporter, from: tool, action: "DOWNLOAD_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY4","format":"csv"}`},
	}
}

// covering: a day later the intruder returns to remove the traces, with mixed success.
func covering(c *cast) []incidentEvent {
	elena, from := c.people[0].actor, nightOwl()
	return []incidentEvent{
		{at: "22 04:12:19.416", who: elena, from: from, action: "SIGN_IN", result: succeeded, input: `{"provider":"password"}`},
		{at: "22 04:13:02.638", who: elena, from: from, action: "LIST_ALERTS", result: succeeded, input: `{"severities":["MEDIUM","HIGH","CRITICAL"],"statuses":["OPEN"],"pageSize":50}`},
		{at: "22 04:14:45.180", who: elena, from: from, action: "DELETE_SAVED_DATA_LAKE_QUERY", result: succeeded, input: `{"id":"$SAVED1","name":"tmp"}`},
		{at: "22 04:15:51.907", who: elena, from: from, action: "UPDATE_ALERT_STATUS", result: partial, input: `{"ids":["$ALERT_ADDRESS","$ALERT_DELETED","$ALERT_ROLE","$ALERT_SAML"],"status":"RESOLVED"}`,
			errors: []string{"$ALERT_ROLE is assigned to someone else", "$ALERT_SAML is assigned to someone else"}},
		{at: "22 04:17:20.259", who: elena, from: from, action: "DELETE_USER_ROLE", result: failed, input: `{"id":"$ROLE","name":"Support Readonly"}`, errors: []string{"cannot delete: 1 user still has the role"}},
		{at: "22 04:18:08.733", who: elena, from: from, action: "DELETE_LOG_SOURCE", result: failed, input: `{"integrationId":"$AUDIT","name":"panther-audit","integrationType":"panther-audit","logTypes":["Panther.Audit"]}`, errors: []string{"cannot delete: the log source is managed by Panther"}},
	}
}

// noticing: the analyst on call sees the remaining alerts and searches the log.
func noticing(c *cast) []incidentEvent {
	tomas := c.people[2]
	who, from := tomas.actor, tomas.home
	const asked = "SELECT p_event_time, actionName, actionResult, sourceIP FROM panther_logs.public.panther_audit WHERE actor:attributes:email = 'elena.sorrel@example.com' AND p_occurs_since('2 days') ORDER BY p_event_time"
	return []incidentEvent{
		{at: "22 17:21:36.502", who: who, from: from, action: "SIGN_IN", result: succeeded, input: `{"provider":"password"}`},
		{at: "22 17:21:40.117", who: who, from: from, action: "LIST_ALERTS", result: succeeded, input: `{"severities":["HIGH","CRITICAL"],"statuses":["OPEN","TRIAGED"],"pageSize":50}`},
		{at: "22 17:22:15.841", who: who, from: from, action: "GET_ALERT", result: succeeded, input: `{"id":"$ALERT_SAML"}`},
		{at: "22 17:23:48.376", who: who, from: from, action: "GET_ALERT", result: succeeded, input: `{"id":"$ALERT_ROLE"}`},
		{at: "22 17:26:02.919", who: who, from: from, action: "EXECUTE_DATA_LAKE_QUERY", result: succeeded, input: `{"databaseName":"panther_logs.public","sql":"` + asked + `"}`},
		{at: "22 17:26:20.254", who: who, from: from, action: "GET_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY5","pageSize":250}`},
		{at: "22 17:33:11.680", who: who, from: from, action: "GET_SAML_SETTINGS", result: succeeded},
		{at: "22 17:38:27.095", who: who, from: from, action: "UPDATE_SAML_SETTINGS", result: failed, input: `{"enabled":true,"defaultRole":"Analyst","metadataUrl":"(redacted)"}`, errors: []string{"access denied: missing permission GeneralSettingsModify"}},
		{at: "22 17:39:04.463", who: who, from: from, action: "UPDATE_ALERT_ASSIGNEE", result: succeeded, input: `{"ids":["$ALERT_ROLE","$ALERT_SAML"],"assigneeId":"$MIRA","assigneeEmail":"mira.okafor@example.com"}`},
	}
}

// resetting: an administrator takes the deployment back, while the stolen key of the build is tried a last time.
func resetting(c *cast) []incidentEvent {
	mira, ci := c.people[1], c.machines[byCI]
	who, from := mira.actor, mira.home
	stolen := script(ciAgent)
	pack := []string{"cannot delete: the rule is part of a pack"}
	refused := []string{"access denied: the address 203.0.113.9 is not allowed for this token"}
	return []incidentEvent{
		{at: "22 17:52:40.226", who: who, from: from, action: "SIGN_IN", result: succeeded, input: `{"provider":"password"}`},
		{at: "22 17:54:08.551", who: who, from: from, action: "LIST_USERS", result: succeeded, input: `{"pageSize":100}`},
		{at: "22 17:56:19.004", who: who, from: from, action: "RESET_USER_PASSWORD", result: succeeded, input: `{"id":"$ELENA","email":"elena.sorrel@example.com"}`},
		{at: "22 17:57:02.348", who: who, from: from, action: "DELETE_USER", result: succeeded, input: `{"id":"$OUTSIDER","email":"ops.support@example.org"}`},
		{at: "22 17:57:45.713", who: who, from: from, action: "DELETE_USER_ROLE", result: succeeded, input: `{"id":"$ROLE","name":"Support Readonly"}`},
		{at: "22 17:58:31.160", who: who, from: from, action: "LIST_API_TOKENS", result: succeeded},
		{at: "22 17:59:12.857", who: who, from: from, action: "DELETE_API_TOKEN", result: succeeded, input: `{"id":"$EXPORTER","name":"metrics-exporter"}`},
		{at: "22 18:01:26.495", who: who, from: from, action: "UPDATE_SAML_SETTINGS", result: succeeded, input: `{"enabled":true,"defaultRole":"Analyst","metadataUrl":"(redacted)"}`},
		{at: "22 18:03:58.610", who: ci.actor, from: stolen, action: "LIST_DETECTIONS", result: succeeded, input: `{"pageSize":100}`},
		{at: "22 18:04:02.937", who: ci.actor, from: stolen, action: "BULK_DELETE_DETECTIONS", result: failed, input: `{"detections":[{"id":"AWS.CloudTrail.Stopped"},{"id":"AWS.GuardDuty.Disabled"},{"id":"AWS.Root.Login"}]}`,
			errors: []string{"cannot delete AWS.CloudTrail.Stopped: the rule is part of a pack", "cannot delete AWS.GuardDuty.Disabled: the rule is part of a pack", "cannot delete AWS.Root.Login: the rule is part of a pack"}},
		{at: "22 18:04:07.481", who: ci.actor, from: stolen, action: "DELETE_RULE", result: failed, input: `{"id":"AWS.CloudTrail.Stopped"}`, errors: pack},
		{at: "22 18:04:09.346", who: ci.actor, from: stolen, action: "DELETE_RULE", result: failed, input: `{"id":"AWS.GuardDuty.Disabled"}`, errors: pack},
		{at: "22 18:04:11.203", who: ci.actor, from: stolen, action: "DELETE_RULE", result: failed, input: `{"id":"AWS.Root.Login"}`, errors: pack},
		{at: "22 18:05:37.862", who: ci.actor, from: stolen, action: "DELETE_LOG_SOURCE", result: failed, input: `{"integrationId":"$TRAIL","name":"aws-org-trail"}`, errors: []string{"access denied: missing permission LogSourceModify"}},
		{at: "22 18:07:44.029", who: who, from: from, action: "UPDATE_API_TOKEN", result: succeeded, input: `{"id":"$CI","name":"ci-token","allowedCIDRBlocks":["192.0.2.128/28","2001:db8:c1::/64"],"rotate":true,"value":"(redacted)"}`},
		{at: "22 18:08:15.575", who: ci.actor, from: stolen, action: "LIST_DETECTIONS", result: failed, input: `{"pageSize":100}`, errors: refused},
		{at: "22 18:08:20.698", who: ci.actor, from: stolen, action: "LIST_LOG_TYPES", result: failed, errors: refused},
		{at: "22 18:12:10.134", who: who, from: from, action: "UPDATE_ALERT_DESTINATION", result: succeeded, input: `{"outputId":"$PAGER","displayName":"SOC PagerDuty","outputType":"pagerduty","defaultForSeverity":["HIGH","CRITICAL"],"alertTypes":["RULE","SYSTEM_ERROR"]}`},
		{at: "22 18:12:49.907", who: who, from: from, action: "UPDATE_ALERT_DESTINATION", result: succeeded, input: `{"outputId":"$SLACK","displayName":"SOC Slack #alerts","outputType":"slack","defaultForSeverity":["LOW","MEDIUM","HIGH","CRITICAL"],"alertTypes":["RULE","SYSTEM_ERROR"]}`},
		{at: "22 18:14:33.288", who: who, from: from, action: "UPDATE_GENERAL_SETTINGS", result: succeeded, input: `{"displayName":"Example Works","sessionTimeoutMinutes":120,"errorReportingConsent":true}`},
		{at: "22 18:15:21.741", who: who, from: from, action: "UPDATE_DETECTION_STATE", result: succeeded,
			input: `{"detections":[{"id":"AWS.SecretsManager.Burst","enabled":true},{"id":"Okta.Push.Fatigue","enabled":true},{"id":"Panther.User.Modified","enabled":true}]}`},
		{at: "22 18:20:56.373", who: ci.actor, from: ci.origins[1], action: "UPLOAD_DETECTION_ENTITIES_ASYNC", result: succeeded, input: `{"fileName":"detections-restore.zip","sizeBytes":18211,"detections":[{"id":"Custom.Panther.NewAddress"},{"id":"Custom.Panther.OffHours"}]}`},
		{at: "22 18:31:05.620", who: who, from: from, action: "TEST_RULE", result: succeeded, input: `{"detectionId":"Custom.Panther.NewAddress","tests":[{"name":"matches","expectedResult":true}]}`},
		{at: "22 18:36:42.958", who: who, from: from, action: "SEND_TEST_ALERT", result: succeeded, input: `{"outputId":"$PAGER","displayName":"SOC PagerDuty"}`},
		{at: "22 18:41:17.215", who: who, from: from, action: "EXECUTE_DATA_LAKE_QUERY", result: succeeded, input: `{"databaseName":"panther_logs.public","sql":"SELECT * FROM panther_logs.public.panther_audit WHERE sourceIP LIKE '203.0.113.%' AND p_occurs_since('14 days') ORDER BY p_event_time"}`},
		{at: "22 18:42:03.849", who: who, from: from, action: "DOWNLOAD_DATA_LAKE_QUERY", result: succeeded, input: `{"queryId":"$QUERY6","format":"csv"}`},
		{at: "22 18:44:50.402", who: who, from: from, action: "CREATE_SAVED_DATA_LAKE_QUERY", result: succeeded, input: `{"id":"$SAVED2","name":"Incident: audit by address","sql":"SELECT * FROM panther_logs.public.panther_audit WHERE sourceIP LIKE '203.0.113.%' AND p_occurs_since('14 days')"}`},
		{at: "22 18:58:29.076", who: who, from: from, action: "UPDATE_ALERT_STATUS", result: succeeded, input: `{"ids":["$ALERT_ADDRESS","$ALERT_DELETED","$ALERT_ROLE","$ALERT_SAML"],"status":"CLOSED"}`},
		{at: "22 20:03:14.533", who: c.people[0].actor, from: c.people[0].home, action: "SIGN_IN", result: succeeded, input: `{"provider":"OktaSSO"}`},
	}
}
