/** What `check` says of the second opinion: whom it goes to, what is doubtful about that, and an example of what would be sent. */
import type { Config, Problem } from '../config/config.ts';
import type { Env } from '../edges.ts';
import { secondInput } from '../findings/judges/second-opinion.ts';
import { isThisMachine } from '../net/address.ts';
import { secondKey, secondRequest } from './ask-second.ts';
import { type Looked, problem } from './check-looked.ts';

/** One question, as it would be sent: about a post that nobody wrote, and without the key. */
export interface Sends {
  readonly to: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

export interface SecondLooked extends Looked {
  /** Null where no second opinion is in the config. */
  readonly sends: Sends | null;
}

const inventedPost = 'said “ready in ten minutes” an hour ago. Well done. Ask @jo_k, or ring 0113 496 0000.';

export function checkSecond({ secondOpinion: settings, brands, namedHosts }: Config, env: Env): SecondLooked {
  const [brand] = brands;
  const input = brand ? secondInput({ title: null, text: `${brand.name} ${inventedPost}` }, brand) : null;
  if (settings === null || input === null) return { problems: [], good: [], sends: null };
  const { host, hostname, protocol } = new URL(settings.url);
  const here = isThisMachine(hostname);
  const near = namedHosts.includes(host);
  const key = Boolean(env[secondKey]?.trim());
  const problems: Problem[] = [];
  const warn = (path: string, sentence: string) => problems.push(problem(path, sentence, 'warning'));
  if (protocol === 'http:' && !here) {
    const what = key ? 'the words that are sent, and your key' : 'the words that are sent';
    warn(
      'secondOpinion.url',
      `http:// hides nothing: whoever sits between this computer and ${host} can read ${what}. Write https:// where that server takes it.`,
    );
  }
  if (!key && !near) {
    warn('secondOpinion', `${secondKey} is neither in earshot.env nor in the environment; most such servers want it.`);
  }
  const where = here ? 'on this computer' : near ? 'in your own network' : 'on the Internet';
  const whom = `${settings.model} at ${host} (${where})`;
  const { url, headers, body } = secondRequest(settings, input, env, { plain: false, shown: true });
  const { origin, pathname } = new URL(url);
  return {
    problems,
    good: [
      settings.off
        ? `The second opinion is off: nothing is sent; take off: true out, and ${whom} is asked about what is still unsure`
        : `What is still unsure is sent to ${whom}, at most ${settings.callsPerDay} times a day`,
    ],
    sends: { to: origin + pathname, headers: { 'content-type': 'application/json', ...headers }, body },
  };
}
