/** `earshot reply draft`: an answer is kept for a case and checked at once; nothing leaves the computer. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { App } from '../../app.ts';
import { filledIn, type TemplateField, templateFields } from '../../config/templates.ts';
import { whoSaid } from '../../digest/item.ts';
import type { Edges } from '../../edges.ts';
import {
  type Answering,
  draftRefusal,
  draftReply,
  findAnswering,
  findingsIn,
  promisesOfDraft,
} from '../../jobs/draft-reply.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { shellWord } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, readingWidth, steps, wrapped } from '../format.ts';
import { readAll } from '../read-all.ts';
import { meantAmong } from '../right-word.ts';
import { tellingOf } from '../tell-mention.ts';
import { type AnswerTold, addressed, promisesTold, replyFace, wordOf, wordsOf } from '../tell-reply.ts';
import { idGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';
import { findingsTold } from './reply.ts';

interface Options {
  readonly config?: string;
  readonly text?: string;
  readonly file?: string;
  readonly template?: string;
  readonly as?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, word: string): Promise<number> {
  const wish = idGiven(word, 'case');
  const given = await wordsGiven(edges, options);
  return withTools(edges, options, async (tools) => {
    const found = await findAnswering(tools, wish);
    if (!found) throw new Misuse(`There is no ${wish.of} ${word}. \`npx earshot list --all\` shows what there is.`);
    const by = options.as ?? edges.person;
    const text = given ?? (options.template === undefined ? null : fromTemplate(tools, found, options.template, by));
    const no = text === null ? null : draftRefusal(found, tools.earshot, word);
    if (no !== null) {
      edges.terminal.err(`${wrapped(no, readingWidth(edges.terminal))}\n`);
      return 1;
    }
    const reply = text === null ? found.reply : await draftReply(tools, found, { text, by });
    const kept = { ...found, reply };
    return tell(edges, tools, options, {
      ...kept,
      found: await findingsIn(tools, kept),
      ...promisesOfDraft(tools, kept),
      account: null,
    });
  });
}

/** Null where none are given. @throws Misuse */
async function wordsGiven(edges: Edges, { text, file, template }: Options): Promise<string | null> {
  const ways = [text, file, template].filter((one) => one !== undefined);
  if (ways.length > 1) throw new Misuse('Its words come from one place: --text, --file or --template.');
  if (template !== undefined) return null;
  const piped = ways.length === 0 && edges.stdinPiped ? (await readAll(edges)).trim() : null;
  const words = text ?? (file === undefined ? piped : readGiven(edges, file));
  if (words !== null && words.trim() === '' && ways.length > 0) throw new Misuse('The answer is empty.');
  return words === null || words.trim() === '' ? null : words.replaceAll('\r\n', '\n').trim().toWellFormed();
}

function readGiven({ cwd }: Edges, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch {
    throw new Misuse(`${file} cannot be read. Is it there?`);
  }
}

/** @throws Misuse where there is none of that name, or what it names is not known */
function fromTemplate({ config, brands }: App, { mention, way }: Answering, name: string, by: string): string {
  const { templates } = config;
  const template = templates.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!template) {
    const names = templates.map((one) => one.name);
    if (names.length === 0)
      throw new Misuse(`Your config has no \`templates\`. Write some there, each with a name and a text.`);
    throw new Misuse(`No template is called ${name}. ${meantAmong(name, names)}`);
  }
  const { author, text, title } = mention.post;
  const { text: filled, missing } = filledIn(template.text, {
    name: author.name ?? (author.handle === null ? null : whoSaid(mentionFace(mention))),
    brand: brands.get(mention.brand.id)?.name ?? mention.brand.name,
    place: way.title,
    post: text.trim() || title,
    signature: by,
  });
  if (missing.length > 0) throw new Misuse(unknownHere(missing));
  return filled;
}

function unknownHere(missing: readonly TemplateField[]): string {
  const told = missing.map((one) => `{${one}} (${templateFields[one]})`).join(' and ');
  return `Nothing is known here for ${told}. Take another template, or write it yourself: --text "…"`;
}

function tell(edges: Edges, tools: App, { json }: Options, told: AnswerTold): number {
  const { terminal } = edges;
  if (json) {
    terminal.out(`${jsonText(replyFace(told), 2)}\n`);
    return 0;
  }
  const telling = tellingOf(edges, tools);
  const { reply, found, way } = told;
  const word = wordOf(told);
  const { earshot } = tools;
  if (!reply) {
    const next = [
      [`${earshot} reply draft ${word} --text "…"`, 'to write one'] as const,
      ...templatesFor(tools, told).map(
        (name) => [`${earshot} reply draft ${word} --template ${name}`, 'to begin with a template'] as const,
      ),
    ];
    terminal.out(`${addressed(told, telling)}\n\nNobody has drafted an answer.\n`);
    terminal.err(`\n${steps(next, terminal)}\n`);
    return 0;
  }
  const parts = [
    addressed(told, telling),
    wordsOf(reply, telling),
    ...(found.length > 0 ? [findingsTold(terminal, found)] : []),
    ...[reply.state === 'sent' ? null : promisesTold(told, telling)].filter((part) => part !== null),
    ...(reply.trouble === null ? [] : [wrapped(clean(reply.trouble), readingWidth(terminal))]),
  ];
  terminal.out(`${parts.join('\n\n')}\n`);
  const never = found.find(({ severity }) => severity === 'never');
  const send =
    reply.state === 'sent'
      ? [[`${earshot} reply draft ${word} --text "…"`, 'to write another one; this one was sent'] as const]
      : [[`${earshot} reply send ${word}`, way.by === 'earshot' ? 'to send it' : 'to copy it there'] as const];
  const change = [
    [`${earshot} reply draft ${word} --text "…"`, 'to write it anew'] as const,
    [`${earshot} reply allow ${never?.rule}`, 'where that is right for you: it passes from now on'] as const,
  ];
  terminal.err(`\n${steps(never && reply.state !== 'sent' ? change : send, terminal)}\n`);
  return 0;
}

const mostTemplates = 3;

/** Those in the customer's language first. */
function templatesFor({ config }: App, { mention }: AnswerTold): readonly string[] {
  const { language } = mention.findings;
  const fits = config.templates.filter(
    (one) => one.language === null || language === null || one.language === language,
  );
  return fits.slice(0, mostTemplates).map(({ name }) => shellWord(name));
}
