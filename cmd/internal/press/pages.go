package press

// pageText is the pages' templates: plain, but real enough to read an article
// out of them.
const pageText = `
{{define "head"}}<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
body{max-width:40rem;margin:0 auto;padding:0 1.25rem 4rem;font:1.06rem/1.6 Georgia,'Times New Roman',serif}
header{margin:0 -1.25rem 2rem;padding:.6rem 1.25rem;font:.9rem/1.5 system-ui,sans-serif;background:#8883;}
h1{line-height:1.2;margin:.3rem 0 .6rem}
.by,footer{font:.9rem/1.5 system-ui,sans-serif;opacity:.8}
aside{margin:1.5rem 0;padding:.2rem 1.2rem;border-left:4px solid #a3480f}
aside h2{font-size:1.05rem;margin:.6rem 0 0}
li{margin:.4rem 0}
a{color:inherit}
</style>{{end}}

{{define "sample"}}<header>Sample press of the reedaily demo: all that you read here is invented.</header>{{end}}

{{define "index"}}<!doctype html>
<html lang="en"><head><title>The sample press</title>{{template "head"}}</head><body>
{{template "sample"}}
<h1>The sample press</h1>
<ul>{{range .}}
<li lang="{{.Lang}}"><a href="{{.Home}}">{{.Name}}</a> (<a href="{{.Feed}}">feed</a>): {{.About}}</li>{{end}}
</ul></body></html>{{end}}

{{define "front"}}<!doctype html>
<html lang="{{.Outlet.Lang}}"><head><title>{{.Outlet.Name}}</title>{{template "head"}}
<link rel="alternate" href="{{.Outlet.Feed}}" title="{{.Outlet.Name}}"></head><body>
{{template "sample"}}
<h1>{{.Outlet.Name}}</h1>
<p class="by">{{.Outlet.About}}</p>
<ul>{{range .Articles}}
<li><a href="{{.Path}}">{{.Title}}</a><br><span class="by">{{.When}}</span></li>{{end}}
</ul></body></html>{{end}}

{{define "article"}}<!doctype html>
<html lang="{{.Outlet.Lang}}"><head><title>{{.Title}} | {{.Outlet.Name}}</title>{{template "head"}}
<meta name="author" content="{{.Author}}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{{.Outlet.Name}}">
<meta property="og:title" content="{{.Title}}">
<meta property="article:published_time" content="{{.Published}}">
<link rel="canonical" href="{{.Path}}"></head><body>
{{template "sample"}}
<nav class="by"><a href="{{.Outlet.Home}}">{{.Outlet.Name}}</a></nav>
<article>
<h1>{{.Title}}</h1>
<p class="by">{{with .Author}}{{.}} · {{end}}<time datetime="{{.Published}}">{{.When}}</time></p>
{{- if .Highlights}}
<aside><h2>Highlights</h2><ul>{{range .Highlights}}
<li>{{.}}</li>{{end}}
</ul></aside>
{{- end}}
{{- range .Text}}
<p>{{.}}</p>
{{- end}}
</article>
<footer><p>Read more at <a href="{{.Outlet.Home}}">{{.Outlet.Name}}</a>.</p></footer>
</body></html>{{end}}
`
