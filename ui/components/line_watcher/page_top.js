// Shows a page from its top when the interview has come to another place, as a new page would be: the browser
// would stay where the page before was scrolled to, perhaps below the question.

const TRY_MS = 100;
const SETTLED_MS = 5000;
const shown = { place: "" };

function showTop({ place, isRead }) {
  if (!place || place === shown.place) return;
  shown.place = place;
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  if (isRead) beginAtHeading(place, performance.now() + SETTLED_MS);
}

// The button that was pressed is gone, and the focus with it: who reads by ear or by key goes on at the heading.
// Tried until the page has settled, because headings come and go until then.
function beginAtHeading(place, end) {
  if (place !== shown.place) return;
  const heading = document.querySelector("[data-testid=stMain] h1");
  if (heading && document.activeElement === document.body) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (performance.now() < end) setTimeout(beginAtHeading, TRY_MS, place, end);
}
