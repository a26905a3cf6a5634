"""Word lists that tell the furniture of a news page from its prose, in the languages it is met in."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Words of a text, without order."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """Phrases of a text that commas divide, without order."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


WORD_GROUPS: dict[str, str] = {
    "share": """share shared shares tweet tweets facebook twitter whatsapp pinterest linkedin reddit flipboard tumblr
        telegram bluesky threads instagram messenger email e-mail mail print copy copied link url bookmark save saved
        follow following teilen drucken merken folgen link-kopieren partager imprimer suivre compartir imprimir
        condividi stampa segui compartilhar dela del kopieer delen deel udskriv share-button""",
    "newsletter": """newsletter newsletters subscribe subscriber subscribers subscribing subscription subscriptions
        inbox signup register registered registration login log-in sign-in membership premium unlimited account password
        abonnieren abo abonnement anmelden einloggen registrieren konto abonnez abonner inscription suscríbete
        suscribirse suscripción iscriviti abbonati assine assinante abonnement prenumerera logga""",
    "legal": """cookie cookies privacy copyright copyrighted reserved terms licence license licensed reproduced
        reprinted republished redistributed rewritten trademark disclaimer disclosure affiliate commission commissions
        consent gdpr recaptcha impressum datenschutz agb nutzungsbedingungen urheberrecht mentions légales
        confidentialité privacidad aviso política cookiebeleid integritetspolicy""",
    "related": """related recommended recommendations trending popular viewed editors' stories headlines next previous
        read reads reading learn discover explore don't-miss lesen weiterlesen meistgelesen mehr auch thema lire
        aussi leer más también leggi anche leia mais lees läs les""",
    "credit": """getty reuters afp ap epa shutterstock istock photo photos photograph photographs photographer picture
        pictured pictures image images credit credits courtesy handout screenshot illustration file caption composite
        graphic foto fotos bild bilder bildquelle quelle photographie crédit imagen crédito immagine imago dpa efe ansa
        zumapress alamy bloomberg wireimage gettyimages ritzau ntb tt""",
    "time": """published publish updated update posted modified revised minute minutes min mins hour hours hrs ago yesterday
        today am pm a.m p.m est edt et gmt bst utc cet cest pst pdt ist jst uhr veröffentlicht aktualisiert stand
        publié mis-à-jour publicado actualizado pubblicato aggiornato publicerad uppdaterad publisert oppdatert
        gepubliceerd bijgewerkt""",
    "month": """jan january feb february mar march apr april may jun june jul july aug august sep sept september oct
        october nov november dec december januar jänner februar märz mai juni juli oktober dezember janvier février mars
        avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto
        septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre
        dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart mei
        augusti augustus desember desember maj mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday
        sun sunday montag dienstag mittwoch donnerstag freitag samstag sonntag""",
    "comment": """comment comments commenting commenter reply replies upvote upvotes like likes report abuse
        conversation discussion moderated moderation moderator guest kommentar kommentare antworten diskussion
        commentaire commentaires comentario comentarios commenti kommentarer reacties""",
    "bio": """reporter editor correspondent columnist journalist author writer freelance freelancer contributor
        contributed contributing staff producer redakteur redakteurin redaktion autor autorin journaliste auteur
        rédaction periodista redacción autore giornalista jornalista redação verslaggever reporterin tips reach contact
        covers covering joined graduated award-winning bureau""",
    "advert": """advertisement advertising advertise advertiser advertisers sponsored sponsor promoted promo paid
        partner partners anzeige anzeigen werbung publicité publicidad pubblicità publicidade annonse annons
        reklame deal deals buy shop shopping price prices offer offers coupon discount discounts order trial""",
    "media": """video videos watch play playing listen podcast podcasts gallery slideshow slide slides loading autoplay
        audio live stream embed download app apps tv radio episode episodes fullscreen mute unmute vidéo écouter
        regarder escuchar ver guarda ascolta duration""",
    "tags": """tag tags topic topics category categories filed section sections keywords schlagworte themen sujets
        temas argomenti tópicos etiketter emneord more""",
    "site": """contact about careers jobs sitemap help support donate donation contribute home homepage menu search
        feedback faq accessibility suche startseite navigation skip content main footer header toggle close open click
        tap button settings edition login accueil inicio recherche rechercher buscar cerca cookies weather sport sports
        news business politics opinion entertainment lifestyle health science technology tech world culture travel food
        money obituaries classifieds archive archives puzzles crosswords horoscopes shop""",
    "editorial": """correction corrected corrections clarification clarified erratum earlier version story article
        originally updated standards mistake error editor's note""",
    "said": """said says say saying told tell tells according added adds wrote writes announced claimed insisted warned
        argued stated explained replied asked noted sagte sagt erklärte laut betonte dit déclaré affirme selon dijo
        según afirmó ha-detto disse afirmou zei sade sier sa""",
    "self": "i my me we our us ich wir uns mein meine unser je nous notre mi nosotros noi eu nós vi oss",
    "you": "you your yours yourself sie ihr ihre ihren du dein deine vous votre vos usted tú voi você je jouw du din",
}
"""Groups of words, whatever their language; a word may be in several groups."""

