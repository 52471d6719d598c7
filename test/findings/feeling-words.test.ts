/** Which words made a feeling, in each language that we read, and what turns them round. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();

/** The label, and each word or phrase with what it added. */
function feelingOf(text: string) {
  const { sentiment, reasons } = assess(aPost(text), null, [], knowledge);
  const words = reasons.flatMap(({ of, at, weight }) =>
    of === 'sentiment' && at ? [[text.slice(...at).toLowerCase(), Math.sign(weight)] as const] : [],
  );
  return { label: sentiment.label, words: Object.fromEntries(words) };
}

describe('a feeling names its words', () => {
  it.each([
    ['en', 'The soup was delicious, the waiter was rude', { delicious: 1, rude: -1 }],
    ['es', 'La sopa estaba deliciosa, el camarero muy maleducado', { deliciosa: 1, maleducado: -1 }],
    ['de', 'Die Suppe war köstlich, der Kellner sehr unfreundlich', { köstlich: 1, unfreundlich: -1 }],
    ['fr', 'La soupe était délicieuse, le serveur très désagréable', { délicieuse: 1, désagréable: -1 }],
    ['it', 'La zuppa era squisita, il cameriere molto maleducato', { squisita: 1, maleducato: -1 }],
    ['pt', 'A sopa estava deliciosa, o garçom muito grosseiro', { deliciosa: 1, grosseiro: -1 }],
    ['nl', 'De soep was heerlijk, de ober erg onbeschoft', { heerlijk: 1, onbeschoft: -1 }],
  ])('%s: %s', (_language, text, words) => expect(feelingOf(text).words).toMatchObject(words));
});

describe('English says more than single words', () => {
  it.each([
    ['The queue was long :-( but the cake came :)', { ':-(': -1, ':)': 1 }],
    ['My tea came <3 and the spoon :D', { '<3': 1, ':d': 1 }],
    ['Not today 😍', { '😍': 1 }],
    ['I had no idea lol', { lol: 1 }],
    ['We like the new menu', { like: 1 }],
    ['I don’t like the new menu', { like: -1 }],
    ['I hope the garden opens in May', { hope: 1 }],
    ['So sorry about your dog', { sorry: -1 }],
    ['We fell in love with that song', { 'fell in love': 1 }],
    ['Thanks a lot for your letter, Ana', { thanks: 1 }],
  ])('%s', (text, words) => expect(feelingOf(text).words).toEqual(words));
  it.each([
    'Parking (see the map:(north side) is here',
    'Look at http://blue.example/a:D and ring 9:00',
    'It looks like a spoon',
    'He looked at me 🤷‍♀️',
  ])('%s: nothing is felt', (text) => expect(feelingOf(text).words).toEqual({}));
});

describe('French says what it is not', () => {
  it.each([
    ['Du coup je passe demain', {}],
    ['Le café est plus agréable le matin', { agréable: 1 }],
    ['Je n’aime pas le café', { 'n’aime pas': -1 }],
    ['J’aime pas ce café', { 'j’aime pas': -1 }],
    ['Je suis trop content ce matin', { content: 1 }],
    ['Je suis triste et ça me saoule', { triste: -1, saoule: -1 }],
  ])('%s', (text, words) => expect(feelingOf(text).words).toEqual(words));
});

describe('a language is no feeling', () => {
  it.each([
    ['es', 'Hoy pasé por la tienda y compré pan para la semana'],
    ['de', 'Ich war gestern im Laden und habe Brot für die Woche gekauft'],
    ['fr', 'Le magasin ouvre à dix heures le dimanche, c’est écrit sur la porte'],
    ['it', 'Stamattina sono passato in negozio e ho preso il pane per la settimana'],
    ['nl', 'De winkel gaat zondag om tien uur open, staat op de deur'],
  ])('%s: %s', (_language, text) => expect(feelingOf(text).label).toBe('neutral'));
});

describe('what is denied turns round', () => {
  it.each([
    ['es', 'La verdad, el café no está mal', 'El café no está bueno'],
    ['es', 'Nada mal la hamburguesa', 'La hamburguesa nunca es buena'],
    ['de', 'Der Kaffee ist nicht schlecht', 'Der Kaffee ist nicht gut'],
    ['de', 'Gar nicht schlecht, das Essen', 'Kein guter Service'],
    ['fr', 'Le café est pas mal du tout', 'Le café n’est pas bon'],
    ['fr', 'Rien à redire sur la chambre', 'La chambre n’est pas propre'],
    ['it', 'Il caffè, niente male davvero', 'Il caffè non è buono'],
    ['it', 'La camera non è brutta', 'La camera non è pulita'],
    ['pt', 'O café não está nada mal', 'O café não é bom'],
    ['pt', 'Nada mal o hambúrguer', 'O hambúrguer não é gostoso'],
    ['nl', 'De koffie is lang niet slecht', 'De koffie is niet goed'],
    ['nl', 'Niet slecht, die burger', 'De burger is niet lekker'],
  ])('%s: %s / %s', (_language, kind, harsh) => {
    const signs = (text: string) => Object.values(feelingOf(text).words);
    expect(signs(kind)).toEqual(signs(kind).map(() => 1));
    expect(signs(harsh)).toEqual(signs(harsh).map(() => -1));
    expect([signs(kind).length, signs(harsh).length]).not.toContain(0);
  });
  it('what nobody feels is not counted', () => {
    expect(feelingOf('Buenas tardes, por favor, ¿a qué hora abren mañana?').words).toEqual({});
    expect(feelingOf('Guten Morgen, wann macht ihr auf?').words).toEqual({});
    expect(feelingOf('Bom dia, a que horas abre a loja?').words).toEqual({});
  });
});

describe('who praises and blames is of mixed feelings', () => {
  it.each([
    'The soup was delicious and the room is lovely, but our waiter was rude and the bill was wrong',
    'La comida deliciosa y el sitio precioso, pero el camarero fue muy maleducado y nos cobraron dos veces',
    'Das Essen war hervorragend und das Zimmer schön, aber der Kellner war unfreundlich und die Rechnung falsch',
    'La cuisine est délicieuse et la chambre très belle, mais le serveur était très désagréable et j’attends toujours mon remboursement',
    'Cibo squisito e camera bellissima, ma il cameriere era maleducato e il conto sbagliato',
    'A comida é deliciosa e o quarto é lindo, mas o garçom foi grosseiro e a conta veio errada',
    'Het eten was heerlijk en de kamer prachtig, maar de ober was onbeschoft en de rekening klopte niet',
  ])('%s', (text) => expect(feelingOf(text).label).toBe('mixed'));
  it.each([
    ['Stupidly fast and ridiculously good, this bakery is insane', 'positive'],
    ['La sopa horrible y el camarero maleducado, una vergüenza', 'negative'],
    ['Das Essen war hervorragend und der Kellner herzlich', 'positive'],
  ])('%s: %s', (text, label) => expect(feelingOf(text).label).toBe(label));
});
