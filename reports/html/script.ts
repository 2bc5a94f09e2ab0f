/**
 * What the page does by itself: filters that stay in the address, the theme, and keys. It reads the page's own
 * elements and writes no markup. Without it everything is still there to read.
 */
export const script = `
(function(){"use strict";
var d=document,root=d.documentElement;
function all(s,e){return Array.prototype.slice.call((e||d).querySelectorAll(s))}
function one(s){return d.querySelector(s)}
function kind(e){return(/[A-Z]+/.exec(e.className)||[""])[0]}
var text=one("#text"),pick=one("#test"),shown=one("#shown"),none=one("#none");
var chips=all("[data-filter]"),tests=all(".test[data-test]").map(function(t){
 return{el:t,name:t.dataset.test,status:kind(t),head:t.querySelector("summary").textContent.toLowerCase(),was:t.open,
 rules:all(".rule",t).map(function(r){return{el:r,severity:kind(r),was:r.open,
 head:(r.querySelector("summary").textContent+" "+all("p",r).map(function(f){return f.textContent}).join(" ")).toLowerCase(),
 items:all("li",r).map(function(i){return{el:i,text:i.textContent.toLowerCase()}})}})}});
var total=tests.reduce(function(n,t){return n+t.rules.reduce(function(m,r){return m+r.items.length},0)},0);
var state={severity:[],status:[],test:"",text:""};
function read(){
 var p=new URLSearchParams(location.hash.slice(1));
 function list(k){return(p.get(k)||"").split(",").filter(Boolean)}
 state={severity:list("severity"),status:list("status"),test:p.get("test")||"",text:p.get("text")||""};
}
function write(){
 var p=new URLSearchParams();
 if(state.severity.length)p.set("severity",state.severity.join(","));
 if(state.status.length)p.set("status",state.status.join(","));
 if(state.test)p.set("test",state.test);
 if(state.text)p.set("text",state.text);
 var h=p.toString();
 try{history.replaceState(null,"",h?"#"+h:location.pathname+location.search)}catch(e){location.hash=h}
}
function apply(){
 var words=state.text.toLowerCase().split(/\\s+/).filter(Boolean),deep=words.length>0||state.severity.length>0;
 var active=deep||state.status.length>0||state.test!=="",count=0,seen=0;
 function has(hay){return words.every(function(w){return hay.indexOf(w)>=0})}
 tests.forEach(function(t){
  var ok=(!state.status.length||state.status.indexOf(t.status)>=0)&&(!state.test||state.test===t.name),hits=0;
  t.rules.forEach(function(r){
   var fits=!state.severity.length||state.severity.indexOf(r.severity)>=0,n=0;
   r.items.forEach(function(i){var on=fits&&(!words.length||has(t.head+" "+r.head+" "+i.text));i.el.hidden=!on;if(on)n++});
   r.el.hidden=n===0;hits+=n;
   r.el.open=words.length>0&&n>0&&n<=20?true:r.was;
  });
  var show=ok&&(!deep||hits>0||(!state.severity.length&&has(t.head)));
  t.el.hidden=!show;if(show){seen++;count+=hits}
  t.el.open=active&&show&&hits>0&&(deep||seen===1)?true:t.was;
 });
 chips.forEach(function(c){c.setAttribute("aria-pressed",String(state[c.dataset.filter].indexOf(c.dataset.value)>=0))});
 if(text&&text.value!==state.text)text.value=state.text;
 if(pick)pick.value=state.test;
 if(shown)shown.textContent=(active?count.toLocaleString("en")+" of ":"")+total.toLocaleString("en")+" findings";
 if(none)none.hidden=seen>0;
 var clear=one("#clear");if(clear)clear.hidden=!active;
}
function change(){write();apply()}
chips.forEach(function(c){c.addEventListener("click",function(){
 var l=state[c.dataset.filter],v=c.dataset.value,i=l.indexOf(v);if(i<0)l.push(v);else l.splice(i,1);change();
})});
if(text)text.addEventListener("input",function(){state.text=text.value;change()});
if(pick)pick.addEventListener("change",function(){state.test=pick.value;change()});
function reset(){state={severity:[],status:[],test:"",text:""};change()}
var clear=one("#clear");if(clear)clear.addEventListener("click",reset);
addEventListener("hashchange",function(){read();apply()});
function stored(v){try{if(v===undefined)return localStorage.getItem("faber-theme");localStorage.setItem("faber-theme",v)}catch(e){return null}}
function theme(v){if(v==="light"||v==="dark")root.dataset.theme=v}
function turn(){
 var dark=root.dataset.theme?root.dataset.theme==="dark":matchMedia("(prefers-color-scheme:dark)").matches;
 theme(dark?"light":"dark");stored(root.dataset.theme);
}
theme(stored());
var button=one("#theme");if(button){button.hidden=false;button.addEventListener("click",turn)}
function rows(){return all(".test>summary,.test[open] .rule>summary").filter(function(s){return s.offsetParent!==null})}
function move(by){
 var list=rows(),at=list.indexOf(d.activeElement),to=list[at<0?(by>0?0:list.length-1):Math.max(0,Math.min(list.length-1,at+by))];
 if(to){to.focus();to.scrollIntoView({block:"nearest"})}
}
addEventListener("keydown",function(e){
 if(e.ctrlKey||e.metaKey||e.altKey)return;
 var typing=/^(INPUT|SELECT|TEXTAREA)$/.test(d.activeElement&&d.activeElement.tagName||"");
 if(e.key==="Escape"){if(typing)d.activeElement.blur();else reset();return}
 if(typing)return;
 if(e.key==="/"){if(text){e.preventDefault();text.focus();text.select()}}
 else if(e.key==="j"){e.preventDefault();move(1)}
 else if(e.key==="k"){e.preventDefault();move(-1)}
 else if(e.key==="t")turn();
});
var closed=[];
addEventListener("beforeprint",function(){closed=all("details:not([open])");closed.forEach(function(x){x.open=true})});
addEventListener("afterprint",function(){closed.forEach(function(x){x.open=false})});
read();apply();
})();
`;
