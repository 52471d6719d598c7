/** Whether whoever takes over an overdue case would hear of it. */
import type { Config } from './config.ts';
import { nearest, type Path, type Tell } from './issues.ts';

/** @param tell warned of where under `people` it stands, and what would happen */
export function checkPeople(people: Config['people'], tell: Tell): void {
  const warn = (path: Path, sentence: string) => tell(path, sentence, 'warning');
  const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
  for (const [index, { name, escalateTo }] of people.entries()) {
    if (escalateTo === undefined) continue;
    const path = ['people', index, 'escalateTo'];
    const next = people.find((one) => same(one.name, escalateTo));
    if (same(name, escalateTo)) warn(path, `is ${name} again: what is overdue stays where it is.`);
    else if (!next)
      warn(
        path,
        `names nobody under \`people\`: what is overdue goes on to ${escalateTo}, and no mail tells them.${nearest(
          escalateTo,
          people.map((one) => one.name),
        )}`,
      );
    else if (next.mail === undefined)
      warn(path, `names ${next.name}, who has no \`mail\`: what is overdue goes on to them, and nobody tells them.`);
  }
}
