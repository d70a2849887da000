/** How the report looks: by light, in the dark, on a phone and on paper. No font or file of others. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1d2127;--soft:#59616d;--line:#d6dae0;--fill:#f3f5f8;--accent:#0b5cad;--act:#a8201a;--look:#8a5300;--note:#2f6b3a;--band:#0b5cad33;--gap:#8a530026;--edge:#1d212733}
@media (prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e9ee;--soft:#a2abb8;--line:#383f49;--fill:#1d2127;--accent:#7db8f5;--act:#ff9b93;--look:#f0bb6a;--note:#8fd19e;--band:#7db8f540;--gap:#f0bb6a2e;--edge:#e6e9ee3d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:68rem;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.6rem 0 .4rem;padding-top:.6rem;border-top:2px solid var(--line)}
h3{font-size:1.02rem;margin:1.5rem 0 .3rem}
p{margin:.4rem 0 .8rem;max-width:46rem}
.lead,.period,caption,.meta{color:var(--soft)}
.headline{font-size:1.15rem;font-weight:600;margin:1rem 0}
a{color:var(--accent)}
a:focus-visible,.wide:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre{font:.86em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--fill);padding:.7rem .9rem;border-radius:6px}
.id{color:var(--soft)}
nav ul{list-style:none;padding:0;margin:.8rem 0;display:flex;flex-wrap:wrap;gap:.3rem 1rem}
ol.findings{list-style:none;margin:0;padding:0}
.findings li{border-left:4px solid var(--line);padding:.1rem 0 .1rem .9rem;margin:0 0 1rem}
.findings li.act{border-color:var(--act)}.findings li.look{border-color:var(--look)}.findings li.note{border-color:var(--note)}
.findings p{margin:.1rem 0}
.tag{font-weight:700;font-size:.85rem}
.act .tag,.bad{color:var(--act)}.look .tag,.open{color:var(--look)}.note .tag,.good{color:var(--note)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.6rem;margin:1rem 0;padding:0}
.tiles div{background:var(--fill);border-radius:6px;padding:.55rem .8rem}
.tiles dt{color:var(--soft);font-size:.85rem}.tiles dd{margin:0;font-size:1.15rem;font-weight:600}
.wide{overflow-x:auto;margin:.6rem 0 1rem;background:linear-gradient(to right,var(--bg) 40%,transparent) left/3rem 100% no-repeat local,linear-gradient(to left,var(--bg) 40%,transparent) right/3rem 100% no-repeat local,linear-gradient(to right,var(--edge),transparent) left/.7rem 100% no-repeat scroll,linear-gradient(to left,var(--edge),transparent) right/.7rem 100% no-repeat scroll}
table{border-collapse:collapse;width:100%;font-size:.88rem}
caption{text-align:left;padding:0 0 .3rem;font-size:.88rem}
th,td{text-align:left;vertical-align:top;padding:.32rem .7rem .32rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;white-space:nowrap}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td .sub{display:block;color:var(--soft);font-size:.92em}
figure{margin:.8rem 0 1.2rem}figcaption{font-size:.88rem;color:var(--soft);margin-bottom:.2rem}
svg{display:block;width:100%;height:auto;overflow:visible}
svg.cell{width:9.5rem;min-width:9.5rem;height:1.3rem}
svg text{font:11px system-ui,sans-serif;fill:var(--soft)}
.axis{stroke:var(--line);stroke-width:1}.zero{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 2}
.dot{fill:var(--accent)}.bar{stroke:var(--accent);stroke-width:2}
.trend{fill:none;stroke:var(--accent);stroke-width:1.6}.band{fill:var(--band)}.hole{fill:var(--gap)}
.mark{stroke:var(--look);stroke-width:1.4;stroke-dasharray:4 3}.epi{stroke:var(--act);stroke-width:4;fill:none}
.epi.mix{stroke:var(--note)}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.85rem;color:var(--soft);list-style:none;padding:0;margin:.3rem 0}
.key i{display:inline-block;width:1.4rem;height:.55rem;margin-right:.4rem;vertical-align:middle}
@media (max-width:36rem){body{padding:1rem .8rem 3rem}h1{font-size:1.4rem}.headline{font-size:1.05rem}table{font-size:.84rem}th,td{padding-right:.55rem}td:not(.n){min-width:6.4rem}caption{position:sticky;left:0;max-width:calc(100vw - 1.6rem)}figure svg text{font-size:20px}}
@page{size:A4;margin:16mm 13mm}
@page broad{size:A4 landscape;margin:13mm}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--line:#bbb;--fill:#f2f2f2;--accent:#0b4a8a;--act:#8f1510;--look:#6b4000;--note:#1f5529;--band:#0b4a8a2e;--gap:#6b40001f}
body{max-width:none;padding:0;font-size:9.5pt}nav{display:none}h2{break-after:avoid;margin-top:1.6rem}h3,caption{break-after:avoid}
tr,figure,.findings li,.tiles div{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible;background:none}table{font-size:7.6pt}
a{color:inherit;text-decoration:none}svg.cell{width:5rem;min-width:5rem;height:.9rem}th,td{padding-right:.45rem}th{white-space:normal}td{overflow-wrap:break-word}.broad{page:broad}.appendix{break-before:page}}
`
