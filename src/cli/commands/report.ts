/** `earshot report`: how people talk of you, how you answer, and what was behind it, each figure with its range. */
import { dayMs } from '../../clock.ts';
import type { Edges } from '../../edges.ts';
import type { ReportFace } from '../../face/report.ts';
import { reportFace } from '../../jobs/report-face.ts';
import { jsonText } from '../../text/json.ts';
import { steps } from '../format.ts';
import { tellingOf } from '../tell-mention.ts';
import { reportInWords } from '../tell-report.ts';
import { brandsMeant, momentGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly since?: string;
  readonly json?: boolean;
}

const usualDays = 30;

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const now = edges.clock.now();
    const since =
      options.since === undefined ? now - usualDays * dayMs : momentGiven(edges, tools, options.since, '--since');
    if (since >= now) throw new Misuse(`--since ${options.since} is still to come.`);
    const ids = await brandsMeant(tools, options.brand);
    const report = await reportFace(tools, ids, since);
    const { terminal } = edges;
    if (options.json) {
      terminal.out(`${jsonText(report, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    const days = Math.max(1, Math.ceil((now - since) / dayMs));
    terminal.out(`${report.brands.map((one) => reportInWords(one, days, telling)).join('\n\n\n')}\n`);
    terminal.err(`\n${steps(nextSteps(report, tools.earshot), terminal)}\n`);
    return 0;
  });
}

function nextSteps({ brands }: ReportFace, earshot: string) {
  const [first] = brands.flatMap(({ again }) => again);
  const [cause] = brands.flatMap(({ causes }) => causes.filter(({ mended }) => mended === null));
  return [
    ...(first ? [[`${earshot} show m${first.mentions[0]}`, 'one of those in full'] as const] : []),
    ...(cause ? [[`${earshot} causes`, 'what was behind complaints, and what was done'] as const] : []),
    [`${earshot} campaign`, 'is now the time for one?'] as const,
  ];
}
