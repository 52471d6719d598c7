/** What the bench's invented people say: sentences by language and mood, with slots that are filled at random. */

export type Mood = 'hurt' | 'glad' | 'plain' | 'told';

export interface Speech {
  readonly language: string;
  /** Of a hundred posts. */
  readonly share: number;
  /** `{us}` is the brand; the other slots are lists of `words`. */
  readonly says: Readonly<Record<Mood, readonly string[]>>;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** Mixed as in public posts about small businesses: most are chatter or kind, a quarter hurts. */
export const moods: readonly (readonly [Mood, number])[] = [
  ['hurt', 26],
  ['glad', 30],
  ['plain', 32],
  ['told', 12],
];

const list = (text: string) => text.split(',').map((word) => word.trim());

const english: Speech = {
  language: 'en',
  share: 72,
  says: {
    hurt: [
      '{us} charged me twice for the {thing} and nobody answers my mails.',
      'Waited {number} minutes at {us} {when} and the {thing} came cold.',
      'My {thing} from {us} arrived broken, I want my money back!',
      'The {who} at {us} was rude to my {family} and just walked away.',
      "Still no {thing} from {us}, ordered {number} days ago. What's going on?",
      'Never again {us}: the {thing} was {bad} and they laughed at me 😡',
      'I found a hair in the {thing}, told the {who}, got no apology.',
      'Does anybody know how to reach {us}? The hotline hangs up after {number} minutes.',
      'They cancelled our booking {when} without a word.',
      'The app logs me out whenever I open the {thing}.',
      'Not worth the price, {bad} and loud.',
      'Third time this month that something went wrong with the {thing}.',
    ],
    glad: [
      'Best {thing} in {town}, thank you {us}!',
      'Had a {good} evening at {us} with my {family}, the {thing} was {good}.',
      'The {who} at {us} fixed my problem in {number} minutes ❤️',
      '{us} never lets me down, {good} {thing} again {when}.',
      'Huge thanks to the {who}, who found my lost {thing}.',
      'Five stars, we will come back {when}.',
      "Can't recommend {us} enough, {good} people and {good} {thing}.",
      'The {thing} is not cheap but {good}.',
    ],
    plain: [
      'Meeting {family} at {us} {when}, anyone else around?',
      'Is {us} open {when}? Their page does not say.',
      'Walked past {us} in {town}, they have a new {thing} in the window.',
      'Does {us} still have the {thing} that they had last winter?',
      'I usually take the {thing} and sit by the window.',
      'Someone left {number} umbrellas there {when}.',
      'We were talking about {town} and the weather all the time.',
      'I compared {us} with two others and wrote down what the {thing} costs: {number}.',
      'My {family} asked me to bring a {thing}.',
      'Reminder to myself: pick up the {thing} {when}.',
    ],
    told: [
      '{us} opens a second house in {town} with {number} places.',
      'The council of {town} voted {when} on the market where {us} has its stand.',
      'According to the owner, the {thing} was invented {number} years ago.',
      '{us} and the school of {town} collect for the {thing} fund.',
      'Visitors came from {town} and the villages around to see it.',
      'The jury praised the {good} {thing} among {number} entries.',
    ],
  },
  words: {
    thing: list(
      'lasagne, espresso, bread, cake, gearbox, saddle, invoice, parcel, menu, soup, table, jacket, voucher, lamp, sofa, ticket, delivery, salad, pasta, tea, breakfast, brunch, steak, chain, tyre, helmet, receipt, refund, blanket, notebook, charger, candle',
    ),
    who: list('waiter, manager, woman at the till, driver, mechanic, owner, host, cashier, cook, man on the phone'),
    when: list(
      'yesterday, on Sunday, last Friday, this morning, tonight, tomorrow, at noon, in March, over Easter, before work, after the match, on my birthday',
    ),
    family: list('sister, father, kids, mum, wife, husband, neighbours, team, grandmother, best friend, colleagues'),
    bad: list('awful, stale, burnt, tasteless, dirty, soggy, terrible, bland, disgusting, overpriced'),
    good: list('lovely, delicious, great, friendly, wonderful, fresh, perfect, cosy, amazing, fair'),
    town: list('Harwick, Lower Elm, Stonebridge, Saltmere, Oakhaven, Fernby, Mill Cross, Westering'),
    number: list('3, 5, 12, 20, 45, 50, 90, 120, 7, 30, 18, 64'),
  },
};

const german: Speech = {
  language: 'de',
  share: 8,
  says: {
    hurt: [
      'Bei {us} habe ich {number} Minuten auf {thing} gewartet, und dann war alles kalt.',
      'Mein Geld von {us} ist immer noch nicht zurück, seit {number} Tagen keine Antwort.',
      'Nie wieder {us}, das Personal war unfreundlich und {thing} ungenießbar.',
    ],
    glad: ['Bei {us} war es wieder wunderbar, {thing} sehr lecker, danke!', 'Ich kann {us} nur empfehlen.'],
    plain: ['Weiß jemand, ob {us} {when} offen hat?', 'Wir treffen uns {when} bei {us}.'],
    told: ['{us} eröffnet {when} eine zweite Filiale mit {number} Plätzen.'],
  },
  words: {
    thing: list('die Suppe, das Brot, der Kaffee, die Lieferung, das Rad, der Kuchen, die Rechnung'),
    when: list('am Sonntag, heute Abend, morgen früh, nächste Woche, an Ostern'),
    number: list('10, 25, 40, 60, 14, 3'),
  },
};

const spanish: Speech = {
  language: 'es',
  share: 8,
  says: {
    hurt: [
      'Pedí {thing} en {us} hace {number} días y todavía no ha llegado nada.',
      'Muy mala atención en {us}, {thing} estaba frío y nadie pidió perdón.',
    ],
    glad: ['En {us} todo estaba muy rico, sobre todo {thing}. ¡Gracias!', 'Volveremos a {us} {when}, un encanto.'],
    plain: ['¿Alguien sabe si {us} abre {when}?', 'Quedamos en {us} {when} a las {number}.'],
    told: ['{us} abre {when} su segundo local con {number} mesas.'],
  },
  words: {
    thing: list('el café, la sopa, el pan, la tarta, el pedido, la bicicleta, la factura'),
    when: list('el domingo, esta noche, mañana, en verano, el viernes'),
    number: list('5, 8, 12, 30, 45'),
  },
};

const french: Speech = {
  language: 'fr',
  share: 5,
  says: {
    hurt: ['Commande chez {us} il y a {number} jours, toujours rien reçu et personne ne répond.'],
    glad: ['Très bon accueil chez {us}, {thing} était parfait, merci !'],
    plain: ['Est-ce que {us} est ouvert {when} ?'],
    told: ["{us} ouvre {when} une deuxième adresse avec {number} places, c'est la mairie qui le dit."],
  },
  words: {
    thing: list('le café, la soupe, le pain, la tarte, le vélo'),
    when: list('dimanche, ce soir, demain, en mai'),
    number: list('4, 9, 15, 40'),
  },
};

const italian: Speech = {
  language: 'it',
  share: 4,
  says: {
    hurt: ['Da {us} abbiamo aspettato {number} minuti e {thing} era freddo, mai più.'],
    glad: ['Da {us} si mangia benissimo, {thing} era ottimo, grazie!'],
    plain: ['Qualcuno sa se {us} è aperto {when}?'],
    told: ['{us} apre {when} un secondo locale con {number} posti.'],
  },
  words: {
    thing: list('il caffè, il risotto, il pane, il dolce'),
    when: list('domenica, stasera, domani, a Pasqua'),
    number: list('6, 20, 50, 90'),
  },
};

const dutch: Speech = {
  language: 'nl',
  share: 3,
  says: {
    hurt: ['Bij {us} {number} minuten gewacht en {thing} was koud, niemand zei sorry.'],
    glad: ['Heerlijk gegeten bij {us}, {thing} was top, bedankt!'],
    plain: ['Weet iemand of {us} {when} open is?'],
    told: ['{us} opent {when} een tweede zaak met {number} plaatsen.'],
  },
  words: {
    thing: list('de soep, het brood, de koffie, de taart'),
    when: list('zondag, vanavond, morgen, met Pasen'),
    number: list('10, 35, 70'),
  },
};

export const speeches: readonly Speech[] = [english, german, spanish, french, italian, dutch];

/** Names of businesses, no two the same: `Amber Anchor`, `Amber Arrow` … */
export function inventedNames(count: number): string[] {
  const first = list(
    'Amber, Birch, Cedar, Dusty, Early, Fable, Golden, Hazel, Ivory, Jolly, Kindly, Linen, Mossy, Noble, Ochre, Plain, Quiet, Rusty, Silver, Tidy, Upper, Velvet, Winter, Yonder, Coral, Dapper, Frosty, Humble, Lucky, Merry, Proud, Sunny',
  );
  const second = list(
    'Anchor, Arrow, Basket, Beacon, Candle, Chimney, Dragon, Engine, Feather, Garden, Hammer, Island, Jasmine, Kestrel, Ladder, Mirror, Needle, Orchard, Pepper, Quarry, Ribbon, Saddle, Thimble, Umbrella, Violin, Walnut, Yeoman, Zephyr, Barrel, Comet, Lantern, Meadow',
  );
  return first.flatMap((one) => second.map((other) => `${one} ${other}`)).slice(0, count);
}
