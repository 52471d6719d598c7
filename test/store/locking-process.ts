/** A second process that holds the daemon's lock until it is killed. */
import { holdDaemonLock } from '../../src/store/daemon-lock.ts';

process.stdout.write(holdDaemonLock(process.argv[2] ?? '') ? 'held\n' : 'refused\n');
setTimeout(() => undefined, 60_000);
