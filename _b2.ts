import * as BruteForce from "./src/agreement/testing/BruteForce.ts";
import * as Endings from "./src/agreement/Endings.ts";
import { agreement, classic, tranche, T0, DAY, ARBITRATION, NO_ARBITRATION, NO_OUTCOME, SOURCE } from "./src/agreement/testing/Sample.ts";
function check(name:string, a:any, opts:any={}) {
 const from=T0; const e=Endings.endings(a,{from}); let t=performance.now();
 const b=BruteForce.run(a,{from,shares:[1,9999],rulings:[0n,1n,101n],values:a.outcome.points.map((p:any)=>p.value),rejections:1,...opts});
 console.log(name, b.states, (performance.now()-t).toFixed(0)+"ms");
 for (const [k,r] of b.kinds) { const [tr,kind]=k.split(" "); const one=e.endings.find(x=>x.tranche===Number(tr)&&x.kind===kind);
  for (const p of ["client","provider","platform"] as const) if(!one||one[p].min!==r[p][0]||one[p].max!==r[p][1]) console.log("DIFF",k,p,r[p],one&&one[p]); }
 for (const one of e.endings) if(!one.byConsent && !b.kinds.has(one.tranche+" "+one.kind)) console.log("EXTRA",one.tranche,one.kind);
 for (const p of ["client","provider","platform"] as const) if(e[p].worst.sums[p]!==b.totals[p][0]||e[p].best.sums[p]!==b.totals[p][1]) console.log("TOTAL",p,b.totals[p],e[p].worst.sums[p],e[p].best.sums[p]);
 t=performance.now(); const d=BruteForce.run(a,{from,shares:[5000],rulings:[0n],values:a.outcome.points.slice(-1).map((p:any)=>p.value),diligent:true,lateOnly:true,...opts.lock});
 console.log("lock", d.until, e.lock.until, d.states, (performance.now()-t).toFixed(0)+"ms");
}
const last=(c:any={})=>tranche({amount:1000n,cure:0,start:T0+60*DAY,due:T0+70*DAY,...c});
const pts=[{value:0n,pay:100n},{value:2n,pay:900n},{value:9n,pay:300n}];
const nofee={work:{feeBps:0}};
const which=process.argv[2];
if(which==="a") check("reported", agreement([tranche({amount:10_000n}),last()],{work:{feeBps:0,payByResult:true},arbitration:NO_ARBITRATION,outcome:{...NO_OUTCOME,metric:1,source:SOURCE,defaultValue:2n,points:pts}}),{lateOnly:true,rejections:1,shares:[9999]});
if(which==="b") check("daysLate", agreement([tranche({amount:10_000n}),last({terminable:true,terminationFee:10n})],{work:{feeBps:0,payByResult:true},arbitration:NO_ARBITRATION,outcome:{...NO_OUTCOME,metric:2,lines:true,points:pts}}),{rejections:1,shares:[9999]});
if(which==="c") check("share", agreement([tranche({amount:10_000n}),last({fundBy:T0+6*DAY,terminationFee:10n})],{work:{feeBps:0,payByResult:true},arbitration:NO_ARBITRATION,outcome:{...NO_OUTCOME,metric:3,lines:true,points:[{value:0n,pay:0n},{value:10000n,pay:900n}]}}),{rejections:1});
if(which==="d") check("sequential", agreement([tranche({amount:10_000n}),tranche({amount:500n,start:T0+10*DAY,due:T0+12*DAY,terminable:true,terminationFee:100n})],{work:{feeBps:0,sequential:true},arbitration:NO_ARBITRATION}),{rejections:0,lateOnly:true,shares:[]});
