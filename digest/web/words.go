package web

import (
	"net/http"
	"strings"

	"reedaily/digest/render"
)

// box is the words of the subscription box. The heading and the text are the
// owner's own, to the letter.
func box() render.PageBox {
	return render.PageBox{
		Heading: "Straight Into Your Inbox",
		Text:    "Receive a Daily News Update Intended to Help You Keep Pace With the Rapidly Evolving REE Market.",
		Button:  "Subscribe",
		Small: "First we write to ask whether it was you. Then comes one mail a day, on days with news. " +
			"You can leave with one click, and your address is used for nothing else.",
	}
}

// formText is what somebody who presses the button has read: the evidence of
// what was agreed to.
func formText() string {
	b := box()
	return strings.Join([]string{b.Heading, b.Text, b.Small, "[" + b.Button + "]"}, "\n")
}

// problem is what a reader is told of a refusal, with the next step.
func problem(status int, base string) render.PageProblem {
	switch status {
	case http.StatusBadRequest, http.StatusUnsupportedMediaType:
		return render.PageProblem{
			Heading: "That did not arrive whole",
			Text:    "The form came in a shape that we cannot read. Please fill it in once more on our own page.",
		}
	case http.StatusForbidden:
		return render.PageProblem{
			Heading: "That came from another site",
			Text:    "For your safety this works from our own pages only. Please start from the front page.",
		}
	case http.StatusNotFound:
		return render.PageProblem{
			Heading: "There is nothing here",
			Text:    "If a link in a mail brought you here, it was probably cut short. Please open it from the mail again, or copy it whole.",
		}
	case http.StatusMethodNotAllowed:
		return render.PageProblem{
			Heading: "This page cannot do that",
			Text:    "It can be looked at, but not used in this way.",
		}
	case http.StatusRequestEntityTooLarge:
		return render.PageProblem{
			Heading: "That was too much",
			Text:    "A mail address is all we need. Please send the form with nothing else in it.",
		}
	case http.StatusMisdirectedRequest:
		return render.PageProblem{
			Heading: "This site has another name",
			Text:    "It answers at " + base + " only.",
		}
	case http.StatusTooManyRequests:
		return render.PageProblem{
			Heading: "That was a lot at once",
			Text:    "Several addresses came from your network within the hour. Please come back in an hour; nothing you did before is lost.",
		}
	case http.StatusServiceUnavailable:
		return render.PageProblem{
			Heading: "Not just now",
			Text:    "We could not write that down, so nothing has changed. Please try again in a minute.",
		}
	}
	return render.PageProblem{
		Heading: "Something broke on our side",
		Text:    "It is noted, and we will look at it. Please try again in a minute.",
	}
}

// mistake says in one sentence what is wrong with a typed address.
func mistake(typed string) string {
	typed = strings.TrimSpace(typed)
	local, domain, _ := strings.Cut(typed, "@")
	switch {
	case typed == "":
		return "Please type your email address."
	case strings.ContainsAny(typed, " \t"):
		return "There is a space in this address. Please take it out."
	case !strings.Contains(typed, "@"):
		return "There is no @ in this address. Please write it like reader@example.com."
	case strings.Count(typed, "@") > 1:
		return "There is more than one @ in this address. Please write a single one, like reader@example.com."
	case local == "":
		return "The part before the @ is missing. Please write the address like reader@example.com."
	case !plainASCII(local):
		return "Before the @ we can only use plain letters and digits. Please type another address of yours."
	case !strings.Contains(domain, "."):
		return "The part after the @ is not complete. Please write the address like reader@example.com."
	}
	return "This does not look like an email address. Please write it like reader@example.com."
}

func plainASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > '~' })
}
