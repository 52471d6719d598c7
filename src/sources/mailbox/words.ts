/** What somebody wrote in a mail, without what mail programs and platforms hang on to it. Cuts only what is surely a tail. */
import type { Mail } from '../../net/mail.ts';
import { plainText } from '../../text/plain.ts';

/** A plain part shorter than this beside HTML only says that there is HTML. */
const realPart = 40;
const longestText = 100_000;
/** A footer is shorter. */
const longestFooter = 1500;

/** Fillers that push a mail's second line out of the list of mails. */
const fillers = /\u034f|[\u00ad\u061c\u2007\u200b-\u200f\u2060\ufeff]/gu;

export function wordsOf(mail: Mail): string {
  return withoutTail(wholeWordsOf(mail));
}

/** Also with its tail: stars may stand there. */
export function wholeWordsOf({ text, html }: Mail): string {
  const plain = text === null ? '' : withoutAddresses(text);
  const chosen = html !== null && plain.length < realPart ? withoutAddresses(plainText(html)) || plain : plain;
  return chosen
    .slice(0, longestText)
    .replaceAll(fillers, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Addresses on a line of their own or in brackets are what was behind a button; they are kept among the links. */
function withoutAddresses(text: string): string {
  return text
    .replaceAll(/[<[(]\s?https?:\/\/[^\s<>[\]()]{1,4000}\s?[>\])]/gi, ' ')
    .replaceAll(/^[^\S\n]*https?:\/\/\S+[^\S\n]*$/gim, '');
}

/** RFC 3676 §4.3, and what phones write in its place. */
const signature =
  /^(?:-- ?|(?:sent from my|von meinem|gesendet von|envoyé de|enviado desde|inviato da|verzonden vanaf|enviado do meu)\s.{1,60})$/i;

/** How mail programs begin what they quote, in seven languages; a forwarded mail begins otherwise and is kept. */
const quoteHead =
  /^(?:On\s.{4,120}\swrote|Am\s.{4,120}\sschrieb.{0,80}|Le\s.{4,120}\sa écrit|El\s.{4,120}\sescribió|Il\s.{4,120}\sha scritto|Op\s.{4,120}\sschreef.{0,80}|Em\s.{4,120}\sescreveu)\s?:$/i;
const original =
  /^-{2,}\s?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Mensagem original)\s?-{2,}$/i;

/** What stands at the end of a platform's mail for the law and for the sender, in seven languages. */
const footer = new RegExp(
  [
    ...[/(?:to|click here to|you can|^) ?unsubscribe/, /unsubscribe (?:from|here|link)/, /all rights reserved/],
    ...[/you(?:'re|’re| are) receiving this/, /this (?:e-?mail|message) was sent (?:to|by|from)/, /privacy policy/],
    ...[/(?:manage|change|update) your (?:e-?mail|notification|settings|preferences)/, /do not reply to this/],
    ...[
      /intended (?:only|solely) for the/,
      /(?:©|\(c\)|copyright) ?\d{4}/,
      /view (?:this e-?mail )?in (?:your )?browser/,
    ],
    ...[/newsletter abbestellen|abmelden|vom empfang/, /diese (?:e-?mail|nachricht) (?:wurde|ging) an/],
    ...[
      /datenschutz(?:erklärung|hinweise)/,
      /alle rechte vorbehalten/,
      /sie erhalten diese/,
      /nicht auf diese e-?mail/,
    ],
    ...[/se désabonner|désinscri/, /vous recevez ce/, /tous droits réservés/, /politique de confidentialité/],
    ...[/darse de baja|cancelar (?:la )?suscripci/, /has recibido este|recibes este/, /todos los derechos reservados/],
    ...[/política de privaci/, /annulla l.iscrizione|disiscriv/, /hai ricevuto quest/, /tutti i diritti riservati/],
    ...[/informativa sulla privacy/, /uitschrijven|afmelden voor/, /u ontvangt de(?:ze|ze e-?mail)/],
    ...[
      /alle rechten voorbehouden/,
      /privacyverklaring/,
      /cancelar (?:a )?(?:inscriç|subscriç)/,
      /recebeu este e-?mail/,
    ],
    ...[/todos os direitos reservados/, /política de privacidade/],
  ]
    .map(({ source }) => source)
    .join('|'),
  'imu',
);

/** Never cuts everything: the first paragraph stays. */
export function withoutTail(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line, at) => at > 0 && (signature.test(line.trimStart()) || beginsQuote(lines, at)));
  const paragraphs = (end > 0 ? lines.slice(0, end) : lines)
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  while (paragraphs.length > 1 && isFooter(paragraphs.at(-1) ?? '')) paragraphs.pop();
  return paragraphs.join('\n\n').trim() || text.trim();
}

/** The head alone proves nothing: what follows must be quoted. */
function beginsQuote(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (original.test(line)) return true;
  // Long heads are broken over two lines.
  const isHead = quoteHead.test(line) || quoteHead.test(`${line} ${lines[at + 1] ?? ''}`);
  return isHead && lines.slice(at + 1, at + 5).some((next) => next.startsWith('>'));
}

function isFooter(paragraph: string): boolean {
  if (paragraph.length > longestFooter) return false;
  return (
    footer.test(paragraph) ||
    !/\p{L}{2}/u.test(paragraph.replaceAll(/https?:\/\/\S+/gi, '').replaceAll(/[★☆⭐]+/gu, 'stars'))
  );
}
