// Keeps what is typed into the answer box: at each pause it is saved in this browser and sent to the
// server. The box itself is Streamlit's own text area, found by its key.

const PAUSE_MS = 700;
const TICK_MS = 250;
const SETTLED_MS = 2000;
const PREFIX = "mock-interview-draft:";
const keepers = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  let keeper = keepers.get(parentElement);
  if (!keeper || keeper.id !== data.id) {
    keeper?.stop();
    keeper = createKeeper(parentElement, data.id);
    keepers.set(parentElement, keeper);
  }
  keeper.update(data, setStateValue);
  return () => keepers.get(parentElement)?.stop();
}

function createKeeper(root, id) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const keeper = { id, data: null, send: null, box: null, pause: 0, ticking: 0, attachedAt: 0 };

  keeper.update = (data, send) => {
    keeper.data = data;
    keeper.send = send;
    forgetOthers(data.interview, id);
    if (!keeper.ticking) keeper.ticking = setInterval(tick, TICK_MS);
    tick();
    if (keeper.box) confirm();
  };
  keeper.stop = () => {
    clearInterval(keeper.ticking);
    clearTimeout(keeper.pause);
    keeper.ticking = 0;
    keeper.box?.removeEventListener("input", onInput);
    keeper.box = null;
  };

  function tick() {
    part("clock").textContent = elapsed(keeper.data.startedAt);
    const box = document.querySelector(`.st-key-${CSS.escape(keeper.data.box)} textarea`);
    if (box && box !== keeper.box) attach(box);
    if (box && Date.now() - keeper.attachedAt < SETTLED_MS) welcome(box);
  }

  function attach(box) {
    keeper.box?.removeEventListener("input", onInput);
    keeper.box = box;
    box.addEventListener("input", onInput);
    keeper.attachedAt = Date.now();
    const kept = read(id);
    if (box.value !== keeper.data.saved) {
      onInput(); // typed before this component was there
    } else if (kept && kept !== box.value) {
      write(box, kept);
    } else {
      showWords();
      confirm();
    }
  }

  function onInput() {
    showWords();
    store(id, keeper.box.value);
    part("state").textContent = "";
    clearTimeout(keeper.pause);
    keeper.pause = setTimeout(() => keeper.send("draft", keeper.box.value), PAUSE_MS);
  }

  function showWords() {
    const count = keeper.box.value.trim().split(/\s+/).filter(Boolean).length;
    part("words").textContent = count === 1 ? "1 word" : `${count} words`;
  }

  function confirm() {
    const text = keeper.box.value;
    if (text && text === keeper.data.saved) part("state").textContent = "Draft saved";
  }

  return keeper;
}

// React keeps its own value of the box; only the prototype's setter and an input event reach it.
function write(box, text) {
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  setter.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new FocusEvent("focusout", { bubbles: true })); // Streamlit takes it over on leaving
}

// After a step the focus is lost; with a mouse and keyboard it belongs into the box.
function welcome(box) {
  const question = document.querySelector(".question-text");
  if (question?.id) box.setAttribute("aria-describedby", question.id);
  const isIdle = document.activeElement === document.body;
  if (isIdle && matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
}

function elapsed(startedAt) {
  const seconds = Math.max(0, Math.floor(Date.now() / 1000 - startedAt));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// Private windows may refuse storage; then only the server keeps the draft.
function read(id) {
  try { return localStorage.getItem(PREFIX + id); } catch { return null; }
}
function store(id, text) {
  try { localStorage.setItem(PREFIX + id, text); } catch { /* kept by the server */ }
}
function forgetOthers(interview, id) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX + interview) && key !== PREFIX + id) localStorage.removeItem(key);
    }
  } catch { /* nothing is kept there */ }
}
