// Until the page's code has taken over, remembers what is typed, chosen and pressed, and gives it to the code then. A section
// marked data-lazy is taken over later than the rest.
// Links, forms and what the browser opens by itself (popovers, dialogs by command) need no code, and work at once.
(() => {
  const root = document.documentElement;
  const isTaken = (element) => root.hasAttribute("data-hydrated") && !element.closest?.("[data-lazy]");
  const edits = new Map();
  const pressed = new Set();
  const note = ({ target, type }) => {
    const { types } = edits.get(target) ?? { types: new Set() };
    edits.delete(target);
    // What is changed from then on, the code hears itself.
    if (!isTaken(target)) edits.set(target, { types: types.add(type), value: target.value, checked: target.checked });
  };
  const press = ({ target }) => {
    const button = !isTaken(target) && target.closest?.("button[type=button]");
    if (button) pressed.add(button);
  };
  const replay = () => {
    for (const [field, { types, value, checked }] of edits) {
      if (field.isConnected && !isTaken(field)) continue;
      edits.delete(field);
      if (!field.isConnected) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
      else if (field.type !== "file" && field.value !== value) field.value = value;
      for (const type of types) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    for (const button of pressed) {
      if (button.isConnected && !isTaken(button)) continue;
      pressed.delete(button);
      if (!button.isConnected) continue;
      const isDone = button.hasAttribute("popovertarget") || (button.hasAttribute("commandfor") && "commandForElement" in button);
      // The browser has done its part, which it would undo.
      if (isDone) addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
      button.click();
    }
    if (root.querySelector("[data-lazy]")) return;
    for (const [type, listener] of listeners) document.removeEventListener(type, listener, true);
    observer.disconnect();
  };
  const listeners = [["input", note], ["change", note], ["click", press]];
  for (const [type, listener] of listeners) document.addEventListener(type, listener, true);
  const observer = new MutationObserver(() => {
    // Effects of the code run first.
    if (isTaken(root)) setTimeout(replay);
  });
  observer.observe(root, { subtree: true, attributes: true, attributeFilter: ["data-hydrated", "data-lazy"] });
})();
