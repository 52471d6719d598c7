import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/text/language.ts';

const tell = (text: string, declared: string | null = null) => detectLanguage(text, declared).language;

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
});
