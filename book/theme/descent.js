// What the page can do beyond being read: remember light or dark, copy code. Everything else needs no script.
(() => {
    const root = document.documentElement;
    const button = document.querySelector("button.theme");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const theme = () => root.dataset.theme || (dark.matches ? "dark" : "light");
    const label = () => { button.textContent = theme() === "dark" ? "Light" : "Dark"; };
    button.hidden = false;
    label();
    dark.addEventListener("change", label);
    button.addEventListener("click", () => {
        root.dataset.theme = theme() === "dark" ? "light" : "dark";
        try { localStorage.setItem("descent-theme", root.dataset.theme); } catch (e) { /* a page without storage forgets */ }
        label();
    });

    const copy = async (text) => {
        try { return await navigator.clipboard.writeText(text); } catch (e) { /* file:// may refuse: fall back */ }
        const area = document.createElement("textarea");
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
    };
    const add = (target, text, what) => {
        const b = document.createElement("button");
        b.type = "button";
        b.className = "copy";
        b.textContent = "Copy";
        b.setAttribute("aria-label", "Copy " + what);
        b.addEventListener("click", async () => {
            await copy(text());
            b.textContent = "Copied";
            setTimeout(() => { b.textContent = "Copy"; }, 1500);
        });
        target.append(b);
    };
    for (const pre of document.querySelectorAll(".listing:not(.output)"))
        add(pre, () => pre.querySelector("pre").textContent, "this code");
    for (const code of document.querySelectorAll("[data-copy]")) {
        const b = document.createElement("span");
        code.after(b);
        add(b, () => code.textContent, code.textContent);
    }
})();
