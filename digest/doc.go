// Package digest has the words of reedaily: what a feed, an article, a story,
// an edition, a delivery and a reader are, and the rules that hold for them.
// It does no I/O and imports the standard library only. Everything that does
// something is a folder below, named by its verb.
//
// # The map
//
//	cmd/reedaily           the one binary; wire.go is where rooms meet
//	cmd/internal/config    config.yaml → checked values
//	cmd/internal/inbox     an SMTP inbox with a web view: the outbox where no relay is set
//	cmd/internal/press     the demo's sample feeds, on loopback
//	cmd/internal/reedit    stored days once more, with other settings
//	digest                 the words
//	digest/collect         feeds and pages → articles, whatever state they are in
//	digest/collect/fetch   one address, politely and bounded
//	digest/collect/parse   RSS, Atom, JSON Feed, also broken ones
//	digest/collect/page    an article's own page → its text
//	digest/collect/plain   HTML → text as a reader sees it
//	digest/relevance       is this article about the topic, and why
//	digest/story           copies → one article, articles on one event → one story
//	digest/story/words     what the words of an article weigh, and what they speak of in any language
//	digest/highlight       sentences worth quoting, word for word
//	digest/rewrite         a model's wording of highlights
//	digest/rewrite/check   does the source say it, word by word
//	digest/edition         choose and order the day's stories; lists/ knows owners and agencies
//	digest/render          edition and reader → letter; names → pages
//	digest/deliver         outbox → relay, each letter once
//	digest/subscribe       ask, confirm, leave
//	digest/daily           the day in order, and its clock
//	digest/door            what every web request passes
//	digest/web             the public pages
//	digest/digesttest      for tests: feeds and mail servers on loopback
//	store                  all SQL; SQLite and PostgreSQL
//	store/storetest        what any store must do
//	templates              mails and pages, embedded
//
// # Floors
//
// Imports go down only, never sideways; a test in cmd/reedaily holds them to it.
//
//	5  cmd/reedaily
//	4  cmd/internal: config inbox press reedit
//	3  daily web
//	2  collect relevance story highlight rewrite edition render deliver subscribe door store
//	1  digest templates
//
// A folder inside a room stands on its floor and is the room's own. digesttest
// and storetest may import all, and nothing but tests imports them.
//
// What a room needs from its own floor it asks for through a small interface
// that it writes itself.
//
// # The news
//
//	Feed → Article → Judgement → Place (in a Story) → Highlight → Edition (frozen) → Delivery → Letter → Outcome
//
// Every noun is a row that one can look at, with a key that the world gives, so
// that every step may run twice: an article is a hash of its canonical address,
// an edition is (cadence, day), a delivery is (kind, ref, reader).
//
// # The reader
//
// One table, [ReaderMoves], and no "if" elsewhere.
//
// # Glossary
//
//	edition      one day's digest (avoid: issue, newsletter)
//	story        one event, told by several articles
//	article      one item of one outlet (avoid: entry, post)
//	copy         a near-duplicate of an article
//	highlight    one sentence quoted word for word (rewritten: in our words, and marked)
//	judgement    is an article about the topic, and why
//	tag          a name that a story is about, as a page that readers can follow
//	number       of the day: a fact worth a glance, never without its sentence
//	reader       whoever subscribed; Subscriber is the row
//	letter       one rendered mail
//	delivery     a letter's row in the outbox
//	submitted    a relay took the letter (avoid: sent, delivered)
//	relay        the SMTP server that we hand letters to
//	lease        a worker's claim on a row, for a time
//	cadence      how often a reader hears from us
//	day          a date in the newsletter's zone
//	told         an article that stands in a frozen edition
//	thread       what earlier editions told of a story
//	update       a story told before, with news
//	unchanged    a story told before and reported again without news: one line at the end
//	owner        of outlets: those of one owner are one witness
//	quiet        a morning on which no outlet wrote of the topic
package digest
