package store_test

import (
	"testing"

	"reedaily/store/storetest"
)

func TestSQLite(t *testing.T) { storetest.Run(t, storetest.SQLite) }

func TestPostgres(t *testing.T) {
	storetest.Postgres(t) // skips all at once where there is none
	storetest.Run(t, storetest.Postgres)
}
