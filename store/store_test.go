package store_test

import (
	"testing"

	"reedaily/store"
	"reedaily/store/storetest"
)

func TestSQLite(t *testing.T) { storetest.Run(t, storetest.SQLite) }

func TestPostgres(t *testing.T) {
	storetest.Postgres(t) // skips all at once where there is none
	storetest.Run(t, storetest.Postgres)
}

// TestIsolation: what waits for another transaction must see what that one left,
// whatever the server's default is.
func TestIsolation(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{URL: storetest.Postgres(t) + "&default_transaction_isolation=serializable"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var level string
	if err := db.Raw().QueryRowContext(t.Context(), "SHOW transaction_isolation").Scan(&level); err != nil || level != "read committed" {
		t.Errorf("transactions are %q, %v", level, err)
	}
}
