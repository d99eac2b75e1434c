// Takes what was typed into a select of Streamlit's when it is left by Tab or by a press elsewhere. Streamlit
// itself takes it by Enter only: so Enter is pressed for whoever leaves.

const leaving = new WeakMap();

export default function ({ parentElement, data }) {
  leaving.get(parentElement)?.();
  leaving.set(parentElement, watch(data.keys));
  return () => leaving.get(parentElement)?.();
}

// Returns what ends the watching.
function watch(keys) {
  const boxes = keys.map((key) => `.st-key-${CSS.escape(key)} input`).join(",");
  let typedInto = null;
  const onInput = ({ target }) => {
    if (target.matches(boxes)) typedInto = target;
  };
  const onLeave = (event) => {
    const box = typedInto;
    if (!box || box !== document.activeElement || isInside(box, event)) return;
    typedInto = null;
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
  };
  const onKey = (event) => {
    if (event.key === "Tab") onLeave(event);
    else if (event.key === "Enter" || event.key === "Escape") typedInto = null;
  };
  const heard = { input: onInput, keydown: onKey, pointerdown: onLeave };
  for (const [name, listener] of Object.entries(heard)) document.addEventListener(name, listener, true);
  return () => {
    for (const [name, listener] of Object.entries(heard)) document.removeEventListener(name, listener, true);
  };
}

// A press into the box itself or onto one of its options does not leave it.
function isInside(box, event) {
  if (event.type !== "pointerdown") return false;
  return box.parentElement.contains(event.target) || event.target.closest("[role=listbox]") !== null;
}
