// The tabs, by which a narrow screen shows one panel after the other.

import { el, hiddenText } from "./nodes.js";

/** people: [[panel, name]]. */
export function showTabs(people) {
  const tabs = document.getElementById("tabs");
  const wanted = [...people, ["licrus", "Licrus"]];
  const current = tabs.querySelector("[aria-current]")?.dataset.tab;
  tabs.replaceChildren(...wanted.map(([panel, name]) => el("button", { type: "button", "data-tab": panel, onclick: () => showPanel(panel) }, name)));
  showPanel(wanted.some(([panel]) => panel === current) ? current : wanted[0][0]);
}

/** On a narrow screen one panel is seen; on a wide one this only marks it. */
export function showPanel(wanted) {
  for (const panel of document.querySelectorAll("[data-panel]")) {
    panel.classList.toggle("current", panel.dataset.panel === wanted);
    if (panel.dataset.panel === wanted) panel.dispatchEvent(new Event("shown"));
  }
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab !== wanted) tab.removeAttribute("aria-current");
    else {
      tab.setAttribute("aria-current", "true");
      tab.querySelectorAll(".news, .hidden-text").forEach((mark) => mark.remove());
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}

export function markNews(panel) {
  const tab = document.querySelector(`[data-tab="${panel.dataset.panel}"]`);
  if (!tab || tab.hasAttribute("aria-current") || tab.querySelector(".news")) return;
  tab.append(el("span", { class: "news" }), hiddenText(" (yeni)"));
}
