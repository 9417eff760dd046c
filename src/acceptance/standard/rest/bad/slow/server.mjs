import { createServer } from "node:http";

const todos = new Map();
let last = 0;

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return JSON.parse(text);
}

const server = createServer(async (request, response) => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  const answer = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  };
  const { pathname } = new URL(request.url, "http://localhost");
  const [, collection, id] = pathname.split("/");
  if (collection === "health") return answer(200, {});
  if (collection !== "todos") return answer(404);
  let body = {};
  if (request.method === "POST" || request.method === "PATCH") {
    try {
      body = await bodyOf(request);
    } catch {
      return answer(400);
    }
  }
  if (id === undefined) {
    if (request.method === "GET") return answer(200, [...todos.values()]);
    if (typeof body.title !== "string") return answer(422);
    last += 1;
    const todo = { id: String(last), title: body.title, done: false };
    todos.set(todo.id, todo);
    return answer(201, todo);
  }
  const todo = todos.get(id);
  if (!todo) return answer(404);
  if (request.method === "DELETE") {
    todos.delete(id);
    return answer(204);
  }
  if (request.method === "PATCH") {
    if (typeof body.title === "string") todo.title = body.title;
    if (typeof body.done === "boolean") todo.done = body.done;
  }
  return answer(200, todo);
});
server.listen(Number(process.env.PORT), "127.0.0.1");
