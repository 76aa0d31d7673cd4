package check

import "math/big"

// unit is what a number counts: a name that equal units share, and how many of
// that name one of them is.
type unit struct {
	name  string
	times *big.Rat // nil is 1
}

func scaled(name string, num, den int64) unit { return unit{name, big.NewRat(num, den)} }

// unitWords are the units by their folded spellings; those of two words are
// joined by a space.
// A language other than English names them in lines "/kg: …" of its list.
var unitWords = map[string]unit{
	"%": {name: "%"}, "percent": {name: "%"}, "per cent": {name: "%"}, "pct": {name: "%"},
	"percentage points": {name: "pp"}, "percentage point": {name: "pp"}, "pp": {name: "pp"},
	"basis points": {name: "bp"}, "basis point": {name: "bp"}, "bps": {name: "bp"},

	"t": {name: "t"}, "tonne": {name: "t"}, "tonnes": {name: "t"}, "metric tons": {name: "t"}, "metric ton": {name: "t"}, "mt": {name: "mt"},
	"metric tonnes": {name: "t"}, "metric tonne": {name: "t"},
	"kt": scaled("t", 1000, 1), "kilotonne": scaled("t", 1000, 1), "kilotonnes": scaled("t", 1000, 1),
	"kg": scaled("t", 1, 1000), "kilo": scaled("t", 1, 1000), "kilos": scaled("t", 1, 1000),
	"kilogram": scaled("t", 1, 1000), "kilograms": scaled("t", 1, 1000), "kilogramme": scaled("t", 1, 1000), "kilogrammes": scaled("t", 1, 1000),
	"g": scaled("t", 1, 1e6), "gram": scaled("t", 1, 1e6), "grams": scaled("t", 1, 1e6), "gramme": scaled("t", 1, 1e6), "grammes": scaled("t", 1, 1e6),
	"ton": {name: "ton"}, "tons": {name: "ton"}, "short tons": {name: "short ton"}, "short ton": {name: "short ton"},
	"lb": {name: "lb"}, "lbs": {name: "lb"}, "pound": {name: "pound"}, "pounds": {name: "pound"}, "oz": {name: "oz"}, "ounce": {name: "oz"}, "ounces": {name: "oz"},

	"km": scaled("m", 1000, 1), "kilometre": scaled("m", 1000, 1), "kilometres": scaled("m", 1000, 1), "kilometer": scaled("m", 1000, 1), "kilometers": scaled("m", 1000, 1),
	"metre": {name: "m"}, "metres": {name: "m"}, "meter": {name: "m"}, "meters": {name: "m"},
	"cm": scaled("m", 1, 100), "centimetre": scaled("m", 1, 100), "centimetres": scaled("m", 1, 100), "mm": scaled("m", 1, 1000),
	"mile": {name: "mile"}, "miles": {name: "mile"}, "feet": {name: "foot"}, "foot": {name: "foot"}, "ft": {name: "foot"},
	"ha": {name: "ha"}, "hectare": {name: "ha"}, "hectares": {name: "ha"}, "acre": {name: "acre"}, "acres": {name: "acre"},
	"barrel": {name: "barrel"}, "barrels": {name: "barrel"}, "litre": {name: "l"}, "litres": {name: "l"}, "liter": {name: "l"}, "liters": {name: "l"},

	"kw": {name: "kW"}, "mw": {name: "MW"}, "megawatt": {name: "MW"}, "megawatts": {name: "MW"}, "gw": {name: "GW"}, "gigawatt": {name: "GW"}, "gigawatts": {name: "GW"},
	"kwh": {name: "kWh"}, "mwh": {name: "MWh"}, "gwh": {name: "GWh"}, "ppm": {name: "ppm"}, "°c": {name: "°C"},

	"second": {name: "second"}, "seconds": {name: "second"}, "minute": {name: "minute"}, "minutes": {name: "minute"}, "hour": {name: "hour"}, "hours": {name: "hour"},
	"day": {name: "day"}, "days": {name: "day"}, "week": {name: "week"}, "weeks": {name: "week"}, "month": {name: "month"}, "months": {name: "month"},
	"year": {name: "year"}, "years": {name: "year"}, "decade": {name: "decade"}, "decades": {name: "decade"}, "quarter": {name: "quarter"}, "quarters": {name: "quarter"},

	"dollar": {name: "$"}, "dollars": {name: "$"}, "us dollars": {name: "USD"}, "us dollar": {name: "USD"}, "usd": {name: "USD"},
	"cent": {name: "cent"}, "cents": {name: "cent"},
	"australian dollars": {name: "AUD"}, "australian dollar": {name: "AUD"}, "aud": {name: "AUD"},
	"canadian dollars": {name: "CAD"}, "canadian dollar": {name: "CAD"}, "cad": {name: "CAD"},
	"hong kong dollars": {name: "HKD"}, "hkd": {name: "HKD"},
	"euro": {name: "EUR"}, "euros": {name: "EUR"}, "eur": {name: "EUR"}, "€": {name: "EUR"},
	"gbp": {name: "GBP"}, "£": {name: "GBP"}, "pounds sterling": {name: "GBP"},
	"yuan": {name: "CNY"}, "renminbi": {name: "CNY"}, "rmb": {name: "CNY"}, "cny": {name: "CNY"},
	"yen": {name: "JPY"}, "jpy": {name: "JPY"}, "won": {name: "KRW"}, "krw": {name: "KRW"}, "₩": {name: "KRW"},
	"rupee": {name: "INR"}, "rupees": {name: "INR"}, "₹": {name: "INR"}, "inr": {name: "INR"},
	"rouble": {name: "RUB"}, "roubles": {name: "RUB"}, "ruble": {name: "RUB"}, "rubles": {name: "RUB"}, "₽": {name: "RUB"},
	"francs": {name: "franc"}, "franc": {name: "franc"}, "chf": {name: "CHF"},
	"krona": {name: "krona"}, "kronor": {name: "krona"}, "sek": {name: "SEK"}, "reais": {name: "BRL"}, "brl": {name: "BRL"},
}

// dollarSigns are what may stand before "$".
var dollarSigns = map[string]string{"": "$", "us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nz": "NZD", "s": "SGD", "r": "BRL", "nt": "TWD"}

// moneyWords are units that may stand before their number.
var moneyWords = map[string]bool{
	"usd": true, "eur": true, "gbp": true, "cny": true, "rmb": true, "jpy": true, "krw": true, "aud": true, "cad": true, "hkd": true,
	"inr": true, "chf": true, "sek": true, "brl": true, "€": true, "£": true, "₩": true, "₹": true, "₽": true,
}

// perUnits are the units that join a number to say a rate: $95 a kilogram. Time
// does not: "tonnes of oxide a year" has it far from the number.
var perUnits = map[string]bool{"t": true, "ton": true, "lb": true, "pound": true, "oz": true, "barrel": true, "l": true, "ha": true, "acre": true, "kWh": true, "MWh": true, "mt": true, "short ton": true, "m": true}

// glued magnitudes: "5m", "1.25B". A lone "m" may be metres, a lone "t" tonnes.
var gluedPowers = map[string]int64{"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
