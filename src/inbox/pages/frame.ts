/** What every page of the inbox stands in. */
import { html, type Markup } from '../../text/html.ts';

export function frame(title: string, body: Markup): Markup {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${title} · Earshot</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/look.css">
</head>
<body>
${body}
</body>
</html>
`;
}
