// Until the page's code has taken over, remembers what is typed, chosen and pressed, and gives it to the code then.
// Links, forms and what the browser opens by itself (popovers, dialogs by command) need no code, and work at once.
(() => {
  const root = document.documentElement;
  const isTaken = () => root.hasAttribute("data-hydrated");
  const edits = new Map();
  const pressed = [];
  const note = ({ target, type }) => {
    const { types } = edits.get(target) ?? { types: new Set() };
    edits.delete(target);
    // What is changed from then on, the code hears itself.
    if (!isTaken()) edits.set(target, { types: types.add(type), value: target.value, checked: target.checked });
  };
  const press = ({ target }) => {
    const button = !isTaken() && target.closest?.("button[type=button]");
    if (button) pressed.push(button);
  };
  const replay = () => {
    for (const [field, { types, value, checked }] of edits) {
      if (!field.isConnected) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
      else if (field.type !== "file" && field.value !== value) field.value = value;
      for (const type of types) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    for (const button of pressed) {
      if (!button.isConnected) continue;
      const isDone = button.hasAttribute("popovertarget") || (button.hasAttribute("commandfor") && "commandForElement" in button);
      // The browser has done its part, which it would undo.
      if (isDone) addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
      button.click();
    }
    for (const [type, listener] of listeners) document.removeEventListener(type, listener, true);
  };
  const listeners = [["input", note], ["change", note], ["click", press]];
  for (const [type, listener] of listeners) document.addEventListener(type, listener, true);
  new MutationObserver((_, observer) => {
    if (!isTaken()) return;
    observer.disconnect();
    // Effects of the code run first.
    setTimeout(replay);
  }).observe(root, { attributes: true, attributeFilter: ["data-hydrated"] });
})();
