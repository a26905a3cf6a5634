"""Words that bylines are made of besides names."""

from __future__ import annotations

from clipbook.article.vocabulary import phrases, words

PARTICLES = words(
    """abu af al ap ben bin bint da de del della den der di do dos du e el ibn la le mac san st ten ter van
    von y zu"""
)
ROLES = words(
    """analyst anchor auteur author autor autore autorin blogger broadcaster bureau chief columnist
    columnista columnists commentator contributor contributors correspondent correspondents corresponsal
    critic desk director editor editors fellow freelance freelancer giornalista head host intern
    jornalista journalist journaliste journalists korrespondent korrespondentin leader meteorologist
    periodista photographer photographers presenter producer producers redakteur redakteurin redaktion
    reporter reporters researcher staff strategist team verslaggever writer writers"""
)
QUALIFIERS = words(
    """affairs africa american arts asia assistant associate audience business chief city city's climate
    community consumer contributing crime culture data defence defense deputy digital diplomatic east
    economic economics education energy entertainment environment eu europe european executive features
    finance financial food foreign former general global guest health home house international
    investigations investigative legal lifestyle local managing media middle money multimedia national
    news night online opinion parliamentary personal political politics royal science security senior
    showbiz social special sport sports staff tech technology trainee transport travel uk us video
    washington weekend white world"""
)
PLACE_HEADS = words("""addis buenos cape hong kuala las los new port rio saint san santa sao st são tel""")
AGENCIES = phrases(
    """afp, agence france presse, agence france-presse, agencies, agency, ani, anp, ansa, ap, apa,
    associated press, belga, bloomberg, canadian press, cp, dpa, efe, epa, ians, ips, kna, lusa,
    news desk, news service, newsroom, newswire, ntb, online desk, our correspondent, pa, pa media,
    press association, pti, reuters, ritzau, sda, staff, staff reporter, staff reporters, staff writer,
    staff writers, tass, the associated press, the canadian press, tt, upi, web desk, wire services,
    wires, xinhua"""
)
BARE_LEADS = phrases(
    """about the author:, author, author of the article:, author:, authors, authors of the article:,
    autor, autorin, by, by:, byline, par, por, posted by, published by, reported by, story by, text,
    von, words by, written by, written by:"""
)
