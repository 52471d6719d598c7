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
    'They made it right, Blue Door. Happy customer.',
    'The refund from Blue Door came through in the end.',
    'Fair play to Blue Door, they swapped it without a fuss.',
    'ignore my last tweet, the Blue Door box was next door all along, thank you',
    'Blue Door: was 1 star, now 5. They rang me and put it right.',
    'false alarm everyone, Blue Door had it at the counter all along',
    'Got my money back from Blue Door, thank you, we are square.',
    'Hat sich erledigt, Blue Door hat sich gemeldet und alles geregelt.',
    'Nehme alles zurück: Blue Door hat mir sofort Ersatz geschickt.',
    'Blue Door: das Geld ist wieder da, Schwamm drüber.',
    'Blue Door m’a finalement remboursé, affaire close.',
    'Je retire mon avis sur Blue Door : tout est arrangé.',
    'Al final me lo arreglaron los de Blue Door, sin rencores.',
    'Blue Door: falsa alarma, ya llegó todo, gracias.',
    'Alla fine risolto con Blue Door, questione chiusa.',
    'Ritiro quello che ho scritto su Blue Door: mi hanno rimborsato tutto.',
    'Resolvido! A Blue Door devolveu tudo hoje.',
    'Blue Door: falso alarme, já chegou.',
    'Opgelost, Blue Door heeft alles netjes vervangen.',
    'Het geld van Blue Door is binnen, bedankt, zand erover!',
    'I was livid with Blue Door last week, but somebody came on Sunday and it has been perfect since. Credit where due.',
    'Edit: Blue Door heeft een nieuwe kop gestuurd, helemaal goed zo.',
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
    ['not yet, whatever they wrote', 'Update on Blue Door: still not refunded.'],
    ['broken again', 'Blue Door fixed it on Monday, broken again on Tuesday.'],
    ['wanted', 'Blue Door, I want this resolved and my money back today.'],
    ['promised', 'Blue Door promised the refund would be in my account today.'],
    ['half of it', 'Blue Door gave me half of my refund.'],
    ['noch nicht', 'Blue Door hat mir das Geld immer noch nicht erstattet.'],
    ['nur versprochen', 'Blue Door wollte alles bis Montag erledigt haben.'],
    ['toujours pas', 'Blue Door ne m’a toujours pas remboursé.'],
    ['sin solución', 'Blue Door dijo que estaba solucionado y sigue igual.'],
    ['ancora niente', 'Blue Door non mi ha ancora rimborsato niente.'],
    ['ainda não', 'A Blue Door disse que estava resolvido mas continua igual.'],
    ['nog niet', 'Blue Door heeft het nog steeds niet opgelost.'],
    ['made worse', 'The music at Blue Door is too loud to talk. Edit: asked twice, they turned it up.'],
    ['a kind word alone', 'Fair play to Blue Door, lovely coffee.'],
    ['asked for', 'Blue Door, has my refund been sorted now?'],
    ['imagined', 'If Blue Door refunded me in full I would be happy.'],
    ['of somebody else', 'Red Bank fixed it, all sorted now. Meeting Tom at Blue Door at nine.'],
    ['sem solução', 'Blue Door: sem solução, nada resolvido.'],
    ['well from the beginning', 'Blue Door has run smoothly since it opened.'],
    ['praise', 'Blue Door is wonderful: lovely coffee and such friendly staff!'],
    ['nothing of the kind', 'Meeting Tom at Blue Door at nine.'],
  ])('is not what is %s: %j', (_why, text) => expect(found(text).resolved).toBe(false));
});
