/** By language: common words of those that we do not read, so that none of them passes for one that we do. */

export const others = {
  da: `og jeg det en at er på til af med for den ikke de har som kan vi så om men et fra der hvis han hun mig min mit mine
    dig din var blev være skal vil efter kun meget også nu her når hvad hvor hvornår hvorfor hvem ingen aldrig altid
    hver os vores deres dem eller godt god gode dårlig dårligt dårlige mad maden kold koldt tjener betjening venlig
    venlige søde bedste byen penge tilbage uger uge timer dage gange gang ordre pakke pakken bestilt bestilling svarer
    svar skriver kunde kundeservice desværre tak igen alt dyrt langsom lækker lækkert hyggelig hyggeligt anbefales
    virker ned får fået kom kommer gik gør købt købte ventet siden siger sagde noget nogen uden ved`,
  no: `og jeg det en at er på til av med for den ikke de har som kan vi så om men et fra der hvis han hun meg min mitt mine
    deg din var ble være skal vil etter bare veldig også nå her når hva hvor hvorfor hvem ingen aldri alltid hver oss
    vår våre deres dem eller god godt gode dårlig dårlige mat maten kald kaldt servitør betjening hyggelig vennlig beste
    byen penger tilbake uker uke timer dager ganger gang bestilling pakke pakken bestilt svarer svar skriver kunde
    kundeservice dessverre takk igjen alt dyrt treg tregt deilig nydelig anbefales fungerer ned får fått kom kommer gikk
    gjør kjøpt kjøpte ventet siden sier sa noe noen uten ved mye rommet frokost frokosten middag går kortet beløpet
    nekter koselig flott kjempe hvordan gjerne`,
  sv: `och jag det att är på till av med för den inte de har som kan vi så om men ett från där här han hon mig min mitt
    mina dig din var blev vara ska skulle vill efter bara mycket också nu när vad varför vem ingen aldrig alltid varje
    oss vår våra deras dem eller bra god goda dålig dåligt dåliga mat maten kall kallt servitör personalen trevlig
    trevliga otrevlig bäst bästa stan pengar tillbaka veckor vecka timmar dagar gånger gång beställning beställt
    beställde paket paketet svarar svar skriver kund kundtjänst tyvärr tack igen allt dyrt långsam underbart underbar
    rekommenderar fungerar funkar ner får fått kom kommer gick gör göra köpt köpte väntat väntar sedan säger sa något
    någon utan vid helt ställe betala hur mer än eget åt går dit igår upp ut väldigt jätte`,
  fi: `ja on ei se että en oli olen ole mutta kun niin hän tämä tämän nyt jo vain vielä myös kaikki mitä miksi missä
    milloin kuka kukaan ovat olivat ollut sitten koska jos tai sekä kuin hyvin hyvä hyvää hyvät huono huonoa ruoka
    ruokaa kylmä kylmää palvelu palvelua tilaus tilausta tilasin paketti rahat rahaa takaisin viikkoa päivää tuntia
    kertaa kerta tullut tuli tulee emme eivät eikä sinä minä minun meidän teidän heidän vastaa vastausta asiakaspalvelu
    asiakas kiitos suosittelen ihana ihanaa aivan todella erittäin paras parhaat paikka paikassa pöytä huone sovellus
    toimi toimii joka voi saa sain saanut odotin odottaa vieläkään uudestaan enää koskaan aina ilman jälkeen ennen
    kanssa noin paljon vähän miten taas siitä sanottiin kallis hinta hinnat töykeä ystävällinen`,
  ca: `el la els les de del i a en un una és no que per amb al als com més però molt molta això aquest aquesta aquests ja
    hi ho va vaig van vam vau tan també quan tot tota tots sense sobre fins des ser són era estava està estan tinc té
    tenen fa fer fet he has hem han meva meu seva seu nostre nostra on qui què perquè ni mai sempre encara ara després
    abans aquí avui ahir demà ningú res gens millor pitjor bo bona bé menjar cambrer cambrera servei comanda diners
    setmanes setmana dies hores vegades vegada tornat tornar gràcies recomano lloc preciós barri gent personal amable
    nosaltres vosaltres ells elles em et ens us li cal puc pot podem vol vull dos dues tres cafè esmorzar sopar dinar
    fred freda contents aplicació funciona última espero contesta nens botiga preu preus car cara massa gaire`,
  gl: `o a os as de do da dos das e é en un unha uns unhas non que por para con no na nos nas ao á aos como máis pero moi
    moito moita isto este esta eu ti el ela meu miña meus miñas seu súa nós vós eles xa se nin nunca sempre aínda agora
    despois antes aquí hoxe onte mañá ninguén nada alguén todo todos cando onde quen porque ata dende desde sen sobre
    foi fun foron era estaba están está son teño ten temos teñen hai fai facer feito levo pola polo polos polas coa co
    cos coas dun dunha nun nunha mellor peor bo boa ben comida xantar cea ceamos camareiro servizo pedido cartos semanas
    semana días horas veces vez grazas graciñas recomendo sitio barrio xente amable connosco me lle lles volveremos
    volverei axiña prezo prezos caro tenda aplicación podo pode cobráronme devolveron quedamos encantados`,
  af: `die en van is het nie ek my jy jou hy sy ons julle hulle dit wat vir met om te in op aan na by as maar ook of was
    sal kan moet wil baie goed sleg slegte beste kos koud kelner diens bestelling geld terug weke week dae ure keer
    niemand antwoord nog nooit altyd weer hier daar nou toe dan al so net meer minder mense plek vriendelik vriendelike
    lekker dankie asseblief gister gisteraand vandag môre hierdie daardie gaan kom sien sê gesê gekry gekoop betaal werk
    glad nuwe ou duur goedkoop onbeskof pragtige koffie dorp winkel geëet wag toep kaart omdat waar wanneer hoekom hoe
    self almal iemand iets niks sonder deur oor tussen voor agter beslis`,
  hr: `i je u na se da za su ne s od sam što koji koja koje ali kao nije nisam nisu bio bila bilo bili smo ste biti ima
    imam imaju može mogu ja ti on ona oni mi vi meni me ga ih im ili samo već jako vrlo veoma više manje ovdje tu tamo
    sada sad kad kada gdje tko nitko ništa sve svi svaki put puta dan dana tjedan tjedna sati mjesec hrana hladna
    konobar usluga osoblje narudžba narudžbu novac natrag najbolji najbolja najbolje mjesto grad gradu kava ljubazno
    ljubazan preporučujem hvala molim dobro dobra dobar loše loša nikad nikada uvijek još opet zbog poslije prije bez
    ovo ovaj ova jer pa te li dva dvije tri čekam javlja račun radi preskupo sporo dolazim dolazimo zašto kako koliko
    netko nekome nešto lijepo lijep cijelo vlak dućan dućanu stranica stranicu unutra ući tjedana`,
  sr: `i je u na se da za su ne s od sam što šta koji koja koje ali kao nije nisam nisu bio bila bilo bili smo ste biti ima
    imam imaju može mogu ja ti on ona oni mi vi meni me ga ih im ili samo već jako vrlo veoma više manje ovde tu tamo
    sada sad kad kada gde ko niko ništa sve svi svaki put puta dan dana nedelja nedelju nedelje sati mesec hrana hladna
    konobar usluga osoblje porudžbina porudžbinu pare novac nazad najbolji najbolja najbolje mesto grad gradu kafa
    ljubazno ljubazan preporučujem hvala molim dobro dobra dobar loše loša nikad nikada uvek još opet zbog posle pre bez
    ovo ovaj ova jer pa te li dva dve tri čekam javlja račun radi preskupo sporo dolazim zašto kako koliko neko nekome
    nešto nedeljama poslednji poslednjeg lepo lep divno ceo uđem sajt prodavnica prodavnici voz и је у на се да за су не
    од сам што шта који која али као није био била било смо сте бити има може ја ти он она ми ви већ веома више овде где
    ко нико ништа све сви пут дан дана недеље храна хладна конобар новац назад најбољи место хвала добро лоше никад увек
    још опет због после без`,
  ru: `и в не на что я с по как это но мы вы за от нет для был была было были уже никто ничего очень ещё еще из у так же бы
    то все всё они он она меня мне вас нас если только или когда где почему потому этот эта эти который которая раз два
    три дней день недели неделю месяц часа часов заказ заказа деньги вернули вернуть ответа отвечает отвечают жду ждём
    магазин магазине доставка еда холодная кофе официант спасибо рекомендую хорошо хороший плохо больше никогда всегда
    после до без через обслуживание персонал место довольна доволен помощь помощью лучший лучшая ужас`,
  uk: `і в у не на що я з по як це але ми ви за від немає для був була було були вже ніхто нічого дуже ще із так же би то
    все вони він вона мене мені вас нас якщо тільки або коли де чому тому цей ця ці який яка раз два три днів день тижні
    тиждень місяць години годин замовлення гроші повернули повернути відповіді відповідає відповідають чекаю магазин
    магазині доставка їжа холодна кава офіціант дякую рекомендую добре добрий погано більше ніколи завжди після до без
    через обслуговування персонал місце задоволена задоволений допомога допомогою найкращий жах`,
  bg: `и в не на че аз с по как това но ние вие за от няма да е са се съм си ще беше бяха вече никой нищо много още из у
    така би то всичко те той тя ме ми вас нас ако само или кога къде защо този тази тези който която път два три дни ден
    седмици седмица месец час часа поръчка поръчката парите върнаха отговор отговаря отговарят чакам магазин магазина
    доставка храна храната студена кафе сервитьор благодаря препоръчвам добре добър лошо повече никога винаги след до
    без през обслужване персонал място доволна доволен помощ помощта най-добрият ужас`,
  mk: `и во не на што јас со по како ова но ние вие за од нема да е се сум си ќе беше беа веќе никој ништо многу уште така
    би тоа сè тие тој таа ме ми вас нас ако само или кога каде зошто овој оваа овие кој која пат два три дена ден недели
    недела месец час часа нарачка нарачката парите вратија одговор одговара чекам продавница достава храна храната ладна
    кафе келнер благодарам препорачувам добро лошо повеќе никогаш секогаш`,
  be: `і ў у не на што я з па як гэта але мы вы за ад няма для быў была было былі ўжо ніхто нічога вельмі яшчэ так усё яны
    ён яна мяне мне вас нас калі толькі або дзе чаму гэты гэтая які якая раз два тры дзён дзень тыдні месяц замова грошы
    вярнулі адказ чакаю крама дастаўка ежа халодная кава дзякуй добра дрэнна больш ніколі заўсёды пасля без праз`,
  sl: `in je na se da za so ne od sem ki ali kot ni bil bila bilo smo ste biti ima imam lahko jaz ti on ona mi vi meni ga
    jih jim samo že zelo več manj tukaj tam zdaj ko kje kdo nihče nič vse vsi vsak dan dni teden tedne tednov ur mesec
    hrana hladna natakar storitev osebje naročilo denar nazaj najboljši najboljša kraj mesto kava prijazno prijazen
    priporočam hvala prosim dobro dobra slabo nikoli vedno še spet zaradi po pred brez to ta tri dva čakam odgovori
    odgovarja račun deluje dela predrago počasi pridemo zakaj kako koliko pri tudi ker`,
  sk: `a je v na sa že to s si za do o som nie ale ako ktorý ktorá čo bol bola bolo boli sme ste byť má mám majú môže môžem
    ja ty on ona my vy mi mne ma ho im alebo len už veľmi viac menej tu sem tam teraz keď kde kto nikto nič všetko
    všetci každý deň dni dní týždeň týždne týždňov hodín mesiac jedlo studené čašník obsluha personál objednávka
    objednávku peniaze späť najlepší najlepšia miesto mesto meste káva milý milá odporúčam ďakujem prosím dobre dobrý
    dobrá zle zlý nikdy vždy ešte zase znova kvôli po pred bez tento táto toto lebo tri dva dvakrát krát čakám odpovedá
    včera dnes zajtra funguje nefunguje neviem nemôžem drahé pomaly prečo koľko vôbec spokojní spokojný`,
  cs: `a je v na se že to s si za do o jsem není ale jako který která co byl byla bylo byli jsme jste být má mám mají může
    můžu já ty on ona my vy mi mně mě ho jim nebo jen už velmi moc více méně tady tu sem tam teď když kde kdo nikdo nic
    všechno všichni každý den dny dní týden týdny týdnů hodin měsíc jídlo studené číšník obsluha personál objednávka
    objednávku zásilka zásilku peníze zpět nejlepší místo město městě káva milý milá doporučuji doporučuju děkuji prosím
    dobře dobrý dobrá špatně špatný nikdy vždy ještě zase znovu kvůli po před bez tento tato toto protože tři dva
    dvakrát krát čekám odpovídá včera dnes zítra funguje nefunguje nevím nemůžu drahé pomalu proč jak kolik vůbec
    spokojení spokojený jsou jej při pro od hodně`,
  pl: `i w na z się nie to że do jest za po o jak ale co od dla już czy tak tylko jestem są był była było byli być ma mam
    mają może mogę ja ty on ona oni my wy mi mnie go ich im mu lub albo bardzo więcej mniej tu tutaj tam teraz kiedy
    gdzie kto nikt nic wszystko wszyscy każdy dzień dni tydzień tygodni tygodnie godzin miesiąc jedzenie zimne kelner
    kelnerka obsługa zamówienie zamówienia paczka paczkę pieniądze pieniędzy zwrot najlepszy najlepsza miejsce miasto
    mieście kawa miła miły niemiły polecam dziękuję proszę dobrze dobry dobra źle zły nigdy zawsze jeszcze znowu przez
    przed bez ten ta te bo który która które trzy dwa razy raz czekam odpowiada wczoraj dziś dzisiaj jutro działa drogo
    drogie wolno dlaczego ile wcale zadowoleni zadowolony nas was moje mój moja swoje pani pan tego tej tym także też
    żeby`,
  hu: `a az és egy nem hogy is van volt ez azt meg csak már de még ha mint vagy ki mi én te ő nincs sem senki semmi minden
    mindig soha nagyon több kevesebb itt ott most mikor hol miért aki ami ezt volna lesz lett vagyok vagyunk voltunk
    tudok tudom lehet kell hetek hete hét napja nap óra órát hónap étel ételek hideg pincér kiszolgálás rendelés
    rendelésem csomag csomagomra csomagom pénz pénzt vissza legjobb hely városban kávé kedves ajánlom köszönöm köszönjük
    kérem jó jól rossz újra megint miatt után előtt nélkül három két kétszer várok válaszol tegnap ma holnap működik
    drága lassú hogyan mennyi óta pedig akkor azóta sajnos köszi őket nekem nekünk velünk ezek azok`,
  ro: `și si de la în in cu pe nu că ca să sa a al ale cel cea cei care ce mai este e sunt era eram am ai are avem au fost
    fi un o unui unei din pentru dar sau foarte mult multă multe puțin acum aici acolo când cand unde cine nimeni nimic
    tot toate toți fiecare zi zile săptămâni saptamani ore lună mâncare mâncarea mancare mancarea rece chelner chelnerul
    servire personal comanda comandă comenzi bani banii înapoi inapoi bun bună buna locul loc oraș oras cafea cafeaua
    amabil recomand mulțumesc multumesc multumim rog bine rău niciodată niciodata mereu încă inca iar iarăși după dupa
    înainte fără fara acest această asta doua două trei ori dată aștept astept răspunde ieri azi mâine merge mea meu mei
    noi voi ei ele îmi imi îți ne vă le lui lor pot poate vreau vor aplicația aseara copiii scump cum cât ani lei`,
  tr: `ve bir bu da de ne için çok daha mi mı ama gibi var yok değil ben sen o biz siz onlar bana sana bize size ile en
    kadar sonra önce şimdi hala hâlâ nasıl neden niye kim kimse hiç her hepsi şey olan oldu olarak olur iyi kötü güzel
    harika rezalet berbat yemek yemekler soğuk garson personel sipariş siparişim siparişimi kargo para paramı iade
    müşteri hizmet hizmetleri hafta haftadır gün gündür saat kere kez defa yer mekan kahve lezzetli tavsiye ederim
    teşekkürler teşekkür lütfen yine asla pahalı ucuz yavaş uygulama çalışmıyor geldi gelmedi gittik gittim aldım aldık
    verdim bekliyorum istiyorum ediyorum yapıyor yaptı dün bugün yarın akşam çocuklarla memnun kaldık iki üç beş hem ya
    ki mu mü böyle artık bile`,
  tl: `ang ng sa na ay mga at ko mo ako ka siya kami tayo kayo sila namin natin ninyo nila niya akin amin atin nyo po opo
    hindi di wala walang may meron mayroon ito iyan iyon yung yun nung kung kapag para pero dahil kasi lang lamang din
    rin pa ba naman talaga sobrang sobra napaka masarap malamig mainit pangit maganda ganda ganoon ganun dito diyan doon
    ngayon kahapon kagabi bukas araw linggo oras buwan beses dalawang tatlong pagkain kape lugar pera bayad binayaran
    ibalik babalik sumasagot sagot naghihintay hintay order gumagana bata ulit muna nang wag huwag ano bakit kailan saan
    sino paano salamat maraming sungit mabait mababait mahal mura matagal mabilis aking aming inyong`,
  id: `yang dan di itu ini dengan untuk tidak dari dalam akan pada juga saya ke karena ada mereka kami kita kamu anda dia
    bisa atau sudah belum tapi tetapi sangat lebih paling banyak sedikit sini sana sekarang kapan dimana mana siapa
    semua setiap hari minggu bulan jam kali makanan makanannya dingin panas pelayan pelayanan pelayannya pesanan pesan
    uang kembali kembalikan mengembalikan terbaik tempat tempatnya kota kopi kopinya ramah enak rekomendasi terima kasih
    tolong baik bagus buruk jelek pernah selalu masih lagi setelah sebelum tanpa oleh seperti kalau jika menunggu
    menjawab aplikasi aplikasinya kemarin besok tadi malam mahal murah lama cepat mengapa kenapa bagaimana berapa gak
    nggak ga banget aja udah sama nya pun saja dua tiga anak bersama pasti dibuka terakhir barang paket kirim sampai
    datang beli bayar toko`,
  vi: `và là của có không được cho các một những người trong với để này đó khi thì mà nhưng rất đã đang sẽ tôi bạn anh chị
    em mình chúng họ nó ở ra vào lên xuống đi đến về từ như cũng chỉ còn lại nữa rồi chưa ai gì sao nào đâu bao nhiêu
    ngày tuần tháng giờ lần món ăn đồ nguội nóng ngon dở nhân viên phục vụ đơn hàng tiền hoàn trả đợi chờ quán phê cà
    đẹp tệ tốt cảm ơn xin vui hôm qua nay mai ứng dụng mở mua bán giá đắt rẻ chậm nhanh quay thất vọng khách`,
  et: `ja on ei see et ta ma oli olen ole aga kui nii ka siis veel juba ainult kõik mis miks kus millal kes keegi olid
    olnud sest või kuid väga hea halb toit külm teenindus teenindaja tellimus pakk raha tagasi nädalat nädal päeva tundi
    korda minu mu meie teie nende vastab klient aitäh soovitan parim koht tuba rakendus tööta töötab saab sain ootan
    enam alati kunagi ilma pärast enne palju vähe kuidas jälle kallis hind`,
  lv: `un ir ar no uz nav es tu viņš mēs jūs bet ka ja kā lai par pie ļoti vairs vēl jau tikai viss visi kas kāpēc kur kad
    bija biju esmu labi labs slikti ēdiens auksts apkalpošana pasūtījums pasūtījumu sūtījums nauda naudu atpakaļ nedēļas
    dienas stundas reizes mans mana atbild klients paldies iesaku labākā vieta lietotne strādā gaidu vienmēr nekad bez
    pēc pirms daudz maz cik dārgi cena man`,
  lt: `ir yra su iš į ne nėra aš tu jis ji mes jūs bet kad jei kaip apie prie labai daugiau dar jau tik viskas visi kas
    kodėl kur kada buvo buvau esu gerai geras blogai maistas šaltas aptarnavimas užsakymas užsakymo siunta siuntos
    pinigai pinigus atgal savaites savaičių dienas valandas kartus mano atsako klientas ačiū rekomenduoju geriausia
    vieta programėlė veikia neveikia laukiu visada niekada be po prieš daug mažai kiek brangu kaina man niekas`,
  is: `og ég að er á í það sem ekki við til en með um fyrir þetta var svo eða hann hún þau þið mér mig minn mín frá eftir
    aldrei alltaf mjög vel góð góður gott maturinn matur kaldur kalt þjónusta þjónustan þjónninn pöntun pöntunin peninga
    aftur vikur daga tíma sinnum enginn svarar takk mæli besti besta staður kaffi bara núna hér þar hvað hvar hvenær
    hvers vegna dýrt verð`,
  eu: `eta da ez du dut zen dira naiz gara bat hau hori oso baina ere edo nire gure zure beti inoiz orain gero hemen han
    zer nor non noiz zergatik ona txarra janaria hotza zerbitzua zerbitzaria eskaera dirua aste asteak egun ordu aldiz
    inork erantzuten eskerrik asko gomendatzen onena lekua kafea guztia ditut dute zuten nuen genuen atzo gaur bihar
    garestia itzuli itzuliko bezala arte gabe egin egiten`,
  sq: `dhe në të e një që për me nga është nuk ka kam janë ishte si por më shumë edhe ose unë ti ai ajo ne ju ata im ime
    tonë këtu atje tani kur ku kush pse askush asgjë gjithçka mirë keq ushqimi ftohtë kamerieri shërbimi porosia paratë
    javë ditë orë herë faleminderit rekomandoj vendi kafja gjithmonë kurrë pa pas para shtrenjtë çmimi përgjigjet po jo`,
  sw: `na ya wa ni kwa katika la za cha hii hiyo sana lakini au mimi wewe yeye sisi ninyi wao yangu yetu yako si hakuna
    kuna huduma chakula baridi mhudumu pesa agizo wiki siku saa mara asante tafadhali nzuri mbaya bora mahali kahawa
    kila mtu leo jana kesho bado tena baada kabla bila nasubiri anajibu nilipata ghali bei kama ili hata watu wangu`,
  cy: `y yr a ac yn i o ar am mae roedd nid ddim wedi bod ond eich fy ein hyn hwn hon iawn hefyd neb byth yma yno nawr pan
    pam ble pwy bwyd oer gwasanaeth archeb arian wythnos wythnosau diwrnod awr gwaith diolch da drwg gorau lle coffi
    ateb ddoe heddiw ardderchog`,
} as const;
