// packaging.js: what arrives in an instructor's folder. Each case is one student; it says what vec_dot must be found to be when
// the grader has taken it in: PASS (a right answer reached the judge), or the verdict and a sentence.
// verdict: of vec_dot; says: what the student reads; notes: what is noted of the file or the submission.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const zlib = require("node:zlib");
const { zip, tar, utf16 } = require("./packing.js");

// The right answer, and with a comment of letters that not every encoding has.
module.exports = function packaging(right, stub) {
    const latin = `/* M\u00fcller */\n${right}`;
    const file = (name, content) => (dir) => {
        const to = Buffer.isBuffer(name) ? Buffer.concat([Buffer.from(`${dir}/`), name]) : path.join(dir, name);
        if (!Buffer.isBuffer(name)) fs.mkdirSync(path.dirname(to), { recursive: true });
        fs.writeFileSync(to, content);
    };
    const all = (...steps) => (dir) => steps.forEach((step) => step(dir));
    const sources = [
        // Shapes and names.
        { name: "plain", tries: "one file in a folder", make: file("vec_dot.c", right), verdict: "PASS" },
        { name: "whole-tree", tries: "the tree as it was handed out", make: file("exercises/01-vectors/vec_dot.c", right), verdict: "PASS" },
        { name: "deep", tries: "twelve folders down", make: file("a/b/c/d/e/f/g/h/i/j/k/l/vec_dot.c", right), verdict: "PASS" },
        { name: "bottomless", tries: "sixty folders down", make: file(`${"d/".repeat(60)}vec_dot.c`, right), verdict: "BAD-INPUT", says: /deeper than 40/ },
        { name: "copy-one", tries: "a browser's second download", make: file("vec_dot (1).c", right), verdict: "PASS" },
        { name: "copies", tries: "the older download is wrong, the newer right", make: all(file("vec_dot.c", right.replace("i = 0", "i = 1")), file("vec_dot (2).c", right)), verdict: "PASS", notes: /several files for vec_dot/ },
        { name: "stub-and-copy", tries: "the stub in its place, the answer beside it", make: all(file("exercises/01-vectors/vec_dot.c", stub), file("done/vec_dot.c", right)), verdict: "PASS" },
        { name: "same-twice", tries: "the same file in two places", make: all(file("vec_dot.c", right), file("old/vec_dot.c", right)), verdict: "PASS" },
        { name: "copy-of", tries: "a file manager's copy", make: file("Copy of vec_dot.c", right), verdict: "PASS" },
        { name: "capitals", tries: "a file system without small letters", make: file("VEC_DOT.C", right), verdict: "PASS" },
        { name: "camel", tries: "another way to write the name", make: file("VecDot.c", right), verdict: "PASS" },
        { name: "dash-name", tries: "dashes for underscores", make: file("vec-dot.c", right), verdict: "PASS" },
        { name: "txt", tries: "a mailer's ending", make: file("vec_dot.c.txt", right), verdict: "PASS" },
        { name: "no-ending", tries: "no ending at all", make: file("vec_dot", right), verdict: "PASS" },
        { name: "cpp", tries: "an ending of C++", make: file("vec_dot.cpp", right), verdict: "PASS" },
        { name: "prefixed", tries: "a name of the student's own", make: file("hw1-jane-vec_dot-final.c", right), verdict: "PASS" },
        { name: "renamed", tries: "a name that says nothing; the function says it", make: file("answer.c", right), verdict: "PASS" },
        { name: "all-in-one", tries: "two functions in one file", make: file("answers.c", `${right}\nvoid vec_axpy(size_t n, double a, const double x[n], double y[n])\n{\n}\n`), verdict: "BAD-INPUT", says: /holds 2 functions of the book/ },
        { name: "macosx", tries: "a Mac's resource fork beside the file", make: all(file("__MACOSX/._vec_dot.c", "\x00\x05\x16\x07"), file("._vec_dot.c", "\x00\x05\x16\x07"), file("vec_dot.c", right)), verdict: "PASS" },
        { name: "editor", tries: "what editors leave behind", make: all(file("vec_dot.c~", "old"), file(".vec_dot.c.swp", "b0VIM"), file("#vec_dot.c#", "x"), file("vec_dot.c", right)), verdict: "PASS" },
        { name: "git", tries: "an older version in .git", make: all(file(".git/vec_dot.c", "broken"), file("exercises/01-vectors/vec_dot.c", right)), verdict: "PASS" },
        { name: "nothing", tries: "an empty folder", make: () => {}, verdict: "MISSING" },
        { name: "only-a-report", tries: "a PDF and no C", make: file("report.pdf", "%PDF-1.7"), verdict: "MISSING" },
        { name: "newline-name", tries: "a newline in a file's name", make: file("x\nvec_dot.c", right), verdict: "PASS" },
        { name: "dash", tries: "a name that looks like an option of a compiler", make: file("-o vec_dot.c", right), verdict: "PASS" },
        { name: "at-sign", tries: "a name that a compiler would open as a list of options", make: file("@vec_dot.c", right), verdict: "PASS" },
        { name: "quotes", tries: "a name that a shell would run", make: file(`";$(touch pwned)'vec_dot.c`, right), verdict: "PASS" },
        { name: "right-to-left", tries: "a name written from right to left", make: file("\u202evec_dot.c", right), verdict: "PASS" },
        { name: "long-name", tries: "a name of 255 bytes", make: file(`${"x".repeat(245)}-vec_dot.c`, right), verdict: "PASS" },
        { name: "latin-name", tries: "a name that is no UTF-8", make: file(Buffer.from("M\xfcller vec_dot.c", "latin1"), right), verdict: "PASS" },
        // Encodings.
        { name: "crlf", tries: "Windows line ends", make: file("vec_dot.c", right.replace(/\n/g, "\r\n")), verdict: "PASS", notes: /CRLF line ends were changed/ },
        { name: "cr", tries: "line ends of an old Mac", make: file("vec_dot.c", right.replace(/\n/g, "\r")), verdict: "PASS", notes: /CR line ends/ },
        { name: "bom", tries: "a byte-order mark", make: file("vec_dot.c", `\ufeff${right}`), verdict: "PASS", notes: /byte-order mark/ },
        { name: "utf16", tries: "UTF-16 with its mark", make: file("vec_dot.c", utf16(latin)), verdict: "PASS", notes: /UTF-16/ },
        { name: "utf16-unmarked", tries: "UTF-16 without its mark", make: file("vec_dot.c", utf16(right, false)), verdict: "PASS", notes: /UTF-16/ },
        { name: "utf16-be", tries: "UTF-16, the other way round", make: file("vec_dot.c", utf16(latin).swap16()), verdict: "PASS", notes: /UTF-16/ },
        { name: "latin1", tries: "Latin-1 in a comment", make: file("vec_dot.c", Buffer.from(latin, "latin1")), verdict: "PASS", notes: /Latin-1/ },
        { name: "no-newline", tries: "no newline at the end", make: file("vec_dot.c", right.trimEnd()), verdict: "PASS", notes: /newline at its end/ },
        { name: "ctrl-z", tries: "an end of file of DOS", make: file("vec_dot.c", `${right}\x1a`), verdict: "PASS", notes: /Ctrl-Z/ },
        { name: "padded", tries: "zeros after a crash", make: file("vec_dot.c", right + "\0".repeat(500)), verdict: "PASS", notes: /NUL bytes at the end/ },
        { name: "nul", tries: "a zero in the middle", make: file("vec_dot.c", right.replace("sum", "su\0m")), verdict: "BAD-INPUT", says: /NUL byte in line \d+/ },
        { name: "half-utf16", tries: "UTF-16 cut in half", make: file("vec_dot.c", utf16(right).subarray(0, 101)), verdict: "BAD-INPUT", says: /encoding|NUL/ },
        { name: "bidi", tries: "a comment that turns the code around", make: file("vec_dot.c", `/* \u202e */\n${right}`), verdict: "PASS", notes: /direction of writing/ },
        // Not C.
        { name: "empty", tries: "no byte", make: file("vec_dot.c", ""), verdict: "BAD-INPUT", says: /vec_dot\.c is empty/ },
        { name: "blank", tries: "only white space", make: file("vec_dot.c", "\n \t\n"), verdict: "BAD-INPUT", says: /is empty/ },
        { name: "pdf", tries: "a PDF called .c", make: file("vec_dot.c", "%PDF-1.7\n%\xe2\xe3"), verdict: "BAD-INPUT", says: /vec_dot\.c is a PDF, not a text in C/ },
        { name: "docx", tries: "a document called .c", make: file("vec_dot.c", zip([["word/document.xml", "<w/>"]])), verdict: "BAD-INPUT", says: /office document/ },
        { name: "elf", tries: "a program called .c", make: file("vec_dot.c", Buffer.from("\x7fELF\x02\x01\x01", "latin1")), verdict: "BAD-INPUT", says: /compiled program/ },
        { name: "page", tries: "a log-in page instead of the file", make: file("vec_dot.c", "\n<!DOCTYPE html>\n<html>"), verdict: "BAD-INPUT", says: /a web page/ },
        { name: "conflict", tries: "a merge that was not finished", make: file("vec_dot.c", right.replace("    return sum;", "<<<<<<< HEAD\n    return sum;\n=======\n    return 0;\n>>>>>>> main")), verdict: "BAD-INPUT", says: /conflict marker of Git in line \d+/ },
        { name: "huge", tries: "a megabyte of comment", make: file("vec_dot.c", `/*${" ".repeat(1 << 20)}*/\n${right}`), verdict: "BAD-INPUT", says: /larger than 256 kB/ },
        // What is no file.
        { name: "link", tries: "a link to a secret", make: (dir) => fs.symlinkSync("/etc/shadow", path.join(dir, "vec_dot.c")), verdict: "MISSING", notes: /is a link or no regular file/ },
        { name: "folder-link", tries: "a link to a folder with answers", make: (dir) => fs.symlinkSync(path.resolve("build/key"), path.join(dir, "vec_dot")), verdict: "MISSING" },
        { name: "fifo", tries: "a pipe that never ends", make: (dir) => execFileSync("mkfifo", [path.join(dir, "vec_dot.c")]), verdict: "MISSING", notes: /no regular file/ },
        { name: "device", tries: "a device with endless zeros", make: (dir) => { try { execFileSync("mknod", [path.join(dir, "vec_dot.c"), "c", "1", "5"], { stdio: "ignore" }); } catch { execFileSync("mkfifo", [path.join(dir, "vec_dot.c")]); } }, verdict: "MISSING", notes: /no regular file/ },
    ];
    // Archives: the student's entry is the archive itself.
    const packed = (name, tries, ending, content, verdict, more = {}) => ({ name, tries, entry: `${name}.${ending}`, content, verdict, ...more });
    const archives = [
        packed("zipped", "a zip", "zip", () => zip([["exercises/01-vectors/vec_dot.c", right]]), "PASS"),
        packed("tarred", "a tar, compressed", "tar.gz", () => zlib.gzipSync(tar([["me/vec_dot.c", right]])), "PASS"),
        packed("traversal", "a path that leads out", "zip", () => zip([["../../../../tmp/vec_dot.c", right]]), "PASS", { notes: /leads out/ }),
        packed("absolute", "a path from the root", "tar", () => tar([["/etc/vec_dot.c", right]]), "PASS", { notes: /leads out/ }),
        packed("backslashes", "a zip of Windows, with backslashes", "zip", () => zip([["exercises\\01-vectors\\vec_dot.c", right]]), "PASS"),
        packed("zip-link", "a link in a zip", "zip", () => zip([["vec_dot.c", "/etc/shadow", { mode: 0o120777 }]]), "MISSING", { notes: /link or a device/ }),
        packed("tar-link", "a link in a tar", "tar", () => tar([["vec_dot.c", "", { type: 2, link: "/etc/passwd" }]]), "MISSING", { notes: /link or a device/ }),
        packed("hard-link", "a hard link in a tar", "tar", () => tar([["vec_dot.c", "", { type: 1, link: "/etc/passwd" }]]), "MISSING", { notes: /link or a device/ }),
        packed("tar-device", "a device in a tar", "tar", () => tar([["vec_dot.c", "", { type: 3 }]]), "MISSING", { notes: /link or a device/ }),
        packed("nested", "a zip in a zip", "zip", () => zip([["mine.zip", zip([["vec_dot.c", right]])]]), "PASS"),
        packed("matryoshka", "zips in zips in zips", "zip", () => zip([["a.zip", zip([["b.zip", zip([["c.zip", zip([["vec_dot.c", right]])]])]])]]), "BAD-INPUT", { says: /archive inside of archives/ }),
        packed("bomb", "a gigabyte of zeros in a megabyte", "tar.gz", () => zlib.gzipSync(Buffer.concat([tar([["big.c", Buffer.alloc(700 << 20)]]).subarray(0, 701 << 20)]), { level: 1 }), "BAD-INPUT", { says: /unfolds to more than 512 MB/ }),
        packed("many", "sixty thousand files", "zip", () => zip([...Array(60000).keys()].map((i) => [`f${i}.h`, ""])), "BAD-INPUT", { says: /or 50000 files/ }),
        packed("cut", "an upload that broke off", "zip", () => zip([["a.c", "x".repeat(5000)], ["vec_dot.c", right]]).subarray(0, 60), "BAD-INPUT", { says: /damaged/ }),
        packed("no-zip", "something else called .zip", "zip", () => "this is a text", "BAD-INPUT", { says: /no archive of a known kind|damaged/ }),
        packed("empty-zip", "an empty file called .zip", "zip", () => "", "BAD-INPUT", { says: /damaged|no archive/ }),
        packed("locked", "a zip with a password", "zip", () => zip([["vec_dot.c", right, { flags: 1 }]]), "BAD-INPUT", { says: /encrypted/ }),
        packed("mac-zip", "a Mac's zip", "zip", () => zip([["__MACOSX/._vec_dot.c", "\x00\x05\x16\x07"], ["vec_dot.c", right]]), "PASS"),
        packed("odd-names", "names of a zip that are no UTF-8", "zip", () => zip([[Buffer.from("\xfc\xff/vec_dot.c", "latin1"), right]]), "PASS"),
    ];
    // Students who are called what no file should be.
    const called = (name, tries) => ({ name, tries, make: file("vec_dot.c", right), verdict: "PASS" });
    const names = [
        called("\nnewline\n", "a student whose name has newlines"), called("-rf", "a student called -rf"), called("@answers", "a student called @answers"),
        called("'; rm -rf ~; echo '", "a student whose name a shell would run"), called("\u202egnp.txt", "a student written from right to left"),
        called("=HYPERLINK(\"http://x\",\"marks\")".replace(/\//g, ":"), "a student whose name a spreadsheet would compute"), called("é".repeat(127), "a name of 254 bytes"),
        called("%s%n%s", "a student called by a format"), called("<script>alert(1)<", "a student whose name a browser would run"), called("Zoë", "a student with a diaeresis"), called("Zoe\u0308", "the same, written otherwise"),
    ];
    return [...sources, ...archives, ...names];
};
