import * as Index from "./node/Index.ts";
import * as Database from "../src/node/testing/Database.ts";
let t = performance.now();
const s = await Index.make(4000, (d) => console.log(d, performance.now() - t));
console.log("made", performance.now() - t);
console.log("bare", await s.bare(), await s.bare());
for (let k = 0; k < 2; k++) { const st = await Database.fresh(); console.log("into", await s.into(st)); await st.close(); }
await s.close();
