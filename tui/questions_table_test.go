package tui

import (
	"strings"
	"testing"
	"time"
)

// question is something that people ask of the log, and how the interface answers it from the moment the log is open.
type question struct {
	asks  string
	keys  string // names of keys; %s stands for the words that are typed in their place, one after the other
	words []string
	// rows are the events of the answer: as many are shown, and the list shows the newest of them.
	rows func(*storyEvent) bool
	// says is what the screen has to say besides, and counts what stands in its facets.
	says   func(t *testing.T, all, answer story) []string
	counts map[string]func(*storyEvent) string
}

func deletesDetection(e *storyEvent) bool {
	return e.deletes() && e.about("RULE", "DETECTION", "POLICY", "HELPER", "DATA_MODEL", "LOOKUP_TABLE", "SAVED_DATA_LAKE_QUERY")
}

func switchesDetectionOff(e *storyEvent) bool {
	return e.about("RULE", "DETECTION", "POLICY") && e.has("enabled", false)
}

func isNamed(name string) func(*storyEvent) bool {
	return func(e *storyEvent) bool { return e.Actor.Name == name }
}

func isScimOrSystem(e *storyEvent) bool { return e.Actor.Name == "System" || e.Actor.Name == "scim" }

func atNight(e *storyEvent) bool {
	day := e.at.Weekday()
	return e.at.Hour() < 7 || e.at.Hour() >= 19 || day == time.Saturday || day == time.Sunday
}

var adminPermissions = []any{"UserModify", "OrganizationAPITokenModify", "OrganizationAPITokenRead", "GeneralSettingsModify"}

// texts makes what the screen has to say from the event under the cursor: the last of the answer.
func texts(of func(e *storyEvent) []string) func(*testing.T, story, story) []string {
	return func(_ *testing.T, _, answer story) []string { return of(&answer[len(answer)-1]) }
}

// eachText makes it from every event of the answer.
func eachText(of func(e *storyEvent) []string) func(*testing.T, story, story) []string {
	return func(_ *testing.T, _, answer story) (out []string) {
		for i := range answer {
			out = append(out, of(&answer[i])...)
		}
		return out
	}
}

var (
	byActorAndIP     = map[string]func(*storyEvent) string{"Actor": byName, "IP": byIP}
	byActorAndAction = map[string]func(*storyEvent) string{"Actor": byName, "Action": byAction}
)

