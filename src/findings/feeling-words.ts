/** Words that tell how somebody feels, in the languages that AFINN does not know; as reading.ts writes them, without accents. */

/** What the words of one language are worth, and what turns them or makes more or less of them. */
export interface FeelingWords {
  /** On AFINN's scale: of a word, or of the beginning of one (`freundlich*`). */
  readonly values: ReadonlyMap<string, number>;
  /** Words that mean something else together ("pas mal"): of two or more, parted by spaces. */
  readonly sayings: ReadonlyMap<string, number>;
  /** Their first words. */
  readonly beginnings: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
  readonly stronger: ReadonlySet<string>;
  readonly weaker: ReadonlySet<string>;
  readonly turns: ReadonlySet<string>;
}

const worth = { best: 4, good: 3, nice: 2, poor: -2, bad: -3, worst: -4 } as const;

type Written = Readonly<Record<keyof typeof worth | 'not' | 'stronger' | 'weaker' | 'turns', string>> & {
  readonly sayings: Readonly<Record<string, number>>;
};

const written: Readonly<Record<string, Written>> = {
  es: {
    best: 'maravill* fantastic* espectacular* inmejorable* riquisim* buenisim* excepcional* increible*',
    good: `excelente* genial* encant* delicios* perfect* estupend* magnific* recomend* fenomenal feliz felices amabilisim* adoro
      adorable* enamorad* amor brillante lindisim* mejor mejores`,
    nice: `bueno buena buenos buenas buen bien amable* rico rica ricos ricas bonit* lind* limpi* comod* rapid* simpatic* atent* gracias
      agradable* content* satisfech* acogedor* fresc* precios* encantador* gust* top acierto ricas felicidades puntual* profesional*`,
    poor: `mal malo mala malos malas sucio sucia sucios sucias frio fria frios frias lent* caro cara caros caras roto rota rotos rotas
      tarde error* problema* ruidos* flojo floja soso sosa salad* quemad* crud* pegajos* decepcion* decepciona* disgust* aburrid* queja* molest*
      falla* fallo averi* incomod* dur* perdid* perdieron escas* triste* lastima`,
    bad: `horrible* asco asqueros* grosero* maleducad* antipatic* desastr* fatal vergonz* verguenza nefast* enfad* enoj* robo timo estafa* engan* ladron*
      basura inutil* terrible* lamentable* inaceptable* mentira* mienten desesper* indignad* harto harta hartos`,
    worst: 'pesim* peor peores malisim* horroros* espantos* repugnante*',
    not: 'no ni nunca jamas sin tampoco nada nadie ningun ninguna apenas',
    stronger: 'muy super tan realmente totalmente absolutamente demasiado mega re bastante',
    weaker: 'poco algo medio casi',
    turns: 'pero aunque lastima salvo excepto',
    sayings: {
      'nada mal': 2, 'no esta mal': 2, 'no esta nada mal': 2, 'ni un problema': 2, 'sin problema': 2, 'sin problemas': 2, 'menos mal': 1,
      'de diez': 3, 'un diez': 3, 'un amor': 3, 'nota cero': -4, 'cero empatia': -3, 'nunca mas': -3, 'no vuelvo': -3, 'no volvere': -3,
      'no volveremos': -3, 'deja mucho que desear': -3, 'buenos dias': 0, 'buenas tardes': 0, 'buenas noches': 0, 'que bien': 3, 'por favor': 0,
      'mas o menos': -1, 'ni fu ni fa': -1,
    },
  },
  de: {
    best: 'hervorragend* ausgezeichnet* fantastisch* grossartig* traumhaft* spitze* genial* phanomenal* weltklasse sensationell*',
    good: `toll tolle toller tolles tollen super wunderbar* wunderschon* perfekt* lecker* kostlich* begeistert* klasse liebevoll* empfehl* empfehlenswert*
      weiterempfehl* herzlich* liebe lieben vorbildlich* prima bestens beste bester bestes besten glucklich* einwandfrei`,
    nice: `gut gute guter gutes guten schon schone schoner schones schonen nett nette netter nettes netten freundlich* zufrieden* danke dankeschon gern gerne sauber* bequem*
      schnell* hilfsbereit* kompetent* frisch frische frisches frischer punktlich* angenehm* gemutlich* zuvorkommend* top lob brav fair freu* kulant*`,
    poor: `schlecht schlechte schlechter schlechtes schlechten kalt kalte kaltes kalter lauwarm* dreckig* schmutzig* teuer teure teurer uberteuer* langsam* kaputt* defekt* beschadigt* laut lauter
      leider problem probleme fehler* enttausch* unsauber* trocken* versalzen* verbrannt* verspat* nervig* nervt genervt schade falsch* beschwer* schwierig* fehlt fehlen stort mangel*`,
    bad: `furchtbar* schrecklich* schlimm* ekelhaft* eklig* frech* frechheit unfreundlich* unhoflich* unverschamt* abzocke betrug betruger inkompetent* katastroph* peinlich* wucher
      saftladen arger* verarsch* lugen lugner sauerei wutend unmoglich* nutzlos* mies mieser miese mieses mull schrott`,
    worst: 'schlechtest* allerletzte unterirdisch* grauenhaft* grottig* grottenschlecht* widerlich* abartig*',
    not: 'nicht kein keine keinen keiner keinem keinerlei nie niemals ohne nichts weder kaum',
    stronger: 'sehr so richtig wirklich total absolut extrem mega echt unglaublich besonders uberaus super',
    weaker: 'etwas bisschen wenig ziemlich eher fast',
    turns: 'aber leider jedoch allerdings nur trotzdem dafur',
    sayings: {
      'nicht schlecht': 2, 'gar nicht schlecht': 2, 'kein problem': 2, 'nicht gut': -2, 'nicht zu empfehlen': -3, 'nichts zu meckern': 3, 'nie wieder': -3,
      'gerne wieder': 3, 'immer wieder gerne': 4, 'eins a': 4, 'geht so': -1, 'gefallt nicht': -2, 'schmeckt nicht': -2, 'guten tag': 0, 'guten morgen': 0,
      'guten abend': 0, 'sehr geehrte': 0, 'lasst zu wunschen': -2, 'schon wieder': -1, 'liebe leute': 0, 'liebes team': 0, 'so lala': -1, 'gute besserung': 1,
    },
  },
  fr: {
    best: 'merveill* fantastique* exceptionnel* magnifique* inoubliable* formidable* extraordinaire* genialissime',
    good: `excellent* super parfait* delici* genial* geniale geniaux ador* recommande recommandons regal* impeccable* ravi ravie ravis top bravo meilleur* succulent*
      exquis* felicitations aime aimes aimons adorable* enchant* heureux heureuse* joyeu* fier fiere fiers love`,
    nice: `bon bonne bons bonnes bien sympa* gentil* aimable* souriant* agreable* propre propres rapide* accueillant* chaleureu* merci content* satisfait* efficace* joli jolie jolis
      beau belle belles beaux frais fraiche confortable* soigne* reactif* correct corrects correcte attentionn* plaisir professionnel* cool chouette* mignon* drole* rigolo* mdr ptdr lol haha* bisou* reussi* victoire* youpi hourra brillant* magique* sublime*`,
    poor: `mauvais* mal froid froide froids froides tiede* sale sales cher chere chers cheres lent lente lents lentes casse cassee abime* bruyant* decu decue decus decues deception decevant* probleme* panne* erreur* retard*
      dommage bemol rassis sec seche fade* rate ratee dur dure durs souci soucis plainte* perdu perdue perdus pire
      triste* tristesse fatigue* ennuy* inquiet* peur pleur* malade* galere* relou flemme stress* deprim* malheureu* penible* douleur* echec* agacant* fache*`,
    bad: `horrible* honte honteu* arnaque* voleur* nul nulle nuls nulles desagreable* impoli* malpoli* affreu* catastroph* degout* inadmissible* inacceptable* incompeten* scandale* scandaleu*
      ridicule* enerv* furieu* colere mensonge* menteur* deplorable* lamentable* fuir fuyez ecoeur* odieu* minable* merde* merdique* putain deteste* hais con cons conne connard* connasse* salaud* stupid* idiot* debile* chiant* saoule soule marre gonfle pourri* insupportable* inutile* revolt* rage crev*`,
    worst: 'execrable* infect* immonde* pires pitoyable* abominable*',
    not: 'ne n pas jamais sans aucun aucune ni rien guere',
    stronger: 'tres si vraiment trop tellement super hyper ultra extremement absolument totalement particulierement',
    weaker: 'peu assez plutot presque legerement',
    turns: 'mais cependant toutefois pourtant dommage bemol malgre sauf',
    sayings: {
      'pas mal': 2, 'aime pas': -2, 'aimes pas': -2, 'aime plus': -2, 'recommande pas': -3, 'ai hate': 3, 'n importe quoi': -2, 'ras le bol': -3, 'foutage de gueule': -4, 'se moque de': -3, 'pas mauvais': 2, 'pas terrible': -2, 'pas top': -2, 'rien a redire': 3, 'rien a dire': 3, 'aucun probleme': 2, 'sans probleme': 2, 'pas de probleme': 2, 'aucun souci': 2,
      'plus jamais': -3, 'a fuir': -4, 'ne recommande pas': -3, 'je deconseille': -3, 'laisse a desirer': -2, 'coup de coeur': 4, 'bon courage': 0, 'pas cher': 2, 'pas chere': 2,
      'bien sur': 0, 'bien que': 0, 'ou bien': 0, 'comme ci comme ca': -1, 'hors de prix': -2, 'trop bon': 3, 'trop bien': 3, 'de plus': 0, 'tant pis': -1, 'bon voila': 0,
    },
  },
  it: {
    best: 'fantastic* stupend* meraviglios* eccezional* strepitos* squisit* favolos* splendid* spettacolar* indimenticabil*',
    good: `ottim* eccellent* perfett* delizios* consigli* consigliatissim* bravissim* buonissim* gentilissim* bellissim* benissimo adoro adorabil* complimenti super miglior* incantevol*
      impeccabil* amo entusiast* felic*`,
    nice: `buon buono buona buoni buone bene bello bella belli belle gentil* cortes* pulit* comod* veloc* rapid* simpatic* disponibil* accoglient* grazie contento contenta contenti soddisfatt* onest* puntual*
      fresc* piacevol* bravo brava bravi brave cordial* premuros* professional* carin* top`,
    poor: `male fredd* sporc* caro cara cari care lent* rott* problem* ritardo ritardi rumoros* delus* delusion* deludent* scars* insipid* bruciat* crud* stantio stantia peccato errore errori sbagliat* guast*
      difett* scomod* dur* purtroppo lamentel* tiepid* difficil*`,
    bad: `orribil* schif* vergogn* truff* ladri maleducat* scortes* antipatic* cafon* terribil* disastr* inaccettabil* incompetent* ridicol* arrabbiat* furios* brutt* bugiard* indecent* scandalos*
      sconsigli* inutil* disgustos* buttati squallid*`,
    worst: 'pessim* peggior* peggio malissimo orrend* penos* ripugnant*',
    not: 'non mai senza nessun nessuna ne niente nulla neanche nemmeno',
    stronger: 'molto davvero veramente cosi troppo super assolutamente totalmente particolarmente tanto',
    weaker: 'poco abbastanza quasi piuttosto leggermente',
    turns: 'ma pero tuttavia peccato purtroppo invece salvo tranne',
    sayings: {
      'niente male': 2, 'non male': 2, 'mica male': 2, 'niente da dire': 3, 'nulla da dire': 3, 'nessun problema': 2, 'senza problemi': 2, 'mai piu': -3, 'non consiglio': -3, 'non tornero': -3, 'non torneremo': -3,
      'cosi cosi': -1, 'lascia a desiderare': -2, 'meno male': 1, 'gentile direzione': 0, 'buon giorno': 0, 'buona sera': 0, 'da dieci': 3, 'va bene': 1, 'non va': -2, 'gentile staff': 0,
      'gentile servizio': 0, 'gentili signori': 0, 'che bello': 3,
    },
  },
  pt: {
    best: 'maravilh* fantastic* espetacular* espetaculo sensacional* excepcional* incrivel incriveis impecavel delicia',
    good: `excelente* otim* perfeit* delicios* ador* recomendo recomendamos recomendad* amei amo super parabens gostosissim* genial show melhor melhores encantad* encantador* apaixonad* feliz sensacional lindo linda lindos lindas`,
    nice: `bom boa bons boas bem gostos* simpatic* atencios* educado educada educados gentil gentis limpo limpa limpos rapid* agradavel confortavel obrigad* satisfeit* content* prestativ* fresc* caprichad* eficiente*
      acolhedor* bonit* gost* certinho pontual top justo amor profissiona*`,
    poor: `mal mau ma maus mas ruim ruins frio fria frios frias sujo suja sujos sujas caro cara caros caras lent* atras* quebrad* demor* problema* erro erros decepcion* decepcao barulh* velho errad* salgad* queimad* cru crua
      estragad* falha* reclam* fraco fraca fracos infelizmente pena avariad* trava travando dificil dificuldade* perdid* sumiu pior`,
    bad: `horrivel horriveis vergonh* golpe* fraude* engan* roubo roub* ladro* nojo nojent* gross* mal-educad* desrespeit* descaso inutil inuteis lixo terrivel terriveis absurd* inaceitavel ridicul* mentir* indignad* palhacada
      desastr* porcaria lamentavel incompetent* raiva odei* estupid*`,
    worst: 'pessim* piores horroros* nefast* deplorav* detest*',
    not: 'nao nem nunca jamais sem nenhum nenhuma nada tampouco ninguem',
    stronger: 'muito muita tao super bem realmente totalmente demais extremamente absolutamente mega bastante',
    weaker: 'pouco meio quase um-pouco',
    turns: 'mas porem contudo embora pena infelizmente entretanto ja exceto',
    sayings: {
      'nada mal': 2, 'nada mau': 2, 'nao e mau': 2, 'nao esta mal': 2, 'sem problema': 2, 'sem problemas': 2, 'nenhum problema': 2, 'nota dez': 4, 'nota zero': -4, 'nunca mais': -3, 'nao recomendo': -3, 'nao volto': -3,
      'deixa a desejar': -2, 'deixou a desejar': -2, 'mais ou menos': -1, 'bom dia': 0, 'boa tarde': 0, 'boa noite': 0, 'ainda bem': 1, 'que pena': -2, 'um amor': 3, 'uns amores': 3, 'mas enfim': 0, 'bem que': 0,
      'valeu a pena': 3, 'vale a pena': 3, 'vale cada': 3,
    },
  },
  nl: {
    best: 'fantastisch* geweldig* uitmuntend* schitterend* voortreffelijk* subliem* onvergetelijk* fenomenaal',
    good: `heerlijk* uitstekend* perfect* super top aanrader verrukkelijk* prachtig* aanbevel* dol genoten blij complimenten beste lekkerste liefste topzaak topper dankbaar liefdevol* fijnste onberispelijk`,
    nice: `goed goede prima leuk leuke fijn fijne lekker* vriendelijk* aardig* behulpzaam behulpzame schoon schone snel snelle netjes keurig* gezellig* bedankt dank tevreden vers verse eerlijk* mooi mooie attent* comfortabel* lief lieve
      professioneel vlot correct correcte knap graag`,
    poor: `slecht slechte koud koude lauw lauwe vies vieze duur dure traag trage kapot kapotte stuk beschadigd* fout foute fouten probleem problemen teleurgesteld* teleurstell* helaas jammer droog droge zouteloos herrie storing*
      klacht* irritant* lastig moeilijk* kwijt verkeerd* vervelend* ongemakkelijk* rommelig* matig* oneetbaar lang`,
    bad: `vreselijk* verschrikkelijk* smerig* goor gore walgelijk* schand* belachelijk* onbeschoft* onvriendelijk* oplicht* afzetter* diefstal bedrog incompetent* waardeloos waardeloze ramp* aanfluiting afrader schofter* woest boos
      liegen leugen* onacceptabel* rot rotzooi respectloos dramatisch* bagger troep`,
    worst: 'slechtst* afgrijselijk* afschuwelijk* dieptepunt allerslechtst*',
    not: 'niet geen nooit zonder niets niks nauwelijks noch niemand',
    stronger: 'heel erg zeer echt zo super ontzettend enorm absoluut mega bijzonder',
    weaker: 'beetje redelijk wat bijna vrij enigszins',
    turns: 'maar helaas jammer echter alleen toch behalve',
    sayings: {
      'niet slecht': 2, 'lang niet slecht': 2, 'geen probleem': 2, 'geen problemen': 2, 'niks op aan te merken': 3, 'niets op aan te merken': 3, 'nooit meer': -3, 'geen aanrader': -3, 'gaat wel': -1, 'valt tegen': -2, 'viel tegen': -2,
      'niet lekker': -2, 'niet goed': -2, 'laat te wensen': -2, 'goede morgen': 0, 'goede middag': 0, 'goed bezig': 3, 'alleen maar': 0, 'dank je wel': 2, 'zo lang': -1, 'graag gedaan': 0, 'klaar mee': -2,
    },
  },
}; // biome-ignore format: tables

