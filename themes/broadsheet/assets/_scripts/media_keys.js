// The lock screen and the keys of headphones: they show what a player plays, and move it.

export function takeMediaKeys(player, title) {
  const session = navigator.mediaSession;
  if (!session || !window.MediaMetadata) return;
  const artist = document.querySelector("meta[property='og:site_name']")?.content;
  const picture = document.querySelector(".lead-figure img")?.currentSrc;
  session.metadata = new MediaMetadata({ title, artist, artwork: picture ? [{ src: picture }] : [] });
  const actions = {
    play: () => player.play(),
    pause: () => player.pause(),
    stop: () => player.close(),
    seekbackward: ({ seekOffset }) => player.back(seekOffset),
    seekforward: ({ seekOffset }) => player.forward(seekOffset),
    seekto: ({ seekTime }) => player.move(seekTime),
  };
  for (const [action, act] of Object.entries(actions)) {
    try { session.setActionHandler(action, act); } catch { /* a browser need not know all of them */ }
  }
}

export function showOnLockScreen({ paused, position, total, rate }) {
  const session = navigator.mediaSession;
  if (!session?.setPositionState || !total) return;
  session.playbackState = paused ? "paused" : "playing";
  session.setPositionState({ duration: total, playbackRate: rate, position: Math.min(total, position) });
}
