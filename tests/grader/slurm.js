// slurm.js: a cluster of one node, this one, in a folder of its own: munged, slurmctld and slurmd of this user, on free ports of the
// loopback, with a key of their own; and its end.
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const net = require("node:net");
const os = require("node:os");
const path = require("node:path");

const SECONDS = 30;
const programs = ["munged", "slurmctld", "slurmd", "sbatch", "sinfo"];
const where = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };

// Held until both are known, so that they differ.
async function free_ports(n) {
    const all = await Promise.all(Array.from({ length: n }, () => new Promise((done) => {
        const s = net.createServer().listen(0, "127.0.0.1", () => done(s));
    })));
    const ports = all.map((s) => s.address().port);
    await Promise.all(all.map((s) => new Promise((done) => s.close(done))));
    return ports;
}

class Slurm {
    static missing() {
        return programs.filter((p) => spawnSync("sh", ["-c", `command -v ${p}`], { env: where }).status);
    }

    // Its `trouble` says why it did not come up.
    static async start() {
        const one = new Slurm(), user = os.userInfo().username;
        const home = (one.home = fs.mkdtempSync(path.join(os.tmpdir(), "slurm-"))), at = (name) => path.join(home, name);
        for (const name of ["state", "spool", "run"]) fs.mkdirSync(at(name), { mode: 0o755 });
        fs.writeFileSync(at("munge.key"), crypto.randomBytes(128), { mode: 0o400 });
        const [controller, node] = await free_ports(2), host = os.hostname().split(".")[0];
        fs.writeFileSync(at("slurm.conf"), `ClusterName=one
SlurmctldHost=${host}(127.0.0.1)
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=${user}
SlurmdUser=${user}
SlurmctldPort=${controller}
SlurmdPort=${node}
AuthType=auth/munge
AuthInfo=socket=${at("run/munge")}
CredType=cred/munge
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${os.cpus().length} RealMemory=${Math.floor(os.totalmem() / 2 ** 21)} State=UNKNOWN
PartitionName=all Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`);
        one.env = { ...where, SLURM_CONF: at("slurm.conf") };
        one.daemons = [];
        const daemon = (name, ...args) => {
            const log = fs.openSync(at(`${name}.log`), "w");
            one.daemons.push(spawn(name, args, { env: one.env, stdio: ["ignore", log, log] }).on("error", () => {}));
            fs.closeSync(log);
        };
        const until = async (what) => {
            for (let i = 0; i < 10 * SECONDS && !what(); i++) await new Promise((done) => setTimeout(done, 100));
            return what();
        };
        daemon("munged", "--force", "--foreground", `--key-file=${at("munge.key")}`, `--socket=${at("run/munge")}`, `--pid-file=${at("munge.pid")}`,
            `--log-file=${at("munge.log")}`, `--seed-file=${at("munge.seed")}`);
        const speaks = await until(() => fs.existsSync(at("run/munge")));
        daemon("slurmctld", "-D", "-f", at("slurm.conf"));
        daemon("slurmd", "-D", "-f", at("slurm.conf"));
        const idle = () => spawnSync("sinfo", ["-h", "-o", "%T"], { env: one.env, encoding: "utf8" }).stdout?.trim() === "idle";
        if (!speaks || !(await until(idle))) {
            const last = ["munge", "slurmctld", "slurmd"].map((name) => fs.existsSync(at(`${name}.log`)) && fs.readFileSync(at(`${name}.log`), "utf8").trim().split("\n").pop());
            one.trouble = `Slurm's daemons did not come up here: ${last.filter(Boolean).join("; ")}`;
        }
        return one;
    }

    async stop() {
        // The controller last but one: it writes its state; munged last of all.
        for (const d of this.daemons.reverse()) {
            const ended = new Promise((done) => (d.exitCode === null && d.signalCode === null && d.pid ? d.on("exit", done) : done()));
            d.kill();
            const late = setTimeout(() => d.kill("SIGKILL"), 5000);
            await ended;
            clearTimeout(late);
        }
        fs.rmSync(this.home, { recursive: true, force: true });
    }
}

module.exports = Slurm;
