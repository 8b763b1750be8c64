package demo

// detection is a rule of the invented deployment.
type detection struct {
	id, title string
	packed    bool // part of a pack, so it cannot be deleted on its own
}

var detections = []detection{
	{"AWS.Root.Login", "AWS root account signed in", true},
	{"AWS.CloudTrail.Stopped", "CloudTrail logging stopped", true},
	{"AWS.IAM.KeyCreated", "IAM access key created", true},
	{"AWS.S3.BucketMadePublic", "S3 bucket made public", true},
	{"AWS.EC2.SnapshotShared", "EC2 snapshot shared outside", true},
	{"AWS.GuardDuty.Disabled", "GuardDuty disabled", true},
	{"AWS.SecretsManager.Burst", "Many secrets read in a short time", true},
	{"Okta.Admin.RoleAssigned", "Okta admin role assigned", true},
	{"Okta.MFA.Reset", "Okta factors reset", true},
	{"Okta.Push.Fatigue", "Many Okta push requests refused", true},
	{"Okta.SignIn.ImpossibleTravel", "Sign-ins too far apart", true},
	{"GitHub.Repo.MadePublic", "Repository made public", true},
	{"GitHub.BranchProtection.Off", "Branch protection switched off", true},
	{"GitHub.Token.Created", "Personal access token created", true},
	{"GCP.IAM.OwnerGranted", "Owner role granted", true},
	{"GCP.Firewall.OpenToAll", "Firewall rule open to all", true},
	{"GSuite.Drive.ExternalShare", "File shared outside the company", true},
	{"GSuite.SuspiciousLogin", "Suspicious sign-in reported", true},
	{"Panther.SAML.Modified", "Panther SAML settings modified", true},
	{"Panther.Role.AdminCreated", "Role created with admin permissions", true},
	{"Panther.Detection.Deleted", "Panther detection deleted", true},
	{"Panther.User.Modified", "Panther user modified", true},
	{"Slack.App.Installed", "Slack app installed", true},
	{"Zoom.Meeting.NoPassword", "Meeting without a password", true},
	{"Custom.Panther.OffHours", "Administrator active off hours", false},
	{"Custom.Panther.NewAddress", "Sign-in from a new address", false},
	{"Custom.Payments.LedgerExport", "Ledger exported", false},
	{"Custom.Payments.RefundBurst", "Many refunds by one clerk", false},
	{"Custom.VPN.TwoCountries", "VPN sessions from two countries", false},
	{"Custom.Build.RunnerAdded", "Self-hosted runner added", false},
	{"Custom.DNS.LongLabels", "Long labels in DNS queries", false},
	{"Custom.Badge.NightEntry", "Badge used at night", false},
}

// firstUnpacked is the index of the first detection of the company itself.
const firstUnpacked = 24

// logSource is a log source of the invented deployment.
type logSource struct {
	name, kind string
	logTypes   []string
}

var logSources = []logSource{
	{"aws-org-trail", "aws-s3", []string{"AWS.CloudTrail"}},
	{"aws-vpc-eu", "aws-s3", []string{"AWS.VPCFlow", "AWS.ALB"}},
	{"aws-guardduty", "aws-eventbridge", []string{"AWS.GuardDuty"}},
	{"okta-prod", "okta", []string{"Okta.SystemLog"}},
	{"github-example-works", "github", []string{"GitHub.Audit"}},
	{"gsuite-reports", "gsuite", []string{"GSuite.Reports", "GSuite.ActivityEvent"}},
	{"gcp-audit", "gcp-pubsub", []string{"GCP.AuditLog"}},
	{"slack-enterprise", "slack", []string{"Slack.AuditLogs"}},
	{"zoom-meetings", "zoom", []string{"Zoom.Activity", "Zoom.Operation"}},
	{"payments-ledger", "http", []string{"Custom.PaymentsLedger"}},
	{"badge-doors", "aws-s3", []string{"Custom.BadgeDoors"}},
	{"dns-resolver", "aws-sqs", []string{"Custom.DNSResolver"}},
	{"panther-audit", "panther-audit", []string{"Panther.Audit"}},
}

// retired holds names of things that are gone, for requests that come too late.
var retired = struct{ detections, users, logSources []string }{
	detections: []string{"Custom.Proxy.OldAgents", "Custom.Wiki.SpaceExport", "AWS.EC2.ClassicLaunch", "Okta.Legacy.Factor"},
	users:      []string{"former.analyst@example.com", "summer.intern@example.com"},
	logSources: []string{"okta-preview", "aws-sandbox-trail", "old-proxy"},
}

