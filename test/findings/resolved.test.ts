/** Which posts say that what went wrong was put right, in the seven languages; no complaint, and no praise either. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();
const blueDoor = aBrand('Blue Door', {
  about: 'coffee shop in Leeds; espresso, cakes',
  aliases: ['Blue Door Coffee'],
  rivals: ['Red Bank'],
});

function found(text: string) {
  const post = aPost(text);
  return assess(post, blueDoor, compileBrands([blueDoor]).find(post)[0]?.hits ?? [], knowledge);
}

describe('resolved', () => {
  it.each([
    'Update: Blue Door fixed it, got my refund today.',
    'Edit: Blue Door refunded me in full, all sorted now, thanks.',
    'Blue Door lost my order last week, but it is all sorted now. Thank you!',
    'Blue Door Coffee sorted the billing mix-up, no fuss. Thanks all.',
    'Update: Das Problem mit Blue Door ist gelöst, das Geld wurde inzwischen erstattet. Danke!',
    'Blue Door : le problème est résolu, j’ai enfin été remboursé, merci !',
    'Blue Door ya lo ha solucionado, me devolvieron el dinero enseguida, gracias',
    'Blue Door: problema risolto, ora mi hanno rimborsato, grazie!',
    'Blue Door: problema resolvido, já me reembolsaram, obrigado!',
    'Update: het probleem met Blue Door is opgelost, inmiddels terugbetaald. Bedankt!',
  ])('%j', (text) => {
    const { resolved, complaint, praise } = found(text);
    expect({ resolved, praise, complains: complaint.verdict === 'complaint' }).toEqual({
      resolved: true,
      praise: false,
      complains: false,
    });
  });

  it.each([
    ['trouble told after it', 'Blue Door said it was all sorted now, but I am still waiting for my refund.'],
    ['only said by us', 'Blue Door told me it was fixed. It was not.'],
    ['not yet', 'Blue Door has still not fixed my order, nobody answers.'],
    ['asked for', 'Blue Door, has my refund been sorted now?'],
    ['imagined', 'If Blue Door refunded me in full I would be happy.'],
    ['of somebody else', 'Red Bank fixed it, all sorted now. Meeting Tom at Blue Door at nine.'],
    ['praise', 'Blue Door is wonderful: lovely coffee and such friendly staff!'],
    ['nothing of the kind', 'Meeting Tom at Blue Door at nine.'],
  ])('is not what is %s: %j', (_why, text) => expect(found(text).resolved).toBe(false));
});
