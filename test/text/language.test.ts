import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectLanguage, readLanguages } from '../../src/text/language.ts';

const tell = (text: string, declared: string | null = null) => detectLanguage(text, declared).language;

/** Short posts about shops, meals, trains and apps, a line each, by language; the seven's are those with few common words. */
const folder = new URL('../fixtures/languages/', import.meta.url);
const posts = readdirSync(folder).flatMap((file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  return lines.map((text) => ({ language: file.replace('.txt', ''), text }));
});
const isOurs = (language: string | null) => readLanguages.some((each) => each === language);

describe('detectLanguage', () => {
  it.each([
    ['en', 'still waiting for my refund'],
    ['en', 'your app is down again ffs'],
    ['en', 'Blue Door Coffee sold me mould'],
    ['en', 'Nice throw, nice price.'],
    ['en', 'Same automatic answer each time.'],
    ['es', 'El pedido nunca llegó y nadie contesta'],
    ['es', '¿Alguien sabe si abren los domingos?'],
    ['de', 'Warte seit fünf Wochen auf mein Geld'],
    ['fr', "Ma commande n'est toujours pas arrivée"],
    ['it', 'Camera sporca e personale scortese, mai più'],
    ['pt', 'Minha encomenda não chegou até agora'],
    ['nl', 'Ik wacht al zes weken op mijn geld'],
    ['ja', '昨日ここでコーヒーを飲みました'],
    ['zh', '这家店的咖啡很难喝'],
    ['ko', '커피가 너무 차가웠어요'],
    ['ar', 'لم يصل طلبي حتى الآن والمتجر لا يرد على رسائلي'],
    ['ru', 'Заказ так и не пришёл, и никто не отвечает на письма'],
    ['pl', 'Zamówienie nie dotarło do dzisiaj i nikt nie odpowiada na moje wiadomości'],
  ])('says %s of %j', (language, text) => expect(tell(text)).toBe(language));

  it.each(['', '😡😡', 'https://x.example/de/der-die-das', '@die #der', '10/10', '\ud800'])(
    'says nothing of %j',
    (text) => {
      expect(tell(text)).toBeNull();
      expect(tell(text, 'de')).toBeNull();
    },
  );

  it('takes what was declared where the words leave doubt, and only there', () => {
    expect(tell('Reembolso!!', 'es')).toBe('es');
    expect(tell('Super!', 'de-AT')).toBe('de');
    expect(tell('still waiting for my refund', 'de')).toBe('en');
  });

  it.each(readLanguages)('knows short posts in %s', (language) => {
    const own = posts.filter((post) => post.language === language);
    expect(own.length).toBeGreaterThan(35);
    expect(own.filter(({ text }) => tell(text) === language).length / own.length).toBeGreaterThan(0.88);
  });
  it('hardly takes another language for one that we read', () => {
    const others = posts.filter(({ language }) => !isOurs(language));
    expect(new Set(others.map(({ language }) => language)).size).toBeGreaterThan(30);
    expect(others.filter(({ text }) => isOurs(tell(text))).length / others.length).toBeLessThan(0.03);
    expect(others.filter(({ language, text }) => tell(text) === language).length / others.length).toBeGreaterThan(0.9);
  });
  it('lets what was declared decide what no word tells', () => {
    expect(tell('Zrk brm', 'fi')).toBe('fi');
    expect(tell('Zrk brm')).toBeNull();
  });
});
