package main

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"reedaily/cmd/internal/press"
	"reedaily/digest/digesttest"
)

// TestScripts runs the program as an operator does: each script has a fresh
// folder, the day's date in $TODAY, the sample press at $PRESS (feeds $FEED1 to
// $FEED3) and a relay on port $RELAY; letters NUMBER says how many letters the relay has.
func TestScripts(t *testing.T) {
	papers := press.New(time.Now())
	web := httptest.NewServer(papers.Handler())
	t.Cleanup(web.Close)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			relay, err := digesttest.StartSMTP(digesttest.SMTPSettings{})
			if err != nil {
				return err
			}
			e.Defer(relay.Close)
			e.Values["relay"] = relay
			e.Setenv("PRESS", web.URL)
			e.Setenv("TODAY", time.Now().UTC().Format(time.DateOnly))
			for i, f := range papers.Feeds(web.URL)[:3] {
				e.Setenv(fmt.Sprintf("FEED%d", i+1), f.URL)
			}
			e.Setenv("RELAY", fmt.Sprint(relay.Port()))
			e.Setenv("CLOSED", freePort(t))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"letters": func(ts *testscript.TestScript, _ bool, args []string) {
				relay, ok := ts.Value("relay").(*digesttest.SMTPServer)
				if got := fmt.Sprint(len(relay.Letters())); !ok || len(args) != 1 || got != args[0] {
					ts.Fatalf("the relay has %s letters, want %v", got, args)
				}
			},
		},
	})
}
