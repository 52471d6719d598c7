/** By language: the commonest words of the seven that we read. */

export const common = {
  en: `the and to of is it in that for you was with on this are be have not they at my but your we so what if just their
    from can all has me there when out up about would will how don't i'm it's i've can't didn't get got who them our
    been had were by an or as do did why now more than she he his her because still after before never please thanks one
    you're doesn't won't wasn't isn't i i'll u ur im dont cant didnt any some only other could should which these those
    where then into over very too really again here off down always ever since going nothing something anyone everyone
    being every through need want like think know go went service staff customer order food today yesterday tomorrow
    morning a ordered received paid took came gave told said called left asked without ends waited door no yes two three
    four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred first second last next each same
    day days week weeks month months year years hour hours minutes monday tuesday wednesday thursday friday saturday
    sunday good great nice bad worse worst better best small big old new late early closed love hate sold sell bought
    buy says say made make makes keep keeps stop stops look looks work works try tried find found`,
  es: `el la los las de que y en un una es no por con para se lo me mi su al del como más pero ya muy si está este esta eso
    yo tú te le les nos hay ha he porque cuando todo todos nada hace sin sobre qué también tan son fue ser estoy desde
    siempre nunca hasta donde quien gracias así mis tengo tiene tienen están sus ni solo sólo algo hoy aún ahora después
    antes usted ustedes cómo esto ese esos soy era han hola pues bien mucho vez mejor aquí servicio habitación pedido
    atención camarero personal envío tienda`,
  de: `der die das und ist nicht ich zu ein eine in den mit sich von auf für es dem auch im an war wie so man bei nach aus
    noch nur wir ihr sie er mir mich dass wenn oder aber hat habe haben kein keine sehr schon mein meine uns euch werden
    wird wurde sind seit immer wieder jetzt doch hier gibt kann über vor einen einem einer eines zum zur bin dann was
    mal warum bitte danke leider ja nein nie mehr als um da ab bis durch gegen ohne unter heute gar waren hatte alles
    nichts etwas diese dieser dieses ihre seine unser eure bestellung lieferung bedienung paket rechnung zimmer geld
    service essen`,
  fr: `le la les de des et est un une que qui en dans pour pas vous je ne sur avec il elle ce se au plus mais sont par nous
    j'ai c'est mon ma mes très tout fait ont été suis cette comme bien ou où aux leur même aussi depuis toujours jamais
    rien encore sans quand votre vos on être avoir ça moi si merci bonjour y c du son sa ses était avait n'est n'ai d'un
    d'une qu'il j'en s'est l'on qu'on leurs après avant chez trop alors donc parce quel quelle aucun aucune commande
    livraison chambre accueil colis serveur prix pain`,
  it: `il la le di che e è un una per non in con del della sono mi si da ma come al anche ho ha questo questa più ci nel
    gli lo se io tu molto alla dei delle ancora mai sempre tutto tutti perché quando dopo senza era stato stata dal sul
    fatto cosa c'è grazie mia mio loro hanno abbiamo qui già solo bene nella dell'ordine i uno all'interno ne siamo
    essere fare dalla sulla quello quella niente nessuno troppo poi così dove chi adesso oggi prima due personale
    colazione camera ordine servizio soggiorno cibo pacco ottimo ottima`,
  pt: `o a os as de que e em um uma é não por com para se do da no na dos das mais mas como meu minha eu você vocês foi ao
    muito já está tem são isso ele ela nos quando até sem também só pra pelo pela tudo nada nunca sempre ainda porque
    depois ser estou esse essa este esta fazer obrigado obrigada bem vou vai tô aqui agora à às seu sua nem lá gente
    quem qual nós me lhe num numa há fui meus minhas eles era tinha tenho hoje dia atendimento entrega encomenda pedido
    quarto produto péssimo péssima ótimo ótima serviço loja comida`,
  nl: `de het een en van ik is dat niet in te op voor met zijn je er maar die aan ook om als bij nog naar dan wel heb was
    door over uit zo wat mijn we geen hebben heeft ze hij zij wij jullie kan al weer waar nu werd worden wordt meer heel
    mij deze dit moet hier veel altijd nooit iets niets alleen na tot gewoon bedankt mensen toch sinds echt hun ons onze
    u uw zonder omdat wanneer daar waarom gaat goed moeten kunnen waren had hadden bestelling bediening pakket
    klantenservice winkel geleverd eten`,
} as const;

