// The sound of a text that somebody else's voice has spoken. The last one is kept while the page is open.

const kept = { id: "", audio: "" };
const REFUSED = "NotAllowedError"; // a browser plays nothing before the first click

function keepSound(id, audio) {
  if (audio) Object.assign(kept, { id, audio });
}

function hasSound(id) {
  return kept.id === id;
}

// Calls `tell` with "start", "end", "refused", or "broken" where it cannot be played. Returns what stops it.
function playSound(rate, tell) {
  const player = new Audio(`data:audio/wav;base64,${kept.audio}`);
  player.playbackRate = rate;
  player.onplaying = () => tell("start");
  player.onended = () => tell("end");
  player.play().catch((error) => {
    if (error.name !== "AbortError") tell(error.name === REFUSED ? "refused" : "broken");
  });
  return () => {
    player.onplaying = null;
    player.pause();
  };
}
