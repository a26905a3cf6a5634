"""Words that stand around the name of an outlet on its own pages, and words that are no outlet's name."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Words of a text, without order."""
    return frozenset(text.split())


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of words of a text that commas divide."""
    return frozenset(tuple(run.split()) for run in text.split(","))


def phrases(text: str) -> frozenset[str]:
    """Phrases of a text that commas divide."""
    return frozenset(" ".join(run) for run in runs(text))


SECTIONS = phrases(
    """news,world,politics,business,opinion,sport,sports,science,technology,tech,health,culture,entertainment,travel,
    lifestyle,life,education,environment,climate,economy,finance,money,national,local,uk,us,europe,africa,asia,middle east,
    americas,crime,court,courts,society,media,arts,books,music,film,tv,food,weather,features,analysis,comment,editorial,
    letters,property,cars,motoring,football,tennis,cricket,rugby,golf,politik,wirtschaft,kultur,wissen,panorama,
    gesellschaft,politique,économie,monde,société,política,economía,mundo,cultura,deportes,politica,economia,esteri,
    cronaca"""
)
TOP_LEVEL = words(
    """com org net info tv news media online co uk us ca au nz za in ie ng ke tz na gh sg my ph hk de at ch li lu fr be nl
    es pt br mx ar cl pe it pl cz sk hu ro bg gr tr ru ua by se no dk fi is ag gl lt lv ee jp kr cn tw th vn id ae il eu
    io am ge az kz cc me africa asia scot wales cat blog site live today press gov edu int biz mobi mil app london
    berlin example"""
)
SECOND_LEVEL = words("co com org net ac gov or ne go edu")
HOST_HEADS = words("www www1 www2 m amp mobile news edition web de en fr es it o app beta old new")
CONNECT = words(
    "of the and & for de la le les der die das den und del della di da do dos das y e et on in du des van"
)
LEGAL_FORMS = words(
    """ltd limited inc incorporated llc llp plc gmbh ag kg co company corp corporation pty sa srl spa bv nv ab as oy mbh
    & se de sl"""
)
BUSINESS = words(
    """group holdings holding media network networks publishing publications publishers publisher verlag medien
    verlagsgesellschaft mediengruppe communications enterprises interactive digital newspapers entertainment partners
    ventures companies affiliates subsidiaries cie ediciones éditions editions us uk usa"""
)
PRESS = words(
    """news post times daily herald tribune chronicle gazette journal express mail telegraph mirror sun star press
    magazine review observer guardian independent citizen courier record register sentinel standard examiner inquirer
    ledger bulletin dispatch advertiser argus echo globe weekly radio tv television broadcasting blog wire digest insider
    republic zeitung nachrichten rundschau anzeiger tagblatt tageblatt allgemeine presse kurier merkur spiegel blatt
    bote rundfunk fernsehen magazin monde matin figaro échos diario periódico prensa jornal folha giornale corriere
    gazzetta repubblica nieuwsblad krant dagblad avis avisen posten tidning tidningen gazeta dziennik noviny zprávy
    haber shimbun новости газета вестник 新聞 新闻 일보 신문"""
)
BEFORE_OWN = words(
    """about contact follow search trust support join visit über folge folgen kontakt
    abonnieren sur suivez sigue síguenos segui siga om volg följ welcome shop"""
)
BEFORE_OWN_RUNS = runs(
    """subscribe to,welcome to,back to,continue to,contribute to,write to,return to,advertise with,advertise on,
    advertise in,work with,work for,work at,working at,jobs at,jobs @,careers at,newsletters from,newsletter from,emails from,email from,updates from,
    notifications from,alerts from,offers from,stories from,special to,staff of,team of,access to,readers of,support for,werben auf,werben bei,willkommen bei,abonnement de,abonnez à,jobs bei,team von,
    angebot von,angebot der,service von,get the,trust the,read on,on the"""
)
AFTER_OWN = words(
    """newsletter newsletters app apps staff homepage archive archives podcast podcasts premium epaper e-paper e-edition
    alerts subscription subscriptions subscribers readers members main navigation logo careers membership toolkit
    media-kit redaktion account homepage abo library store shop website editors"""
)
LEGAL_BEFORE = runs(
    """permission of,permission from,terms of,property of,trademark of,trademarks of,copyright of,retained by,
    collected by,marks of,mark of,appeared on,appeared in,retrieved from,agree to"""
)
LEGAL_AFTER = runs(
    """reserves the,may earn,may receive,values your,is supported,is part,is owned,is published,privacy policy,
    privacy notice,terms of,terms and,cookie policy,uses cookies,- all,all rights,alle rechte,is registered,does not,
    not responsible"""
)
SUBJECT_OF = words("is are may does has reserves advises uses provides was will can ist hat behält est es è")
RIGHTS = phrases(
    """all rights reserved,alle rechte vorbehalten,alle rechten voorbehouden,tous droits réservés,tutti i diritti riservati,
    todos los derechos reservados,todos os direitos reservados,alla rättigheter förbehållna,med ensamrätt,
    alle rettigheder forbeholdes,alle rettigheter reservert,alle rettigheter forbeholdt,kaikki oikeudet pidätetään,
    wszelkie prawa zastrzeżone,wszystkie prawa zastrzeżone,všechna práva vyhrazena,všetky práva vyhradené,
    minden jog fenntartva,toate drepturile rezervate,sva prava pridržana,sva prava zadržana,vse pravice pridržane,
    все права защищены,усі права захищені,всички права запазени,tüm hakları saklıdır,her hakkı saklıdır,
    haki zote zimehifadhiwa,hak cipta dilindungi,seluruh hak cipta,bảo lưu mọi quyền,με επιφύλαξη παντός δικαιώματος,
    כל הזכויות שמורות,جميع الحقوق محفوظة,تمامی حقوق محفوظ است,सर्वाधिकार सुरक्षित,版权所有,版權所有,無断転載禁止,無断転載を禁じます,
    禁无断转载,무단 전재 및 재배포 금지,무단전재 및 재배포 금지"""
)
TOLD = runs(
    """told,tells,spoke to,speaking to,speak to,spoke with,interview with,explained to,confirmed to,said to,statement to,
    issued to,emailed to,wrote to,comment to,sagte,gegenüber,shared with,provided to"""
)
AFTER_TOLD = words(
    """that in on by via he she they it the this last earlier about during when of if at for from a an his her their there
    we i and as how why what no not news after before monday tuesday wednesday thursday friday saturday sunday"""
)
LEARNED = words(
    "has learned reported previously contacted asked understands approached reached visited spoke obtained reviewed"
)
ROLES = words(
    """reporter correspondent editor writer contributor columnist journalist redakteur redakteurin reporterin autor
    autorin producer editor-in-chief intern freelancer joined covers"""
)
BIO = words("is was are has joined ist leads covers senior staff science political business sports tech")
AFTER_BYLINE = words("editorial reporter reporters correspondent bureau staff contributor redaktion")
SENTENCE = words(
    "a an to your our is are was with this how why what get become you we more now not from after at"
)
ARTICLES = words("the le la les el il der die das den de los las lo")
LEGALESE = words(
    "privacy cookie cookies terms use rights copyright policy notice copyrights datenschutz impressum"
)
PLATFORMS = words(
    """facebook twitter instagram youtube whatsapp linkedin pinterest reddit tumblr telegram tiktok snapchat google
    googlenews android apple ios iphone ipad wordpress blogger wix squarespace disqus outbrain taboola amazon bluesky
    threads flipboard xing microsoft windows chrome spotify itunes applenews appstore googleplay vk messenger substack
    medium mailchimp gravatar akismet cloudflare paypal patreon soundcloud alexa skype viber line yahoo feedly pocket
    huawei vimeo twitch discord mastodon truste iab ipso example email gmail hotmail outlook wikipedia"""
)
NO_NAMES = words(
    """home allcontents menu login signin signup subscribe subscribenow register search share print email comments comment
    advertisement advertise more readmore video videos photos newsletters newsletter about aboutus contact contactus
    careers jobs help faq sitemap privacy privacypolicy termsofuse terms termsofservice cookies cookiepolicy adchoices
    allrightsreserved copyright close open skip next previous top latest popular trending mostread mostpopular related
    shop store events podcasts live weather sports privacypolicyandterms cookiesettings donotsellmyinfo accessibility
    archive archives rss follow followus connect stayconnected impressum datenschutz agb kontakt abo epaper anmelden
    suche mehr nachrichten startseite aktuell anzeige teilen drucken kommentare loading image images photo rights
    reserved inc ltd llc limited gmbh usa uk us eu europe world reprint tags topics blog blogs by the and posts games
    crossword obituaries classifieds realestate editorial editorials opinions letters corrections feedback ethics
    disclaimer securedrop tips tip app apps account logout settings notifications breakingnews breakingnewsemails
    localnews worldnews usnews topstories latestnews morenews newstips phd md rd ceo tv radio online media magazine
    newspaper zeitung fernsehen rundfunk magazin
    television broadcasting press journal mail haber tidning krant presse aktuelles unternehmen business politics
    entertainment kommentar meinung news entfolgen unfollow eedition webwatch daily best senior sunday saturday weekly editor digital english
    presscode coupons deals reviews nyheter noticias actualités berita haberler haberleri новости policy code service services company print premium edition opinion plus"""
)
