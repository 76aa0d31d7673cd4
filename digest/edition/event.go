package edition

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"reedaily/digest"
)

// eventWords are the words with which English headlines say that something
// happened, is about to, or was said: verbs, which stand for their endings, and
// behind = words for themselves alone, as what else they mean tells nothing. A
// headline without any of them, without an amount and without a speaker names
// no event.
var eventWords = wordSet(`
	accelerate accept accuse acquire add adopt advance agree allow amend announce appoint approve arrest assign authorise authorize award
	ban blacklist block boost bolster breach cancel certify clear close collaborate collapse commence commission commit complete confirm convene convict create cross curb
	decide decline declare defer delay deliver demonstrate deny deploy disclose discover discuss divest double elevate enable endorse enter exceed exempt expand expire explode extract eye
	fail file finalise finalize forge fund gain grant halt hike hint impose inaugurate inch ink install invest investigate join jump kick
	land launch locate loom lower merge mull notify obtain open oust overtake partner pilot pledge plunge postpone praise prepare prohibit promote propose prosecute protest purchase
	quadruple raid raise rally ramp reappoint reach reaffirm reboot rebound receive recommend recover reduce refuse reject release rename renew reopen replace request resign resume reshore restart restore restrict resurrect reveal revive rip
	sanction scrap scramble scrutinise scrutinize secure seek seize select shelve ship shut sign soar soften spike stall stoke strike submit sue surge surpass suspend
	target tighten tour trigger triple tumble unveil upgrade urge veto visit vow warn weigh welcome widen withdraw win
	=agreement =accord =pact =truce =summit =probe =curbs =acquisition =acquired =adds =aims =approval =approvals =assays =asked =asks =backed =backs =bags =began =begins =begin =begun =bets =bought =breaks =broke =builds =build =built =buys =buy =buyout =bid
	=calls =came =carries =changed =charges =charged =completion =commits =cuts =cut =deal =debuts =delivered =develop =develops =developed =drops =dropped =drilling =ends =ended =eases =eased =enacts =enters =eia =established =establishes =establish =expanding =expands =exits =extends =explores =explored
	=faces =fall =falls =fell =fallen =files =finds =found =fid =form =forms =formed =freezes =frozen =gained =gets =gives =goes_live =grew =grows =holds =held =helps =hits =hit =identifies =identified =intersects =introduces =issued =issues =keeps =kicks =launching =leads =led =lent =lends =lend =lift =lifts =lifted =linked =loi =loses =lost =loan =loans =lease =licence =license
	=made =makes =meets =met =mou =moves =moved =moving =names =named =nears =nearing =negotiating =notifies =offers =offered =offtake =opening =ordered =outlines =outlined =passes =passed =pauses =paused =pays =paid =picks =picked =placing =plan_to =plans =planned =poised =posts =posted =produce =produces =produced =producing =proposed =provide =provides =provided =publishes =published =pulled =pulls =pushes =puts =quits
	=raising =ready =record =records =recovers =recovered =recycles =reinvents =rejoins =remain =remains =removes =report_says =reported =reports_results =responds =returns =returned =reverses =rips =rise =rises =rose =rolls =rules =ruled =runs =seen
	=said =saw =say =says =sealed =seals =sees =sells =sold =sends =sent =sets =set_to =settles =shares_fall =shelved =shipments =shipped =ships =shuts =slips =slid =slides =slows =slumps =sought =speeds =spends =spent =stakes =stake =starts =started =start =stepped =steps =steps_in =stopped =stops =stop =struck =suffering =supplied =supplies_to
	=take =takes =taken =takes_stake =talks =tests =tested =threatens =threatened =told =took =tops =trades =tracked =traded =tries =turned =unlocks =uses =used =uncovers =update =updates =votes =voted =wants =wins =winning =won =withdraws =withdrew =works_with =wraps
	=approves =to_build =to_start =to_supply =to_produce =to_end =to_lead =to_list =to_make =to_use =to_acquire =to_process =to_site =gearing_up =on_the_rise =closes_in =will_open =will_cut =put_out
	=could_replace =create =sanctions =tariffs =tariff =strike =quota =quotas =interview`)

// wordSet is the words of a list.
func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// sized is money, a share or a weight: a headline that has one tells a fact.
var sized = regexp.MustCompile(`(?i)[$€£¥₹]\s?\d[\d.,]*(?:\s?(?:million|billion|trillion|crore|[mbk]n?)\b)?|\d[\d.,]*\s?(?:%|per ?cent|percent|million|billion|mn\b|bn\b|[mb]\b|crore|tonnes?\b|tons?\b|t\b|kt\b|mw\b|metres|meters|-job|jobs)|\d[.,]\d{3}`)

// smallWords and topicWords are words that hardly any English headline of some
// length on the topic lacks.
var (
	smallWords = wordSet("a an and are as at be by can could for from has have how in into is its of on or that the their this to us what why with could new no just but")
	topicWords = wordSet("rare earth magnet magnets market supply industry strategy")
)

// fewestWords is from how many words on a headline can be said to tell no event.
const fewestWords = 4

// reported are signs of a news report in the beginning of an article's text.
var reported = regexp.MustCompile(`(?i)\b(?:announced|said (?:on|in|it|that|the|today|yesterday)|told reporters|according to (?:a|the|an) (?:statement|filing|release|notice)|(?:on|last|this) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|reported (?:on|that)|today (?:announced|said))\b|\((?:Reuters|AP|AFP|Bloomberg|GLOBE NEWSWIRE|Xinhua)\)|(?:PRNewswire|BUSINESS WIRE|ACCESS Newswire|Newsfile)`)

