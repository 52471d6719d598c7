/** What the digest looks like: its colours in daylight and in the dark, each pair with a contrast of 4.5 or better, and its type. */
import { html, type Markup } from '../text/html.ts';
import type { Tone } from './digest.ts';

export const paper = { page: '#f4f1ec', card: '#ffffff', code: '#f4f1ec', line: '#e4dfd6' } as const;
export const ink = {
  strong: '#23201b',
  soft: '#655f56',
  red: '#b3261e',
  amber: '#9a4b00',
  grey: '#655f56',
  green: '#2a6a3c',
} as const;
export const night = {
  page: '#16171a',
  card: '#222429',
  code: '#2e3138',
  line: '#383b42',
  strong: '#f0eeea',
  soft: '#b3afa7',
  red: '#ff9b91',
  amber: '#ffbe76',
  grey: '#b3afa7',
  green: '#93d6a4',
} as const;

/** A tone's colour, and the class by which the night changes it (`…-edge` on a card). */
export const toneInk: Readonly<Record<Tone, { readonly className: string; readonly color: string }>> = {
  overdue: { className: 'red', color: ink.red },
  critical: { className: 'red', color: ink.red },
  high: { className: 'amber', color: ink.amber },
  normal: { className: 'amber', color: ink.amber },
  low: { className: 'grey', color: ink.grey },
  unsure: { className: 'grey', color: ink.grey },
  praise: { className: 'green', color: ink.green },
};

/** What a tone is called above a card; null where its colour is enough. */
export const toneLabel: Readonly<Record<Tone, string | null>> = {
  overdue: 'Overdue',
  critical: 'Urgent',
  high: null,
  normal: null,
  low: null,
  unsure: null,
  praise: null,
};

export const sans = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
export const serif = "Georgia,'Times New Roman',serif";
export const mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

export const style = {
  page: `margin:0;padding:0;background:${paper.page};color:${ink.strong};font-family:${sans};-webkit-text-size-adjust:100%`,
  kicker: `margin:4px 4px 14px;font-size:14px;color:${ink.soft}`,
  h1: `margin:0 4px 4px;font-size:27px;line-height:1.2;font-weight:700;letter-spacing:-.01em;color:${ink.strong}`,
  about: `margin:0 4px 14px;font-size:17px;line-height:1.4;color:${ink.soft}`,
  lead: `margin:0 4px 6px;font-size:17px;line-height:1.45;color:${ink.strong}`,
  h2: `margin:30px 4px 10px;font-size:19px;line-height:1.3;font-weight:700;color:${ink.strong}`,
  card: `background:${paper.card};border-radius:10px;border:1px solid ${paper.line};border-collapse:separate;margin:0 0 12px`,
  status: 'margin:0 0 6px;font-size:15px;line-height:1.35;font-weight:700',
  who: `margin:0;font-size:16px;line-height:1.35;font-weight:600;color:${ink.strong};overflow-wrap:anywhere`,
  title: `margin:12px 0 0;font-family:${serif};font-size:18px;line-height:1.4;font-weight:700;color:${ink.strong};overflow-wrap:anywhere`,
  quote: `margin:10px 0 10px;font-family:${serif};font-size:18px;line-height:1.5;color:${ink.strong};overflow-wrap:anywhere`,
  link: 'color:#1f4f8f;font-weight:600;text-decoration:underline',
  likes: `background:#d5efd9;color:${ink.strong};font-weight:600;border-radius:3px;padding:0 2px`,
  hurts: `background:#ffe59a;color:${ink.strong};font-weight:600;border-radius:3px;padding:0 2px`,
  small: `margin:2px 0 0;font-size:15px;line-height:1.4;color:${ink.soft};overflow-wrap:anywhere`,
  button:
    'display:inline-block;background:#1f4f8f;color:#ffffff;text-decoration:none;font-size:16px;font-weight:600;line-height:20px;padding:12px 18px;border-radius:8px',
  step: `margin:10px 0 0;font-size:14px;line-height:1.7;color:${ink.soft}`,
  code: `display:inline-block;font-family:${mono};font-size:14px;background:${paper.code};color:${ink.strong};border-radius:4px;padding:2px 5px;overflow-wrap:anywhere`,
  row: `margin:0 0 8px;font-size:16px;line-height:1.45;color:${ink.strong};overflow-wrap:anywhere`,
  footer: `margin:30px 4px 0;font-size:13px;line-height:1.5;color:${ink.soft}`,
} as const;

export function head(title: string): Markup {
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${title}</title>
<style>
:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background:${night.page}!important;color:${night.strong}!important}
.card{background:${night.card}!important;border-color:${night.line}!important}
.ink{color:${night.strong}!important}
.soft{color:${night.soft}!important}
.code{background:${night.code}!important;color:${night.strong}!important}
.hurts{background:#66500f!important;color:#fff3cf!important}
.likes{background:#1f5230!important;color:#e3f7e6!important}
.button{background:#2f68b5!important}
.link{color:#9cc4ff!important}
.red{color:${night.red}!important}.red-edge{border-left-color:${night.red}!important}
.amber{color:${night.amber}!important}.amber-edge{border-left-color:${night.amber}!important}
.grey{color:${night.grey}!important}.grey-edge{border-left-color:${night.grey}!important}
.green{color:${night.green}!important}.green-edge{border-left-color:${night.green}!important}
}
</style>
</head>`;
}
