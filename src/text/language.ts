/** Tells the language of a text from its commonest words, and from its letters where those are not enough. */
import { francAll } from 'franc-min';
import { words } from './words.ts';

export interface Language {
  /** ISO 639-1; null where the text gives too little (emoji, links, a word or two nobody declared). */
  readonly language: string | null;
  /** What decided. */
  readonly by: 'words' | 'letters' | 'declared' | 'nothing';
}

/** The languages whose words we read ourselves. */
export const readLanguages = ['en', 'es', 'de', 'fr', 'it', 'pt', 'nl'] as const;

/** The commonest words of each; a word that several share counts less for each of them. */
const common: Readonly<Record<(typeof readLanguages)[number], string>> = {
  en: `the and to of is it in that for you was with on this are be have not they at my but your we so what if just
    their from can all has me there when out up about would will how don't i'm it's i've can't didn't get got who
    them our been had were by an or as do did why now more than she he his her because still after before never
    please thanks one you're doesn't won't wasn't isn't i i'll u ur im dont cant didnt any some only other could
    should which these those where then into over very too really again here off down always ever since going
    nothing something anyone everyone being every through need want like think know go went service staff customer order food today yesterday tomorrow morning a ordered received paid took came gave told said called left asked without ends waited
    door no yes two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred first second
    last next each same day days week weeks month months year years hour hours minutes monday tuesday wednesday thursday
    friday saturday sunday good great nice bad worse worst better best small big old new late early closed love hate
    sold sell bought buy says say made make makes keep keeps stop stops look looks work works try tried find found`,
  es: `el la los las de que y en un una es no por con para se lo me mi su al del como más pero ya muy si está este esta
    eso yo tú te le les nos hay ha he porque cuando todo todos nada hace sin sobre qué también tan son fue ser estoy
    desde siempre nunca hasta donde quien gracias así mis tengo tiene tienen están sus ni solo sólo algo hoy
    aún ahora después antes usted ustedes cómo esto ese esos soy era han hola pues bien mucho vez mejor aquí servicio habitación pedido atención camarero personal envío tienda`,
  de: `der die das und ist nicht ich zu ein eine in den mit sich von auf für es dem auch im an war wie so man bei nach aus
    noch nur wir ihr sie er mir mich dass wenn oder aber hat habe haben kein keine sehr schon mein meine uns euch
    werden wird wurde sind seit immer wieder jetzt doch hier gibt kann über vor einen einem einer eines zum zur
    bin dann was mal warum bitte danke leider ja nein nie mehr als um da ab bis durch gegen ohne unter heute gar
    war waren hatte alles nichts etwas diese dieser dieses ihre seine unser eure bestellung lieferung bedienung paket rechnung zimmer geld service essen`,
  fr: `le la les de des et est un une que qui en dans pour pas vous je ne sur avec il elle ce se au plus mais sont par
    nous j'ai c'est mon ma mes très tout fait ont été suis cette comme bien ou où aux leur même aussi depuis toujours
    jamais rien encore sans quand votre vos on être avoir ça moi si merci bonjour y c du son sa ses était avait n'est
    n'ai d'un d'une qu'il j'en s'est l'on qu'on leurs après avant chez trop alors donc parce quel quelle aucun aucune commande livraison chambre accueil colis serveur prix pain`,
  it: `il la le di che e è un una per non in con del della sono mi si da ma come al anche ho ha questo questa più ci
    nel gli lo se io tu molto alla dei delle ancora mai sempre tutto tutti perché quando dopo senza era stato stata
    dal sul fatto cosa c'è grazie mia mio loro hanno abbiamo qui già solo bene nella dell'ordine i uno all'interno
    ne siamo essere fare dalla sulla quello quella niente nessuno troppo poi così dove chi adesso oggi prima due personale colazione camera ordine servizio soggiorno cibo pacco ottimo ottima`,
  pt: `o a os as de que e em um uma é não por com para se do da no na dos das mais mas como meu minha eu você vocês foi
    ao muito já está tem são isso ele ela nos quando até sem também só pra pelo pela tudo nada nunca sempre ainda
    porque depois ser estou esse essa este esta fazer obrigado obrigada bem vou vai tô aqui agora à às seu sua
    nem lá gente quem qual nós me lhe num numa há fui meus minhas eles era tinha tenho hoje dia atendimento entrega encomenda pedido quarto produto péssimo péssima ótimo ótima serviço loja comida`,
  nl: `de het een en van ik is dat niet in te op voor met zijn je er maar die aan ook om als bij nog naar dan wel heb
    was door over uit zo wat mijn we geen hebben heeft ze hij zij wij jullie kan al weer waar nu werd worden wordt
    meer heel mij deze dit moet hier veel altijd nooit iets niets alleen na tot gewoon bedankt mensen toch sinds
    echt hun ons onze u uw zonder omdat wanneer daar waarom gaat goed moeten kunnen was waren had hadden bestelling bediening pakket klantenservice winkel geleverd eten`,
};

