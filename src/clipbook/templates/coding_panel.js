// The panel in which people code texts, inside a notebook. Whatever a text contains is put in as text, never as markup.
const KEYS = { y: "yes", n: "no", u: "unsure" };

function element(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inside.filter((one) => one !== "" && one !== null));
  return made;
}

function button(label, key, act) {
  const made = element("button", "", label, " ", element("kbd", "", key));
  made.type = "button";
  made.setAttribute("aria-keyshortcuts", key);
  made.addEventListener("click", act);
  return made;
}

const marked = (pieces) => pieces.map(([piece, cue]) => (cue ? element("mark", "", piece) : piece));

function render({ model, el }) {
  el.classList.add("clipbook-code");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Coding panel");
  el.dataset.lmSuppressShortcuts = "true"; // JupyterLab leaves the keys to the panel
  const heard = element("p", "unseen");
  heard.setAttribute("role", "status");
  const main = element("div", "main");
  el.append(main, heard);
  let shown = {};
  let waiting = null; // for the kernel's answer
  let early = []; // keys pressed meanwhile
  let reading = null; // the text in sight

  function send(what) {
    if (waiting) return;
    waiting = setTimeout(() => {
      heard.textContent = main.querySelector(".wrong").textContent =
        "The kernel has not answered yet. If it was restarted, run the cell again: it goes on from what the sheet holds.";
    }, 5000);
    model.send(what);
  }
  const answer = (said) => shown.number && send({ do: "answer", asked: shown.asked, answer: said });
  const back = () => shown.back && send({ do: "take back" });
  const move = (by) => shown.frame && send({ do: "move", by });
  const cuesShown = () => String(!el.classList.contains("without-cues"));
  const cues = () => {
    el.classList.toggle("without-cues");
    main.querySelector("[aria-pressed]")?.setAttribute("aria-pressed", cuesShown());
  };
  const open = (coder) => send({ do: "open", coder });

  function press(event) {
    event.stopPropagation(); // the notebook has uses of its own for Enter and letters
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act =
      key in KEYS ? () => answer(KEYS[key])
      : key === "z" || key === "Backspace" ? back
      : key === "ArrowLeft" ? () => move(-1)
      : key === "ArrowRight" ? () => move(1)
      : key === "c" ? cues
      : null;
    if (!act) return;
    event.preventDefault();
    if (event.repeat && !key.startsWith("Arrow")) return;
    if (waiting && key in KEYS) early.push(key);
    else act();
  }

  function head() {
    const done = element("progress");
    done.max = Math.max(shown.total, 1);
    done.value = shown.done;
    done.setAttribute("aria-label", "texts coded");
    const task = shown.decides ? "deciding where coders differ" : `coder ${shown.coder}`;
    return element("header", "",
      element("strong", "", shown.frame), element("span", "quiet", `${shown.codebook} · ${task}`),
      element("span", "count", `${shown.done} of ${shown.total}`), done);
  }

  function text() {
    const lines = shown.paragraphs.map((pieces) => element("p", "", ...marked(pieces)));
    const title = shown.headline.length ? element("h3", "", ...marked(shown.headline)) : "";
    const made = element("div", "text", element("p", "quiet", `Text ${shown.number}${shown.outlet ? ` · ${shown.outlet}` : ""}`), title, ...lines);
    made.querySelectorAll("h3, p").forEach((one) => { one.dir = "auto"; });
    made.tabIndex = 0;
    made.setAttribute("role", "region");
    made.setAttribute("aria-label", `Text ${shown.number} of ${shown.total}`);
    return made;
  }

  function questions() {
    const list = element("ol");
    shown.questions.forEach(({ question, answer: said, said: others }, place) => {
      const one = element("li", "", question,
        shown.number ? element("span", `said ${said}`, said || "open") : "", others ? element("span", "others", `coders: ${others}`) : "");
      if (shown.asked[1] && shown.asked[1].endsWith(`.${place + 1}`)) one.setAttribute("aria-current", "true");
      list.append(one);
    });
    return list;
  }

  function ask() {
    const name = element("input");
    name.setAttribute("aria-label", "Your name as a coder");
    name.placeholder = "ana";
    name.maxLength = 60;
    const start = element("button", "", "Start ", element("kbd", "", "Enter"));
    const form = element("form", "", "Who codes? ", name, start);
    form.addEventListener("submit", (event) => { event.preventDefault(); open(name.value.trim()); });
    const known = shown.coders.map(([coder, done]) => {
      const made = element("button", "", `${coder} (${done})`);
      made.type = "button";
      made.addEventListener("click", () => open(coder));
      return made;
    });
    main.replaceChildren(element("header", "", element("strong", "", shown.title)), form,
      known.length ? element("p", "quiet", "Go on as (texts coded so far): ") : "", element("div", "row", ...known),
      element("p", "quiet", "A new name gets a sheet of its own: letters, digits, - and _. The name “agreed” decides the texts on which the others differ."),
      element("p", "wrong", shown.wrong || ""));
    return name;
  }

  function code() {
    const side = element("div", "side", questions());
    let aim;
    if (shown.number) {
      aim = text();
      side.append(
        element("div", "row answers", button("Yes", "Y", () => answer("yes")), button("No", "N", () => answer("no")), button("Unsure", "U", () => answer("unsure"))),
        element("p", "quiet", `The frame is there where at least half of the answers are yes. Judge the story, not its marked words. ${shown.decides
          ? "What you say counts; where you are unsure, the others' shares do." : "Where you are unsure, a colleague may decide."}`));
    } else {
      const end = shown.done < shown.total ? `${shown.total - shown.done} texts are not coded yet; ← leads back to them.`
        : shown.total ? `All ${shown.total} texts are coded. ← leads back to them.` : "There is no text on which coders differ.";
      aim = element("div", "text end", element("p", "", end));
      aim.tabIndex = 0;
    }
    const undo = button("Take back", "Z", back);
    undo.disabled = !shown.back;
    const toggle = button("Cues", "C", cues);
    toggle.setAttribute("aria-pressed", cuesShown());
    side.append(element("div", "row", undo, button("Before", "←", () => move(-1)), button("After", "→", () => move(1)), toggle),
      element("p", "wrong", shown.wrong || ""));
    main.replaceChildren(head(), element("div", "desk", aim, side));
    return aim;
  }

  function show() {
    const held = main.contains(document.activeElement);
    const label = held ? document.activeElement.textContent : "";
    const before = main.querySelector(".text");
    const place = before ? before.scrollTop : 0;
    shown = model.get("shown");
    clearTimeout(waiting);
    waiting = null;
    const aim = shown.frame ? code() : ask();
    const same = shown.asked && reading === shown.asked[0];
    reading = shown.asked ? shown.asked[0] : null;
    if (same) aim.scrollTop = place;
    if (held) {
      const again = [...main.querySelectorAll("button")].find((one) => one.textContent === label && !one.disabled);
      (again || aim).focus({ preventScroll: true });
    }
    const question = shown.number ? shown.questions[Number(shown.asked[1].split(".").pop()) - 1].question : "";
    heard.textContent = shown.wrong || (shown.number ? `Text ${shown.number} of ${shown.total}. ${question}` : shown.frame ? aim.textContent : "");
    const next = same ? early.shift() : undefined; // what was pressed before another text came into sight was not meant for it
    if (next) answer(KEYS[next]);
    else early = [];
    return aim;
  }

  el.addEventListener("keydown", press);
  model.on("change:shown", show);
  const first = show();
  if (!model.get("seen")) {
    model.set("seen", true);
    model.save_changes();
    requestAnimationFrame(() => { first.focus({ preventScroll: true }); el.scrollIntoView({ block: "nearest" }); });
  }
  return () => model.off("change:shown", show);
}

export default { render };