var destinations = []struct{ name, kind string }{
	{"SOC PagerDuty", "pagerduty"},
	{"SOC Slack #alerts", "slack"},
	{"Payments on call", "opsgenie"},
	{"Ticket queue", "jira"},
	{"Archive webhook", "customwebhook"},
}

var tables = []struct{ database, table string }{
	{"panther_logs.public", "aws_cloudtrail"},
	{"panther_logs.public", "okta_systemlog"},
	{"panther_logs.public", "panther_audit"},
	{"panther_logs.public", "github_audit"},
	{"panther_logs.public", "gcp_auditlog"},
	{"panther_rule_matches.public", "aws_cloudtrail"},
	{"panther_logs.public", "custom_paymentsledger"},
}

var queries = []string{
	"SELECT p_event_time, eventName, userIdentity:arn FROM panther_logs.public.aws_cloudtrail WHERE p_occurs_since('1 day') AND eventName = 'ConsoleLogin' LIMIT 500",
	"SELECT actor:alternateId AS who, count(*) AS n FROM panther_logs.public.okta_systemlog WHERE p_occurs_since('7 days') AND outcome:result = 'FAILURE' GROUP BY who ORDER BY n DESC LIMIT 50",
	"SELECT actionName, actor:attributes:email, sourceIP FROM panther_logs.public.panther_audit WHERE p_occurs_since('2 days') AND actionResult <> 'SUCCEEDED' ORDER BY p_event_time DESC LIMIT 200",
	"SELECT * FROM panther_logs.public.github_audit WHERE p_occurs_since('6 h') AND action LIKE 'repo.%' LIMIT 100",
	"WITH hits AS (SELECT p_any_ip_addresses AS ips, p_event_time FROM panther_rule_matches.public.aws_cloudtrail WHERE p_occurs_since('1 day')) SELECT ips, min(p_event_time) AS first FROM hits GROUP BY ips LIMIT 1000",
	"SELECT protoPayload:methodName AS method, count(*) AS n FROM panther_logs.public.gcp_auditlog WHERE p_occurs_between('2026-11-09', '2026-11-10') GROUP BY method HAVING n > 10",
	"SELECT clerk, sum(amount) AS total FROM panther_logs.public.custom_paymentsledger WHERE p_occurs_since('30 days') AND kind = 'refund' GROUP BY clerk ORDER BY total DESC LIMIT 20",
	`SELECT p_event_time, requestParameters FROM panther_logs.public.aws_cloudtrail WHERE p_occurs_since('12 h') AND requestParameters ILIKE '%"public-read"%' LIMIT 100`,
}

var savedQueries = []string{
	"Console sign-ins, last day", "Failed Okta sign-ins by person", "Failed audit actions", "Refunds by clerk",
	"Public buckets", "Owner grants", "Night entries", "Runner changes",
}

var lookups = []string{"employee_directory", "corporate_networks", "crown_jewels", "bad_domains", "vpn_ranges"}

var packs = []string{"PantherManaged.AWS", "PantherManaged.Okta", "PantherManaged.GitHub", "PantherManaged.GCP", "PantherManaged.Panther"}

var tokenNames = []string{"ci-token", "terraform", "soar-playbooks", "metrics-reader", "reporting", "sandbox-import"}

var searches = []string{
	"203.0.113.41", "198.51.100.23", "2001:db8:10:2a::44", "payments-ledger", "okta.example.com", "sanne.deruyver@example.com",
	"(redacted)", "runner-17", "b1946ac92492d2347c6235b4d2611184", "invoice-export.example.org",
}

var (
	severities    = []string{"INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"}
	alertStatuses = []string{"OPEN", "TRIAGED", "RESOLVED", "CLOSED"}
	permissions   = []string{"AlertRead", "AlertModify", "RuleRead", "RuleModify", "LogSourceRead", "DataAnalyticsRead", "SummaryRead", "LookupRead"}
	logTypes      = []string{"AWS.CloudTrail", "Okta.SystemLog", "GitHub.Audit", "GCP.AuditLog", "Custom.PaymentsLedger"}
	accessKinds   = []string{"ALLOW_ALL", "ALLOW", "DENY"}
	intervals     = []string{"1 day", "7 days", "30 days"}
)
