// How a script tells what a client answered: one line of JSON for each call.

const plain = (_, value) => {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("base64");
  if (value?.type === "Buffer") return Buffer.from(value.data).toString("base64");
  if (value instanceof Map) return [...value];
  return value;
};

/** Write what `call` gave, and return it. */
export function tell(call, answer) {
  process.stdout.write(JSON.stringify({ call, answer: answer ?? null }, plain) + "\n");
  return answer;
}