// questions are those of the people who work with these logs, then those that detections ask, then those of demonstrations.
var questions = []question{
	{asks: "who deleted or switched off a detection, and which one", keys: "V %s enter", words: []string{"detect"},
		rows: func(e *storyEvent) bool { return deletesDetection(e) || switchesDetectionOff(e) },
		says: eachText(func(e *storyEvent) []string {
			if names := e.texts("name"); e.about("SAVED_") { // a saved query is known by its name, which the list may cut
				return []string{names[0][:min(len(names[0]), 9)]}
			}
			return e.texts("id")[:1]
		})},
	{asks: "who changed SAML or the general settings", keys: "V %s enter", words: []string{"saml"},
		rows: func(e *storyEvent) bool { return e.writes() && e.about("SAML_SETTINGS", "GENERAL_SETTINGS") }},
	{asks: "who changed log sources or destinations", keys: "V %s enter", words: []string{"log sources"},
		rows: func(e *storyEvent) bool { return e.writes() && e.about("LOG_SOURCE", "ALERT_DESTINATION") },
		says: eachText(func(e *storyEvent) []string { return append(e.texts("displayName"), e.texts("name")...)[:1] })},
	{asks: "what did this token do, and from where", keys: "a", rows: isNamed("terraform"),
		counts: map[string]func(*storyEvent) string{"IP": byIP, "Action": byAction}},
	{asks: "what did that token do, and from where", keys: "/ %s enter", words: []string{"actor:metrics-exporter"},
		rows: isNamed("metrics-exporter"), counts: map[string]func(*storyEvent) string{"IP": byIP, "Action": byAction}},
	{asks: "who got which role", keys: "/ %s enter enter", words: []string{"param.role:*"},
		rows: func(e *storyEvent) bool { return len(e.values("role")) > 0 },
		says: texts(func(e *storyEvent) []string { return append(e.texts("role"), e.texts("email")...) })},
	{asks: "what was added to a role", keys: "/ %s enter enter", words: []string{"action:role param.permissions:*"},
		rows: func(e *storyEvent) bool { return e.about("ROLE") && len(e.values("permissions")) > 0 },
		says: texts(func(e *storyEvent) []string { return append(e.texts("permissions"), e.texts("name")...) })},
	{asks: "which actions failed, for whom, with which message", keys: "f L", rows: (*storyEvent).fails,
		says: func(_ *testing.T, _, answer story) (out []string) {
			for i := range answer[len(answer)-8:] {
				if e := &answer[len(answer)-8+i]; len(e.Errors) > 0 {
					out = append(out, e.Errors[0].Message)
				}
			}
			return out
		}, counts: byActorAndAction},
	{asks: "who signed in, and from which addresses", keys: "/ %s enter", words: []string{"is:signin"},
		rows: func(e *storyEvent) bool { return e.Action == "SIGN_IN" }, counts: byActorAndIP},
	{asks: "from which addresses did this user sign in", keys: "/ %s enter", words: []string{"is:signin actor:elena"},
		rows: func(e *storyEvent) bool { return e.Action == "SIGN_IN" && e.Actor.Name == "Elena Sorrel" }, counts: byActorAndIP},
	{asks: "which SQL did a person run, and what was downloaded", keys: "/ %s enter enter",
		words: []string{"actor:elena (action:execute_data_lake_query OR is:export)"},
		rows: func(e *storyEvent) bool {
			return e.Actor.Name == "Elena Sorrel" && (e.Action == "EXECUTE_DATA_LAKE_QUERY" || e.verb() == "DOWNLOAD")
		}, says: texts(func(e *storyEvent) []string { return append(e.texts("queryId"), e.texts("sql")...) })},
	{asks: "which SQL was this, in full", keys: "/ %s enter enter", words: []string{"actor:elena action:execute_data_lake_query"},
		says: func(t *testing.T, all, _ story) []string {
			e := all.last(t, func(e *storyEvent) bool {
				return e.Actor.Name == "Elena Sorrel" && e.Action == "EXECUTE_DATA_LAKE_QUERY"
			})
			return strings.Fields(e.texts("sql")[0])
		}},
	{asks: "what did people do at night or on weekends", keys: "V %s enter", words: []string{"off hours"},
		rows: func(e *storyEvent) bool {
			return atNight(e) && !e.reads() && e.Actor.Type == "USER" && e.Actor.Name != "System"
		}, counts: byActorAndAction},
	{asks: "what do people do, against System and SCIM", keys: "/ %s enter", words: []string{"is:user"},
		rows: func(e *storyEvent) bool { return e.Actor.Type == "USER" && e.Actor.Name != "System" }, counts: byActorAndAction},
	{asks: "what do System and SCIM do, against people", keys: "/ %s enter", words: []string{"(is:system OR actor:scim)"},
		rows: isScimOrSystem, counts: byActorAndAction},
	{asks: "which changes were not made by the CI token", keys: "/ %s enter", words: []string{"is:write -actor:ci-token"},
		rows: func(e *storyEvent) bool { return e.writes() && e.Actor.Name != "ci-token" }},
	{asks: "what do the parameters of an action look like", keys: "/ %s enter P", words: []string{"action:update_alert_destination"},
		says: func(_ *testing.T, all, _ story) (out []string) {
			those := all.those(func(e *storyEvent) bool { return e.Action == "UPDATE_ALERT_DESTINATION" })
			for name := range those.count(func(e *storyEvent) string { return e.texts("displayName")[0] }) {
				out = append(out, name)
			}
			return append(out, "defaultForSeverity", "outputType", "alertTypes")
		}},

	{asks: "was detection content deleted", keys: "/ %s enter", words: []string{"view:detections-deleted is:delete is:succeeded"},
		rows: func(e *storyEvent) bool { return deletesDetection(e) && !e.fails() }},
	{asks: "were the SAML settings modified", keys: "/ %s enter", words: []string{"action:saml is:write"},
		rows: func(e *storyEvent) bool { return e.about("SAML") && e.writes() }},
	{asks: "was a role created with an administrator's permissions", keys: "V %s enter / %s enter", words: []string{"administr", " is:create action:role"},
		rows: func(e *storyEvent) bool {
			return e.verb() == "CREATE" && e.about("ROLE") && e.has("permissions", adminPermissions...)
		}},
	{asks: "was a user modified, other than by SCIM or System", keys: "/ %s enter", words: []string{"action:update_user -actor:scim -is:system"},
		rows: func(e *storyEvent) bool { return e.Action == "UPDATE_USER" && !isScimOrSystem(e) }},

	{asks: "what did administrators do off hours", keys: "/ %s enter", words: []string{"role:admin is:offhours"},
		rows: func(e *storyEvent) bool {
			return strings.Contains(strings.ToLower(e.Actor.Attributes.RoleName), "admin") && atNight(e)
		}},
	{asks: "did one actor disable or delete many detections", keys: "V %s enter", words: []string{"detect"},
		rows:   func(e *storyEvent) bool { return deletesDetection(e) || switchesDetectionOff(e) },
		counts: byActorAndAction},
	{asks: "was the routing of alerts narrowed", keys: "/ %s enter D", words: []string{"action:update_alert_destination actor:mira"},
		says: func(t *testing.T, all, _ story) (out []string) {
			for _, actor := range []string{"Elena Sorrel", "Mira Okafor"} { // the latter set right what the former had narrowed
				e := all.last(t, func(e *storyEvent) bool {
					return e.Action == "UPDATE_ALERT_DESTINATION" && e.Actor.Name == actor && e.has("displayName", "SOC Slack #alerts")
				})
				out = append(out, e.texts("defaultForSeverity")...)
			}
			return append(out, "defaultForSeverity")
		}},
	{asks: "was a log source deleted", keys: "/ %s enter", words: []string{"is:delete action:log_source"},
		rows: func(e *storyEvent) bool { return e.deletes() && e.about("LOG_SOURCE") },
		says: eachText(func(e *storyEvent) []string { return e.texts("name") })},
	{asks: "was an API token updated", keys: "V %s enter", words: []string{"tokens changed"},
		rows: func(e *storyEvent) bool { return e.writes() && e.about("API_TOKEN") },
		says: eachText(func(e *storyEvent) []string { return e.texts("name") })},
	{asks: "which actions does this actor fail at again and again", keys: "f / %s enter", words: []string{"actor:ci-token"},
		rows: func(e *storyEvent) bool { return e.fails() && e.Actor.Name == "ci-token" }, counts: byActorAndAction},
	{asks: "who was invited from outside of the company's domain", keys: "/ %s enter", words: []string{"is:create param.email:* -param.email:*@example.com"},
		rows: func(e *storyEvent) bool {
			emails := e.texts("email")
			return e.verb() == "CREATE" && len(emails) > 0 && !strings.HasSuffix(emails[0], "@example.com")
		}, says: eachText(func(e *storyEvent) []string { return e.texts("email") })},
	{asks: "who was made an administrator", keys: "V %s enter", words: []string{"administr"},
		rows: func(e *storyEvent) bool {
			return e.writes() && (e.has("permissions", adminPermissions...) || e.has("role", "Admin"))
		}},
}
