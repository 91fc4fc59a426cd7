// copy.js: a copy of the project to try things in: what git would keep, and what is built, with the times of both, so that
// nothing is built twice.
"use strict";
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

class Copy {
    constructor() {
        this.home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-"));
        const listed = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { maxBuffer: 1 << 26 });
        const files = listed.toString().split("\0").filter((f) => f && fs.existsSync(f));
        execFileSync("xargs", ["-0", "cp", "-a", "--parents", "-t", this.home], { input: files.join("\0") });
        // Other tests may be at work in the cache: what they take away meanwhile is made again.
        spawnSync("cp", ["-a", "build", this.home]);
    }

    remove() {
        fs.rmSync(this.home, { recursive: true, force: true });
    }

    path(name) {
        return path.join(this.home, name);
    }

    read(name) {
        return fs.readFileSync(this.path(name), "utf8");
    }

    write(name, text) {
        fs.writeFileSync(this.path(name), text);
    }

    // A program of the answer key as a learner would have it.
    key(name) {
        return this.read(name).replace(/^#line.*\n/gm, "");
    }

    run(command, args, env = {}) {
        const done = spawnSync(command, args, {
            cwd: this.home,
            encoding: "utf8",
            maxBuffer: 1 << 26,
            env: { ...process.env, LC_ALL: "C.UTF-8", MAKEFLAGS: "", ...env },
        });
        if (done.error) throw done.error;
        return { status: done.status, out: done.stdout, err: done.stderr };
    }
}

module.exports = Copy;
