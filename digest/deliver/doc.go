// Package deliver hands the letters of the outbox to a mail relay, each once.
//
// A [Pool] claims rows, has each letter made whole, walks it through SMTP
// (RFC 5321) one recipient at a time, marks the row just before the final dot,
// and writes down what became of it. What an answer of the relay means for a
// row stands in one place, the table in outcome.go; a new rule is a new row
// there.
//
// It leaves to others: what a letter says (the Letters interface), how rows are
// kept (the Outbox interface), and who may send at all: whoever runs a Pool
// holds the sender's lock of the store.
package deliver
