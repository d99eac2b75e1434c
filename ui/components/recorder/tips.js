// What a coach says quietly while one speaks: the time used, the pace, a long silence. The time comes in, in
// seconds of recording. Words come from captions alone: loudness does not tell how many there are.

const HEARD_DB = -45;
const SILENT_SECONDS = 5;
const LONG_SECONDS = 120;
const PAUSE_SECONDS = 0.3; // shorter silences count as speech, as they do in the figures afterwards
const PACE_SECONDS = 15; // of speech; after less a rate says nothing
const WINDOW_SECONDS = 30; // of speech; the pace is that of the last ones
const PACE_STEP = 10; // captions come late and in lumps: nothing finer is claimed

// `mostWords` a minute are still easy to follow; see `core.domain.delivery.FACTS`.
function createTips(mostWords) {
  let heardAt = null;
  let lookedAt = 0;
  let spoken = 0;
  let words = 0;
  const counts = []; // [seconds of speech, words until then]

  return {
    hear(now, decibels) {
      if (decibels > HEARD_DB) heardAt = now;
      if (heardAt !== null && now - heardAt <= PAUSE_SECONDS) spoken += now - lookedAt;
      lookedAt = now;
      counts.push([spoken, words]);
      while (counts.length > 2 && counts[1][0] <= spoken - WINDOW_SECONDS) counts.shift();
    },
    caption(text) {
      words = text.trim() ? text.trim().split(/\s+/).length : 0;
    },
    tip(now) {
      if (heardAt !== null && now - heardAt > SILENT_SECONDS) {
        return "Thinking is fine. Saying that you think keeps the other with you.";
      }
      const time = `${clock(now)} used${now > LONG_SECONDS ? ": a good moment to come to the result" : ""}`;
      const rate = pace();
      if (rate === null) return `${time}.`;
      const advice = rate > mostWords ? ": take a breath after each point" : "";
      return `${time} · about ${rate} words a minute, by the captions${advice}.`;
    },
  };

  // Words a minute of speech in the last window, null while too few are known.
  function pace() {
    if (!words || !counts.length) return null;
    const seconds = spoken - counts[0][0];
    if (seconds < PACE_SECONDS) return null;
    return Math.round(((words - counts[0][1]) / seconds) * 60 / PACE_STEP) * PACE_STEP;
  }
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
