// Leaves at once: a click on the link, or Shift three times within five seconds.
//
// The link works without this file. With it, the page is blank before the next one comes,
// other tabs of this site leave as well, and the way back does not lead here. It is read
// before the page is, so nothing else that loads, or fails to, can hold it up.
(() => {
  "use strict";
  const PRESSES = 3;
  const PAUSE = 5000;
  const { href, title } = document.currentScript.dataset;
  const root = document.documentElement;

  // One word, until the tab is closed: without it, going back would show the page before.
  const memory = {
    has: () => {
      try { return sessionStorage.getItem("left") !== null; } catch { return false; }
    },
    set: () => {
      try { sessionStorage.setItem("left", ""); } catch { /* Then it works without. */ }
    },
    drop: () => {
      try { sessionStorage.removeItem("left"); } catch { /* Then there is none. */ }
    },
  };
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("leave") : null;

  const blank = () => {
    root.classList.add("left");
    root.style.display = "none";
    document.title = title;
    for (const form of document.forms) form.reset();
  };
  const go = () => {
    blank();
    memory.set();
    window.location.replace(href);
  };
  const leave = () => {
    tabs?.postMessage("");
    go();
  };
  tabs?.addEventListener("message", go);

  // Whoever comes here anew is welcome; whoever goes back after leaving is not.
  const [arrival] = performance.getEntriesByType("navigation");
  if (memory.has()) {
    if (arrival?.type === "navigate") memory.drop();
    else go();
  }
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (memory.has() || root.classList.contains("left")) {
      go();
    } else if (document.body.dataset.private === "yes") {
      blank();
      window.location.reload();
    }
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#leave")) return;
    event.preventDefault();
    leave();
  }, true);

  let presses = 0;
  let timer = 0;
  let combined = false;
  const say = (text) => {
    const status = document.getElementById("leave-status");
    if (status) status.textContent = text ? status.dataset[text] : "";
  };
  const forget = () => {
    presses = 0;
    window.clearTimeout(timer);
    say("");
  };
  const other = () => {
    combined = true;
    forget();
  };
  document.addEventListener("pointerdown", other, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") other();
    else if (!event.repeat) combined = false;
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || combined) return;
    presses += 1;
    if (presses >= PRESSES) {
      leave();
      return;
    }
    say("left" + (PRESSES - presses));
    window.clearTimeout(timer);
    timer = window.setTimeout(forget, PAUSE);
  }, true);
})();
