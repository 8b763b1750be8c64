package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pawprint/loader/engine/sql"
)

func newAthena(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "athena COMMAND", Short: "Prepare a bucket for athena:// sources", Args: takes(0, 0),
		Long:    "Commands for athena:// sources, which read the logs of a bucket through Amazon Athena.",
		Example: "pawprint athena ddl logs.audit s3://BUCKET/logs/panther_audit",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(&cobra.Command{
		Use:   "ddl DATABASE.TABLE FOLDER",
		Short: "Print the statement that makes a table for athena:// sources",
		Long: `Print the statement that makes a table over the objects below a folder of a bucket. Run it in Athena once; pawprint itself sends nothing but SELECT.

The table has one column with the raw line, because a table that splits the JSON into columns would lose what the log says. It is partitioned by the
year, month, day and hour in the names of the objects, so a query reads only the objects of its time.`,
		Example: "pawprint athena ddl logs.audit s3://BUCKET/logs/panther_audit",
		Args:    takes(2, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := sql.AthenaTable(args[0], args[1])
			if err != nil {
				return fmt.Errorf("describing a table: %w", err)
			}
			_, err = fmt.Fprint(s.std.out, text)
			return err
		},
	})
	return c
}
