// Package digesttest is for tests only: the web and the post on loopback.
//
// Feeds: [Days] plays the recorded mornings of the shared data, [NewWeb] serves
// whatever a test gives it and misbehaves on request, [Attacks] are documents
// that have killed readers. Mail: an SMTP server that keeps letters and
// misbehaves.
//
// Whatever this package starts ends with the test that started it.
package digesttest
