import * as G from "./test/differential/Generate.ts";
const t=performance.now(); const counts: Record<string,number>={}; let ok=0,n=0, closed=0;
for (let s=0;s<400;s++){ const q=G.sequence(s,{hostile:s%3===0, length: 30}); for(const st of q.steps){ n++; const k=st.act.verb+" "+(st.expected==="ok"?"ok":st.expected.refused); counts[k]=(counts[k]??0)+1; if(st.expected==="ok")ok++; } }
console.log(n, ok/n, (performance.now()-t).toFixed(0)); console.log(Object.entries(counts).sort().map(([k,v])=>k+" "+v).join("\n"));
