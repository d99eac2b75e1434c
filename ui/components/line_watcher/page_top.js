// Shows a page from its top when the interview has come to another place, as a new page would be: the browser
// would stay where the page before was scrolled to, perhaps below the question.

const TRY_MS = 100;
const SETTLED_MS = 5000;
const shown = { place: "", awaited: "" }; // awaited: the place whose heading is still to be begun at

function showTop({ place, isRead }) {
  if (!place || place === shown.place) return;
  shown.place = place;
  shown.awaited = isRead ? place : "";
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  if (isRead) beginAtHeading(place, performance.now() + SETTLED_MS);
}

// The button that was pressed is gone, and the focus with it: who reads by ear or by key goes on at the heading.
// Tried until the page has settled, because headings come and go until then, or somebody goes on themselves: the
// next place may be drawn before this one is told of it.
function beginAtHeading(place, end) {
  if (place !== shown.awaited) return;
  const heading = document.querySelector("[data-testid=stMain] h1");
  if (heading && document.activeElement === document.body) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (performance.now() < end) setTimeout(beginAtHeading, TRY_MS, place, end);
}

for (const press of ["pointerdown", "keydown"]) {
  document.addEventListener(press, () => (shown.awaited = ""), true);
}
