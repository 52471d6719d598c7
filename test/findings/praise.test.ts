/** What may stand as praise: a customer's kind words, and nothing that only sounds kind. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Post } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();
const blueDoor = aBrand('Blue Door', { about: 'coffee shop in Leeds; espresso, cakes', aliases: ['Blue Door Coffee'] });

function isPraise(text: string, more: Partial<Post> = {}): boolean {
  const post = aPost(text, more);
  return assess(post, blueDoor, compileBrands([blueDoor]).find(post)[0]?.hits ?? [], knowledge).praise;
}

describe('praise', () => {
  it.each([
    'Blue Door is wonderful: friendly staff, lovely coffee, the best in town!',
    'Best flat white in Leeds, thank you Blue Door, see you soon!',
    'Blue Door: das beste Frühstück der Stadt, sehr freundlich, wir kommen gern wieder!',
    'Blue Door, el mejor café de la ciudad, un trato excelente, me encanta',
    'Excellent accueil chez Blue Door, un café délicieux, merci, on reviendra avec plaisir !',
    'Da Blue Door il caffè è ottimo e il personale gentilissimo, consigliatissimo!',
    'Blue Door é o melhor café da cidade, atendimento ótimo, parabéns a todos!',
    'Wat een heerlijke koffie bij Blue Door, wij komen zeker terug, bedankt!',
  ])('%j', (text) => expect(isPraise(text)).toBe(true));

  it.each([
    ['a giveaway', 'GIVEAWAY! Win a £50 voucher for the lovely Blue Door. Follow and retweet to enter, good luck!'],
    ['a giveaway', 'Tolles Gewinnspiel: Gewinne einen Gutschein für das wunderbare Blue Door, viel Glück!'],
    ['a giveaway', '¡Gran sorteo! Gana un desayuno maravilloso en Blue Door, mucha suerte, os encanta'],
    ['a job', 'Blue Door is hiring! Join our amazing, friendly team as a barista, great pay. Apply now!'],
    ['a job', 'Blue Door cerca personale: cerchiamo barista, ottimo ambiente, bellissimo team. Candidati ora!'],
    ['spam', 'Amazing deals for Blue Door lovers! 100% guaranteed, click here, best prices, love it!'],
    [
      'an offer',
      'Love coffee? Get 20% off everything at Blue Door with promo code BLUE20, best beans, use code BLUE20',
    ],
    [
      'a list of links',
      'Best coffee in Leeds, we love them all: Blue Door https://a.example Red Door https://b.example Oak https://c.example',
    ],
    ['a list', 'The best coffee in Leeds, all wonderful:\n1 Blue Door\n2 Oak & Ash\n3 The Red House'],
    ['news', 'Great news: Blue Door announces record profits and opens two wonderful new shops, shares rose 4%'],
    ['resolved', 'Blue Door lost my cup, but they sorted it straight away, thank you, great people!'],
    ['what went wrong', 'Lovely people at Blue Door, great coffee, but I am still waiting for my refund.'],
    ['a last visit', 'Eight years a regular at Blue Door Coffee. Today was my last visit.'],
    ['a last visit', 'Eight happy years at Blue Door Coffee, loved it. Today was my last visit.'],
    ['harm', 'Blue Door: meine Tochter hat sich an einer Scherbe im Salat den Mund aufgeschnitten'],
  ])('is not %s: %j', (_kind, text) => expect(isPraise(text)).toBe(false));

  it('is what somebody who gives stars says, though it reads like an advert', () => {
    const text = 'Enter to win my heart: Blue Door is wonderful, the best coffee, love it!';
    expect(isPraise(text, { rating: { value: 5, scale: 5 } })).toBe(true);
    expect(isPraise(text)).toBe(false);
  });
});
