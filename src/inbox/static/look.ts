/** How the inbox looks: the digest's colours and type, from the width of a phone to that of a desk, by day and by night. */
import { ink, mono, night, paper, sans, serif } from '../../digest/look.ts';

export const look = `
:root{color-scheme:light dark;
--page:${paper.page};--card:${paper.card};--code:${paper.code};--line:${paper.line};--edge:#8c857a;
--ink:${ink.strong};--soft:${ink.soft};--red:${ink.red};--amber:${ink.amber};--grey:${ink.grey};--green:${ink.green};
--link:#1f4f8f;--button:#1f4f8f;--on-button:#ffffff;--hurts:#ffe59a;--on-hurts:${ink.strong};--likes:#d5efd9;--on-likes:${ink.strong};--notice:#e8eef8;--warn:#fdeee0}
@media (prefers-color-scheme:dark){:root{
--page:${night.page};--card:${night.card};--code:${night.code};--line:${night.line};--edge:#7d818b;
--ink:${night.strong};--soft:${night.soft};--red:${night.red};--amber:${night.amber};--grey:${night.grey};--green:${night.green};
--link:#9cc4ff;--button:#2f68b5;--on-button:#ffffff;--hurts:#66500f;--on-hurts:#fff3cf;--likes:#1f5230;--on-likes:#e3f7e6;--notice:#1f2b3d;--warn:#3a2a1a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:16px}
body{margin:0 auto;padding:20px 12px 48px;max-width:1180px;background:var(--page);color:var(--ink);font:16px/1.45 ${sans};overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,blockquote{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:6px}
h2:focus{outline:none}
.skip{position:absolute;left:12px;top:-80px;background:var(--card);padding:12px 16px;border-radius:8px;font-weight:600;z-index:1}
.skip:focus{top:12px}
.kicker{font-size:14px;color:var(--soft);margin:0 4px 12px}
h1{font-size:27px;line-height:1.2;letter-spacing:-.01em;margin:0 4px 4px;text-wrap:balance}
.about{font-size:17px;color:var(--soft);margin:0 4px 14px}
.lead{font-size:17px;margin:0 4px 6px;max-width:42em}
h2{font-size:19px;line-height:1.3;margin:34px 4px 12px}
h3{font-size:16px;line-height:1.35;font-weight:600}
.count{color:var(--soft);font-weight:400}
.soft,.small{color:var(--soft)}
.small{font-size:15px;line-height:1.4;margin-top:2px}
.red{color:var(--red)}.amber{color:var(--amber)}.grey{color:var(--grey)}.green{color:var(--green)}
header nav{margin:16px 4px 0}
header nav ul{display:flex;flex-wrap:wrap;gap:4px 20px}
header nav a{display:inline-block;padding:6px 0;font-weight:600}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px 16px}
.cards>li{margin:0 0 12px}
article.card{border-left-width:5px}
.red-edge{border-left-color:var(--red)}.amber-edge{border-left-color:var(--amber)}.grey-edge{border-left-color:var(--grey)}.green-edge{border-left-color:var(--green)}
.status{font-size:15px;line-height:1.35;font-weight:700;margin-bottom:6px}
blockquote{font:18px/1.5 ${serif};margin:10px 0;max-width:40em}
blockquote .title{font-weight:700;line-height:1.4;margin-bottom:6px}
mark{font-weight:600;border-radius:3px;padding:0 2px;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.hurts{background:var(--hurts);color:var(--on-hurts)}
.likes{background:var(--likes);color:var(--on-likes)}
.actions,.actions form{display:flex;flex-wrap:wrap;align-items:center;gap:8px}
.actions{margin-top:14px;gap:8px 16px}
.link{font-weight:600}
.actions>.link{padding:10px 0}
button,.button{display:inline-block;font:600 16px/20px ${sans};text-align:center;text-decoration:none;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:11px 15px;cursor:pointer}
button:hover,.button:hover{border-color:var(--link);color:var(--link)}
.button.strong,.button.strong:hover{background:var(--button);border-color:var(--button);color:var(--on-button)}
.button.strong:hover{text-decoration:underline}
.asks{font-weight:600;margin-right:4px}
.notice{border-radius:10px;padding:12px 16px;background:var(--notice);display:flex;flex-wrap:wrap;align-items:center;gap:10px 16px;justify-content:space-between}
.notice.not-done{background:var(--warn)}
.notice p{flex:1 1 16em}
.notice button{background:transparent}
.empty{margin:0 4px;color:var(--soft)}
.pieces{display:flex;flex-wrap:wrap;align-items:center;gap:10px 16px;margin:4px 4px 0}
.places>li{margin:0 0 12px;padding-left:22px;text-indent:-22px}
.places>li:last-child{margin:0}
.places>li>*{text-indent:0}
.dot{display:inline-block;width:22px}
summary{cursor:pointer;color:var(--link);font-size:15px;padding:4px 0;width:fit-content}
details li{font-size:15px;line-height:1.4;color:var(--soft);padding:3px 0}
details strong{font-weight:600;color:var(--ink)}
.lines>li{margin:0 0 8px}
.lines>li:last-child{margin:0}
.counts{display:grid;grid-template-columns:1fr 1fr;gap:12px}
.counts strong{font-size:24px}
.counts .soft{display:block;font-size:15px;line-height:1.35}
code{font:14px/1.5 ${mono};background:var(--code);border-radius:4px;padding:2px 5px}
footer{margin:30px 4px 0;font-size:14px;line-height:1.5;color:var(--soft)}
footer p{margin-bottom:6px}
.alone{max-width:42em;margin:0 auto}
.alone .lead{margin-bottom:12px}
@media (max-width:559px){
.actions .button.strong{width:100%}
.actions form{display:grid;grid-template-columns:1fr 1fr;width:100%}
.asks{grid-column:1/-1}
button{padding:11px 4px;font-size:15px}}
@media (min-width:1000px){
body{padding:32px 24px 64px}
h1{font-size:34px}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 330px;gap:0 36px;align-items:start}
button,.button{font-size:15px;padding:10px 12px}}
@media (forced-colors:active){.card,.notice,button,.button{border:1px solid}mark{text-decoration:underline}}
`;
