// Package templates holds the files that mails and pages are made of, and
// nothing else: package render parses and runs them.
//
//	mail/    the frame, the digest and the confirmation, HTML and text side by side
//	page/    the public site
//	sample/  editions of our own writing: previews, golden tests, and the
//	         documentation of what a mail template may use
//
// An operator replaces single files with --templates DIR, where DIR has the
// same folders: DIR/mail/digest.html stands in for mail/digest.html.
package templates

import "embed"

// FS has the folders mail, page and sample.
//
//go:embed mail page sample
var FS embed.FS
