/** Which column of somebody else's file holds what: as the owner says, else as its headings are usually called. */

/** What a column can be for us; `rating.value` and `rating.scale` as in an import line. */
export const importFields = [
  ...['id', 'url', 'author.handle', 'author.name', 'author.url', 'author.followers', 'title', 'text', 'language'],
  ...['rating.value', 'rating.scale', 'publishedAt', 'source', 'brand'],
] as const;
export type ImportField = (typeof importFields)[number];

/** The heading of the column that each field is read from. */
export type ColumnMap = ReadonlyMap<ImportField, string>;

/** Short words for `--map`, beside the fields' own names. */
const shortNames: Readonly<Record<string, ImportField>> = {
  ...{ rating: 'rating.value', stars: 'rating.value', scale: 'rating.scale', who: 'author.name', name: 'author.name' },
  ...{ author: 'author.name', handle: 'author.handle', when: 'publishedAt', date: 'publishedAt', link: 'url' },
  ...{ where: 'source', place: 'source', words: 'text', comment: 'text' },
};

/**
 * How exports call their columns, in seven languages: of review tools, survey forms and shops. Compared without case,
 * blanks and signs; the first of a line that is there wins.
 */
const usualNames: readonly (readonly [ImportField, string])[] = [
  [
    'text',
    'text reviewtext reviewbody reviewcontent comment comments review body content feedback message response answer beschreibung kommentar bewertungstext bewertung rezension nachricht commentaire avis texte comentario reseña opinión opinion texto commento recensione testo opmerking beoordelingstekst recensie tekst comentário avaliação',
  ],
  [
    'rating.value',
    'ratingvalue rating stars starrating score reviewrating reviewscore sterne punkte note étoiles estrellas puntuación calificación stelle punteggio voto sterren score cijfer estrelas nota classificação',
  ],
  ['rating.scale', 'ratingscale scale maxrating bestrating outof'],
  [
    'author.name',
    'authorname author name reviewer reviewername customer customername username user guest guestname nickname displayname kunde gast autor auteur client nom cliente nombre nome ospite klant naam gebruiker',
  ],
  ['author.handle', 'authorhandle handle accountname screenname'],
  ['author.url', 'authorurl'],
  ['author.followers', 'authorfollowers followers'],
  [
    'publishedAt',
    'publishedat date reviewdate createdat created createddate submitdate submittedat reviewsubmitdateandtime timestamp datetime time datum erstelltam zeitstempel créé fecha data datadirecensione aangemaakt',
  ],
  [
    'title',
    'title reviewtitle subject headline summary titel betreff überschrift titre sujet título titulo asunto titolo oggetto onderwerp assunto',
  ],
  ['url', 'url link reviewlink reviewurl permalink address weblink lien enlace'],
  ['id', 'id reviewid externalid uuid nummer'],
  ['language', 'language lang reviewerlanguage locale sprache langue idioma lingua taal'],
  ['source', 'source platform channel site portal quelle plattform plateforme fuente plataforma piattaforma bron'],
  ['brand', 'brand marke marque marca merk'],
];

/** `text=Comment,rating=Stars`: what each is. A sentence where it cannot be read. */
export function readMap(given: string): ColumnMap | string {
  const map = new Map<ImportField, string>();
  for (const part of given.split(/,(?=\s*[\w.]+\s*=)/)) {
    const found = /^\s*([\w.]+)\s*=\s*(.*\S)\s*$/s.exec(part);
    if (found === null) return `“${part.trim()}” is no pair as in text=Comment.`;
    const [, word = '', heading = ''] = found;
    const field = fieldOf(word);
    if (field === undefined) return `“${word}” is nothing that a post has; there are ${words}.`;
    map.set(field, heading);
  }
  return map;
}

const words = 'text, rating, scale, who, when, title, link, id, where, language and brand';

function fieldOf(word: string): ImportField | undefined {
  const said = word.toLowerCase();
  return importFields.find((field) => field.toLowerCase() === said) ?? shortNames[said];
}

/** The columns that a map names, spelled as the file does; the rest guessed. A sentence where one is not there. */
export function columnsFor(headings: readonly string[], given: ColumnMap): ColumnMap | string {
  const columns = new Map<ImportField, string>();
  for (const [field, wanted] of given) {
    const heading = headings.find((one) => bare(one) === bare(wanted));
    if (heading === undefined) return `has no column “${wanted}”; its columns are ${listed(headings)}.`;
    columns.set(field, heading);
  }
  for (const [field, names] of usualNames) {
    if (columns.has(field)) continue;
    const taken = new Set(columns.values());
    const heading = names
      .split(' ')
      .flatMap((name) => headings.filter((one) => bare(one) === bare(name) && !taken.has(one)))[0];
    if (heading !== undefined) columns.set(field, heading);
  }
  // Stars alone are taken only where the owner asks for it: else the words might be lost without a sound.
  if (columns.has('text') || given.has('rating.value')) return columns;
  return `has no column that is surely what was said; say which with \`--map text=…\`. Its columns are ${listed(headings)}.`;
}

const listed = (headings: readonly string[]) =>
  headings.length === 0
    ? 'without names'
    : headings
        .slice(0, 30)
        .map((one) => `“${one.slice(0, 60)}”`)
        .join(', ');

const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

const says: Readonly<Record<ImportField, string>> = {
  ...{ text: 'the words', 'rating.value': 'the stars', 'rating.scale': 'how many stars there are', title: 'the title' },
  ...{ 'author.name': 'who', 'author.handle': 'the account', 'author.url': 'the author’s page', url: 'the link' },
  ...{ 'author.followers': 'the followers', publishedAt: 'when', id: 'the id', language: 'the language' },
  ...{ source: 'where', brand: 'the brand' },
};

/** `“Comment” is the words, “Stars” the stars, “Date” when`. */
export function columnsSentence(columns: ColumnMap): string {
  return [...columns]
    .map(([field, heading], index) => `“${heading}” ${index === 0 ? 'is ' : ''}${says[field]}`)
    .join(', ');
}
