// What the tests of the book share: where it is, its pages, their ids and links. They run in the project's root, after `make book`.
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";

export const folder = "build/book";
export const manifest = JSON.parse(fs.readFileSync("build/manifest.json", "utf8"));
export const pages = ["index.html", ...manifest.chapters.map((chapter) => chapter.page)];

export const read = (page) => fs.readFileSync(path.join(folder, page), "utf8");
export const url = (page) => "file://" + path.resolve(folder, page);

export const ids = (html) => [...html.matchAll(/\sid=(?:"([^"]+)"|'([^']+)')/g)].map((m) => m[1] ?? m[2]);
export const links = (html) => [...html.matchAll(/\s(?:href|src)=(?:"([^"]*)"|'([^']*)')/g)].map((m) => m[1] ?? m[2]);

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
export const text = (html) =>
    html
        .replace(/<annotation\b.*?<\/annotation>/gs, "")
        .replace(/<[^>]*>/g, "")
        .replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name) =>
            name[0] === "#" ? String.fromCodePoint(name[1] === "x" ? parseInt(name.slice(2), 16) : +name.slice(1)) : (entities[name] ?? whole))
        .replace(/[\s\u00a0]+/g, " ");

// The markup from the element with this id on, as far as a label can be.
export function from(html, id) {
    const at = html.indexOf(` id="${id}"`);
    return at < 0 ? null : html.slice(html.lastIndexOf("<", at));
}

// The files of the EPUB: name to text.
export function epub() {
    const file = path.join(folder, "descent.epub");
    const names = execFileSync("unzip", ["-Z1", file], { encoding: "utf8" }).split("\n").filter((name) => name.endsWith("html"));
    return Object.fromEntries(names.map((name) => [name, execFileSync("unzip", ["-p", file, name], { encoding: "utf8", maxBuffer: 1 << 28 })]));
}

// How a label reads where it is defined: sections and equations print their number alone.
export function printed(label) {
    if (label.kind === "equation") return `(${label.number})`;
    if (label.kind === "section") return label.number;
    return label.text;
}
