/** The page's one style sheet. Colours repeat what words say; `light-dark` follows `color-scheme`. */
export const style = `
:root{color-scheme:light dark;
--bg:light-dark(#f5f6f8,#0f1317);--card:light-dark(#fff,#171c22);--line:light-dark(#dde1e7,#2a3139);
--ink:light-dark(#15191e,#e6eaef);--dim:light-dark(#57606b,#98a3b0);--accent:light-dark(#0b5cad,#78b7f5);--hover:light-dark(#eef1f5,#1f262e);
--pass:light-dark(#116b3a,#5fce8b);--warn:light-dark(#8a5300,#f0b44c);--fail:light-dark(#b3202a,#ff7b80);--skip:light-dark(#57606b,#98a3b0);
--critical:light-dark(#9b1060,#ff7ab8);--high:light-dark(#bf3009,#ff8a5c);--medium:light-dark(#8a5f00,#f0c14c);--low:light-dark(#0b5cad,#78b7f5);--unknown:light-dark(#57606b,#98a3b0)}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
.PASS{--tone:var(--pass);--fill:light-dark(#3aa76d,#3f9d69)}.WARN,.STOPPED{--tone:var(--warn);--fill:light-dark(#e8a93a,#d39a36)}.FAIL,.ERROR{--tone:var(--fail);--fill:light-dark(#d5444c,#d9595f)}.SKIPPED{--tone:var(--skip);--fill:light-dark(#a9b2bc,#5f6a76)}
.CRITICAL{--tone:var(--critical);--fill:light-dark(#a81b6b,#d8589a)}.HIGH{--tone:var(--high);--fill:light-dark(#e0562b,#e0703f)}.MEDIUM{--tone:var(--medium);--fill:light-dark(#edb53c,#d0a038)}.LOW{--tone:var(--low);--fill:light-dark(#5b9bd8,#4d86bd)}.UNKNOWN{--tone:var(--unknown);--fill:light-dark(#a9b2bc,#5f6a76)}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
main,.in{max-width:1080px;margin:0 auto;padding:0 20px}
h1,h2,h3,p,ul,ol,dl,dd{margin:0}
h2{font-size:1.1rem;font-weight:650;margin:32px 0 10px}
h3{font-size:.85rem;font-weight:600;color:var(--dim)}
code,.mono,.rule li i{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em;overflow-wrap:anywhere}
a{color:var(--accent)}
.more,.num,.facts,.axis,.legend{color:var(--dim)}.more{font-size:.88rem;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:6px}
header{background:var(--card);border-bottom:1px solid var(--line);border-top:6px solid var(--fill);padding:18px 0 16px}
.row{display:flex;gap:4px 14px;align-items:baseline}
.label{font-size:1.45rem;font-weight:800;letter-spacing:.02em;color:var(--tone)}
h1{font-size:1.45rem;line-height:1.3;font-weight:600;flex:1;min-width:0;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:0 9px;margin-top:4px}.facts>:not(:last-child)::after{content:"·";margin-left:9px;color:var(--dim);font-weight:400}.facts b{color:var(--ink)}
.why{margin-top:8px;max-width:85ch;overflow-wrap:anywhere}
button,select,input{font:inherit;font-size:.9rem;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:5px 11px;min-height:36px}
button{cursor:pointer}button:hover,select:hover{background:var(--hover)}
#theme{min-width:36px;padding:0;font-size:1.1rem;color:var(--dim)}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 18px}
.card+.card,.card+.plan,.plan+.card{margin-top:8px}
.todo{list-style:none;padding:0}.todo li{display:grid;grid-template-columns:5.2em 1fr;gap:0 10px;padding:4px 0;overflow-wrap:anywhere}
.todo b,.rule>summary>b{color:var(--tone);font-size:.85rem;font-weight:650}
.next{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:baseline;color:var(--dim)}.todo~.next,.diag~.next{border-top:1px solid var(--line);margin-top:10px;padding-top:12px}
.next code{background:var(--hover);border:1px solid var(--line);border-radius:6px;padding:3px 9px;color:var(--ink);user-select:all}
.diag{padding-bottom:10px}.diag ol{padding-left:1.4em}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:10px;margin-top:20px}
.tile{text-align:left;padding:8px 14px 9px;border-radius:10px;border-left:5px solid var(--fill)}
.tile b{display:block;font-size:1.55rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
.tile span{color:var(--tone);font-size:.85rem;font-weight:600}
.tile.none{border-left-color:var(--line)}.tile.none b,.tile.none span{color:var(--dim);font-weight:400}
[aria-pressed=true]{box-shadow:inset 0 0 0 2px var(--tone);background:var(--hover)}
.filters{position:sticky;top:0;z-index:2;background:var(--bg);display:flex;flex-wrap:wrap;gap:8px;padding:8px 0}
.filters input{flex:1 1 15em;min-width:0}.filters select{max-width:15em}
.chip{font-size:.8rem;font-weight:700;color:var(--tone)}
.shown{display:flex;justify-content:space-between;gap:12px;color:var(--dim);font-size:.85rem;padding:0 0 8px}
kbd{font:inherit;font-size:.78rem;border:1px solid var(--line);border-radius:4px;padding:0 5px;background:var(--card);margin-left:8px}
summary{list-style:none;cursor:pointer}summary::-webkit-details-marker{display:none}
.test{background:var(--card);border:1px solid var(--line);border-radius:10px;margin-bottom:8px;overflow:clip}
.test>summary{display:grid;grid-template-columns:75px auto 1fr auto 1em;gap:2px 14px;align-items:baseline;padding:11px 16px}
.test>summary:hover,.rule>summary:hover{background:var(--hover)}
.test>summary::after,.rule>summary::after,.said>summary::after,.card>details>summary::after{content:"›";display:inline-block;color:var(--dim);text-align:center;transition:transform .12s;grid-column:-2}
.said>summary::after,.card>details>summary::after{margin-left:6px}
details[open]>summary::after{transform:rotate(90deg)}
.test>summary:focus-visible,.rule>summary:focus-visible{outline-offset:-3px}
.st{color:var(--tone);font-weight:750;font-size:.85rem}
.name{font-weight:600;overflow-wrap:anywhere}
.sum{color:var(--dim);font-size:.9rem;overflow-wrap:anywhere}.sum b{color:var(--tone);font-weight:600}.tone{color:var(--tone);font-weight:600}
.num{font-variant-numeric:tabular-nums;white-space:nowrap;font-size:.88rem}
.body{border-top:1px solid var(--line);padding:10px 16px 8px}
.note{overflow-wrap:anywhere;margin-bottom:6px}
.figs{display:flex;flex-wrap:wrap;gap:2px 22px;font-size:.88rem;color:var(--dim);margin-bottom:6px}
.figs div{display:flex;gap:6px;max-width:100%}.figs dd{color:var(--ink);overflow-wrap:anywhere;min-width:0}
.rule{content-visibility:auto;contain-intrinsic-size:auto 60px;border-top:1px solid var(--line);margin:0 -16px;padding:0 16px}.body>.rule:first-child{border-top:0}
.rule>summary{display:grid;grid-template-columns:75px 1fr auto 1em;gap:2px 14px;align-items:baseline;margin:0 -16px;padding:9px 16px 7px}
.rule>summary span{overflow-wrap:anywhere}.rule>summary code{color:var(--dim);margin-left:4px}
.rule i{font-style:normal;color:var(--dim)}.rule>summary>i{font-size:.88rem;white-space:nowrap}
.rule em{font-style:normal;border:1px solid var(--line);border-radius:99px;padding:0 8px;font-size:.78rem;color:var(--dim)}
.rule ul{list-style:none;padding:0 0 8px 89px}
.rule li{display:flex;flex-wrap:wrap;gap:0 16px;padding:1px 0;font-size:.95rem}.rule li span,.rule li a{color:var(--dim);font-size:.85rem}.rule li a{margin-left:auto;color:var(--accent)}
.rule p{padding:0 0 8px 89px;font-size:.88rem;color:var(--dim);overflow-wrap:anywhere}
.off>summary>b,.off>summary>span{opacity:.7}
.grid{display:grid;grid-template-columns:1fr 1fr;gap:10px 28px}.three{grid-template-columns:repeat(auto-fit,minmax(236px,1fr));gap:10px}.three .card{margin:0}
.big{font-size:1.75rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.3}.big small{font-size:.9rem;font-weight:400;color:var(--dim)}
.bars{display:grid;grid-template-columns:auto minmax(3em,1fr) auto;gap:6px 12px;align-items:center;margin-top:8px}
.bars .num{text-align:right;color:var(--ink)}.wide{grid-template-columns:minmax(0,3fr) minmax(3em,2fr) auto}
svg{display:block;width:100%}.bar{height:10px}.bar rect.bg{fill:var(--hover)}.bar rect.fg{fill:var(--fill,light-dark(#5b9bd8,#4d86bd))}.big+.bar{margin:6px 0 2px}
.grid h3{margin-top:10px}.grid~.more{margin-top:10px}.three h3{margin-top:0}
.chart{height:90px;margin-top:10px}.strip{height:90px;margin-top:10px}
.chart rect,.strip rect{fill:var(--fill)}.line{fill:none;stroke:var(--accent);stroke-width:2;vector-effect:non-scaling-stroke;stroke-linejoin:round}.area{fill:var(--accent);opacity:.15}
.axis{display:flex;justify-content:space-between;gap:10px;font-size:.8rem;margin:3px 0 6px}
.legend{display:flex;flex-wrap:wrap;gap:0 14px;font-size:.8rem}.legend span::before{content:"";display:inline-block;width:9px;height:9px;border-radius:2px;background:var(--fill);margin-right:5px}
table{border-collapse:collapse;width:100%}td{padding:6px 14px 6px 0;vertical-align:baseline;border-top:1px solid var(--line);overflow-wrap:anywhere}tr:first-child td{border-top:0}
td:first-child{white-space:nowrap;width:6em}td.num{text-align:right;padding-right:0}
pre{margin:4px 0 0;padding:10px 12px;background:var(--hover);border-radius:8px;font-size:.82rem;white-space:pre-wrap;overflow-wrap:anywhere}
.plan{margin-top:8px}
footer{color:var(--dim);font-size:.82rem;padding:28px 0 40px}
[hidden]{display:none!important}
@media(max-width:720px){
main,.in{padding:0 14px}.grid{grid-template-columns:minmax(0,1fr)}.row{flex-wrap:wrap}.label{flex:1}h1{order:3;flex:1 0 100%;font-size:1.2rem}
.tiles{gap:6px}.tile{padding:6px 7px 7px;border-left-width:4px}.tile b{font-size:1.15rem}.tile span{font-size:.68rem}
.filters{position:static}.filters input{flex-basis:100%}.filters select{max-width:none;flex:1 1 9em}.chip{padding:5px 8px}
.test>summary{grid-template-columns:auto 1fr auto 1em;gap:1px 10px;padding:10px 12px}.sum{grid-row:2;grid-column:1/-1}.test>summary::after{grid-row:1}
.body{padding:10px 12px 6px}.rule{margin:0 -12px;padding:0 12px}.rule>summary{grid-template-columns:auto 1fr 1em;margin:0 -12px;padding:8px 12px 4px}.rule>summary>span{grid-row:2;grid-column:1/-1}.rule>summary::after{grid-row:1}.rule>summary>i{text-align:right}
.rule ul,.rule p{padding-left:0}.keys{display:none}.card{padding:12px 14px}.todo li{grid-template-columns:1fr}}
@media print{.rule{content-visibility:visible}:root{color-scheme:light!important}.filters,.shown,#theme{display:none}body{background:#fff;font-size:12px}.card,.tile,.rule{break-inside:avoid}summary::after{content:""!important}main{max-width:none}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
`;
