// Has the browser say what the interviewer asks, by the sound it was given or else by a voice of its own; the
// text is on the page anyway. Without either it is not there at all. What is chosen here stays in this browser.

const KEPT = "mock-interview-voice";
const SAID = "mock-interview-said";
const MOUTH_MS = 110;
const CLOSED = 1.4;
const OPEN = { a: 6, e: 4, i: 3, o: 5.5, u: 3.5, y: 3 };
const speakers = new WeakMap();
const synthesis = window.speechSynthesis;

export default function ({ parentElement, data, setStateValue }) {
  const speaker = speakers.get(parentElement) ?? createSpeaker(parentElement);
  speakers.set(parentElement, speaker);
  speaker.update(data, (isMuted) => setStateValue("isMuted", isMuted));
  return () => speakers.get(parentElement)?.leave();
}

function createSpeaker(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const chosen = { voice: "", rate: 1, isMuted: false, hasFace: true, ...readJson(localStorage, KEPT) };
  const speaker = { data: null };
  let moving = 0;
  let stopSound = () => {};
  let tellMuted = () => {};
  let isMutedTold = false;

  part("repeat").onclick = () => say();
  part("mute").onclick = () => {
    choose({ isMuted: !chosen.isMuted });
    noteMuted();
  };
  part("voice").onchange = (event) => choose({ voice: event.target.value });
  part("rate").onchange = (event) => choose({ rate: Number(event.target.value) });
  part("showFace").onchange = (event) => choose({ hasFace: event.target.checked });
  synthesis?.addEventListener("voiceschanged", begin);
  addEventListener("mock-interview-listens", hush);

  speaker.update = (data, tell) => {
    speaker.data = data;
    tellMuted = tell;
    keepSound(data.id, data.audio);
    noteMuted();
    begin();
  };
  speaker.leave = () => {
    synthesis?.removeEventListener("voiceschanged", begin);
    removeEventListener("mock-interview-listens", hush);
    hush();
  };
  return speaker;

  function noteMuted() {
    if (chosen.isMuted === isMutedTold) return;
    isMutedTold = chosen.isMuted;
    tellMuted(chosen.isMuted);
  }

  function voices() {
    const all = synthesis?.getVoices() ?? [];
    const own = all.filter((voice) => voice.lang.toLowerCase().startsWith(speaker.data.language));
    return own.sort((a, b) => b.localService - a.localService);
  }

  // Says each question once by itself, also across reloads.
  function begin() {
    const found = voices();
    const canSpeak = found.length || hasSound(speaker.data.id);
    part("whole").hidden = !canSpeak;
    if (!canSpeak) return;
    draw(found);
    if (speaker.data.isAwaited) return;
    const isNew = readJson(sessionStorage, SAID)?.id !== speaker.data.id;
    if (!isNew) return;
    writeJson(sessionStorage, SAID, { id: speaker.data.id });
    if (!chosen.isMuted) say();
  }

  function draw(found) {
    const names = found.map((voice) => voice.name);
    const isGiven = hasSound(speaker.data.id);
    if (names.length && !names.includes(chosen.voice)) chosen.voice = names[0];
    part("choice").hidden = isGiven;
    part("voice").replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen.voice)));
    part("rate").value = chosen.rate;
    part("showFace").checked = chosen.hasFace;
    part("face").style.display = chosen.hasFace ? "" : "none";
    part("mute").setAttribute("aria-pressed", String(chosen.isMuted));
    part("mute").textContent = chosen.isMuted ? "Unmute" : "Mute";
    const isRemote = isGiven || !found.find((voice) => voice.name === chosen.voice).localService;
    part("remote").textContent = isRemote ? "This voice is made by its provider: the question's text goes there." : "";
  }

  function choose(change) {
    Object.assign(chosen, change);
    writeJson(localStorage, KEPT, chosen);
    hush();
    draw(voices());
  }

  function say() {
    hush();
    part("status").textContent = "";
    if (document.body.dataset.isListening) return; // not into the microphone
    if (hasSound(speaker.data.id)) stopSound = playSound(chosen.rate, heard);
    else sayByBrowser();
  }

  function sayByBrowser() {
    const voice = voices().find((one) => one.name === chosen.voice);
    if (!voice) return;
    for (const sentence of speaker.data.text.match(/[^.!?]+[.!?]*\s*/g) ?? []) {
      const utterance = new SpeechSynthesisUtterance(sentence);
      Object.assign(utterance, { voice, lang: voice.lang, rate: chosen.rate });
      utterance.onstart = () => moveMouth(sentence);
      utterance.onend = closeMouth;
      utterance.onerror = (event) => told(event.error);
      synthesis.speak(utterance);
    }
  }

  function heard(event) {
    if (event === "start") moveMouth(speaker.data.text);
    else if (event === "refused") told("not-allowed");
    else closeMouth();
    if (event === "broken") sayByBrowser();
  }

  function told(error) {
    closeMouth();
    if (error === "not-allowed") part("status").textContent = "Press “Say it again” to hear the question.";
  }

  function hush() {
    synthesis?.cancel();
    stopSound();
    closeMouth();
  }

  function moveMouth(sentence) {
    closeMouth();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const letters = sentence.toLowerCase().replace(/[^a-z ]/g, "");
    let at = 0;
    moving = setInterval(() => {
      part("mouth").setAttribute("ry", OPEN[letters[at % letters.length]] ?? CLOSED);
      at += 1;
    }, MOUTH_MS);
  }

  function closeMouth() {
    clearInterval(moving);
    part("mouth").setAttribute("ry", CLOSED);
  }
}

function readJson(storage, key) {
  try { return JSON.parse(storage.getItem(key)); } catch { return null; }
}
function writeJson(storage, key, value) {
  try { storage.setItem(key, JSON.stringify(value)); } catch { /* chosen for this page only */ }
}
