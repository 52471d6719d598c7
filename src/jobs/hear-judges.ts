/** Hears every judge on freshly read posts, one after the other: the slow ones only on what is left to them. */
import { type Judged, type Judging, weighIn } from './judge-posts.ts';
import { askPrecise, noOpinions, type Patience, worthAsking } from './opinions.ts';
import { askSecond, isOpen, withSecond } from './second-opinion.ts';
import type { Tools } from './tools.ts';

/** Of the second opinion only what is known: whoever reads posts does not wait for a server elsewhere. */
const nobodyAsked = (): Patience => ({ left: 0 });

/** @param first what the fast judge says. @param keep whether what is said may be kept */
export async function hearJudges(
  tools: Tools,
  judges: Pick<Judging, 'knowledge'>,
  first: Judged,
  patience: Patience,
  keep: boolean,
): Promise<Judged> {
  const judging = { ...judges, brands: tools.brands };
  const own = await askPrecise(tools, worthAsking(first.kept), patience, keep);
  const judged = weighIn(first, judging, own);
  const open = judged.kept.flatMap(({ post, mentions }) =>
    mentions.filter(({ findings }) => isOpen(findings)).map(({ brandId }) => ({ post, brandId })),
  );
  const second = await askSecond(tools, open, nobodyAsked());
  return second === noOpinions ? judged : weighIn(judged, judging, withSecond(own, second));
}
