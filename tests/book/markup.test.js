#!/usr/bin/env node
// markup.test.js: the pages are valid HTML.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { folder, pages } from "./woven.js";

const validator = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ["html-validate:standard"] }));

for (const page of pages) {
    test(`${page} is valid`, async () => {
        const report = await validator.validateFile(`${folder}/${page}`);
        const said = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
        assert.deepEqual(said, []);
    });
}
