// Keeps recordings in this browser, piece by piece as they come, until the server has their words. After a
// day they go. Where a private window refuses the database, a recording lives as long as its page.

const DATABASE = "mock-interview-recordings";
const KEPT_MS = 24 * 3600 * 1000;

function openClips() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("clips", { keyPath: "id" });
      request.result.createObjectStore("pieces");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Runs `work` on both stores in one transaction; what it returned, or null where nothing can be kept.
async function withClips(work) {
  let database = null;
  try {
    database = await openClips();
    return await new Promise((resolve, reject) => {
      const change = database.transaction(["clips", "pieces"], "readwrite", { durability: "strict" });
      const request = work(change.objectStore("clips"), change.objectStore("pieces"));
      change.oncomplete = () => resolve(request?.result ?? null);
      change.onabort = () => reject(change.error);
    });
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

function keepPiece(clip, number, piece) {
  return withClips((clips, pieces) => {
    pieces.put(piece, [clip.id, number]);
    clips.put(clip);
  });
}

function keepClip(clip) {
  return withClips((clips) => clips.put(clip));
}

function forgetClip(id) {
  return withClips((clips, pieces) => {
    clips.delete(id);
    pieces.delete(IDBKeyRange.bound([id], [id, []]));
  });
}

function forgetAllClips() {
  return withClips((clips, pieces) => {
    clips.clear();
    pieces.clear();
  });
}

async function forgetOldClips() {
  const all = (await withClips((clips) => clips.getAll())) ?? [];
  for (const clip of all) {
    if (Date.now() - clip.startedAt > KEPT_MS) await forgetClip(clip.id);
  }
}

// The newest recording that was made at this place and that the server does not have, with its pieces.
async function keptClip(place) {
  const all = (await withClips((clips) => clips.getAll())) ?? [];
  const clip = all.filter((one) => one.place === place).sort((a, b) => b.startedAt - a.startedAt)[0];
  if (!clip) return null;
  const range = IDBKeyRange.bound([clip.id], [clip.id, []]);
  const pieces = (await withClips((_, stored) => stored.getAll(range))) ?? [];
  return pieces.length ? { clip, pieces } : null;
}
