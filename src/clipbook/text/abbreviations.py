"""Words whose full stop need not end a sentence, and words that open or follow one."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _forms(words: frozenset[str]) -> frozenset[str]:
    """Give each word as written, with a capital and in capitals."""
    return frozenset(form for word in words for form in (word, word[0].upper() + word[1:], word.upper()))


# Always followed by a name or by what they shorten: their full stop never ends a sentence.
NEVER_END = _forms(
    _words(
        "mr mrs ms mx rs messrs mmes dr drs prof rev revd fr sr br hon rt pres sen sens rep reps gov govs",
        "gen adm capt cpt cmdr cdr col lt sgt cpl maj brig pvt pfc supt insp det asst assoc dep amb atty",
        "treas vp ald msgr mgr st ste mt ft v vs cf viz e.g i.e approx ca incl esp resp mlle mme hr frau",
        "herr dhr mevr dipl dott dra sra srta dña exmo z.b d.h u.a bzw ggf vgl evtl inkl zzgl sog mwst p.ej",
        "bijv m.b.v o.a т.е т.д г ул им",
    )
)

# They shorten a word that may well close a sentence; then what follows decides.
MAY_END = _forms(
    _words(
        "jr esq phd ph.d m.d b.a m.a j.d inc corp cos ltd plc llc llp bros assn dept univ inst",
        "jan feb apr jun jul aug sep sept oct nov dec tue tues wed thu thur thurs fri",
        "ave blvd rd sq hwy pkwy ala ariz ark calif colo conn del fla ga ind kan ky la md mich minn",
        "mont neb nev okla ore pa penn tenn tex va vt wis wyo d.c n.y n.j n.h n.m n.c n.d s.c s.d r.i",
        "w.va a.m p.m b.c a.d u.s u.k u.n e.u etc al ext tel ed eds est min max yrs lb lbs oz kg km cm mm",
        "mph kph usw enz ej uds",
    )
) | _words("Co Mar Mo Mass Wash Mon Miss Dist Const") - _words("la ed LA ED GA IND")

# Followed by a figure they stand for "number", "page" and the like; otherwise they are words.
BEFORE_NUMBERS = _words(
    "no nos nr nrs p pp pg fig figs vol vols art arts sec secs ch chap para paras pt ver eq ex bk cap núm n°"
)

# "am 3. Mai": languages that write a full stop behind the day.
MONTHS = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "januari februari maart mei augustus maj marts",
)

# Words that open sentences far more often than they are part of a name.
STARTERS = _words(
    "The This That These Those There Then Thus They Their A An He She It We I You His Her Its Our My Your",
    "But And Or Nor So Yet If When While Where Why What Who How Which Whether Although Though Because",
    "Since After Before Until Once As At By For From In Into On Of To With Without Under Over During",
    "Among Between Against About Some Many Most Several Both Each Every All Any Other Others Another One",
    "Two Three Such Not No Now Today Yesterday Earlier Later Meanwhile However Instead Still Also Even",
    "Nobody Everyone Everybody Someone Only Just Nearly Almost Perhaps Police Officials Critics Experts Researchers Residents Asked",
    "According Despite Last Next Here Is Are Was Were Do Does Did Has Have Had Will Would Can Could",
    "Should May Might Let Let's It's He's She's They're We're I'm That's There's Don't Der Die Das Ein",
    "Eine Er Sie Es Wir Und Aber Im Am Le Les Un Une Il Elle Ils En Mais El Los Las Una De Het Een Hij",
    "Zij Ze Maar Lo Gli Ma Nel",
)

# Verbs that tie a quotation ending in "?" or "!" to the speaker named behind it.
SAYING = sorted(
    _words(
        "said says asked asks added adds told tells replied replies shouted shouts cried cries wrote writes",
        "wondered wonders exclaimed exclaims demanded demands joked jokes quipped declared insisted recalled",
        "continued responded answered yelled screamed tweeted posted called",
    )
)
