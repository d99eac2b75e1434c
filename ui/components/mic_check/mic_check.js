// Listens for a few seconds and says whether the microphone is good enough. Nothing is recorded or sent.

const QUIET_MS = 1500;
const WHOLE_MS = 6500;
const LOOK_MS = 50;
const LOUD_ENOUGH_DB = -42;
const NOISY_DB = -38;
const CLIPPED = 0.98;
const SPOKEN_SHARE = 0.08;
const BACKGROUND_SHARE = 0.1;
const checks = new WeakMap();

export default function ({ parentElement }) {
  const check = checks.get(parentElement) ?? createCheck(parentElement);
  checks.set(parentElement, check);
  return check.leave;
}

function createCheck(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  let microphone = null;
  let looking = 0;
  part("main").onclick = () => (microphone ? leave() : listen());
  return { leave };

  function leave() {
    clearInterval(looking);
    microphone?.close();
    microphone?.meter.close();
    microphone = null;
    part("level").hidden = true;
    part("main").textContent = "Check the microphone";
  }

  async function listen() {
    say("Your browser may ask whether it may use the microphone.");
    try {
      microphone = await openMicrophone();
    } catch (error) {
      say(error.message.replace(TYPE, "You can also type every answer."));
      return;
    }
    part("main").textContent = "Stop";
    part("level").hidden = false;
    const began = performance.now();
    const heard = { levels: [], peak: 0 };
    looking = setInterval(() => look(performance.now() - began, heard), LOOK_MS);
  }

  function look(sinceMs, heard) {
    const decibels = microphone.meter.decibels();
    const share = 1 - decibels / QUIETEST_DB;
    part("level").firstElementChild.style.transform = `scaleX(${share.toFixed(2)})`;
    part("level").setAttribute("aria-valuenow", Math.round(share * 100));
    heard.peak = Math.max(heard.peak, microphone.meter.peak());
    heard.levels.push(decibels);
    say(sinceMs < QUIET_MS ? "Stay silent for a moment …" : "Now say a sentence: “I am ready for my interview.”");
    if (sinceMs < WHOLE_MS) return;
    leave();
    say(verdict(heard));
  }

  function say(message) {
    if (part("status").textContent !== message) part("status").textContent = message;
  }
}

// The background is what the quietest moments are: between words, too, for whoever speaks from the start.
function verdict({ levels, peak }) {
  const background = [...levels].sort((a, b) => a - b)[Math.floor(levels.length * BACKGROUND_SHARE)];
  const spoken = levels.filter((decibels) => decibels > Math.max(LOUD_ENOUGH_DB, background + 6)).length;
  if (spoken < levels.length * SPOKEN_SHARE) {
    return "We heard no voice. Choose the right microphone in the browser, switch it on, or come nearer, and check again.";
  }
  if (peak > CLIPPED) return "We heard you, too loud for the microphone: turn it down, or move away a little.";
  if (background > NOISY_DB) return "We heard you, with much noise around. A quieter place or a headset makes the text better.";
  return "We heard you, loud and clear.";
}
