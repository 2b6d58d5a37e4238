"""Which language a text is in, whatever its page declares."""

from __future__ import annotations

import pytest

from feedbot.languages.detection import function_words, language_of
from feedbot.languages.fold import fold
from tests.sample_pages import TITLE, html, paragraphs, read

TEXTS = {
    "nl": "De gemeente heeft de oude brug over het kanaal gesloten, omdat er scheuren in het beton zijn gevonden. Volgens de wethouder duurt het herstel zeker drie maanden en moeten fietsers tot die tijd omrijden. Bewoners zeggen dat zij al jaren voor deze situatie waarschuwen.",
    "en": "The council has closed the old bridge over the canal because cracks were found in the concrete. According to officials the repairs will take at least three months, and cyclists have to make a detour until then. Residents say that they have been warning about this for years.",
    "de": "Die Stadt hat die alte Brücke über den Kanal gesperrt, weil im Beton Risse gefunden wurden. Nach Angaben der Verwaltung dauert die Reparatur mindestens drei Monate, und Radfahrer müssen bis dahin einen Umweg fahren. Anwohner sagen, dass sie seit Jahren davor warnen.",
    "fr": "La commune a fermé le vieux pont sur le canal, car des fissures ont été trouvées dans le béton. Selon la maire, les travaux dureront au moins trois mois et les cyclistes devront faire un détour. Les habitants disent qu'ils alertent sur ce problème depuis des années.",
    "es": "El ayuntamiento ha cerrado el viejo puente sobre el canal porque se encontraron grietas en el hormigón. Según la alcaldesa, las obras durarán al menos tres meses y los ciclistas tendrán que dar un rodeo. Los vecinos dicen que llevan años avisando de esta situación.",
    "pt": "A câmara fechou a velha ponte sobre o canal porque foram encontradas fissuras no betão. Segundo a presidente, as obras vão durar pelo menos três meses e os ciclistas terão de fazer um desvio. Os moradores dizem que há anos alertam para esta situação e não foram ouvidos.",
    "it": "Il comune ha chiuso il vecchio ponte sul canale perché sono state trovate crepe nel cemento. Secondo la sindaca i lavori dureranno almeno tre mesi e i ciclisti dovranno fare una deviazione. Gli abitanti dicono che da anni avvertono di questa situazione.",
    "ca": "L'ajuntament ha tancat el vell pont sobre el canal perquè s'han trobat esquerdes en el formigó. Segons l'alcaldessa, les obres duraran almenys tres mesos i els ciclistes hauran de fer una volta. Els veïns diuen que fa anys que avisen d'aquesta situació amb cartes.",
    "ro": "Primăria a închis vechiul pod de peste canal, pentru că au fost găsite fisuri în beton. Potrivit primarului, lucrările vor dura cel puțin trei luni, iar bicicliștii trebuie să ocolească până atunci. Locuitorii spun că avertizează de ani de zile cu privire la această situație.",
    "pl": "Miasto zamknęło stary most nad kanałem, ponieważ w betonie znaleziono pęknięcia. Według burmistrza naprawa potrwa co najmniej trzy miesiące, a rowerzyści muszą do tego czasu jeździć objazdem. Mieszkańcy mówią, że od lat ostrzegali przed tym, co się stało.",
    "cs": "Město uzavřelo starý most přes kanál, protože v betonu byly nalezeny trhliny. Podle starosty bude oprava trvat nejméně tři měsíce a cyklisté musí do té doby jezdit objížďkou. Obyvatelé říkají, že na to upozorňují již několik let, ale nikdo je neposlouchal.",
    "sk": "Mesto uzavrelo starý most cez kanál, pretože v betóne našli trhliny. Podľa primátora bude oprava trvať najmenej tri mesiace a cyklisti musia dovtedy jazdiť obchádzkou. Obyvatelia hovoria, že na to upozorňujú už niekoľko rokov, ale nikto ich nepočúval.",
    "sl": "Občina je zaprla stari most čez kanal, ker so v betonu našli razpoke. Po besedah župana bo popravilo trajalo vsaj tri mesece, kolesarji pa morajo do takrat voziti po obvozu. Prebivalci pravijo, da na to opozarjajo že več let, vendar jih ni nihče poslušal.",
    "hr": "Grad je zatvorio stari most preko kanala jer su u betonu pronađene pukotine. Prema riječima gradonačelnika, popravak će trajati najmanje tri mjeseca, a biciklisti do tada moraju voziti obilaznim putem. Stanovnici kažu da na to upozoravaju već godinama, ali ih nitko nije slušao.",
    "hu": "A város lezárta a csatorna feletti régi hidat, mert a betonban repedéseket találtak. A polgármester szerint a javítás legalább három hónapig tart, és a kerékpárosoknak addig kerülniük kell. A lakók azt mondják, hogy már évek óta figyelmeztetnek erre, de nem hallgattak rájuk.",
    "fi": "Kaupunki on sulkenut kanavan ylittävän vanhan sillan, koska betonista löytyi halkeamia. Pormestarin mukaan korjaus kestää ainakin kolme kuukautta, ja pyöräilijät joutuvat siihen asti kiertämään. Asukkaat sanovat, että he ovat varoittaneet tästä jo vuosia, mutta kukaan ei ole kuunnellut.",
    "et": "Linn on sulgenud vana silla üle kanali, sest betoonist leiti pragusid. Linnapea sõnul kestab remont vähemalt kolm kuud ja jalgratturid peavad seni ringi sõitma. Elanikud ütlevad, et nad on selle eest juba aastaid hoiatanud, kuid keegi ei ole neid kuulanud.",
    "lv": "Pilsēta ir slēgusi veco tiltu pār kanālu, jo betonā ir atrastas plaisas. Pēc mēra teiktā, remonts ilgs vismaz trīs mēnešus, un velosipēdistiem līdz tam būs jābrauc ar līkumu. Iedzīvotāji saka, ka par to brīdina jau vairākus gadus, bet neviens viņos nav klausījies.",
    "lt": "Miestas uždarė seną tiltą per kanalą, nes betone buvo rasta įtrūkimų. Pasak mero, remontas truks mažiausiai tris mėnesius, o dviratininkai iki tol turės važiuoti aplinkui. Gyventojai sako, kad apie tai įspėja jau kelerius metus, bet niekas jų neklausė.",
    "sv": "Kommunen har stängt den gamla bron över kanalen eftersom man har hittat sprickor i betongen. Enligt borgmästaren tar reparationen minst tre månader och cyklister måste ta en omväg till dess. De boende säger att de har varnat för detta i flera år, men att ingen lyssnade.",
    "da": "Kommunen har lukket den gamle bro over kanalen, fordi der er fundet revner i betonen. Ifølge borgmesteren tager reparationen mindst tre måneder, og cyklister må indtil da køre en omvej. Beboerne siger, at de har advaret om dette i mange år, men at ingen hørte efter.",
    "no": "Kommunen har stengt den gamle broen over kanalen fordi det er funnet sprekker i betongen. Ifølge ordføreren tar reparasjonen minst tre måneder, og syklister må ta en omvei frem til da. Beboerne sier at de har advart om dette i mange år, men at ingen hørte etter.",
    "tr": "Belediye, betonda çatlaklar bulunduğu için kanalın üzerindeki eski köprüyü kapattı. Belediye başkanına göre onarım en az üç ay sürecek ve bisikletliler o zamana kadar başka bir yol kullanmak zorunda. Mahalle sakinleri bu durum için yıllardır uyarıda bulunduklarını ama kimsenin dinlemediğini söylüyor.",
    "id": "Pemerintah kota telah menutup jembatan tua di atas kanal karena ada retakan yang ditemukan pada beton. Menurut wali kota, perbaikan akan berlangsung setidaknya tiga bulan dan pengendara sepeda harus memutar sampai saat itu. Warga mengatakan bahwa mereka sudah memperingatkan hal ini sejak lama.",
    "vi": "Thành phố đã đóng cây cầu cũ trên kênh vì có vết nứt được tìm thấy trong bê tông. Theo thị trưởng, việc sửa chữa sẽ kéo dài ít nhất ba tháng và người đi xe đạp phải đi đường vòng. Người dân nói rằng họ đã cảnh báo về việc này trong nhiều năm nhưng không ai nghe.",
    "ru": "Город закрыл старый мост через канал, потому что в бетоне нашли трещины. По словам мэра, ремонт займет не менее трех месяцев, и велосипедистам до тех пор придется ездить в объезд. Жители говорят, что они предупреждали об этом уже много лет, но их никто не слушал.",
    "uk": "Місто закрило старий міст через канал, тому що в бетоні знайшли тріщини. За словами мера, ремонт триватиме щонайменше три місяці, і велосипедистам доведеться їхати в об'їзд. Жителі кажуть, що вони попереджали про це вже багато років, але їх ніхто не слухав.",
    "bg": "Градът затвори стария мост над канала, защото в бетона бяха открити пукнатини. Според кмета ремонтът ще продължи поне три месеца и колоездачите трябва да се движат по обиколен път. Жителите казват, че предупреждават за това от години, но никой не ги е слушал.",
    "sr": "Град је затворио стари мост преко канала, јер су у бетону пронађене пукотине. По речима градоначелника, поправка ће трајати најмање три месеца, а бициклисти до тада морају да возе заобилазним путем. Становници кажу да на то упозоравају већ годинама, али да их нико није слушао.",
    "el": "Ο δήμος έκλεισε την παλιά γέφυρα πάνω από το κανάλι, επειδή βρέθηκαν ρωγμές στο σκυρόδεμα. Σύμφωνα με τη δήμαρχο, οι εργασίες θα διαρκέσουν τουλάχιστον τρεις μήνες και οι ποδηλάτες θα πρέπει να κάνουν παράκαμψη.",
    "he": "העירייה סגרה את הגשר הישן מעל התעלה, משום שנמצאו סדקים בבטון. לדברי ראש העיר, התיקון יימשך לפחות שלושה חודשים, ורוכבי האופניים יצטרכו לעקוף. התושבים אומרים שהם מזהירים מפני כך כבר שנים.",
    "ar": "أغلقت البلدية الجسر القديم فوق القناة بعد أن تم العثور على شقوق في الخرسانة. وقال رئيس البلدية إن الإصلاح سيستمر ثلاثة أشهر على الأقل، وإن على راكبي الدراجات أن يسلكوا طريقا آخر حتى ذلك الحين.",
    "fa": "شهرداری پل قدیمی روی کانال را بسته است، زیرا در بتن آن ترک هایی پیدا شده بود. به گفته شهردار، تعمیر آن دست کم سه ماه طول می کشد و دوچرخه سواران باید تا آن زمان از راه دیگری بروند که دورتر است.",
    "hi": "नगर निगम ने नहर के ऊपर का पुराना पुल बंद कर दिया है, क्योंकि कंक्रीट में दरारें मिली थीं। महापौर के अनुसार मरम्मत में कम से कम तीन महीने लगेंगे और साइकिल चलाने वालों को तब तक दूसरे रास्ते से जाना होगा।",
    "ja": "市は、コンクリートにひび割れが見つかったため、運河にかかる古い橋を閉鎖した。市長によると、修理には少なくとも三か月かかり、それまで自転車は遠回りしなければならない。",
    "zh": "由于在混凝土中发现裂缝，市政府关闭了运河上的旧桥。市长表示，维修至少需要三个月，在此之前骑自行车的人必须绕道。居民们说，他们多年来一直对此发出警告。",
    "ko": "시는 콘크리트에서 균열이 발견되어 운하 위의 오래된 다리를 폐쇄했다. 시장에 따르면 수리에는 적어도 세 달이 걸리며, 그때까지 자전거는 돌아가야 한다.",
    "th": "เทศบาลได้ปิดสะพานเก่าข้ามคลองเนื่องจากพบรอยร้าวในคอนกรีต นายกเทศมนตรีกล่าวว่าการซ่อมแซมจะใช้เวลาอย่างน้อยสามเดือน",
}  # fmt: skip