/** Words that stand in most texts of one of the seven, without accents and with what an apostrophe parts as words of their own. */
export const commonWords: ReadonlySet<string> = new Set(
  Object.values(common)
    .join(' ')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
    .split(/[\s']+/u),
);

/** Letters that hardly stand in another of the seven. */
const telling: readonly (readonly [RegExp, number])[] = (
  [
    [/[ñ¿¡]/iu, 'es'],
    [/[ßäö]/iu, 'de'],
    [/[œêùâîû]/iu, 'fr'],
    [/[ãõ]/iu, 'pt'],
    [/[ìò]/iu, 'it'],
  ] as const
).map(([letters, language]) => [letters, readLanguages.indexOf(language)]);

/** Letters that none of the seven has. */
const foreign = /[ąęłńśźżćčšžřěğışţțășøåőűđ\u0400-\u04ff]/iu;

/** A word of one language only counts 1. */
const letterWeight = 0.8;
const declaredWeight = 0.6;
/** So many times as much as the next. */
const clearly = 1.3;

/** By word: what it says for each of the seven. */
const votes = new Map<string, Float64Array>();
for (const [place, name] of readLanguages.entries()) {
  for (const each of common[name].split(/\s+/u)) {
    const others = votes.get(each) ?? new Float64Array(readLanguages.length);
    const shared = [...others.keys()].filter((other) => other === place || others[other] !== 0);
    for (const one of shared) others[one] = 1 / shared.length ** 1.5;
    votes.set(each, others);
  }
}

const twoLetters: Readonly<Record<string, string>> = {
  eng: 'en', spa: 'es', deu: 'de', fra: 'fr', ita: 'it', por: 'pt', nld: 'nl', pol: 'pl', tur: 'tr', swe: 'sv',
  vie: 'vi', ind: 'id', ron: 'ro', ces: 'cs', hun: 'hu', rus: 'ru', ukr: 'uk', bul: 'bg', srp: 'sr', bel: 'be',
  arb: 'ar', pes: 'fa', urd: 'ur', hin: 'hi', mar: 'mr', npi: 'ne',
}; // biome-ignore format: a table
const toldByTrigrams = Object.keys(twoLetters);

const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
];
/** Letters by which Cyrillic languages are told apart sooner than by trigrams. */
const cyrillic: readonly (readonly [RegExp, string])[] = [
  [/[іїєґ]/iu, 'uk'],
  [/[ђћљњј]/iu, 'sr'],
  [/ў/iu, 'be'],
  [/[ыэё]/iu, 'ru'],
];

/** Addresses, names of accounts and hashtags say nothing about the language. */
const noise = /https?:\/\/\S+|www\.\S+|[@#][\p{L}\p{N}_.-]+/giu;
const judgedLength = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/;
const enoughForTrigrams = 24;
/** In a shorter text trigrams do not speak for one of the seven that the common words clearly speak against. */
const enoughAlone = 60;

/**
 * The language of a text; `declared` (ISO 639-1, or `en-GB`) decides only where the text itself leaves doubt.
 * Trigrams (franc) are asked only about text of 24 letters or more whose commonest words are of none of the seven.
 */
export function detectLanguage(text: string, declared: string | null): Language {
  const head = text.length > judgedLength ? text.slice(0, judgedLength) : text;
  const cleaned = /[@#]|:\/\/|www\./.test(head) ? head.replaceAll(noise, ' ') : head;
  return languageOf(
    words(cleaned).map((word) => word.text),
    cleaned,
    declared,
  );
}

/** The same for a text whose words (as `words` gives them) are at hand; `text` is looked at for its letters. */
export function languageOf(said: readonly string[], text: string, declared: string | null): Language {
  const told = declared?.slice(0, 2).toLowerCase() ?? null;
  if (!said.some(hasLetter)) return { language: null, by: 'nothing' };
  const scores = new Float64Array(readLanguages.length);
  for (let place = 0; place < scores.length; place++) if (readLanguages[place] === told) scores[place] = declaredWeight;
  for (const word of said) {
    const given = votes.get(word);
    if (given)
      for (let place = 0; place < scores.length; place++) scores[place] = (scores[place] ?? 0) + (given[place] ?? 0);
  }
  const plain = ascii.test(text);
  if (!plain)
    for (const [letters, place] of telling) if (letters.test(text)) scores[place] = (scores[place] ?? 0) + letterWeight;
  const { best, next } = topTwo(scores);
  const doubted = best.score < 3 && !plain && foreign.test(text);
  if (!doubted && best.score >= 1 && best.score >= next.score * clearly && best.score >= said.length * 0.08) {
    return { language: readLanguages[best.place] ?? null, by: 'words' };
  }
  return (plain ? null : byScript(text)) ?? byTrigrams(text, told, said.length, scores);
}

const hasLetter = (word: string) => /\p{L}/u.test(word);

function topTwo(scores: Float64Array) {
  const best = { place: 0, score: -1 };
  const next = { place: 0, score: -1 };
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] ?? 0;
    if (score > best.score) {
      next.place = best.place;
      next.score = best.score;
      best.place = place;
      best.score = score;
    } else if (score > next.score) {
      next.place = place;
      next.score = score;
    }
  }
  return { best, next };
}

const trigrams = (text: string) =>
  text.length >= enoughForTrigrams ? francAll(text, { only: toldByTrigrams, minLength: enoughForTrigrams }) : [];

const bareHead = (text: string) => text.slice(0, judgedLength).replaceAll(noise, ' ');

function byScript(whole: string): Language | null {
  const text = bareHead(whole);
  for (const [script, language] of scripts) {
    if ((text.match(script)?.length ?? 0) * 3 > text.replaceAll(/\P{L}/gu, '').length)
      return { language, by: 'letters' };
  }
  const written = cyrillic.find(([letters]) => letters.test(text));
  return written ? { language: written[1], by: 'letters' } : null;
}

function byTrigrams(whole: string, told: string | null, count: number, scores: Float64Array): Language {
  const text = bareHead(whole);
  const best = Math.max(...scores);
  const guesses = trigrams(text).filter(([guess]) => {
    const score = scores[(readLanguages as readonly string[]).indexOf(twoLetters[guess] ?? '')];
    return text.length >= enoughAlone || score === undefined || score * clearly >= best;
  });
  const [first, second] = guesses;
  if (first && first[0] !== 'und' && first[1] - (second?.[1] ?? 0) > 0.04) {
    return { language: twoLetters[first[0]] ?? null, by: 'letters' };
  }
  if (told && count > 0) return { language: told, by: 'declared' };
  if (first && first[0] !== 'und' && count >= 5) return { language: twoLetters[first[0]] ?? null, by: 'letters' };
  return { language: null, by: 'nothing' };
}
