"""The commonest words of each language: they tell it, and they tell nothing else."""

from __future__ import annotations

import re
from collections import Counter

from .fold import fold

_COMMONEST = {
    "nl": "aan al alleen als andere bij dan dat de deze die door dus een eerste en er geen haar "
    "had hebben heeft hem het hij hun ik in is jaar kan maar met moet naar nadat niet nog "
    "of om onder ook op over sinds te tegen tijdens tot tussen u uit van volgens voor waar "
    "was wat we welke werd werden worden wordt ze zich zij zijn zo zou",
    "en": "a about after all also and any are as at be because been but by can could for from had "
    "has have he her his how if in into is it its just more most new no not of on one only "
    "or other our out over said she so some than that the their them then there these they "
    "this time to up was we were what when where which who will with would you your",
    "de": "aber als am an auch auf aus bei beim bis dabei dann das dass dem den der des die diese "
    "dieser doch durch ein eine einem einen einer er es gegen haben hat ich ihm ihr ihre im "
    "in ins ist kann man mehr mit nach nicht noch nur oder schon sei seine seit sich sie "
    "sind so uber um und unter von vor war was wenn wer werden wie wieder wir wird wurde zu "
    "zum zur",
    "fr": "a apres au aussi autre aux avait avec bien ce ces cet cette comme dans de des deux "
    "dont du elle en entre est et etait ete etre fait il ils je la le les leur lors mais ne "
    "nous on ont ou par pas peut plus pour qu que qui sa sans se selon ses si son sont sur "
    "tous tout tres un une",
    "es": "a al ano anos asi aunque ayer cada como con cuando de del desde donde dos el ella en "
    "entre era es esa ese esta este estos fue ha habia hace hacer han hasta hay la las le "
    "les lo los mas me muy no nos o para pero por porque puede que se segun ser sido sin "
    "sobre son su sus tambien todo todos tras un una y ya",
    "pt": "a ainda ao aos apos as ate com como da das de depois do dois dos e ela ele eles em "
    "entre era essa esta foi foram ha isso ja lhe mais mas mesmo muito na nao nas no nos "
    "num numa o os ou para pela pelo pode por quando que quem sao se segundo sem ser seu "
    "sobre sua tambem tem tinha todos um uma",
    "it": "a ad ai al alla alle anche ancora che chi ci come con cosi cui da dal dalla degli dei "
    "del della delle di dopo dove due e ed era erano essere fa gli ha hanno i il in la le "
    "lo loro ma nei nel nella non o per piu poi prima quando questa questo senza si solo "
    "sono stata stato su sua sul sulla suo suoi tra tutti un una",
    "ca": "a aixi al als amb aquest aquesta com d'una de del dels des dues el els en entre era es "
    "fins ha han he hi i la les li mes molt no nomes o on pel pels per pero perque que quan "
    "s'ha segons sense ser seu seva si sobre son tambe tot un una va van",
    "gl": "a ao aos as ata coa coas co como con cos da das de dende despois do dos e ela en entre "
    "era esta foi foron ha hai mais moi na nas nin no non nos o os ou para pola polo por "
    "que se seu sua sen sobre tamen unha un xa",
    "ro": "a acest aceasta al ale au ca cand care ce cel cu cum dar de decat din doar dupa ei el "
    "este fi fost iar in intr intre la lor lui mai nu o pe pentru prin sa sau se si spus "
    "sub sunt toate un una unei unui va",
    "pl": "a ale bardzo beda bedzie bez by byl byla bylo co czy dla do dwa gdy gdzie go i ich im "
    "jak jako jednak jego jej jest jeszcze juz kiedy ktora ktore ktory lub ma mial miedzy "
    "mnie moze mozna na nad nas nawet nich nie niego o od oraz po pod podczas ponad "
    "przeciwko przed przez przy rok roku sa sam sie sposob swoje ta tak takze te tego tej "
    "ten to tych tylko tym w we wedlug wiec wszystkich z za ze zostal zostala",
    "cs": "a aby ale ani az bude by byl byla bylo byt co dnes do i jak jako je jeho jeji jejich "
    "jen jeste jim jiz jsem jsme jsou k kde kdyz ktera ktere ktereho ktery let lide mezi "
    "muze na nam nas nebo nez nich o od po podle pred pri pro proto protoze rekl rekla roku "
    "s se si sve tak take tedy ten tim to toho tom tomu u uz v vam ve vsak z za ze",
    "sk": "a aj ako ale alebo aby az bez bol bola bolo bude by co do i ich iba je jeho jej k kde "
    "ked ktora ktore ktory len lebo medzi na nie o od pod podla po pre preto pri s sa si so "
    "su svoje tak tento to tom u uz v vo vsak z za ze",
    "sl": "a ali bi bil bila bilo bo bodo da do in iz ja je jih kako kar kateri ker kjer ki ko "
    "kot le lahko med na nad ne ni o ob od pa po pod pred pri s saj se si smo so sta ta "
    "tako tem ter to tudi v vec z za ze",
    "hr": "a ali ako bi bila bilo bio biti ce da do dok dio gdje godine i iako ih ili ima iz je "
    "jer jos kada kako kao kod koja koje koji kroz li medu na nakon ne nije o od oko po pod "
    "prema pri sa samo se su sto ta te u uz vec za",
    "sq": "ai ajo apo asaj besh dhe do duhet e edhe eshte i ishte jane ka kane ke keshtu kete kjo "
    "ky me mbi ne nese nga nje nuk pa para per perpara pas por qe sa sipas se si shume te "
    "tha tij tyre u",
    "hu": "a abban akkor ami amely az azt be csak de egy egyik el ellen es ez ezt fel hanem hogy "
    "ha is ki kell lehet lesz lett maga majd meg mar mert mint minden mondta nagy nem nincs "
    "olyan s sem szerint tobb utan vagy van volt voltak",
    "fi": "ainakin ei eivat en ennen etta han hanen he ja jo jonka jos joka jotka kanssa kertoi "
    "kuin kun kuitenkin myos mukaan mutta muun mita ne niin nyt oli olivat olla on olisi "
    "ovat paljon se sen sita siita silla tai tama taman tassa vain viela voi",
    "et": "aga aasta ajal ainult ei eest enne et ette ja juba juures kas kes kogu koos kui kuid "
    "kus ka konnelda mida mis nad neid nende ning nii oleks olema oli olid on ole oma "
    "parast see seda selle siis ta tema utles vaid veel vaga voi",
    "lv": "ar ari arī bet bija bus butu cik es gada gan ir ja jau jo ka kad kas kura kuri kuru "
    "lai ne nav no par pec pirms pie savu sava seviski so sodien ta tad tas tie tika tikai "
    "to tomer tur un uz vai vairak var vel vinš vinu",
    "lt": "apie ar bei bet bus butu buvo dar del gali i ir iki is jau jei ji jie jis jo ju kad "
    "kai kaip kas kur kuri kurie labai metu nebuvo nera ne nes nuo o pagal pat po prie sako "
    "savo si su sio ta tai taip tik tuo uz yra",
    "sv": "af all alla andra ar att av aven bara blev bli blivit da de dem den denna dessa det "
    "din efter eller en enligt ett fick for fran genom ha hade han hans har hon hur i ingen "
    "inte ja jag kan manga med medan mellan men mot mycket nagra nar nu och om over pa sa "
    "sig sin sina sitt ska skulle som stor till under upp ut utan vad var varit vi vid "
    "vilket",
    "da": "ad af alle altid andet at blev blevet blive bliver da de dem den denne der deres "
    "derfor det dette dog efter eller en end er et for fra ham han hans har havde hendes "
    "hun hvad hvor i ifolge ikke ind inden jeg kan kunne man mange med meget mellem men mod "
    "nar noget nu og ogsa om op os pa sa selv seneste sig siger skal som til ud uden under "
    "vaere var ved vil vores",
    "no": "alle andre at av bare ble bli blir blitt da de dem den denne der derfor det dette "
    "disse du eller en er et etter fikk for forrige fra ha hadde han har hennes hun hva "
    "hvor i ifolge igjen ikke inn jeg kan kunne ma man mange med mellom men mot mye na nar "
    "noe noen og ogsa om opp oss over pa sa seg selv sier siste skal som til ut uten vaere "
    "vaert var vart ved vi vil",
    "is": "ad adur af allt ekki ef eftir einnig eins en er eru fra fyrir haf hafa hafi hann hefur "
    "her hja hun hvad i med medal meira milli nu og okkar sem se segir sig sina sinni svo "
    "til um undir upp var verid verda vegna vid vildi vaeri yfir ut tad theim thess that "
    "thegar thetta thar thvi",
    "tr": "aciklama aciklamasinda ama ancak arasinda ayni bile bir biz bu bulunan bulundu bunun "
    "cok da daha de degil diye eden edildi edilen ediyor en etti gelen gibi gore hakkinda "
    "hem her icin icinde ifade ile ilgili ise kadar kadin karsi ki kisi mi mu nasil ne "
    "neden o olacak olan olarak olay oldu oldugu oldugunu oldukca olmak olup once onun "
    "sahip sekilde sirasinda son sonra soyledi su tarafindan tum uzere uzerinde var ve veya "
    "ya yapilan yapti yaptigi yeni yer yil yok zaman",
    "az": "amma bele bir biz bu bunun daha da de deyil dedi ede edib edilib elə gore haqqinda hem "
    "her isə idi ile ilk indi ki kimi lakin mən ne olan olaraq oldu olub onun onlar oz qeyd "
    "ucun uzre və var ve ya yeni ə ən ərzində",
    "id": "ada adalah agar akan anak antara atau bahwa banyak belum bisa bukan dalam dan dapat "
    "dari dengan di dia hal hanya harus hingga ia ini itu jika juga kami karena kata ke "
    "kepada kita lebih maka masih melalui menjadi mereka namun oleh orang pada para saat "
    "salah sebagai secara sejak sementara seperti serta setelah sudah tahun telah terhadap "
    "tersebut tidak untuk yang",
    "ms": "ada adalah agar akan antara atau bagi bahawa beliau berkata boleh dalam dan dapat "
    "daripada dengan di dia hanya ialah iaitu ini itu jika juga kata kami ke kepada kerana "
    "lebih mereka oleh pada perlu sebagai selain sejak serta sudah supaya telah tersebut "
    "tidak untuk yang",
    "vi": "anh ban bi cac cach cai cho chung co con cua cung da dang de den di do duoc gi hai hay "
    "hon khi khong la lai lam len mot nam nay ngay nguoi nha nhieu nhu nhung o phai ra rang "
    "sau se tai the theo thi tren trong trước tu va vao ve viec voi vua",
    "af": "aan al as baie by dat deur die dit een en gaan gehad geen gesê het hom hul hulle hy in "
    "is jaar kan ma maar met moet my na nadat nie nog nou om ons onder ook op se sal self "
    "sy te teen ten toe tot uit van vir voor waar was wat weer word wou sou",
    "fy": "oan as at by dat de dizze dy dit dochs ek en foar fan fuort har hat hawwe haw hie hja "
    "hy in is it jo koe ld mar mei mear moat my net no noch nei om op oer se sa sei syn te "
    "ta tsjin troch ut us wa wat wie wurde waard yn",
    "lb": "am an as awer bei dass dat de deem deen den der deser dem dei duerch e eis eng enger "
    "en et fir gi goen gouf hat hu huet hunn iwwer ass kann keen keng ma mat meng no net "
    "nach och oder op sech si sinn sou um un vir virun vum vun war wei wéi wou zu zum",
    "eu": "ari arte baina bat batean bere beste bezala bi da dira du dituzte dute edo egin egon "
    "ere esan eta ez gabe guztiak hau hori horren horrek izan ditu zen ziren zuen zuten "
    "dela duela duen ondoren urte urtean",
    "cy": "a ac ag ar am bod bydd cael dros ei eu fel gan gyda gael hefyd hon hyn i iawn mae mewn "
    "mwy na nad nid o oedd ond oes roedd rhai sy sydd un wedi wrth y yn yr ym yw",
    "ga": "a ach ag agus an ar as atá ata ba bhi chun de den do faoi freisin go i idir is le leis "
    "mar mo na nach nil ni no o os roimh seo se si sin sna ta th tri um",
    "sw": "ambao ambayo baada bila cha hata hii hivyo hiyo huo huyo ili ingawa ipo ja jinsi juu "
    "kabla kama katika kila kuhusu kutoka kuwa kwa kwamba la lakini mwa na ndani ni pamoja "
    "pia sana sasa tu vya wa wake wakati wao watu ya yake yao za zaidi",
    "tl": "ang ano at ay ayon bago bilang dahil din habang hindi ito iba ilang isang ka kanilang "
    "kanyang kay kaya kung lamang mga may mula na nang nasa ng ngayon ni nito para pa rin "
    "sa sabi si sila siya upang",
    "ru": "а без более будет бы был была были было быть в во вот время все всех вы где года году "
    "два для до его ее ей если есть еще же за и из или им их к как когда которая которого "
    "которой которые который кто лет между мне может можно мы на нас наш не него нет ни них "
    "но ну о об один однако он она они от перед по под пока после потом почти при раз "
    "россии с сам своего своей себя сейчас сказал со так также тем теперь то того тоже "
    "только том тот у уже человек через что чтобы эти это этого этой этом",
    "uk": "а або адже але без був була були було в вже від він вона вони все для до за з зі й "
    "його і із інших їх її коли лише мы на над не ні но о об пiсля після по про при с своїх "
    "та так також те тому у це цього час через чи що щоб як який які",
    "be": "а або але аб ад без будзе быў была былі было в вельмі гэта гэтага для да з за і із іх "
    "каб калі каля як якая які якія м на не нават пра па пасля паводле пры с сваю таксама "
    "так там толькі ты у ў што яго яе яны ён",
    "bg": "а ако без бе беше бил била били в ви все за заради и из или им има като което която "
    "които който как каза към ли между му на над най не него но от пак по под пред при през "
    "са се си след само със съм съ също така това тази те тя че ще я",
    "mk": "а ако без беше би биде бидејки веке во вo го дека до е за заради и или им има ја како "
    "кај кога кои кој која кое ли меѓу му на над не нема но од откако по под пред при се си "
    "со само сe сите според таа така тие тоа треба ќе што",
    "sr": "а али ако би била било био бити да до док е ће за због и или има из је јер још када "
    "како као код која које који ли међу на након не није о од око по под после према при "
    "са само се су та те то тога у уз већ што шта",
    "kk": "ал аса бар ба басқа биыл бойынша болады болган болған бул бұл бір барлық деп дейді да "
    "де екен еді емес енді және жаңа жоқ жыл кейін керек қазақ қазір мен немесе ол осы отыр "
    "сол сондай тек туралы туры үшін ұлттық",
    "ar": "إلى أن أو أي إن الذي التي الى ان بعد بين حتى خلال ذلك على عن عند غير في قال كان كانت "
    "كل كما لا لم ما مع من منذ هذا هذه هو هي و وقال ولا يكون",
    "fa": "از است اما اند او اين این آن آنها با بر برای بود به تا چه خود در را روز شد شده شود کرد "
    "که گفت ما می نمی نیز نیست ها های هر هم و وی یا یک",
    "ur": "اس اپنے اور ان انہوں ایک بھی پر تک تو تھا تھی تھے جو جس سے کا کر کرنے کو کہ کہا کی کے "
    "گیا لیے میں نہیں نے وہ ہو ہوئے ہیں ہے یہ",
    "hi": "और अपने आप इस उन एक एवं कर करने कि किया की के को कोई गई गया जो तक था थी थे दिया नहीं "
    "ने पर भी में यह ये रहे लिए वह साथ से हुए है हैं हो",
    "mr": "आणि आहे आहेत असे असून असा आता एक करण्यात का काही की केला केली ते त्या त्यांनी तर नाही "
    "ने मी या यांनी येथे व सर्व ही हे हा होता होती होते",
    "ne": "अनि अब आफ्नो उनी उनले एक एउटा कि को का गरी गरेका गरेको गर्न छ छन् छैन त तथा तर त्यो "
    "थियो थिए न ने पनि भएको भन्ने भने मा र लागि ले लाई यो यस हुन हुने हो",
}  # fmt: skip
FUNCTION_WORDS = {
    language: frozenset(fold(words).split()) for language, words in _COMMONEST.items()
}
# Scripts that one language alone is written in, or nearly so, by the signs of folded text.
_SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "zh": "\u4e00-\u9fff",
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
    "lo": "\u0e80-\u0eff",
    "am": "\u1200-\u137f",
}
_IN_SCRIPT = {name: re.compile(f"[{signs}]") for name, signs in _SCRIPTS.items()}
# Scripts of several languages: a text in one of them is in one of these.
_SHARED = {
    "cyrillic": ("[\u0400-\u052f]", frozenset("ru uk be bg mk sr kk".split())),
    "arabic": ("[\u0600-\u06ff]", frozenset("ar fa ur".split())),
    "devanagari": ("[\u0900-\u097f]", frozenset("hi mr ne".split())),
}
_LATIN = frozenset(FUNCTION_WORDS).difference(*(names for _, names in _SHARED.values()))
JAPANESE = 0.05  # share of kana among the signs of a text, above which its ideographs are Japanese
SCRIPT = 0.4  # share of the signs of a text above which its script tells its language
LEAST = 1.5  # points that name a language: two words that few others have
CHANCE = 0.7  # points that another language than the declared one must be ahead
SAME = {"nb": "no", "nn": "no", "bs": "hr", "sh": "hr", "iw": "he", "in": "id", "fil": "tl"}
AROUND = ".,:;!?\"'()[]-…/"  # what stands at the ends of words

