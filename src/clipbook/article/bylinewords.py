"""Words that bylines are made of besides names."""

from __future__ import annotations

from clipbook.article.vocabulary import phrases, words

PARTICLES = words(
    """abu af al ap ben bin bint da de del dela della den der di do dos du e el ibn la las le los lo mac ní ó
    o san st ten ter van vande vander von y zu zur"""
)
SUFFIXES = words("jr sr ii iii iv")
DEGREES = words("md phd rn mba esq ba ma msc jd mp mla msp kc qc obe cbe mbe")
ROLES = words(
    """analyst anchor auteur author autor autore autorin blogger broadcaster bureau chief columnist
    columnista columnists commentator contributor contributors correspondent correspondents corresponsal
    critic desk director editor editors editorial fellow freelance freelancer giornalista head host intern
    jornalista journalist journaliste journalists korrespondent korrespondentin meteorologist
    periodista photographer photographers presenter producer producers professor redakteur redakteurin redaktion
    reporter reporters researcher staff staffer strategist team verslaggever writer writers"""
)
QUALIFIERS = words(
    """affairs africa american arts asia assistant associate audience auto business chief city city's climate
    community consumer contributing crime culture data defence defense deputy digital diplomatic east
    economic economics education energy entertainment environment eu europe european executive features
    finance financial food foreign former general global guest health home house international
    investigations investigative legal lifestyle local managing markets media middle money multimedia national
    news night online opinion parliamentary personal political politics principal royal science security senior
    showbiz social special sport sports staff tech technology trainee transport travel uk us video
    washington weekend white world writes"""
)
PLACE_HEADS = words("""addis buenos cape hong kuala las los new port rio saint san santa sao st são tel""")
AGENCIES = phrases(
    """afp, agence france presse, agence france-presse, aap, ani, anp, ansa, ap, apa,
    associated press, belga, bloomberg, canadian press, cp, dpa, efe, epa, ians, ips, kna, kyodo news, lusa,
    ntb, pa, pa media, press association, pti, press trust of india, reuters, ritzau, sda, tass,
    the associated press, the canadian press, tt, upi, xinhua"""
)
DESKS = phrases(
    """admin, administrator, agencies, agency, author, correspondent, editor, editorial, guest, guest author, news
    desk, news service, newsroom, newswire, online desk, our correspondent, our reporter, press release, redaktion,
    staff, staff report, staff reports, staff reporter, staff reporters, staff writer, staff writers, the newsroom,
    unknown, user, web desk, webmaster, wire reports, wire services, wires, nan, none, null, n/a, na, anonymous"""
)
PRESS = words(
    """agencies agency bbc bulletin bureau business channel chronicle club cnn company content council courier daily
    department desk dispatch editorial express foundation gazette globe group guardian herald inc independent
    insider institute international interactive journal leader limited llc ltd magazine mail media mirror monitor network newsroom news
    newspaper newspapers newswire observer online party post press radio record report reports review reviews services shimbun
    society sports staff standard star studio studios team telegraph times today tribune tv university voice weekly wire wires
    zeitung tagblatt anzeiger"""
)
COLLECTIVES = words("bureau desk newsroom staff team")
BARE_LEADS = phrases(
    """about the author:, author, author of the article:, author:, authors, authors:, authors of the article:,
    autor, autorin, by, by:, byline, byline:, par, por, posted by, published by, reported by, story by, text,
    von, words by, written by, written by:"""
)
