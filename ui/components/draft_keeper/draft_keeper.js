// Keeps what is typed into the answer box: at each pause it is saved in this browser and sent to the
// server. The box itself is Streamlit's own text area, found by its key. Where there is a time limit it
// counts down, says so aloud, and hands the answer over at a pause after the time and its grace. What was
// heard in a recording is put behind what is typed, once.

const PAUSE_MS = 700;
const TICK_MS = 250;
const SETTLED_MS = 5000;
const UNANSWERED_MS = 4000;
const PREFIX = "mock-interview-draft:";
const ANNOUNCED_SECONDS = [60, 30, 10];
const SENTENCE_END_MS = 3000;
const keepers = new WeakMap();
const typed = new Map(); // the newest text of each box of this page, by the draft's id
const written = new Set(); // the recordings whose words were put into a box of this page

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let keeper = keepers.get(parentElement);
  if (!keeper || keeper.id !== data.id) {
    keeper?.stop();
    keeper = createKeeper(parentElement, data.id);
    keepers.set(parentElement, keeper);
  }
  keeper.update(data, setStateValue, setTriggerValue);
  return () => keepers.get(parentElement)?.stop();
}

function createKeeper(root, id) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const keeper = { id, data: null, send: null, box: null, pause: 0, ticking: 0, attachedAt: 0, typedAt: 0, sentAt: 0 };
  let countdown = null;

  keeper.update = (data, send, trigger) => {
    keeper.data = data;
    keeper.send = send;
    keeper.openedAt = performance.now() - data.usedSeconds * 1000;
    countdown ??= data.secondsLeft === null ? null : createCountdown(data, part("time"));
    keeper.hand = (text) => trigger("over", text);
    forgetEarlier(data.interview, id);
    if (!keeper.ticking) keeper.ticking = setInterval(tick, TICK_MS);
    tick();
    if (keeper.box) takeHeard();
    if (keeper.box) confirm();
  };
  keeper.stop = () => {
    clearInterval(keeper.ticking);
    clearTimeout(keeper.pause);
    keeper.ticking = keeper.sentAt = 0;
    keeper.box?.removeEventListener("input", onInput);
    keeper.box = null;
  };

  function tick() {
    countdown?.tick(keeper);
    part("clock").textContent = countdown ? countdown.shown() : `${clock(secondsSince(keeper.openedAt))} used`;
    const box = document.querySelector(`.st-key-${CSS.escape(keeper.data.box)} textarea`);
    if (box && box !== keeper.box) attach(box);
    if (box && Date.now() - keeper.attachedAt < SETTLED_MS) welcome(box);
    if (box && keeper.sentAt && Date.now() - keeper.sentAt > UNANSWERED_MS && box.value !== keeper.data.saved) hand();
  }

  // Sent again where no answer comes: a server that was just started drops what reaches it in its first run.
  function hand() {
    keeper.sentAt = Date.now();
    keeper.send("draft", keeper.box.value);
  }

  function attach(box) {
    keeper.box?.removeEventListener("input", onInput);
    keeper.box = box;
    box.addEventListener("input", onInput);
    keeper.attachedAt = Date.now();
    // A box that is drawn anew may hold less than was typed into the one before it.
    const known = typed.get(id) ?? (box.value === keeper.data.saved ? read(id) : null);
    if (known !== null && known !== box.value) {
      write(box, known);
    } else if (box.value !== keeper.data.saved) {
      onInput(); // typed before this component was there
    } else {
      showWords();
      confirm();
    }
    takeHeard();
  }

  // Remembered in the browser too: what the candidate deleted must not come back with a reload.
  function takeHeard() {
    for (const heard of keeper.data.heard) {
      const key = `${id}:heard:${heard.id}`;
      if (written.has(heard.id) || read(key) !== null) continue;
      written.add(heard.id);
      store(key, "");
      const before = keeper.box.value.trimEnd();
      if (!before.includes(heard.text)) write(keeper.box, before ? `${before}\n${heard.text}` : heard.text);
    }
  }

  function onInput() {
    keeper.typedAt = performance.now();
    showWords();
    typed.set(id, keeper.box.value);
    store(id, keeper.box.value);
    part("state").textContent = "";
    clearTimeout(keeper.pause);
    keeper.sentAt = 0;
    keeper.pause = setTimeout(hand, PAUSE_MS);
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

// Time by the browser's own steady clock: a computer's clock that is set must not end a question. Who
// comes back after the time is told, and nothing is handed over for them.
function createCountdown(data, line) {
  const end = performance.now() + data.secondsLeft * 1000;
  const watched = data.secondsLeft > 0;
  let last = Infinity;
  let isHandedOver = false;
  const left = () => (end - performance.now()) / 1000;

  function announce(now) {
    const passed = ANNOUNCED_SECONDS.findLast((mark) => now <= mark && mark < last && now > 0);
    if (passed && last !== Infinity) line.textContent = `${passed} seconds left.`;
    if (now <= 0 && last > 0) line.textContent = over();
    last = now;
  }
  function over() {
    if (!watched) return "The time for this question is over. Send what you have, or skip it.";
    return `Time is over. Finish your sentence: you have ${data.graceSeconds} seconds more, then your answer is taken at the next pause.`;
  }

  return {
    shown: () => (left() > 0 ? `${clock(left() + 1)} left` : `${clock(-left())} over`),
    tick(keeper) {
      const now = left();
      announce(now);
      const isSpeaking = "isListening" in document.body.dataset;
      const isSilent = !isSpeaking && performance.now() - keeper.typedAt > SENTENCE_END_MS;
      if (!watched || isHandedOver || now > -data.graceSeconds || !isSilent) return;
      isHandedOver = true;
      const text = keeper.box?.value.trim();
      if (text) keeper.hand(text);
      else line.textContent = "Time is over. Send an answer, or skip the question.";
    },
  };
}

// The name of a box ends with position and attempt.
function isEarlier(key, id) {
  const place = (text) => text.match(/_(\d+)_(\d+)/).slice(1).map(Number);
  const [[position, attempt], [here, now]] = [place(key), place(id)];
  return position < here || (position === here && attempt < now);
}

function secondsSince(moment) { return (performance.now() - moment) / 1000; }

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// Private windows may refuse storage; then only the server keeps the draft.
function read(id) {
  try { return localStorage.getItem(PREFIX + id); } catch { return null; }
}
function store(id, text) {
  try { localStorage.setItem(PREFIX + id, text); } catch { /* kept by the server */ }
}
// Later ones stay: another tab may be further on.
function forgetEarlier(interview, id) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX + interview) && isEarlier(key, id)) localStorage.removeItem(key);
    }
  } catch { /* nothing is kept there */ }
}
