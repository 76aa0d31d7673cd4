package digesttest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Attack is a document made to hurt a reader of feeds. Each is under 5 MB;
// most are a few KB when compressed.
type Attack struct {
	Name string
	Body func() []byte
}

// attackSize is how large the attacks are: just under what a collector takes.
const attackSize = 5_000_000

// Attacks are 25 ways to use up a reader's stack, memory or time.
func Attacks() []Attack {
	return append(xmlAttacks(), otherAttacks()...)
}

func xmlAttacks() []Attack {
	channel := func(inner string) []byte {
		return []byte(`<?xml version="1.0"?><rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ore</title>` +
			`<item><title>Whole</title><link>https://ore.example/whole</link></item>` + inner)
	}
	item := func(inner string) []byte {
		return channel("<item><title>Bad</title><link>https://ore.example/bad</link>" + inner + "</item></channel></rss>")
	}
	entry := func(inner string) []byte {
		return []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Ore</title><entry><title>Whole</title><link href="https://ore.example/whole"/></entry>` +
			`<entry><title>Bad</title><link href="https://ore.example/bad"/>` + inner + `</entry></feed>`)
	}
	fill := func(s string) string { return strings.Repeat(s, attackSize/len(s)) }

	return []Attack{
		{"nested extensions", func() []byte { return channel(strings.Repeat("<m:a>", attackSize/5-100)) }},
		{"nested known extensions", func() []byte { return item(strings.Repeat("<m:group>", attackSize/9-100)) }},
		{"nested markup in a text", func() []byte { return item("<description>" + strings.Repeat("<b>", attackSize/3-200)) }},
		{"items inside items", func() []byte { return channel(fill("<item>")[:attackSize-400]) }},
		{"entities that multiply", func() []byte { return append(laughs(), item("<description>&a29;</description>")...) }},
		{"an entity that is a file", func() []byte {
			return append([]byte(`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>`), item("<description>&x;</description>")...)
		}},
		{"a declaration without an end", func() []byte {
			return append([]byte("<!DOCTYPE rss ["+fill("<!ENTITY a 'b'>")[:4_000_000]), item("")...)
		}},
		{"a million attributes", func() []byte { return item("<m:a " + fill(`a="" `)[:attackSize-500] + "/>") }},
		{"a giant attribute", func() []byte { return item(`<guid isPermaLink="` + fill("a")[:attackSize-500] + `">x</guid>`) }},
		{"comments without an end", func() []byte { return item(fill("<!--")[:attackSize-500]) }},
		{"CDATA without an end", func() []byte { return item("<description>" + fill("<![CDATA[")[:attackSize-500]) }},
		{"confetti of CDATA", func() []byte {
			return item("<dc:creator>" + fill("<![CDATA[a]]>")[:attackSize-600/13*13] + "</dc:creator>")[:attackSize]
		}},
		{"a million items", func() []byte { return channel(fill("<item/>")[:attackSize-400]) }},
		{"a million links in one item", func() []byte { return item(fill("<link>https://ore.example/</link>")[:attackSize-500]) }},
		{"a thousand namespaces for each element", func() []byte {
			var ns strings.Builder
			for i := range 1000 {
				fmt.Fprintf(&ns, ` xmlns:n%d="urn:%d"`, i, i)
			}
			return item("<m:group" + ns.String() + ">" + fill("<m:title>a</m:title>")[:4_000_000] + "</m:group>")
		}},
		{"a namespace for each element", func() []byte { return item(fill(`<a:a xmlns:a="urn:a">`)[:attackSize-500]) }},
		{"a million references", func() []byte { return item("<description>" + fill("&amp;")[:attackSize-600] + "</description>") }},
		{"a title of megabytes", func() []byte { return item("<dc:title>" + fill("ore ")[:attackSize-600] + "</dc:title>") }},
		{"dates of megabytes", func() []byte {
			return channel(strings.Repeat("<item><link>https://ore.example/</link><pubDate>"+strings.Repeat("1", 900)+":</pubDate></item>", 5000))
		}},
		{"XHTML a hundred thousand deep", func() []byte {
			return entry(`<content type="xhtml">` + strings.Repeat("<div>", 400_000) + strings.Repeat("</div>", 400_000) + "</content>")
		}},
		{"escaped HTML a million deep", func() []byte {
			return entry(`<content type="html"><![CDATA[` + strings.Repeat("<b>", attackSize/3-500) + "]]></content>")
		}},
	}
}

// laughs declares thirty entities of which each is ten of the one before.
func laughs() []byte {
	var b bytes.Buffer
	b.WriteString(`<!DOCTYPE rss [<!ENTITY a0 "ore">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	b.WriteString("]>")
	return b.Bytes()
}

func otherAttacks() []Attack {
	return []Attack{
		{"a web page a million deep", func() []byte { return []byte("<html><body>" + strings.Repeat("<div>", attackSize/5-100)) }},
		{"JSON a million deep", func() []byte {
			return []byte(`{"version":"https://jsonfeed.org/version/1","title":"Ore","x":` + strings.Repeat("[", attackSize-200))
		}},
		{"JSON of a million values", func() []byte {
			return []byte(`{"title":"Ore","items":[` + strings.Repeat("{},", attackSize/3-100) + "{}]}")
		}},
		{"broken UTF-16", func() []byte {
			var b bytes.Buffer
			b.WriteString("\xff\xfe")
			for _, u := range utf16.Encode([]rune("<rss><channel><item><title>")) {
				_ = binary.Write(&b, binary.LittleEndian, u)
			}
			b.Write(bytes.Repeat([]byte{0x00, 0xd8, 0xff}, attackSize/3-100))
			return b.Bytes()
		}},
	}
}
