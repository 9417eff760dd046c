import { readFileSync } from "node:fs";

const input = JSON.parse(readFileSync(0, "utf8"));

function refuse(why) {
  console.error(`error: ${why}`);
  process.exit(2);
}

function up({ customers, orders }) {
  const ids = new Map(customers.map(({ login }, index) => [login, index + 1]));
  return {
    version: 2,
    customers: customers.map(({ login, name }) => {
      const [family, ...given] = name.split(" ");
      return { id: ids.get(login), login, family, given: given[0] };
    }),
    orders: orders.map(({ id, customer, amount }) => {
      if (!ids.has(customer)) refuse(`order ${id} is of nobody`);
      return { id, customerId: ids.get(customer), cents: Number(amount.replace(".", "")) };
    }),
  };
}

function down({ customers, orders }) {
  const logins = new Map(customers.map(({ id, login }) => [id, login]));
  const digits = (cents) => String(cents).padStart(3, "0");
  return {
    version: 1,
    customers: customers.map(({ login, family, given }) => ({ login, name: `${family} ${given}` })),
    orders: orders.map(({ id, customerId, cents }) => ({
      id,
      customer: logins.get(customerId),
      amount: `${digits(cents).slice(0, -2)}.${digits(cents).slice(-2)}`,
    })),
  };
}

const wanted = process.argv[2] === "down" ? 1 : 2;
const output = input.version === wanted ? input : wanted === 2 ? up(input) : down(input);
console.log(JSON.stringify(output, null, 2));