PHRASE_GROUPS: dict[str, str] = {
    "share": "copy link|copied to|share this|link copied|share on|send to|add as|add us|on google|on facebook|on twitter",
    "newsletter": "sign up|sign in|log in|your inbox|free trial|free account|our newsletter|email address|to continue|"
    "already subscribed|subscribe now|join now|become a|support us|breaking news|start your|melden sie",
    "legal": "rights reserved|all rights|terms of|may not|privacy policy|we may|we earn|our terms|not be|alle rechte",
    "related": "read more|more from|more on|more stories|more news|also read|read also|see also|most read|most popular|"
    "most viewed|you may|you might|up next|next article|don t|click here|read next|keep reading|find out|more about|"
    "related articles|related stories|related topics|our coverage|full story|mehr zum|lesen sie|auch interessant|"
    "zum thema|lire aussi|à lire|leggi anche|leer más|te puede|leia também|lees ook|läs mer|les også|check out",
    "credit": "image credit|photo by|picture by|image caption|media caption|file photo|getty images|photo credit|"
    "image source|this photo|associated press|press association|via getty|ap photo|handout via|pictured in|seen in",
    "time": "last updated|min read|minute read|first published|last modified|reading time|hours ago|days ago|hour ago|"
    "day ago|minutes ago|published on|published at|published by|read time|mins read",
    "comment": "join the|view comments|post a|leave a|add a|report abuse|log in|the conversation|have your",
    "bio": "staff writer|contributed to|is a|follow him|follow her|follow them|reach him|reach her|story by|"
    "written by|about the|has been|based in|he is|she is|can be|reporting by|editing by|news tips|with files",
    "advert": "story continues|article continues|continue reading|scroll to|after advertisement|paid for|below advertisement",
    "site": "skip to|main content|contact us|about us|accessibility help|back to|go to|show more|load more|see all|view all|"
    "opens in|new window|site map|use our|more sections|quick links",
    "editorial": "earlier version|this article|this story|has been|was updated|been updated|was corrected|editor s|"
    "an earlier|was originally|originally published|correction this",
    "media": "watch live|now playing|play video|listen to|listen now|watch now|live updates|photo gallery|audio player",
}
"""Pairs of neighbouring words, lower case, joined by a space."""

FUNCTION_WORDS: dict[str, str] = {
    "en": """the a an of to in and or is was were are be been that this it he she they we i you for on with as at by from
        has have had not but his her their its who which will would can could than more about after before over under up
        out if when there what so""",
    "de": """der die das und nicht ist mit den von für auf ein eine einer einem im in dem sich auch wird zu des bei als
        an es war sind hat dass wie er sie wir ich nach aus noch nur um so oder wenn aber über zum zur vor haben werden""",
    "fr": """le la les des est dans une un pour que qui sur pas par avec plus au aux sont du et de en il elle on se ce
        cette a ont ne ses son sa mais""",
    "es": """el la los las que en una un por con para del se su es como más al lo y de a no sus fue ha este esta pero
        entre también""",
    "it": "il di che la per una un con del non sono della è gli nel anche più dei ha le e a in si da al alla dalla",
    "pt": "o de que do da em um para com não uma os no se na por mais as dos a e ao foi é pela pelo são",
    "nl": "de het een van en dat niet zijn op te met voor aan er om ook is in die hij was bij naar worden wordt",
    "da": "og i det er på en til som af for med at de den har ikke et om fra var blev der",
    "no": "og i det er på en til som av for med at de den har ikke et om fra var ble",
    "sv": "och i det är på en till som av för med att de den har inte ett om från var",
    "id": "yang dan di untuk dengan pada ini dari tidak itu dalam akan adalah juga oleh ke",
    "pl": "w i na z do nie się że jest to po od o za jak przez dla są oraz ale",
    "tr": "ve bir bu da de için ile olarak çok olan gibi daha kadar sonra ancak ise",
    "ru": "и в не на что с по как это из у за от к для о но а его был",
    "af": "die en van in is nie het dat vir op te met n wat om hy aan sy ook",
}
"""The most frequent words of a language; their share tells prose from labels, and the language itself."""

GROUP_NAMES: tuple[str, ...] = tuple(WORD_GROUPS)
LANGUAGE_NAMES: tuple[str, ...] = tuple(FUNCTION_WORDS)
GROUP_BIT: dict[str, int] = {name: 1 << place for place, name in enumerate(GROUP_NAMES)}
LANGUAGE_BIT: dict[str, int] = {
    name: 1 << (len(GROUP_NAMES) + place) for place, name in enumerate(LANGUAGE_NAMES)
}
STARTS_PHRASE = 1 << (len(GROUP_NAMES) + len(LANGUAGE_NAMES))


def _word_bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for lists, marks in ((WORD_GROUPS, GROUP_BIT), (FUNCTION_WORDS, LANGUAGE_BIT)):
        for name, words in lists.items():
            for word in words.split():
                bits[word] = bits.get(word, 0) | marks[name]
    for text in PHRASE_GROUPS.values():
        for phrase in text.split("|"):
            word = phrase.split()[0]
            bits[word] = bits.get(word, 0) | STARTS_PHRASE
    return bits


def _phrase_bits() -> dict[tuple[str, str], int]:
    bits: dict[tuple[str, str], int] = {}
    for name, text in PHRASE_GROUPS.items():
        for phrase in text.split("|"):
            first, second = phrase.split()
            bits[first, second] = bits.get((first, second), 0) | GROUP_BIT[name]
    return bits


WORD_BITS: dict[str, int] = _word_bits()
"""Groups and languages of a word, as bits; ``STARTS_PHRASE`` marks the first words of phrases."""
PHRASE_BITS: dict[tuple[str, str], int] = _phrase_bits()
FUNCTION_SETS: dict[str, frozenset[str]] = {
    name: frozenset(words.split()) for name, words in FUNCTION_WORDS.items()
}
