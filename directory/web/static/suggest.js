// Suggests words while somebody types in a search box: a list below the box that keys,
// pointer and screen reader can use. Without this file the boxes work as they are.
(() => {
  "use strict";
  const SHORTEST = 2;
  const PAUSE = 180;

  const suggesting = (input) => {
    const { suggest: address, suggestFor: kind, suggestFound: found } = input.dataset;
    const list = document.createElement("ul");
    const status = document.createElement("span");
    const known = new Map();
    let timer = 0;
    let asking = null;
    let active = -1;

    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestName);
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.after(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    const close = () => {
      window.clearTimeout(timer);
      if (asking) asking.abort();
      asking = null;
      active = -1;
      list.hidden = true;
      list.replaceChildren();
      status.textContent = "";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const point = (number) => {
      const options = list.children;
      if (!options.length) return;
      active = (number + options.length) % options.length;
      for (const [place, option] of [...options].entries()) {
        option.setAttribute("aria-selected", String(place === active));
      }
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    };

    const take = (option) => {
      input.value = option.dataset.text;
      close();
      input.focus();
    };

    const optionOf = (suggestion, number) => {
      const option = document.createElement("li");
      const what = document.createElement("span");
      option.id = `${list.id}-${number}`;
      option.dataset.text = suggestion.text;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      what.className = "small";
      what.textContent = suggestion.what;
      option.append(suggestion.text, " ", what);
      // Before the box loses the focus, which would close the list.
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(option);
      });
      return option;
    };

    const show = (suggestions) => {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...suggestions.map(optionOf));
      list.hidden = !suggestions.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = found.replace("{count}", String(suggestions.length));
    };

    const ask = async (typed) => {
      if (asking) asking.abort();
      asking = new AbortController();
      const query = new URLSearchParams({ q: typed, ...(kind ? { for: kind } : {}) });
      try {
        const answer = await fetch(`${address}?${query}`, { signal: asking.signal });
        if (!answer.ok) return;
        const { suggestions } = await answer.json();
        known.set(typed, suggestions);
        if (input.value.trim() === typed && document.activeElement === input) {
          show(suggestions);
        }
      } catch {
        // Typed on, left or not connected: the box works without suggestions.
      }
    };

    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      const typed = input.value.trim();
      if (typed.length < SHORTEST) {
        close();
      } else if (known.has(typed)) {
        show(known.get(typed));
      } else {
        timer = window.setTimeout(() => ask(typed), PAUSE);
      }
    });

    input.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const first = event.key === "ArrowDown" ? 0 : -1;
        point(active < 0 ? first : active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        take(list.children[active]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });

    input.addEventListener("blur", close);
    window.addEventListener("pagehide", () => {
      close();
      known.clear();
    });
  };

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    suggesting(input);
  }
})();
