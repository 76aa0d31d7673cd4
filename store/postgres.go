package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"reedaily/digest"
)

// postgresConns bounds the connections of one process.
const postgresConns = 12

// The first halves of our advisory locks' keys; the schema is the other half.
const (
	senderLock  = 0x5245_4544 // "REED"
	migrateLock = senderLock + 1
	builderLock = senderLock + 2
	cutoffLock  = senderLock + 3
)

func postgres() dialect {
	return dialect{
		goose:      goose.DialectPostgres,
		folder:     "postgres",
		versions:   "SELECT count(*) FROM pg_class WHERE oid = to_regclass('goose_db_version')",
		clock:      "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
		lock:       " FOR NO KEY UPDATE",
		skipLocked: " FOR NO KEY UPDATE OF d SKIP LOCKED",
		keeping:    fmt.Sprintf("SELECT pg_advisory_xact_lock_shared(%d, hashtext(current_schema()))", cutoffLock),
		cutting:    fmt.Sprintf("SELECT pg_advisory_xact_lock(%d, hashtext(current_schema()))", cutoffLock),
		again: func(err error) bool {
			// serialization failure, deadlock, and a unique key that another
			// transaction took between our look and our insert
			return slices.Contains([]string{"40001", "40P01", "23505"}, sqlState(err))
		},
		explain: explainPostgres,
	}
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	conf, err := pgx.ParseConfig(address)
	if err != nil {
		// pgx's own words may repeat the password.
		return nil, digest.Hint(errors.New("open the database: its postgres address cannot be read"),
			"write it as postgres://user@host:5432/name, the password in PGPASSWORD or ~/.pgpass")
	}
	conf.RuntimeParams["application_name"] = "reedaily"
	conf.RuntimeParams["timezone"] = "UTC"
	// What a transaction reads after it waited for a lock must be what the other
	// one left, whatever the server's or the role's default is.
	conf.RuntimeParams["default_transaction_isolation"] = "read committed"
	pool := stdlib.OpenDB(*conf)
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	db := &DB{write: pool, read: pool, dialect: postgres()}
	what := fmt.Sprintf("open the database %s on %s", conf.Database, conf.Host)
	if err = refuseEncoding(ctx, pool); err == nil {
		err = db.migrate(ctx, db.aloneOnServer)
	}
	if err != nil {
		return nil, errors.Join(db.say(what, err), db.Close())
	}
	return db, nil
}

// refuseEncoding keeps us out of a database that cannot hold every language.
func refuseEncoding(ctx context.Context, pool *sql.DB) error {
	var encoding string
	if err := pool.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" && encoding != "SQL_ASCII" { // the latter takes any bytes
		return digest.Hint(fmt.Errorf("its encoding is %s", encoding), makeDatabase)
	}
	return nil
}

// aloneOnServer waits for an advisory lock of the server.
func (db *DB) aloneOnServer(ctx context.Context) (func() error, error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1::int, hashtext(current_schema()))", migrateLock); err != nil {
		return nil, errors.Join(err, discard(conn))
	}
	return func() error { return discard(conn) }, nil
}

// advisoryLock holds a lock of the server for as long as one connection lives.
func (db *DB) advisoryLock(ctx context.Context, l lock, who string) (func() error, error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return nil, db.say("take the "+l.name+"'s lock", err)
	}
	var ok bool
	err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1::int, hashtext(current_schema()))", l.key).Scan(&ok)
	if err == nil && ok {
		// The server cuts names at 63 bytes.
		_, err = conn.ExecContext(ctx, "SELECT set_config('application_name', $1, false)", who)
	}
	switch {
	case err != nil:
		return nil, errors.Join(db.say("take the "+l.name+"'s lock", err), discard(conn))
	case !ok:
		return nil, errors.Join(l.busy(l.holder(ctx, conn)), discard(conn))
	}
	return func() error { return discard(conn) }, nil
}

func (l lock) holder(ctx context.Context, conn *sql.Conn) string {
	var name string
	err := conn.QueryRowContext(ctx, `SELECT a.application_name || ', connected from ' || coalesce(host(a.client_addr), 'the same machine')
		FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = $1
		  AND l.objid::bigint = hashtext(current_schema())::bigint & 4294967295
		  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`, int64(l.key)).Scan(&name)
	if err != nil {
		return ""
	}
	return name
}

const makeDatabase = "make the database first: createdb --encoding=UTF8 --template=template0 NAME"

func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// connectError says in one line what pgx says in several, one for each try.
type connectError struct{ *pgconn.ConnectError }

func (e *connectError) Error() string {
	words := strings.TrimSpace(e.ConnectError.Error())
	return "no connection: " + strings.TrimSpace(words[strings.LastIndex(words, "\n")+1:])
}

func (e *connectError) Unwrap() error { return e.ConnectError }

func explainPostgres(err error) error {
	var connect *pgconn.ConnectError
	state := sqlState(err)
	switch {
	case strings.HasPrefix(state, "28"):
		return digest.Hint(err, "the server refuses this user: check name and password")
	case state == "3D000":
		return digest.Hint(err, makeDatabase)
	case state == "42501":
		return digest.Hint(err, "give this user the right to make tables in the schema")
	case state == "53100":
		return digest.Hint(err, "the server's disk is full: make room; nothing is lost")
	case state == "25006":
		return digest.Hint(err, "the server is read-only: connect to the primary")
	case errors.As(err, &connect):
		return digest.Hint(&connectError{connect}, "see that the server runs and that `database:` names its host and port")
	}
	return err
}
