/** The documents that are made from the code: option tables, JSON Schemas, the catalogue of sources, the database's schema. */
import { z } from 'zod';
import { ConfigShape } from '../../src/config/schema.ts';
import { exampleLines } from '../../src/config/write.ts';
import { cronPeriodMinutes } from '../../src/daemon/due.ts';
import { AssessAnswer, AssessLine } from '../../src/face/assess.ts';
import { BackUpFace, RestoredFace } from '../../src/face/back-up.ts';
import { CampaignFace } from '../../src/face/campaign.ts';
import { CaseEventFace, CaseFace } from '../../src/face/case.ts';
import { CausesFace, ToTellFace } from '../../src/face/causes.ts';
import { CheckFace } from '../../src/face/check.ts';
import { ConnectionFace } from '../../src/face/connection.ts';
import { ErasedFace } from '../../src/face/erased.ts';
import { ImportLine } from '../../src/face/import-line.ts';
import { ImportedFace } from '../../src/face/imported.ts';
import { MentionFace } from '../../src/face/mention.ts';
import { PraiseFace, TestimonialFace } from '../../src/face/praise.ts';
import { RatingFace } from '../../src/face/rating.ts';
import { RegularFace } from '../../src/face/regular.ts';
import { AllowedFinding, ReplyFace, ReplyFinding } from '../../src/face/reply.ts';
import { ReportFace } from '../../src/face/report.ts';
import { RescoredFace } from '../../src/face/rescored.ts';
import { RuleAnswer, RuleDiffs, RuleExplanations, RuleTests } from '../../src/face/rules.ts';
import { RunsFace } from '../../src/face/run.ts';
import { ScorecardFace } from '../../src/face/scorecard.ts';
import { ElsewhereFace, SourceFace } from '../../src/face/source.ts';
import { StatusFace } from '../../src/face/status.ts';
import { elsewhere, unread } from '../../src/sources/elsewhere.ts';
import type { Source } from '../../src/sources/source.ts';
import { keepsInShort, keepsSentence, limitsSentence, needs, optionsOf } from '../../src/sources/wording.ts';
import { describeSchema } from '../../src/store/describe-schema.ts';
import { sourceGroups, sources } from '../support/every-source.ts';

