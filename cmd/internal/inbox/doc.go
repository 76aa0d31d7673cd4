// Package inbox is a mail server for letters that go nowhere else: it takes
// them by SMTP, keeps each as a file, and shows them on a web page. It is the
// outbox where no relay is set, and the post office of the demo.
//
// It hands nothing on and asks nobody for a password, so it belongs on the
// loopback interface: its pages answer to no other name.
package inbox
