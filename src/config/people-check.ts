/** Whether whoever takes over an overdue case would hear of it. */
import type { Config } from './config.ts';

/** @param tell given where under `people` it stands, and what would happen */
export function checkPeople(
  people: Config['people'],
  tell: (path: readonly (string | number)[], sentence: string) => void,
  nearest: (word: string, known: readonly string[]) => string,
): void {
  const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
  for (const [index, { name, escalateTo }] of people.entries()) {
    if (escalateTo === undefined) continue;
    const path = ['people', index, 'escalateTo'];
    const next = people.find((one) => same(one.name, escalateTo));
    if (same(name, escalateTo)) tell(path, `is ${name} again: what is overdue stays where it is.`);
    else if (!next)
      tell(
        path,
        `names nobody under \`people\`: what is overdue goes on to ${escalateTo}, and no mail tells them.${nearest(
          escalateTo,
          people.map((one) => one.name),
        )}`,
      );
    else if (next.mail === undefined)
      tell(path, `names ${next.name}, who has no \`mail\`: what is overdue goes on to them, and nobody tells them.`);
  }
}
