/**
 * Screen wake lock for transfers, which stop on some devices when the screen turns off.
 */

/** @returns {() => void} releases the lock */
export function holdWakeLock() {
  let lock = null;
  let isHeld = true;
  const acquire = async () => {
    if (document.hidden || !isHeld) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (!isHeld) void lock.release();
    } catch {
      // Unsupported, or denied when the battery is low: the transfer runs without it.
    }
  };
  // The browser releases the lock of a hidden page.
  document.addEventListener("visibilitychange", acquire);
  void acquire();
  return () => {
    isHeld = false;
    document.removeEventListener("visibilitychange", acquire);
    void lock?.release();
  };
}
