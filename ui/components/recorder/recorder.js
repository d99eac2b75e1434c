// Records an answer: start, pause, stop, hear it, send it once or record it again. Each quarter of a second
// is kept in this browser at once; it goes when the server says that it has the words. The microphone is
// released when recording stops, when the page is left, and on any error.

const PIECE_MS = 250;
const TICK_MS = 100;
const WARN_SECONDS = 30;
const ARRIVAL_MS = 20_000;
const DEAF_SECONDS = 5;
const recorders = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let recorder = recorders.get(parentElement);
  if (recorder?.place !== data.place) {
    recorder?.leave();
    recorder = createRecorder(parentElement, data.place);
    recorders.set(parentElement, recorder);
  }
  recorder.update(data, setStateValue, setTriggerValue);
  return () => recorders.get(parentElement)?.leave();
}

function createRecorder(root, place) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const recorder = { place };
  let data = { maxSeconds: 300, confirmed: [] };
  let state = "idle"; // asking, recording, paused, ready, sending
  let clip = null;
  let pieces = [];
  let tape = null; // what runs while recording: microphone, MediaRecorder, clock
  let send = () => {};
  let ask = () => {};
  let sentAt = 0;
  let settledFailure = "";
  let wasLost = false; // the line to the server
  let captions = ""; // of the recording that is in hand
  let useCaptions = () => {};

  forgetOldClips().then(restore);
  part("main").onclick = () => ({ idle: start, recording: stop, paused: stop, ready: () => hand(mayCostAgain()) })[state]?.();
  part("pause").onclick = () => (state === "paused" ? resume() : pause());
  part("again").onclick = again;
  part("useCaptions").onclick = () => useCaptions({ id: clip.id, text: captions });
  addEventListener("pagehide", leave);
  const looking = setInterval(watchArrival, 1000);
  show("idle");

  recorder.update = (newest, setState, trigger) => {
    data = newest;
    send = (value) => trigger("clip", value);
    ask = (id) => setState("kept", id);
    useCaptions = (value) => trigger("captions", value);
    part("main").hidden = state === "ready" && !data.canSend;
    settle();
  };
  recorder.leave = leave;
  return recorder;

  // --- recording ---------------------------------------------------------------------------

  async function start() {
    show("asking", "Your browser may ask whether it may use the microphone.");
    try {
      dispatchEvent(new Event("mock-interview-listens")); // not into our own voice
      begin(await openMicrophone());
    } catch (error) {
      release();
      show("idle", "", error.message);
    }
  }

  function begin(microphone) {
    const mime = recordingKind();
    const machine = new MediaRecorder(microphone.stream, { mimeType: mime, audioBitsPerSecond: 24_000 });
    clip = { id: crypto.randomUUID(), place, mime, startedAt: Date.now(), seconds: 0, isSent: false };
    pieces = [];
    tape = { microphone, machine, resumedAt: performance.now(), before: 0, heardAt: 0, tips: createTips(data.mostWordsAMinute), keeping: Promise.resolve() };
    machine.ondataavailable = (event) => event.data.size && take(event.data);
    machine.onstop = finish;
    machine.onerror = () => stop("Recording broke off. What was recorded is kept.");
    microphone.stream.getAudioTracks()[0].onended = () => stop("The microphone was taken away. What was recorded is kept.");
    machine.start(PIECE_MS);
    tape.ticking = setInterval(tick, TICK_MS);
    caption("");
    if (part("wantsCaptions").checked) tape.endCaptions = startCaptions(data.language, caption);
    document.body.dataset.isListening = "true";
    show("recording", "We are listening.");
  }

  function take(blob) {
    clip.seconds = seconds();
    const [kept, number] = [{ ...clip }, pieces.push(null) - 1];
    const own = pieces;
    tape.keeping = tape.keeping.then(async () => {
      own[number] = await blob.arrayBuffer();
      await keepPiece(kept, number, own[number]);
    });
  }

  function seconds() {
    return tape.before + (state === "paused" ? 0 : (performance.now() - tape.resumedAt) / 1000);
  }

  function pause() {
    tape.before = seconds();
    tape.machine.pause();
    show("paused", "Paused. Nothing is recorded now.");
  }

  function resume() {
    tape.resumedAt = performance.now();
    tape.machine.resume();
    show("recording", "We are listening.");
  }

  function stop(problem = "") {
    if (!tape || tape.machine.state === "inactive") return;
    clip.seconds = seconds();
    tape.problem = typeof problem === "string" ? problem : "";
    tape.machine.stop();
    release();
  }

  async function finish() {
    const { keeping, problem } = tape ?? {};
    release();
    await keeping;
    tape = null;
    if (pieces.length) showReady("Listen to it, send it, or record it again.", problem);
    else show("idle", "", "Nothing was recorded. Press Start Listening again, or type your answer below.");
  }

  // Idempotent: the tracks end, the clock stands still.
  function release() {
    delete document.body.dataset.isListening;
    if (!tape) return;
    clearInterval(tape.ticking);
    tape.microphone.close();
    if (!tape.isReleased) tape.endCaptions?.();
    if (!tape.isReleased) tape.microphone.meter.close();
    tape.isReleased = true;
  }

  function leave() {
    removeEventListener("pagehide", leave);
    clearInterval(looking);
    stop();
    release();
  }

  function tick() {
    const decibels = state === "paused" ? QUIETEST_DB : tape.microphone.meter.decibels();
    const share = 1 - decibels / QUIETEST_DB;
    part("level").firstElementChild.style.transform = `scaleX(${share.toFixed(2)})`;
    part("level").setAttribute("aria-valuenow", Math.round(share * 100));
    part("clock").textContent = `${clock(seconds())} of ${clock(data.maxSeconds)}`;
    if (state !== "recording") return;
    tell(decibels);
    tape.tips.hear(seconds(), decibels);
    part("tip").textContent = data.hasTips ? tape.tips.tip(seconds()) : "";
  }

  function tell(decibels) {
    const now = seconds();
    if (decibels > HEARD_DB) tape.heardAt = now;
    const left = data.maxSeconds - now;
    if (left <= 0) stop(`The longest recording is ${clock(data.maxSeconds)}. Send this one; then you can record more.`);
    else if (left <= WARN_SECONDS) say(`${WARN_SECONDS} seconds left. Recording then stops; it is kept.`);
    else if (now > DEAF_SECONDS && !tape.heardAt) say("We hear nothing yet. Is the right microphone chosen, and switched on?");
    else say("We are listening.");
  }

  function caption(words) {
    captions = words;
    tape?.tips.caption(words);
    part("captions").textContent = words;
  }

  // --- what was recorded ---------------------------------------------------------------------

  async function restore() {
    const kept = await keptClip(place);
    if (!kept || state !== "idle") return;
    ({ clip, pieces } = kept);
    caption("");
    showReady("This recording was kept when the page was closed. Listen to it, send it, or record it again.");
    if (clip.isSent) ask(clip.id);
    settle();
  }

  function again() {
    forgetClip(clip.id);
    clip = null;
    start();
  }

  // Whether what is in hand was sent before, and may be charged again. A line that comes back never repeats it.
  function mayCostAgain() {
    return data.failed?.id === clip?.id && data.failed.mayCostAgain;
  }

  async function hand(mayRepeat = false) {
    const audio = await asBase64(new Blob(pieces));
    show("sending", "Sending …");
    clip.isSent = true;
    sentAt = Date.now();
    settledFailure = "";
    keepClip(clip);
    send({ id: clip.id, seconds: clip.seconds, audio, mayRepeat });
  }

  // What the server says of the recording: it has the words, it works on it, or it could not.
  function settle() {
    if (!clip || state === "recording" || state === "paused") return;
    if (data.confirmed.includes(clip.id)) {
      forgetClip(clip.id);
      clip = null;
      show("idle", "Your words are in the box below. Correct what was misheard, then submit; or record more.");
    } else if (data.failed?.id === clip.id && data.failed.at !== settledFailure) {
      settledFailure = data.failed.at;
      showReady("Your recording is kept. Send it again, record it again, or type your answer below.", data.failed.sentence);
    } else if (data.pending === clip.id) {
      sentAt = Date.now();
      show("sending", "Your words are being written down. Your recording is kept meanwhile.");
    }
  }

  // A line that was lost takes what was under way with it: then it is sent once more, under the same id.
  function watchArrival() {
    const line = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState;
    const isLost = line !== undefined && line !== "CONNECTED";
    const isBack = wasLost && !isLost;
    wasLost = isLost;
    if (state !== "sending") return;
    if (isLost) {
      sentAt = Date.now();
      say("The line is gone. Your recording is kept, and is sent when the line is back.");
    } else if (isBack) {
      hand();
    } else if (Date.now() - sentAt > ARRIVAL_MS && data.pending !== clip.id) {
      showReady("", "The recording has not arrived. It is kept: send it again, or type your answer below.");
    }
  }

  // --- what is seen --------------------------------------------------------------------------

  function show(name, message = "", problem = "") {
    const focused = root.activeElement ?? root.getRootNode().activeElement;
    state = name;
    part("whole").dataset.state = name;
    const isOn = name === "recording" || name === "paused";
    const label = { idle: "Start Listening", ready: "Send recording", sending: "Sending …", asking: "Start Listening" };
    if (name === "ready" && mayCostAgain()) label.ready = "Send again (may be charged again)";
    part("main").textContent = label[name] ?? "Stop Listening";
    part("main").setAttribute("aria-disabled", String(name === "sending" || name === "asking"));
    part("main").hidden = name === "ready" && !data.canSend;
    part("pause").hidden = !isOn;
    part("pause").textContent = name === "paused" ? "Go on" : "Pause";
    part("again").hidden = name !== "ready";
    part("level").hidden = !isOn;
    part("player").hidden = name !== "ready";
    part("tip").textContent = "";
    part("captions").hidden = !isOn && name !== "ready";
    part("useCaptions").hidden = name !== "ready" || !captions;
    part("captioned").hidden = !recognitionKind() || name !== "idle";
    if (name !== "ready") part("player").pause();
    if (!isOn) part("clock").textContent = clip && name !== "idle" ? clock(clip.seconds) : `up to ${clock(data.maxSeconds)}`;
    say(message);
    if (part("problem").textContent !== problem) part("problem").textContent = problem;
    if (focused?.hidden) part("main").focus();
  }

  function showReady(message, problem = "") {
    if (part("player").dataset.clip !== clip.id) {
      URL.revokeObjectURL(part("player").src);
      part("player").src = URL.createObjectURL(new Blob(pieces, { type: clip.mime }));
      part("player").dataset.clip = clip.id;
    }
    show("ready", message, problem);
  }

  function say(message) {
    if (part("status").textContent !== message) part("status").textContent = message;
  }
}

function asBase64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",", 2)[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
