// Leaves at once: a click on the link, or Shift three times within five seconds.
// Everything works without this file; with it, the page is blank before the next loads,
// and the way back does not lead here.
(() => {
  "use strict";
  const PRESSES = 3;
  const PAUSE = 5000;
  const link = document.getElementById("leave");
  const status = document.getElementById("leave-status");
  if (!link) return;

  const blank = () => {
    document.documentElement.classList.add("left");
    document.title = link.dataset.title;
  };

  const leave = () => {
    blank();
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let timer = 0;
  let combined = false;
  const forget = () => {
    presses = 0;
    window.clearTimeout(timer);
    if (status) status.textContent = "";
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      if (!event.repeat) combined = false;
      return;
    }
    combined = true;
    forget();
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || combined) return;
    presses += 1;
    if (presses >= PRESSES) {
      leave();
      return;
    }
    if (status) status.textContent = status.dataset["left" + (PRESSES - presses)];
    window.clearTimeout(timer);
    timer = window.setTimeout(forget, PAUSE);
  }, true);

  // A page that comes back from the browser's memory after leaving stays blank.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (document.documentElement.classList.contains("left")) {
      window.location.replace(link.href);
    } else if (document.body.dataset.private === "yes") {
      document.documentElement.classList.add("left");
      window.location.reload();
    }
  });
})();

// Printing, where the browser can.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
