/**
 * Keeping the screen on: where it goes dark, transfers stop.
 */

/** @returns {() => void} lets it go dark again */
export function holdWakeLock() {
  let lock = null;
  let wanted = true;
  const hold = async () => {
    if (document.hidden || !wanted) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (!wanted) void lock.release();
    } catch {
      // Missing, or the battery is low: it goes on without.
    }
  };
  // A hidden page loses it.
  document.addEventListener("visibilitychange", hold);
  void hold();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", hold);
    void lock?.release();
  };
}
