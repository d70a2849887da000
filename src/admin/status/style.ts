/** The style of the page: system fonts, light and dark as the reader has it, readable at 360 pixels. */
export const style = `
:root{color-scheme:light dark;--bg:#f5f6f7;--card:#fff;--text:#1b1f24;--dim:#57606a;--line:#d5dae0;--link:#0b57d0;--alarm:#b3261e;--alarm-bg:#fdf1f0;--calm:#1a6e3c;--grows:#8a5300;--track:#e3e7eb}
@media (prefers-color-scheme:dark){:root{--bg:#101317;--card:#181c22;--text:#e6e9ed;--dim:#a5afba;--line:#313841;--link:#8ab4f8;--alarm:#ff9b92;--alarm-bg:#2a1a1b;--calm:#7bd88f;--grows:#f2b84b;--track:#313841}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:var(--link);text-underline-offset:2px}
a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--card);padding:8px 12px;z-index:2}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header,main,footer{max-width:1180px;margin:0 auto;padding:0 20px}
header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;padding-top:16px;padding-bottom:10px}
header p{margin:0;font-weight:700;font-size:17px}
header ul{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:0;padding:0}
header nav a{display:inline-block;padding:4px 0}
h1{font-size:25px;line-height:1.25;margin:14px 0 4px;text-wrap:balance}
h1.drifting{color:var(--alarm)}
h1.steady{color:var(--calm)}
h2{font-size:19px;line-height:1.3;margin:30px 0 10px}
h3{font-size:15px;line-height:1.35;margin:0 0 8px}
section h3{margin-top:0}
dl+h3,p+h3{margin-top:18px}
p{margin:8px 0}
.dim,figcaption,.meta{color:var(--dim)}
.meta{margin:0 0 14px;display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:14px}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px;border-top:4px solid var(--line)}
.card.drifting{border-top-color:var(--alarm)}
.card.steady{border-top-color:var(--calm)}
.card h2{font-size:15px;line-height:1.35;margin:0 0 8px}
.card.drifting h2{color:var(--alarm)}
.card ul{margin:0;padding-left:18px}
.card li{margin:0 0 7px}
.episodes{list-style:none;padding-left:0!important}
.episodes li{border-left:3px solid var(--alarm);padding-left:10px;margin-bottom:12px}
.callout{background:var(--alarm-bg);border-left:4px solid var(--alarm);padding:10px 14px;border-radius:0 6px 6px 0}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px;margin:8px 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--dim);padding:10px 14px 6px;font-size:14px}
th,td{text-align:left;padding:7px 14px;border-top:1px solid var(--line);vertical-align:middle}
thead th{border-top:0;font-size:13px;color:var(--dim);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
.dense th,.dense td{padding:6px 8px;font-size:14px}
.num{text-align:right;white-space:nowrap}
.note{display:inline-block;color:var(--alarm);border:1px solid currentColor;border-radius:10px;padding:0 7px;font-size:12px}
.reason{display:inline-block;margin-right:12px;white-space:nowrap}
.state{white-space:nowrap}
.when{display:inline-block;white-space:nowrap}
.state.alarm{color:var(--alarm);font-weight:700}
.state.grows{color:var(--grows)}
.state.calm{color:var(--calm)}
.state.waits{color:var(--dim)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:1px 24px;margin:8px 0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 16px}
.facts div{padding:5px 0;min-width:0}
dt{color:var(--dim);font-size:13px}
dd{margin:0;overflow-wrap:anywhere}
svg{display:block;max-width:100%}
.line .limit{stroke:var(--alarm);stroke-width:1;stroke-dasharray:3 3;fill:none}
.line .curve{stroke:var(--link);stroke-width:1.75;fill:none;stroke-linejoin:round}
.end{fill:var(--link)}
.bar .track{stroke:var(--track);stroke-width:4;stroke-linecap:round}
.bar .limits{stroke:var(--link);stroke-width:4;opacity:.55}
figure{margin:8px 0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px}
figure svg{width:100%;height:auto}
figcaption{font-size:14px;margin-top:6px}
pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;font-size:13px}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;font-size:.92em;overflow-wrap:anywhere}
pre code{overflow-wrap:normal}
details{margin:6px 0}
summary{cursor:pointer;padding:3px 0}
button{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:4px 12px;cursor:pointer;min-height:32px}
input{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:7px 10px;width:100%;max-width:420px}
label{display:block;margin:10px 0 4px}
form button{margin-top:12px}
footer{color:var(--dim);padding-top:18px;padding-bottom:36px;font-size:14px}
.js{display:none}
.live .js{display:inline-block}
@media (max-width:620px){
header,main,footer{padding-left:12px;padding-right:12px}
h1{font-size:21px}
.wide{display:none}
th,td{padding:7px 9px}
.num,.state,thead th{white-space:normal}
.reason{white-space:normal}
.cards{grid-template-columns:1fr}
}
@media print{.js,header nav{display:none}}
`
