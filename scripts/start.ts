// `npm start`. The rehearsal of one deal takes this place.
console.log("Commenda is set up. `npm test` proves it, `npm run check` checks it, `npm run bench` measures it.");