@pytest.mark.parametrize("declared", ["", "right", "nl", "en", "fr-FR", "es", "ru", "xx", "zh_CN"])
@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_in_its_own_language(language: str, declared: str) -> None:
    said = language if declared == "right" else declared
    assert language_of(set(fold(TEXTS[language]).split()), said) == language


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Kort bericht", "nl-NL", "nl"),
        ("Breve noticia de hoy", "es", "es"),
        ("Short", "xx", "xx"),
        ("", "fr", "fr"),
        ("1-0 2-1 3-3", "pl", "pl"),
        ("Kommunen har stengt broen", "nb-NO", "nb"),
        ("Краткое сообщение", "ru", "ru"),
        ("Na de vakantie gaan wij weer open", "nl", "nl"),  # Afrikaans has these words, too
        ("Word lid van ons koor: geen ervaring nodig", "nl", "nl"),
    ],
)
def test_what_is_declared_stands_where_few_words_do_not_tell(
    text: str, declared: str, language: str
) -> None:
    assert language_of(set(fold(text).split()), declared) == language


AMID = "if you want to use it then put this file in your home and run the script from there "


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("在家目录中运行这个脚本即可，然后重新启动服务器，问题就解决了。" + AMID, "en", "zh"),
        ("最后运行脚本。" + AMID, "zh-CN", "zh"),
        ("スクリプトを実行します。" + AMID, "ja", "ja"),
        ("Запусти этот скрипт из домашней папки. " + AMID, "ru", "ru"),
        ("最后 " + AMID, "en", "en"),
        (AMID, "zh", "en"),
    ],
)
def test_names_and_code_amid_a_text_do_not_tell_its_language(
    text: str, declared: str, language: str
) -> None:
    assert language_of(set(fold(text).split()), declared) == language


def test_an_article_is_published_in_the_language_of_its_text() -> None:
    article = read(
        html(f"<div><h1>{TITLE}</h1>{paragraphs((TEXTS['es'],))}</div>").replace(
            "lang=nl", "lang=es"
        )
    )
    assert article.language == "es"


def test_the_words_of_a_language_are_folded() -> None:
    for words in function_words().values():
        assert all(fold(word) == word for word in words)
