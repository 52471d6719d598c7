/** What always rises: dangers that a person must see, in each language, whatever the judges say of the whole. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import type { Opinion } from '../../src/findings/opinion.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Findings } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();
const blueDoor = aBrand('Blue Door', { about: 'coffee shop in Leeds; espresso, cakes', rivals: ['Red Door'] });
const nothingToIt: Opinion = { judge: 'precise', version: '1', complaint: 0.01, relevance: 0.95, severity: 0 };

function judge(text: string, opinions: readonly Opinion[]): Findings {
  const post = aPost(text);
  return assess(post, blueDoor, compileBrands([blueDoor]).find(post)[0]?.hits ?? [], knowledge, opinions);
}

/** Of each language: six that are grave (harm twice, a leak, discrimination, law, charge-back), then no answer again, a last visit. */
const told: Readonly<Record<string, readonly string[]>> = {
  en: [
    'My son had an allergic reaction at Blue Door',
    'Blue Door served my daughter a salad with glass in it, she cut her mouth',
    'Blue Door leaked my address and order history to another customer',
    'The waiter at Blue Door made racist jokes about my wife',
    'Blue Door, you will hear from my lawyer',
    'I have asked my bank for a chargeback against Blue Door',
    'Third email to Blue Door and no answer',
    'Eight years a regular at Blue Door. Today was my last visit.',
  ],
  de: [
    'Meine Tochter hat sich bei Blue Door an einer Scherbe im Salat den Mund aufgeschnitten',
    'Mein Sohn hatte nach dem Kuchen bei Blue Door eine allergische Reaktion',
    'Blue Door hat meine Daten an andere Kunden weitergegeben',
    'Der Kellner bei Blue Door war rassistisch zu meiner Frau',
    'Blue Door bekommt Post von meinem Anwalt',
    'Ich habe bei meiner Bank eine Rückbuchung gegen Blue Door veranlasst',
    'Dritte Mail an Blue Door und keine Antwort',
    'Seit acht Jahren Stammgast bei Blue Door. Heute war mein letzter Besuch.',
  ],
  es: [
    'Mi hija se cortó la boca con un cristal en la ensalada de Blue Door',
    'Mi hijo tuvo una reacción alérgica en Blue Door',
    'Blue Door ha filtrado mis datos a otros clientes',
    'El camarero de Blue Door fue racista con mi mujer',
    'Blue Door, mi abogado se pondrá en contacto con ustedes',
    'He pedido al banco un contracargo contra Blue Door',
    'Tercer correo a Blue Door y nadie contesta',
    'Ocho años cliente de Blue Door. Hoy fue mi última visita.',
  ],
  fr: [
    "Ma fille s'est coupé la bouche avec un éclat de verre dans la salade de Blue Door",
    'Mon fils a eu une réaction allergique chez Blue Door',
    'Blue Door a donné mes données à un autre client',
    'Le serveur de Blue Door a été raciste avec ma femme',
    'Blue Door aura des nouvelles de mon avocat',
    "J'ai contesté le paiement à Blue Door auprès de ma banque",
    'Troisième mail à Blue Door et aucune réponse',
    "Client de Blue Door depuis huit ans. C'était ma dernière visite.",
  ],
  it: [
    "Mia figlia si è tagliata la bocca con un vetro nell'insalata di Blue Door",
    'Mio figlio ha avuto una reazione allergica da Blue Door',
    'Blue Door ha dato i miei dati a un altro cliente',
    'Il cameriere di Blue Door è stato razzista con mia moglie',
    'Blue Door avrà notizie dal mio avvocato',
    "Ho contestato l'addebito di Blue Door alla banca",
    'Ho scritto la terza mail a Blue Door e non ho ricevuto nessuna risposta',
    'Cliente di Blue Door da otto anni. Oggi è stata la mia ultima visita.',
  ],
  nl: [
    'Mijn dochter heeft bij Blue Door haar mond gesneden aan glas in de salade',
    'Mijn zoon kreeg bij Blue Door een allergische reactie',
    'Blue Door heeft mijn gegevens aan een andere klant gegeven',
    'De ober van Blue Door was racistisch tegen mijn vrouw',
    'Blue Door hoort nog van mijn advocaat',
    'Ik heb de betaling aan Blue Door laten storneren door mijn bank',
    'Derde mail aan Blue Door en geen antwoord',
    'Acht jaar vaste klant bij Blue Door. Vandaag was mijn laatste bezoek.',
  ],
  pt: [
    'Minha filha cortou a boca com um caco de vidro na salada do Blue Door',
    'Meu filho teve uma reação alérgica no Blue Door',
    'O Blue Door passou meus dados para outro cliente',
    'O garçom do Blue Door foi racista com minha mulher',
    'O Blue Door vai ouvir do meu advogado',
    'Pedi chargeback no cartão contra o Blue Door',
    'Terceiro email para o Blue Door e nenhuma resposta',
    'Cliente do Blue Door há oito anos. Hoje foi minha última visita.',
  ],
};
const each = Object.entries(told).flatMap(([language, texts]) =>
  texts.map((text, at) => ({ language, text, grave: at < 6 })),
);

describe.each([
  ['by the fast judge', []],
  ['though a slow judge sees nothing in it', [nothingToIt]],
])('%s', (_by, opinions) => {
  it.each(each)('$language: $text', ({ text, grave }) => {
    const { complaint, urgency, praise } = judge(text, opinions);
    expect([complaint.verdict === 'none', praise]).toEqual([false, false]);
    if (grave) expect(['high', 'critical']).toContain(urgency);
  });
});

describe('does not rise', () => {
  it.each([
    'Does Blue Door have anything for somebody with a nut allergy?',
    'Nobody was injured at Blue Door.',
    'We had a lovely afternoon at Blue Door. Red Door made racist jokes about my wife.',
  ])('%j', (text) => expect(judge(text, [nothingToIt]).complaint.verdict).toBe('none'));
});

it('says why it is urgent where only a slow judge found it so', () => {
  const { urgency, reasons } = judge('Blue Door, a sad morning', [{ ...nothingToIt, complaint: 0.95, severity: 4 }]);
  expect(['high', 'critical']).toContain(urgency);
  expect(reasons.filter(({ of }) => of === 'urgency')).toHaveLength(1);
});

describe('who came to us from elsewhere complains of elsewhere', () => {
  const alone = aBrand('Blue Door', { about: 'coffee shop in Leeds; espresso, cakes' });
  const sentences = [
    'Switched from Red Door to Blue Door, Red Door was awful',
    'Went over from Red Door to Blue Door in May. Red Door was awful',
    'Von Red Door zu Blue Door gewechselt, Red Door war furchtbar',
    'Me cambié de Red Door a Blue Door, Red Door era horrible',
    'Je suis passé de Red Door à Blue Door, Red Door était horrible',
    'Sono passata da Red Door a Blue Door, Red Door era pessimo',
    'Mudei da Red Door para Blue Door, a Red Door era péssima',
    'Overgestapt van Red Door naar Blue Door, Red Door was verschrikkelijk',
  ];
  it.each(sentences)('%j', (text) => {
    for (const brand of [alone, blueDoor]) {
      const post = aPost(text);
      const hits = compileBrands([brand]).find(post)[0]?.hits ?? [];
      expect(assess(post, brand, hits, knowledge).complaint.verdict).toBe('none');
    }
  });
});