// leadText is how much of an article's text is read for such a sign, in characters.
const leadText = 400

// eventless says that a report names no event: neither its headline nor the
// beginning of its text says that something happened or was said. Only English
// ones are read so.
func eventless(a digest.Article) bool {
	if !isEnglish(a) || sized.MatchString(a.Title) || reported.MatchString(firstRunes(a.Body(), leadText)) {
		return false
	}
	words := strings.Fields(wordsOf(a.Title))
	return len(words) >= fewestWords && !happens(words)
}

// happens says whether an English headline names an event.
func happens(words []string) bool {
	return slices.ContainsFunc(windows(words), isEvent) || verbal(words) || intended(words)
}

// intended says whether somebody is to do something: "X to sell Y", but not
// "From X to Y", "the key to Y" and "mine-to-magnet".
func intended(words []string) bool {
	for i := 1; i+1 < len(words); i++ {
		before, next := words[i-1], words[i+1]
		if before == "from" || i > 1 && words[i-2] == "from" {
			return false
		}
		if words[i] == "to" && !smallWords[before] && !openEnds[before] && !smallWords[next] && !topicWords[next] && !generalWords[next] {
			return true
		}
	}
	return false
}

// openEnds are words before "to" that tell no plan.
var openEnds = wordSet("need needs key keys way ways path road route guide answer answers approach threat threats access due back power close next time back mine alternative alternatives solution solutions chance right rise oxide metal race bid push")

// generalWords say how things are, not what happened, and things is what
// headlines on the topic are full of: neither is a verb that [verbal] looks for.
var generalWords = wordSet(`
	beats becomes changes counts decides defines depends dominates drives fuels matters means needs powers proves relies reshapes rewrites runs shapes shows speaks transforms underpins works
	advanced aligned ango based closed complicated consolidated dated detailed distributed elevated embedded estimated experienced fed fixed focused fragmented interested integrated linked limited listed mixed motorised motorized overlooked packed powered proposed related renewed required rushed sintered speed supercharged troubled trusted uncharted unexpected united untapped used vertically
	alloys ambitions americas analysts answers applications approaches assets autos barriers batteries benefits bottlenecks breakthroughs businesses buyers cars catalysts chains challenges characteristics charts chips choices chokepoints cities companies components concerns consequences considerations controls costs countries crises days deals defenses deposits dependencies developers developments dilemmas discoveries dynamics earnings earths economics economies effects efforts electronics elements engines essentials etfs expectations explorers exports factories facts factors farms fields firms forces forecasts fundamentals funds futures gains gaps gigafactories goals governments grades hubs ideas impacts implications imports incentives industries initiatives innovations insights interests investments investors islands issues jobs leaders lessons levels licenses limits links lives logistics losses machines magnetics magnets makers manufacturers margins markets materials measures metals methods minds minerals miners mines models motors mountains movements nations needs notes numbers oceans opportunities options others outcomes oxides parts partners partnerships patents patterns perspectives picks plants players policies politics powerhouses prices priorities problems processes processors producers products programs projects promises properties prospects quantities questions rankings reasons regions regulations relations reserves resources restrictions results rewards risks rivals roads robotics robots roles routes sales sanctions scenarios secrets sectors services shares shares shortages signals signs skills solutions sources stages stakes standards states stations statistics steps stocks stories strategies strengths struggles supplies suppliers systems takeaways talks tariffs technologies tensions terms things threats times tips tools trends turbines types uncertainties universities uses values vehicles ventures views wars ways weapons wheels winners workers works years`)

// verbal says whether a word behind the first looks like a verb of something
// that happened: "X courts Y", "X ousted". It would rather take a noun for one
// than news for comment.
func verbal(words []string) bool {
	for i, w := range words {
		switch {
		case i == 0 || len(w) < 4 || generalWords[w]:
		case strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed"):
			return true
		case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") &&
			i+1 < len(words) && !smallWords[words[i-1]]:
			return true
		}
	}
	return false
}

// windows are the words and, joined by _, all pairs of neighbours; a word in
// -ing counts only behind a name or noun, as in "X developing Y".
func windows(words []string) []string {
	var out []string
	for i, w := range words {
		if i > 0 {
			out = append(out, words[i-1]+"_"+w)
		}
		if !strings.HasSuffix(w, "ing") || i > 0 && !smallWords[words[i-1]] {
			out = append(out, w)
		}
	}
	return out
}

// isEvent says whether the list has a word, or a verb with that ending.
func isEvent(word string) bool {
	if eventWords["="+word] {
		return true
	}
	for _, end := range []string{"", "s", "es", "d", "ed", "ing"} {
		root, ok := strings.CutSuffix(word, end)
		if ok && (eventWords[root] || end == "ing" && eventWords[root+"e"]) {
			return true
		}
		if n := len(root); ok && len(end) > 1 && n > 2 && root[n-1] == root[n-2] && eventWords[root[:n-1]] {
			return true // "banned"
		}
		if root, ok := strings.CutSuffix(word, "ies"); ok && eventWords[root+"y"] {
			return true
		}
	}
	return false
}

// isEnglish goes by the language that is stated, else by small words.
func isEnglish(a digest.Article) bool {
	if a.Lang != "" {
		return speaks("en", a.Lang)
	}
	words := strings.Fields(wordsOf(a.Title))
	if strings.ContainsFunc(a.Title, func(r rune) bool { return unicode.IsLetter(r) && r > unicode.MaxASCII }) {
		return false
	}
	return slices.ContainsFunc(words, func(w string) bool { return smallWords[w] || topicWords[w] })
}
