// What the page gains where script is allowed. Everything can be read and done without it.
"use strict";
(() => {
  const EVERY = 2000;
  const root = document.documentElement;
  root.classList.add("with-script");

  // A mail's frame is as tall as the mail. No script runs inside: its sandbox forbids it.
  function fit(frame) {
    const inside = frame.contentDocument && frame.contentDocument.documentElement;
    if (!inside || !inside.lastElementChild) return;
    const bar = inside.scrollWidth > inside.clientWidth ? 18 : 0;
    frame.style.height = `${Math.ceil(inside.getBoundingClientRect().height) + bar + 2}px`;
  }
  const widths = new ResizeObserver((seen) => seen.forEach((each) => fit(each.target)));
  function watchFrames() {
    document.querySelectorAll("iframe.mail-body:not([data-watched])").forEach((frame) => {
      frame.dataset.watched = "";
      frame.addEventListener("load", () => fit(frame));
      widths.observe(frame);
      fit(frame);
    });
  }
  watchFrames();

  // Parts marked data-fresh are taken anew from the server when something has happened in the school.
  const news = document.getElementById("news");
  let mark = document.body.dataset.mark;
  let last = null;

  function isBusy(part) {
    return part.contains(document.activeElement) || part.querySelector("details[open][data-hold]") !== null;
  }
  async function refresh() {
    const answer = await fetch(location.href, { headers: { "x-page-refresh": "1" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelectorAll("[data-fresh]").forEach((part) => {
      const other = fresh.getElementById(part.id);
      if (other && other.innerHTML !== part.innerHTML && !isBusy(part)) part.replaceWith(document.adoptNode(other));
    });
    watchFrames();
  }
  function say(told) {
    if (!news || last === null || !told.said.length) return;
    const more = told.more ? ` And ${told.more} more.` : "";
    news.replaceChildren();
    const words = document.createElement("p");
    words.textContent = `Casework: ${told.said.join(" ")}${more} `;
    const link = document.createElement("a");
    link.href = "/casework";
    link.textContent = "See what and why";
    words.append(link);
    news.append(words);
    clearTimeout(say.timer);
    say.timer = setTimeout(() => news.replaceChildren(), 12000);
  }
  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(`/live?after=${last === null ? "" : last}`);
      if (!answer.ok) return;
      const told = await answer.json();
      const clock = document.getElementById("clock-now");
      if (clock && clock.textContent !== told.clock) {
        clock.textContent = told.clock;
        clock.dateTime = told.clock_iso;
      }
      say(told);
      last = told.last;
      if (told.mark !== mark) {
        mark = told.mark;
        await refresh();
      }
    } catch {
      // The practice school was stopped; the page stays readable.
    }
  }
  setInterval(look, EVERY);
  look();
})();
