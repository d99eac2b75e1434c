// Removes every recording that this browser still keeps.

export default function () {
  forgetAllClips();
}
