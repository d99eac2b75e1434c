// Removes drafts that this browser kept: those of one interview, or all of them.

const PREFIX = "mock-interview-draft:";

export default function ({ data }) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX + data.interview)) localStorage.removeItem(key);
    }
  } catch { /* nothing is kept there */ }
}
