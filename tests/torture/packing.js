// packing.js: archives with whatever bytes a case asks for: a writer of zip and of tar that refuses nothing.
"use strict";
const zlib = require("node:zlib");

const crc_table = [...Array(256).keys()].map((n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n >>> 0;
});
const crc32 = (data) => ~data.reduce((c, byte) => (c >>> 8) ^ crc_table[(c ^ byte) & 255], ~0) >>> 0;
const bytes = (x) => (Buffer.isBuffer(x) ? x : Buffer.from(x));
const le = (...pairs) => Buffer.concat(pairs.map(([value, size]) => {
    const b = Buffer.alloc(size);
    b.writeUIntLE(value, 0, size);
    return b;
}));

// Entries are [name, content, { mode, flags }].
function zip(entries) {
    const parts = [], directory = [];
    let at = 0;
    for (const [name, content, { mode = 0o100644, flags = 0 } = {}] of entries) {
        const raw = bytes(content), packed = zlib.deflateRawSync(raw), path = bytes(name);
        const common = [[20, 2], [flags, 2], [8, 2], [0, 4], [crc32(raw), 4], [packed.length, 4], [raw.length, 4], [path.length, 2], [0, 2]];
        const local = Buffer.concat([le([0x04034b50, 4], ...common), path, packed]);
        directory.push(Buffer.concat([le([0x02014b50, 4], [0x0314, 2], ...common, [0, 2], [0, 2], [0, 2], [mode * 65536, 4], [at, 4]), path]));
        parts.push(local);
        at += local.length;
    }
    const central = Buffer.concat(directory);
    return Buffer.concat([...parts, central, le([0x06054b50, 4], [0, 4], [entries.length, 2], [entries.length, 2], [central.length, 4], [at, 4], [0, 2])]);
}

// Entries are [name, content, { type, link }]; type 0 file, 1 hard link, 2 symbolic link, 3 device, 5 folder, 6 fifo.
function tar(entries) {
    const blocks = entries.map(([name, content, { type = 0, link = "" } = {}]) => {
        const data = bytes(content), head = Buffer.alloc(512);
        bytes(name).copy(head, 0, 0, 100);
        head.write("0000644\0" + "0000000\0".repeat(2) + data.length.toString(8).padStart(11, "0") + "\0" + "00000000000\0" + " ".repeat(8) + type, 100);
        head.write(link, 157, 100);
        head.write("ustar\x0000", 257);
        head.write([...head].reduce((a, b) => a + b, 0).toString(8).padStart(6, "0") + "\0 ", 148);
        return Buffer.concat([head, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
    });
    return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const utf16 = (text, mark = true) => Buffer.concat([Buffer.from(mark ? [0xff, 0xfe] : []), Buffer.from(text, "utf16le")]);

module.exports = { zip, tar, utf16 };
