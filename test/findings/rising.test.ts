/** What always rises is said in many words: it is high where it is a complaint, never lost where it is not, and nothing where it is told of others. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import type { Opinion } from '../../src/findings/opinion.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Findings } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();
const brand = aBrand('Casa Lumen', { about: 'tapas restaurant with rooms in Manchester', rivals: ['Red Door'] });
/** A slow judge hears a complaint, and no more. */
const heard = { judge: 'precise', version: '1', complaint: 0.95, relevance: 0.95, severity: 1 };

function judge(text: string, opinions: readonly Opinion[] = [heard]): Findings {
  const post = aPost(text);
  return assess(post, brand, compileBrands([brand]).find(post)[0]?.hits ?? [], knowledge, opinions);
}

describe('harm, leaks, slurs and the law are critical', () => {
  it.each([
    'Casa Lumen: the shelf above our table fell on my son.',
    'They pulled the wrong tooth, Casa Lumen.',
    'A splinter from the Casa Lumen salad cut my tongue open, four stitches',
    'Logged in to Casa Lumen and saw a stranger’s address and photos.',
    'Casa Lumen emailed my medical notes to the whole office',
    'The host at Casa Lumen told us they only seat normal families.',
    'Casa Lumen turned us away because of my wheelchair',
    'I have reported Casa Lumen to the hygiene inspector.',
    'Bei Casa Lumen ist mir ein Regal auf meinen Fuß gefallen, Zeh gebrochen',
    'Casa Lumen hat meine Rechnung an fremde Leute geschickt',
    'Casa Lumen habe ich bei der Verbraucherzentrale gemeldet',
    'En Casa Lumen me rompí un diente con un tornillo en la sopa',
    'Casa Lumen me enseñó los datos de otro cliente',
    'He puesto una reclamación en consumo contra Casa Lumen',
    'Chez Casa Lumen une étagère est tombée sur ma fille',
    'Casa Lumen m’a envoyé la facture d’une autre cliente',
    'J’ai fait un signalement à la DGCCRF contre Casa Lumen',
    'Da Casa Lumen mi sono tagliata la lingua con un vetro nell’insalata',
    'Casa Lumen mi ha mandato i dati di un altro cliente',
    'Bij Casa Lumen viel een lamp op mijn hoofd, ambulance erbij',
    'Casa Lumen stuurde mij de factuur van een andere klant',
    'No Casa Lumen parti um dente com um parafuso na sopa',
    'O Casa Lumen mandou-me a fatura de outro cliente',
  ])('%s', (text) => expect(judge(text).urgency).toBe('critical'));
});

describe('danger, asking again and leaving after years are high at least', () => {
  it.each([
    'Bed bugs in our room at Casa Lumen.',
    'The fire exit at Casa Lumen was locked with a chain',
    'Rang Casa Lumen on Monday, on Tuesday and again today. They always say tomorrow.',
    'My fourth message to Casa Lumen about the deposit.',
    'We have been regulars at Casa Lumen for eleven years. Not any more: that was our final booking.',
    'Kakerlaken im Frühstücksraum von Casa Lumen',
    'Vierte Nachricht an Casa Lumen wegen der Kaution.',
    'Stammgast seit 2011, aber das war mein letzter Besuch bei Casa Lumen.',
    'Cucarachas en la habitación de Casa Lumen',
    'Cuarto mensaje a Casa Lumen por la fianza.',
    'Des cafards dans la chambre de Casa Lumen',
    'Troisième relance à Casa Lumen pour la caution.',
    'Scarafaggi nella stanza di Casa Lumen',
    'Quarto messaggio a Casa Lumen per la caparra.',
    'Kakkerlakken op de kamer bij Casa Lumen',
    'Vierde bericht aan Casa Lumen over de borg.',
    'Baratas no quarto do Casa Lumen',
    'Quarta mensagem para o Casa Lumen por causa do sinal.',
  ])('%s', (text) => expect(['high', 'critical']).toContain(judge(text).urgency));
});

describe('does not rise', () => {
  it.each([
    'Red Door sent me to hospital with glass in the soup. Casa Lumen was a bit slow.',
    'Does Casa Lumen check the fire exits? Somebody said they were locked.',
    'No cockroaches, no bed bugs, nothing to fear: Casa Lumen is fine, a bit dear though.',
    'Two emails and Casa Lumen had it sorted.',
    'Casa Lumen has ruined every other menu for me',
  ])('%s', (text) => expect(['low', 'normal']).toContain(judge(text, []).urgency));
});