/** What customers say besides; of another language hardly any. */
export const customers: Readonly<Record<keyof typeof common, string>> = {
  en: `back time us people phone does free sent whole full nobody times also twice put price everything gone i'd take
    that's wrong its third right both lost lovely clean done thing him money house pay already much may someone while
    well little we're kept another bring there's used worth use enough broken perfect different wait flat fast less
    friendly though must near quick turned changed fixed many saw forgot hold between saying couldn't wanted stopped
    showed we've nearly class leave doing he's she's what's ages absolute absolutely rude awful terrible horrible
    rubbish brilliant ruined refused useless disgusting amazing gorgeous cheers charged cold hot dirty slow reset link
    expired declined crashes crash crashing login delivered wash size weak kind patient high street value meal deal joke
    company downhill mean dream unreal cannot within soup waiter waitress rooms room parcel refund booking table staff's
    nope yeah guys folks bloody damn honestly literally basically actually probably maybe sorry hello hi hey thank help
    helpful else such most own few lot lots bit way until unless freezing boiling soggy stale burnt lukewarm overpriced
    overrated avoid recommend recommended visit visited wonderful delicious tasty goes comes takes taken give gives
    given finds buying selling trying waiting asking using getting`,
  es: `día días años año mismo otra otro veces alguien nadie sigue mañana llegó buenas tarjeta puede cuenta dijo ahí estaba
    encima cuatro quién lunes martes miércoles jueves viernes sábado domingo teléfono voy pone vuelvo sé mil llevo culpa
    vuelo lleva ocho datos caja eran vaya desayuno tenía factura digo ayer sí fuera esa correo señor dicen silla venía
    paquete asiento hacer nombre esperando él dijeron ninguna ninguno noches noche misma siguiente nosotros mandaron
    cobraron cobrado devolver devolución reembolso maleta dinero piso baño nueva nuevo cerrado llamé compré respuesta
    niños niño verdad pregunta línea error mirando salimos viejo sucursal cuarto primer poner pagué pagar delante cero
    calle media mitad buen bueno buena buenos mala malo peor excelente pésimo pésima genial maravilla fatal limpio
    limpia sucio sucia frío fría caliente rico rica riquísimo riquísima sabroso comida cena comer comimos cenamos amable
    amables amabilidad trato rápido rápida lento lenta cola espera horas hora semanas semana meses mes dos tres cinco
    seis siete diez veinte camarera camareros mesero dueño dueña gente persona personas empresa tiendas vergüenza estafa
    desastre timo ladrones recomiendo recomendable recomendado volveré volveremos encantado encantada encantó jamás
    tampoco aunque mientras entonces hacia según cada cambié cambio cambiar pedí pidió devolví devuelven responde
    responden contesta contestan atienden funciona funcionan abre abren cierra cierran zapatos zapatillas ropa pan café
    cerveza vino carne pescado arroz sopa ensalada hamburguesa duro dura salada salado móvil ordenador contraseña
    pantalla aerolínea avión aeropuerto barato caro cara caros precio precios calidad perdieron perdido roto rota rotos
    llegado llegar recoger recogida envíos mensaje mensajes disculpa disculpas perdón ojalá menudo vamos mejores ningún
    algún`,
  de: `zwei vom beim hab wochen nix wer tagen tage bestellt laut kam fahrer wegen tag kommen jedes jemand uhr zurück meinen
    jahr drei vier fünf sechs sieben acht neun zehn zwanzig erst vorher einfach gestern kind dafür eigentlich bekommen
    sofort karte sollte denn läuft lassen stunden stunde minuten leute sagt hallo selber gesagt gemacht jahren sagen
    steht halt unsere wann genau fürs ersten stehen gut handy termin erklärt gekündigt kündigung woche kinder zweimal
    konto ganzen warte warten weil drauf bleibt bestätigt seid frau telefon war's angerufen anderen sieht monaten monat
    liebes statt guten schön schöne schöner vielleicht einmal neu gefahren frag meinte suche jemanden gern gerne doppelt
    abgebucht bezahlt muss brot mann leben abend raus weiter storniert rückzahlung rückerstattung erstattung falsch
    falsche tut schreibt grund wäre lässt nochmal kalt kalte kaltes warm lauwarm suppe kellner kellnerin freundlich
    freundliche freundlicher freundliches unfreundlich frech frechheit lecker leckere leckeres köstlich bitter teuer
    günstig billig sauber dreckig schmutzig kaputt defekt beschädigt verschwunden verloren angekommen geliefert
    lieferzeit ware mitarbeiter chef preis preise portion portionen ständig dauernd jedesmal stürzt abgestürzt
    funktioniert geht ging anmelden behoben gelöst empfehlen empfehlung empfehlenswert weiterempfehlen enttäuscht
    enttäuschend unverschämt abzocke betrug saftladen schlecht schlechte schlechter schlechteste schlimm schrecklich
    furchtbar toll tolle tolles super spitze hervorragend ausgezeichnet wunderbar traumhaft perfekt bestes beste besten
    besser haare geschnitten schuhe hose jacke größe farbe dusche bad bett frühstück gegessen trinken pünktlich
    verspätung zug warteschleife antwort antwortet mahnung ignoriert blick noch's bahnhof laden geschäft werkstatt
    verkäufer verkäuferin ganz viel viele wenig weniger mehrere jede jeder allen allem beide kurz lang lange schnell
    langsam bestens sicher echt`,
  fr: `m'a m'ont deux ans trois mois fois demandé compte personne bon bonne matin jours quatre cinq six sept huit dix
    c'était ils moins facture petit petite passe jour nuit grand grande déjà mot passé quelqu'un maison écrit boîte
    banque nom pris chaque devant peut semaine semaines porte personnes soir enfants réservé technicien livreur sous
    maintenant jusqu'au jusqu'à remboursement remboursé rue reçu pourquoi avez numéro appli dernier vais compris demande
    téléphone oui faisait veux l'a là l'autre appelé voilà vraiment travail fais réseau client clients ligne vérifié
    répondu juste selon contre magasin madame mets réponse trouve trouvé offert plat plats assiette froid froide froids
    tiède chaud chaude délicieux délicieuse excellent excellente parfait parfaite nul nulle horrible affreux désagréable
    aimable souriant souriante sympa adorable adorables chaleureux chaleureuse bruyant bruyante sale propre cher chère
    chers corrects qualité honte arnaque arnaqueurs voleurs fuyez fuir déçu déçue déception recommande recommander
    conseille vivement inutilisable impossible injoignable introuvable perdu perdue cassé cassée abîmé abîmée annulé
    annulée débité débitée prélevé facturé attendu attendre attente heures heure minutes retard réparé échange retour
    retourné envoyé envoi emballage soigné rapide lent lente serveuse serveurs restaurant repas dîner déjeuner café thé
    vin viande poisson dessert cuisine goût équipe génial géniale super expérience cadre endroit lieu vue plage lit
    douche bain clim chaussures taille robe pantalon regret zéro mieux pire pendant malgré puis ensuite ici ailleurs
    beaucoup peu assez plutôt totale total toute toutes tous celui celle ceux connecter connexion marche plante bug
    serait sera j'étais j'avais n'y d'attente lorsque avais`,
  it: `tre quattro cinque sei sette dieci anni anno giorni giorno mesi mese voi minuti minuto ora ore fino sotto può
    qualcuno volte volta ogni nuovo nuova telefono fuori avete rimborso rimborsato settimana settimane caffè domani
    letto scritto detto però stamattina mandato ciao gentile gentili gentilissimo gentilissima gentilissimi famiglia
    perso nessun nessuna messo numero sì ieri chiedo passato persone stesso scade fatta buongiorno lei risposta
    rispondono risponde chiuso aperto bello bella belli sarebbe domenica sabato venerdì giovedì mercoledì martedì lunedì
    stasera trovato trovata secondo tolto altri altra altro consegnato consegna subito anzi ritardo torno torniamo
    torneremo tornerò prende aveva dicono richiesta ordinato notte prenotazione prenotato aggiornamento appena buona
    buono buoni buonissimo buonissima pagare pagato meglio peggio vedo boh arriva arrivato arrivata clienti cliente
    disdetta spedito spedizione terza manco vita proprio lavoro scusate acqua offerto sopra cui davanti ragazzi sporca
    sporco sporche pulita pulito doccia bagno fredda freddo calda caldo piatto piatti cena pranzo vino pesce carne pasta
    pane gelato dolce cuoco cameriere cameriera camerieri maleducato maleducati scortese scortesi pessimo pessima
    pessimi terribile orribile schifo vergogna truffa ladri delusione deluso delusa soldi euro prezzo prezzi caro cara
    cari conto sbagliato sbagliata rotto rotta rotte lento lenta lenti funziona accesso qualità quantità porzioni scarse
    abbondante abbondanti squisito squisita fantastico fantastica stupendo stupenda splendido incantevole perfetto
    perfetta consiglio consigliato consigliatissimo sconsiglio sconsigliato inesistente assistenza negozio venditore
    scarpe vestito taglia schermo sicuramente assolutamente veramente davvero purtroppo peccato malissimo benissimo
    bravi bravissimi bravo brava accoglienza posto locale vista mare spiaggia albergo fila coda attesa aspetto aspettare
    aspettato inviato inviate puntuale onesti onesto buttati lunga lungo`,
  pt: `dias dois duas três quatro cinco anos ano mês meses semana semanas pé boa bom ótimos alguém reais carro mesmo tá
    ninguém vezes vez chegou chegar cartão outra outro disse novo nova dá manhã noite número pro ficou fica pedi pediu
    pediram desculpa ontem equipe demais mandou mandar voltou mala água faz fazem fiz feito saiu conta perdi perdeu
    pessoas pessoa dizer frente fecha caixa paguei pagar passou estava estavam maio escola aí cobraram cobrou cobrança
    errado errada mensagem pão parabéns fora rua cancelei cancelar experiência feira perguntou abri primeiro coisa moça
    moço foram quero preciso pedidos trocou troquei trocar lindo linda lindos peça mão viagem nenhum nenhuma pai comprei
    compro passagem dinheiro botão suporte recepção grátis inteiro vergonha certo certeza amanhã faltou quer reembolso
    estorno devolução jogado frio fria frios quente almoço jantar café bolo cerveja carne peixe garçom garçonete
    atendente atendentes funcionário funcionários educado educada simpático simpáticos simpática gentil horrível
    horrorosa ruim pior melhor delicioso deliciosa gostoso gostosa maravilhoso maravilhosa fraco fraca sujo suja limpo
    limpa barulho chuveiro cama banheiro demora demorou atrasado atrasada atraso rápido rápida lento lenta caro cara
    preço preços justo qualidade quebrado quebrada quebrou estragado extraviada extraviado sumiu entregue entregador
    senha aplicativo trava travando site operadora empresa lojas vendedor sapato roupa tamanho recomendo recomendado
    voltarei voltaremos volto jamais tudinho certinho fila enorme aberto fechado lugar vista super toda todo todos todas
    hora horas maravilha golpe fraude enganação decepção decepcionado responde respondem resposta atende atendem
    funciona funcionam inexistente explicações explicação desde cidade`,
  nl: `m'n keer jaar twee drie vier vijf zes zeven acht negen tien uur uren elke elk terug niks mee binnen dag dagen iemand
    keuken zit zegt hoe één besteld kreeg volgens net zou derde toen eigen vraag huis krijg zat ga laat lag mag gaan
    eerste loopt tegen maand laten wil nieuwe zelf stond rekening avond onder achter oude ge gehad hoor ligt komt
    inmiddels z'n doet gebeld hele kwam wegens weken minder terwijl eindelijk beloofd mogen vast steeds gemaakt andere
    zeggen weet snel snelle vorige afspraak volgende komen thuis fijn zet tijd haar bezorgd bezorger zelfde konden kon
    netjes klaar wachten wacht gewacht betalen personeel keurig keek kijken precies nul ervaring kwijt vragen friet
    frieten frietjes graag prijs prijzen adres soep deur tussen dienst maanden mooie mooi koffie taart ober serveerster
    koud koude lauw warm droog vies vieze smerig schoon lekker lekkere lekkerste heerlijk heerlijke gegeten drinken
    vriendelijk vriendelijke onvriendelijk onbeschoft behulpzaam slecht slechte slechter slechtste beste goede leuk
    leuke prima uitstekend geweldig geweldige fantastisch perfect kapot stuk beschadigd verkeerd verkeerde dubbel
    afgeschreven geld terugbetaling retour teruggestuurd aanrader afrader oplichters oplichting oplichterij aanfluiting
    schande belachelijk teleurgesteld teleurstellend duur dure goedkoop eerlijke eerlijk kamer kamers bed douche ontbijt
    hotel schoenen maat kapper monteur storing inloggen lukt werkt werken werkte crasht opgelost gisteren morgen vandaag
    vanavond zeker blijf blijft weg ruim gestaan onbereikbaar bereikbaar bellen mailen antwoord reactie klant klanten
    topzaak zaak sfeer kwaliteit opdagen verwarming ziekenhuis stad straat dus want eens vaak zelden`,
};
