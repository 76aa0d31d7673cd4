package subscribe_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/subscribe"
	"reedaily/store"
)

var start = time.Date(2026, 2, 14, 8, 0, 0, 0, time.UTC)

// office is a desk on a real store, with a clock that the test turns.
type office struct {
	*subscribe.Desk
	db    *store.DB
	now   time.Time
	woken int
	log   strings.Builder
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{now: start}
	db, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "reedaily.db"), Now: o.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	links, err := digest.NewLinks("https://news.example.com", []digest.Key{{ID: 1, Secret: []byte(strings.Repeat("k", 32))}})
	if err != nil {
		t.Fatal(err)
	}
	o.db = db
	o.Desk = &subscribe.Desk{
		Store: db, Links: links, Budget: digest.DefaultAskBudget(), Now: o.clock,
		Sleep: func(ctx context.Context, d time.Duration) error {
			select {
			case <-ctx.Done():
			case <-time.After(d):
			}
			return ctx.Err()
		},
		Log:  slog.New(slog.NewTextHandler(&o.log, nil)),
		Wake: func() { o.woken++ },
	}
	return o
}

func (o *office) clock() time.Time { return o.now }

func (o *office) ask(t *testing.T, email string) (queued int) {
	t.Helper()
	if err := o.Ask(t.Context(), email, "203.0.113.7", "the words"); err != nil {
		t.Fatal(err)
	}
	queued, err := o.WorkOnce(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return queued
}

func (o *office) reader(t *testing.T, email string) digest.Subscriber {
	t.Helper()
	s, err := o.db.Subscriber(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (o *office) confirmToken(t *testing.T, email string) string {
	t.Helper()
	return o.token(t, o.reader(t, email).Nonce, o.Links.Confirm)
}

func (o *office) leaveToken(t *testing.T, email string) string {
	t.Helper()
	return o.token(t, o.reader(t, email).ID, func(h digest.Handle, _ time.Time, key int) (string, error) {
		return o.Links.Unsubscribe(h, key)
	})
}

func (o *office) token(t *testing.T, handle string, address func(digest.Handle, time.Time, int) (string, error)) string {
	t.Helper()
	h, err := digest.ParseHandle(handle)
	if err != nil {
		t.Fatal(err)
	}
	a, err := address(h, o.now, o.Links.KeyID())
	if err != nil {
		t.Fatal(err)
	}
	return a[strings.LastIndexByte(a, '/')+1:]
}

func TestAReadersWholeWay(t *testing.T) {
	o := newOffice(t)
	const email = "Reader@example.com"
	if n := o.ask(t, email); n != 1 || o.woken != 1 {
		t.Fatalf("asked: %d letters queued, woken %d times; want 1 and 1", n, o.woken)
	}
	if s := o.reader(t, email); s.State != digest.ReaderPending {
		t.Fatalf("asked: reader is %s", s.State)
	}
	token := o.confirmToken(t, email)
	for range 2 { // the second press shows the same
		if err := o.Confirm(t.Context(), token, "203.0.113.8"); err != nil {
			t.Fatal(err)
		}
	}
	if s := o.reader(t, email); s.State != digest.ReaderConfirmed {
		t.Fatalf("confirmed: reader is %s", s.State)
	}
	leave := o.leaveToken(t, email)
	for range 2 {
		if err := o.Leave(t.Context(), leave, subscribe.HowOneClick, "203.0.113.9"); err != nil {
			t.Fatal(err)
		}
	}
	s := o.reader(t, email)
	if s.State != digest.ReaderUnsubscribed {
		t.Fatalf("left: reader is %s", s.State)
	}
	if err := o.Confirm(t.Context(), token, ""); !errors.Is(err, digest.ErrExpired) {
		t.Errorf("confirm after leaving: %v, want ErrExpired", err)
	}
	ledger, err := o.db.Consents(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range ledger {
		got = append(got, fmt.Sprintf("%s by %s from %s", c.Event, c.How, c.Client))
	}
	want := "ask by form from 203.0.113.7, confirm by link from 203.0.113.8, leave by one-click from 203.0.113.9"
	if strings.Join(got, ", ") != want {
		t.Errorf("ledger: %s\nwant    %s", strings.Join(got, ", "), want)
	}
	if ledger[0].FormText != "the words" {
		t.Errorf("the words agreed to: %q", ledger[0].FormText)
	}
}

func TestTokens(t *testing.T) {
	o := newOffice(t)
	o.ask(t, "a@example.com")
	confirm := o.confirmToken(t, "a@example.com")
	leave := o.leaveToken(t, "a@example.com")
	mangled := strings.Replace(confirm, confirm[20:21], map[bool]string{true: "B", false: "A"}[confirm[20] == 'A'], 1)
	unknown := o.token(t, digest.NewHandle().String(), o.Links.Confirm)
	nobody := o.token(t, digest.NewHandle().String(), func(h digest.Handle, _ time.Time, key int) (string, error) {
		return o.Links.Unsubscribe(h, key)
	})
	for _, c := range []struct {
		name string
		do   func() error
		want error
	}{
		{"confirm with a leaving link", func() error { return o.Confirm(t.Context(), leave, "") }, digest.ErrBadToken},
		{"leave with a confirm link", func() error { return o.Leave(t.Context(), confirm, "", "") }, digest.ErrBadToken},
		{"mangled", func() error { return o.Confirm(t.Context(), mangled, "") }, digest.ErrBadToken},
		{"empty", func() error { return o.Confirm(t.Context(), "", "") }, digest.ErrBadToken},
		{"of nobody", func() error { return o.Confirm(t.Context(), unknown, "") }, digest.ErrExpired},
		{"leaving of nobody", func() error { return o.Leave(t.Context(), nobody, "", "") }, nil},
		{"look at a confirm link", func() error { return o.CheckConfirm(confirm) }, nil},
		{"look at a leaving link", func() error { return o.CheckLeave(leave) }, nil},
		{"look at a wrong one", func() error { return o.CheckLeave(confirm) }, digest.ErrBadToken},
	} {
		if err := c.do(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if s := o.reader(t, "a@example.com"); s.State != digest.ReaderPending {
		t.Errorf("after all that the reader is %s, want pending", s.State)
	}
	o.now = o.now.Add(digest.ConfirmLife + 2*time.Hour)
	if err := o.Confirm(t.Context(), confirm, ""); !errors.Is(err, digest.ErrExpired) {
		t.Errorf("too late: %v, want ErrExpired", err)
	}
	o.now = o.now.AddDate(20, 0, 0)
	if err := o.Leave(t.Context(), leave, subscribe.HowLink, ""); err != nil {
		t.Errorf("leaving by a mail of twenty years ago: %v", err)
	}
}

func TestANewerMailReplacesTheOlder(t *testing.T) {
	o := newOffice(t)
	o.ask(t, "a@example.com")
	old := o.confirmToken(t, "a@example.com")
	o.now = o.now.Add(time.Hour)
	o.ask(t, "a@example.com")
	if err := o.Confirm(t.Context(), old, ""); !errors.Is(err, digest.ErrExpired) {
		t.Errorf("the older link: %v, want ErrExpired", err)
	}
	if err := o.Confirm(t.Context(), o.confirmToken(t, "a@example.com"), ""); err != nil {
		t.Errorf("the newer link: %v", err)
	}
}

func TestAddresses(t *testing.T) {
	o := newOffice(t)
	for typed, want := range map[string]string{
		"  reader@Example.COM ": "reader@example.com",
		"r@bücher.example":      "r@xn--bcher-kva.example",
		"r@例え.テスト":              "r@xn--r8jz45g.xn--zckzah",
		"a@b@c.example":         "",
		"r@localhost":           "",
		"r@127.0.0.1":           "",
		`"a b"@example.com`:     "",
		"jörg@example.com":      "",
		"r@exa mple.com":        "",
		"r@example.com\r\nBcc:": "",
		"":                      "",
	} {
		err := o.Ask(t.Context(), typed, "", "")
		var input *digest.InputError
		if (want == "") != errors.As(err, &input) {
			t.Errorf("%q: %v, want refused: %v", typed, err, want == "")
			continue
		}
		if want == "" {
			continue
		}
		if _, err := o.WorkOnce(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s := o.reader(t, want); s.Email != want {
			t.Errorf("%q is kept as %q", typed, s.Email)
		}
	}
}

// One address can be the target of many forms and gets three letters a month;
// its owner's subscription does not suffer.
func TestNobodyIsFlooded(t *testing.T) {
	o := newOffice(t)
	letters := 0
	for i := range 600 {
		if err := o.Ask(t.Context(), "victim@example.com", fmt.Sprintf("198.51.%d.%d", i/250, i%250), ""); err != nil {
			t.Fatal(err)
		}
		if i%20 == 19 {
			n, err := o.WorkOnce(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			letters += n
			o.now = o.now.Add(20 * time.Hour) // 25 days in all
		}
	}
	if letters != 3 {
		t.Errorf("%d letters to one address, want 3", letters)
	}
	if left, err := o.db.Signups(t.Context(), 10); err != nil || len(left) != 0 {
		t.Errorf("%d signups wait, %v", len(left), err)
	}
}

func TestTheHourlyBudgetMakesOthersWait(t *testing.T) {
	o := newOffice(t)
	o.Budget.Hourly = 10
	for i := range 25 {
		if err := o.Ask(t.Context(), fmt.Sprintf("r%d@example.com", i), "", ""); err != nil {
			t.Fatal(err)
		}
	}
	var asked []int64
	o.Store = broken{Store: o.db, asked: &asked}
	for _, want := range []int{10, 0} {
		if n, err := o.WorkOnce(t.Context()); err != nil || n != want {
			t.Fatalf("queued %d, %v; want %d", n, err, want)
		}
	}
	if len(asked) != 12 { // ten, and the first that waits, twice
		t.Errorf("%d signups were looked at, want 12: the others need not be", len(asked))
	}
	for _, want := range []int{10, 5, 0} {
		o.now = o.now.Add(61 * time.Minute)
		if n, err := o.WorkOnce(t.Context()); err != nil || n != want {
			t.Fatalf("an hour later: queued %d, %v; want %d", n, err, want)
		}
	}
}

func TestWorkIsWokenByAsk(t *testing.T) {
	o := newOffice(t)
	slept := make(chan struct{}, 100)
	o.Sleep = func(ctx context.Context, _ time.Duration) error { // nothing but the bell ends it
		slept <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	woken := make(chan struct{}, 1)
	o.Wake = func() { woken <- struct{}{} }
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- o.Work(ctx) }()
	<-slept
	if err := o.Ask(ctx, "a@example.com", "", ""); err != nil {
		t.Fatal(err)
	}
	select {
	case <-woken:
	case <-time.After(10 * time.Second):
		t.Fatal("nobody woke the outbox")
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("work ended with %v", err)
	}
}

func TestTheOperatorAddsAndRemoves(t *testing.T) {
	o := newOffice(t)
	if _, err := o.Add(t.Context(), "a@example.com", ""); err == nil {
		t.Error("added without anybody's word")
	}
	s, err := o.Add(t.Context(), "a@Example.com", "signed at the fair")
	if err != nil || s.State != digest.ReaderConfirmed || s.Email != "a@example.com" {
		t.Fatalf("added: %+v, %v", s, err)
	}
	if err := o.Remove(t.Context(), "a@example.com"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Add(t.Context(), "a@example.com", "signed again")
	var hint *digest.HintError
	if !errors.Is(err, digest.ErrMove) || !errors.As(err, &hint) {
		t.Errorf("added who left: %v, want ErrMove with a hint", err)
	}
	if err := o.Remove(t.Context(), "nobody@example.com"); !errors.Is(err, digest.ErrNotFound) {
		t.Errorf("removed nobody: %v, want ErrNotFound", err)
	}
	if err := o.Remove(t.Context(), "nobody"); err == nil {
		t.Error("removed what is no address")
	}
}

// broken is a store in which some signups cannot be settled.
type broken struct {
	subscribe.Store
	poison map[int64]bool
	asked  *[]int64
}

func (b broken) Ask(ctx context.Context, s digest.Signup, budget digest.AskBudget, now time.Time) (bool, error) {
	*b.asked = append(*b.asked, s.ID)
	if b.poison[s.ID] {
		return false, errors.New("disk on fire")
	}
	return b.Store.Ask(ctx, s, budget, now)
}

func TestOneBadSignupHoldsUpNobody(t *testing.T) {
	for _, c := range []struct {
		name   string
		poison map[int64]bool
		queued int
		asked  int
	}{
		{"one", map[int64]bool{1: true}, 5, 6},
		{"two", map[int64]bool{2: true, 5: true}, 4, 6},
		{"all: the store is at fault", map[int64]bool{1: true, 2: true, 3: true, 4: true, 5: true, 6: true}, 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			for i := range 6 {
				if err := o.Ask(t.Context(), fmt.Sprintf("r%d@example.com", i), "", ""); err != nil {
					t.Fatal(err)
				}
			}
			var asked []int64
			o.Store = broken{Store: o.db, poison: c.poison, asked: &asked}
			n, err := o.WorkOnce(t.Context())
			if n != c.queued || len(asked) != c.asked || err == nil {
				t.Errorf("queued %d, asked %v, %v; want %d queued of %d asked, and an error", n, asked, err, c.queued, c.asked)
			}
			o.Store = o.db
			if n, err := o.WorkOnce(t.Context()); n != len(c.poison) || err != nil {
				t.Errorf("once mended: queued %d, %v; want %d", n, err, len(c.poison))
			}
		})
	}
}
