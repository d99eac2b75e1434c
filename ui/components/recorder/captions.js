// Words while one speaks, by the browser's own speech recognition where it has one. Never used for delivery
// or scores: it may hear otherwise than the transcriber does, and its maker may hear the sound.

function recognitionKind() {
  return window.SpeechRecognition ?? window.webkitSpeechRecognition;
}

// Calls `tell` with all words so far. The browser ends recognition at its own will; then it begins again.
function startCaptions(language, tell) {
  const recognition = new (recognitionKind())();
  Object.assign(recognition, { continuous: true, interimResults: true, lang: language });
  let before = "";
  let now = "";
  let isOn = true;
  recognition.onresult = (event) => {
    now = [...event.results].map((result) => result[0].transcript.trim()).join(" ");
    tell(`${before} ${now}`.trim());
  };
  recognition.onerror = (event) => {
    if (["not-allowed", "service-not-allowed", "audio-capture", "network"].includes(event.error)) isOn = false;
  };
  recognition.onend = () => {
    [before, now] = [`${before} ${now}`.trim(), ""];
    if (isOn) recognition.start();
  };
  recognition.start();
  return () => {
    isOn = false;
    recognition.stop();
  };
}
