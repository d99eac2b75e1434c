// Sends one request to the route that sets and takes away the session's cookie, and leaves for another page.
// The cookie is HttpOnly: nothing here sees it.

const PATIENCE_MS = 20000;
const sent = new WeakSet();

export default function ({ data, parentElement, setTriggerValue }) {
  if (sent.has(parentElement)) return;
  sent.add(parentElement);
  send(data)
    .then(() => window.location.assign(data.then))
    .catch(() => {
      sent.delete(parentElement);
      setTriggerValue("failed", true);
    });
}

async function send(data) {
  const query = data.everywhere ? "?everywhere=1" : "";
  const response = await fetch("/session" + query, {
    method: data.method,
    headers: { "Content-Type": "application/json" },
    body: data.ticket ? JSON.stringify({ ticket: data.ticket }) : undefined,
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(String(response.status));
}