_LANGUAGES_OF = Counter(word for words in FUNCTION_WORDS.values() for word in words)


def language_of(words: set[str], declared: str) -> str:
    """The language of a text by its folded words; `declared` where they do not say otherwise.

    Sites declare a language for their template and not for each text, often a wrong one. A word
    counts the less the more languages have it. "" where neither the words nor the declaration
    name a language that feedbot knows.
    """
    declared = declared.lower().replace("_", "-").split("-")[0]
    signs = "".join(words)
    if not signs.isascii() and (told := _told_by_script(signs)):
        return told
    possible = _written_in(signs)
    bare = {word.strip(AROUND) for word in words}
    score = {name: _points(bare & FUNCTION_WORDS[name]) for name in sorted(possible)}
    said = SAME.get(declared, declared)
    best = max(score, key=lambda name: (score[name], name == said))
    if said in score and score[best] < score[said] + CHANCE:
        return declared  # within chance: nl and de, or en and fr, share some words
    is_sure = score[best] >= LEAST or (said not in possible and score[best] > 0)
    return best if is_sure else declared


def _points(words: set[str]) -> float:
    return sum(1 / _LANGUAGES_OF[word] for word in words)


def _told_by_script(signs: str) -> str:
    """The language that alone is written in the script of a text; "" if there is none."""
    shares = {name: _share(pattern, signs) for name, pattern in _IN_SCRIPT.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares["ja"] > JAPANESE and shares["ja"] + shares["zh"] > SCRIPT:
        return "ja"
    return best if shares[best] > SCRIPT else ""


def _written_in(signs: str) -> frozenset[str]:
    """The languages that are written in the script of a text."""
    if not signs.isascii():
        for pattern, names in _SHARED.values():
            if _share(re.compile(pattern), signs) > SCRIPT:
                return names
    return _LATIN


def _share(pattern: re.Pattern[str], signs: str) -> float:
    return len(pattern.findall(signs)) / len(signs)
