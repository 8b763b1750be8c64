package sql

import (
	"errors"
	"regexp"
	"strings"
	"sync"
)

var (
	tableName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$`) })
	folderURL = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*()=-]+)*/?$`)
	})
)

// AthenaTable writes the statement that makes a table of raw lines over the objects below a folder of a bucket, which lie in
// year=2026/month=11/day=02/hour=10/. name is DATABASE.TABLE. The line is taken whole, whatever it is.
func AthenaTable(name, folder string) (string, error) {
	if !tableName().MatchString(name) {
		return "", errors.New("write the table as DATABASE.TABLE, with letters, digits and _ only")
	}
	if !folderURL().MatchString(folder) {
		return "", errors.New("write the folder as s3://BUCKET/logs/panther_audit, with the name of your bucket, and the one that has year=…/month=…/day=…/hour=… below it")
	}
	folder = strings.TrimSuffix(folder, "/") + "/"
	return "CREATE EXTERNAL TABLE " + name + ` (line string)
PARTITIONED BY (year string, month string, day string, hour string)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES ('input.regex' = '(?s)^(.*)$')
LOCATION '` + folder + `'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer', 'projection.year.range' = '2015,2100', 'projection.year.digits' = '4',
  'projection.month.type' = 'integer', 'projection.month.range' = '1,12', 'projection.month.digits' = '2',
  'projection.day.type' = 'integer', 'projection.day.range' = '1,31', 'projection.day.digits' = '2',
  'projection.hour.type' = 'integer', 'projection.hour.range' = '0,23', 'projection.hour.digits' = '2',
  'storage.location.template' = '` + folder + `year=${year}/month=${month}/day=${day}/hour=${hour}/'
)
`, nil
}
