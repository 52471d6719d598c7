/** What is simply told in a language of which the judge learnt few posts is no complaint. Nobody learns from these. */
import { expect, test } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();
const blueDoor = aBrand('Blue Door');

const told = [
  'Il negozio Blue Door apre alle dieci domani mattina.',
  'Domani vado da Blue Door con mia sorella.',
  'Blue Door ha aperto una nuova sede in centro.',
  'Le magasin Blue Door ouvre à dix heures demain.',
  'Je passe chez Blue Door ce midi.',
  'Blue Door organise un marché dimanche.',
  'De winkel van Blue Door gaat morgen om tien uur open.',
  'Ik ga vanmiddag naar Blue Door met mijn zus.',
  'Blue Door heeft een nieuwe vestiging in Utrecht.',
  'Der Laden von Blue Door öffnet morgen um zehn.',
  'Ich gehe heute Mittag zu Blue Door.',
  'Blue Door sucht eine neue Filiale in Köln.',
  'La tienda Blue Door abre mañana a las diez.',
  'Hoy como en Blue Door con mi hermana.',
  'Blue Door abrió un nuevo local en el centro.',
  'A loja Blue Door abre amanhã às dez.',
  'Vou à Blue Door hoje com a minha irmã.',
  'A Blue Door tem uma nova loja no centro.',
];

test('of eighteen plain statements at most one is flagged', () => {
  const flagged = told.filter((text) => {
    const post = aPost(text);
    const hits = compileBrands([blueDoor]).find(post)[0]?.hits ?? [];
    return assess(post, blueDoor, hits, knowledge).complaint.verdict === 'complaint';
  });
  expect(flagged.length, flagged.join(' · ')).toBeLessThanOrEqual(1);
});
