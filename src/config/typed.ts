/** What an owner types where the config wants one exact form, read kindly: a time of day, a mail server. */
import type { MailServer } from './mail-providers.ts';

/** `8`, `8.30`, `6 pm` as `08:00`, `08:30`, `18:00`; null where it is no time of day. */
export function timeOfDay(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (!parts) return null;
  const [, hours = '', minutes = '00', half] = parts;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  const fits = hour <= 23 && Number(minutes) <= 59 && (!half || (Number(hours) >= 1 && Number(hours) <= 12));
  return fits ? `${String(hour).padStart(2, '0')}:${minutes}` : null;
}

/** `smtp.example` or `smtp.example:465`; without a port it is 587, as RFC 8314 and most providers have it. */
export function serverFrom(text: string): MailServer | null {
  const parts = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?$/i.exec(text.trim());
  const [, host = '', digits = '587'] = parts ?? [];
  const port = Number(digits);
  if (!parts || !/[.]|^localhost$/i.test(host) || port < 1 || port > 65535) return null;
  return { host: host.toLowerCase(), port, security: port === 465 ? 'tls' : 'starttls' };
}