export interface Document {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

const made = 'Made by `npm run documents`; do not edit.';

export async function documents(): Promise<Document[]> {
  return [
    { path: 'config/README.md', text: optionTable() },
    { path: 'config/earshot.schema.json', text: json(jsonSchema(ConfigShape, 'Earshot’s config')) },
    { path: 'src/face/schema.json', text: json(faces()) },
    { path: 'src/sources/README.md', text: catalogue() },
    { path: 'src/store/schema.sql', text: `-- ${made}\n\n${await describeSchema()}` },
  ];
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function jsonSchema(shape: z.ZodType, title: string, io: 'input' | 'output' = 'input') {
  return { title, ...z.toJSONSchema(shape, { io, unrepresentable: 'any' }) };
}

function faces() {
  return {
    $comment: made,
    mention: jsonSchema(MentionFace, 'One element of `list --json` and `export --format json`', 'output'),
    case: jsonSchema(CaseFace, 'One element of `case list --json`', 'output'),
    event: jsonSchema(CaseEventFace, 'One element of `case history --json`', 'output'),
    runs: jsonSchema(RunsFace, '`collect --json`', 'output'),
    status: jsonSchema(StatusFace, '`status --json`', 'output'),
    report: jsonSchema(ReportFace, '`report --json`', 'output'),
    causes: jsonSchema(CausesFace, '`causes --json`', 'output'),
    toTell: jsonSchema(ToTellFace, '`causes mended … --json`', 'output'),
    campaign: jsonSchema(CampaignFace, '`campaign --json`', 'output'),
    scorecard: jsonSchema(ScorecardFace, '`scorecard --json`', 'output'),
    regular: jsonSchema(RegularFace, 'One element of `regulars --json`', 'output'),
    praise: jsonSchema(PraiseFace, 'One element of `praise list --json`, and what its siblings print', 'output'),
    testimonial: jsonSchema(TestimonialFace, 'One element of `praise export --format json`', 'output'),
    backUp: jsonSchema(BackUpFace, '`backup --json`', 'output'),
    restored: jsonSchema(RestoredFace, '`restore --json`', 'output'),
    erased: jsonSchema(ErasedFace, '`erase --json`', 'output'),
    source: jsonSchema(SourceFace, 'One element of `sources --json`, and `sources <id> --json`', 'output'),
    elsewhere: jsonSchema(
      ElsewhereFace,
      '`sources <id> --json` of a place that no program may read on its own',
      'output',
    ),
    imported: jsonSchema(ImportedFace, '`import --json`', 'output'),
    check: jsonSchema(CheckFace, '`check --json`', 'output'),
    rating: jsonSchema(RatingFace, 'One element of `rating --json`', 'output'),
    connection: jsonSchema(ConnectionFace, 'One element of `connect --json`', 'output'),
    rescored: jsonSchema(RescoredFace, '`rescore --json`', 'output'),
    ruleAnswer: jsonSchema(RuleAnswer, 'One line that `rules test --query … --json` prints', 'output'),
    ruleTests: jsonSchema(RuleTests, '`rules test --json`', 'output'),
    ruleDiffs: jsonSchema(RuleDiffs, '`rules diff --json`', 'output'),
    ruleExplanations: jsonSchema(RuleExplanations, '`rules explain --json`', 'output'),
    replyFinding: jsonSchema(ReplyFinding, 'One element of `reply lint --json`', 'output'),
    allowedFinding: jsonSchema(AllowedFinding, 'One element of `reply allow --json`', 'output'),
    reply: jsonSchema(ReplyFace, 'What `reply draft|send|sent --json` prints', 'output'),
    importLine: jsonSchema(ImportLine, 'One line of `import` and of the source `file`'),
    assessLine: jsonSchema(AssessLine, 'One line that `assess` reads'),
    assessAnswer: jsonSchema(AssessAnswer, 'One line that `assess` prints', 'output'),
  };
}

interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

function optionTable(): string {
  const rows: string[] = [];
  const walk = (node: SchemaNode, path: string): void => {
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      const at = path ? `${path}.${key}` : key;
      const unset = child.default === undefined || JSON.stringify(child.default) === '{}';
      rows.push(
        `| \`${at}\` | ${cell(child.description ?? '')} | ${unset ? '' : `\`${JSON.stringify(child.default)}\``} |`,
      );
      if (child.properties) walk(child, at);
      if (child.items?.properties) walk(child.items, `${at}[]`);
    }
  };
  walk(z.toJSONSchema(ConfigShape, { io: 'input', unrepresentable: 'any' }) as SchemaNode, '');
  return `# Every setting

${made} \`earshot.example.yaml\` shows them at work; \`npx earshot check\` tells what is wrong and where.
Each place's own options stand in [src/sources](../src/sources/README.md).

| setting | what it does | without it |
|---|---|---|
${rows.join('\n')}
`;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function catalogue(): string {
  return `# Where Earshot listens

${made} \`npx earshot sources\` shows the same, and how each place that you use stands.

${sourceGroups.map(({ title, sources }) => groupTable(title, sources)).join('\n')}
*Needs:* “your yes” means that its terms leave it to you; read them, then switch it on with \`off: false\`. *Keeps:* of the
words that people write there, what its terms let Earshot keep.

${sources.map(section).join('\n')}
# Where no program may listen on its own

${unread(sources)
  .map((place) => `## ${place.title}\n\n${place.why}\n\n${numbered(place.instead)}`)
  .join('\n')}`;
}

function groupTable(title: string, sources: readonly Source[]): string {
  const rows = sources.map(
    (one) => `| [${one.id}](#${one.id}) | ${cell(one.hears)} | ${needs(one)} | ${keepsInShort(one)} |`,
  );
  return `**${title}**\n\n| place | what it hears | needs | keeps |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

const numbered = (steps: readonly string[]) => steps.map((step, index) => `${index + 1}. ${step}\n`).join('');

function section(source: Source): string {
  const options = optionsOf(source).map(
    ({ name, about, wanted, usual }) =>
      `| \`${name}\` | ${cell(about)} | ${wanted ? 'must be there' : usual === undefined ? '' : `\`${JSON.stringify(usual)}\``} |`,
  );
  const secrets = Object.values(source.secrets).map(
    (secret) => `- \`${secret.env}\`${secret.optional ? ' (optional)' : ''}: ${secret.about}`,
  );
  const without = elsewhere.find(({ id }) => id === source.id);
  return [
    `## ${source.id}`,
    `**${source.title}.** ${source.about} At home: ${source.home}. Written from: ${source.docs}.`,
    ...(source.offByDefault ? [`Off by default: ${source.offByDefault}`] : []),
    ...(secrets.length > 0 ? [secrets.join('\n')] : []),
    ...(source.steps
      ? [`How to get ${secrets.length > 1 ? 'them' : 'it'}:\n\n${numbered(source.steps).trimEnd()}`]
      : []),
    `\`\`\`yaml\n${exampleLines(source)}\n\`\`\``,
    ...(source.tryIt ? [`To try it:\n\n\`\`\`sh\n${source.tryIt.join('\n')}\n\`\`\``] : []),
    ...(options.length > 0 ? [`| option | what it does | without it |\n|---|---|---|\n${options.join('\n')}`] : []),
    `${limitsSentence(source, cronPeriodMinutes(source.cron))} ${keepsSentence(source)}`,
    ...(without ? [`Without a key:\n\n${numbered(without.instead).trimEnd()}`] : []),
    '',
  ].join('\n\n');
}