const all = new Map(Object.entries(written).map(([language, words]) => [language, bind(words)]));

/** Null of a language that has none: English has AFINN's own, all others we do not read. */
export function feelingWords(language: string | null): FeelingWords | null {
  return language === null ? null : (all.get(language) ?? null);
}

function bind({ sayings, not, stronger, weaker, turns, ...worded }: Written): FeelingWords {
  const values = new Map<string, number>();
  for (const how of ['best', 'good', 'nice', 'poor', 'bad', 'worst'] as const)
    for (const word of split(worded[how])) values.set(word, worth[how]);
  return {
    values,
    sayings: new Map(Object.entries(sayings)),
    beginnings: new Set(Object.keys(sayings).flatMap((saying) => split(saying).slice(0, 1))),
    negators: new Set(split(not)),
    stronger: new Set(split(stronger)),
    weaker: new Set(split(weaker)),
    turns: new Set(split(turns)),
  };
}

function split(words: string): readonly string[] {
  return words.split(/\s+/u);
}

const shortestStem = 3;

/** Of a word as it stands, else of the longest beginning that the list has; 0 of all others. */
export function worthIn({ values }: FeelingWords, word: string): number {
  const whole = values.get(word);
  if (whole !== undefined) return whole;
  for (let length = word.length; length >= shortestStem; length--) {
    const stem = values.get(`${word.slice(0, length)}*`);
    if (stem !== undefined) return stem;
  }
  return 0;
}
