// Asks for a whole run when the line to the server was lost and is back. Streamlit writes the state of the
// line onto the app's outermost element.

const LOOK_MS = 250;
const watchers = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  showTop(data);
  const watcher = watchers.get(parentElement) ?? { wasLost: false, looking: 0 };
  watchers.set(parentElement, watcher);
  clearInterval(watcher.looking);
  watcher.looking = setInterval(() => {
    const isBack = watcher.wasLost && !isLost();
    watcher.wasLost = isLost();
    if (isBack) setTriggerValue("back", true);
  }, LOOK_MS);
  return () => clearInterval(watcher.looking);
}

function isLost() {
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState;
  return state !== undefined && state !== "CONNECTED";
}
