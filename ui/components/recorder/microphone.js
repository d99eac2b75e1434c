// The microphone: opened when asked for, with its level, and released as soon as nobody listens.

const KINDS = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4"];
const QUIETEST_DB = -60;

function recordingKind() {
  return window.MediaRecorder ? KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) : undefined;
}

// Throws an Error whose message says what happened and what to do.
async function openMicrophone() {
  if (!window.isSecureContext) throw new Error(PROBLEMS.insecure);
  if (!navigator.mediaDevices?.getUserMedia || !recordingKind()) throw new Error(PROBLEMS.unable);
  let stream;
  try {
    const wanted = { channelCount: 1, echoCancellation: true, noiseSuppression: true };
    stream = await navigator.mediaDevices.getUserMedia({ audio: wanted });
  } catch (error) {
    throw new Error(PROBLEMS[error.name] ?? PROBLEMS.other);
  }
  return { stream, meter: createMeter(stream), close: () => closeMicrophone(stream) };
}

function closeMicrophone(stream) {
  stream.getTracks().forEach((track) => track.stop());
}

// The loudness of the last moment, in decibels below the loudest possible (0), at least QUIETEST_DB.
function createMeter(stream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  context.resume();
  const samples = new Float32Array(analyser.fftSize);
  return {
    decibels() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.max(QUIETEST_DB, power ? 10 * Math.log10(power) : QUIETEST_DB);
    },
    peak: () => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
    close: () => context.close(),
  };
}

const TYPE = "You can type your answer below.";
const PROBLEMS = {
  insecure:
    `Browsers give the microphone to secure pages only, and this address is none. Open it with https://, or on this machine as http://localhost. ${TYPE}`,
  unable: `This browser cannot record. A current Chrome, Edge, Firefox or Safari can. ${TYPE}`,
  NotAllowedError:
    `The microphone is blocked for this page. Open the sign beside the address, allow the microphone, and press Start Listening again. ${TYPE}`,
  NotFoundError: `No microphone was found. Plug one in or switch it on, then press Start Listening again. ${TYPE}`,
  NotReadableError:
    `The microphone is in use by another program, or the system refuses it. Close that program, then press Start Listening again. ${TYPE}`,
  other: `The microphone could not be opened. Check the system's sound settings, then press Start Listening again. ${TYPE}`,
};
