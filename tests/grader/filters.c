/* filters.c: three lists of names, exported by libseccomp. */
#define _GNU_SOURCE
#include "filters.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#define FOLDER "build/grade/"

/* A worker computes, allocates, prints and speaks to its host. execve is bubblewrap's own last call; in the sandbox there is
   nothing else to execute. */
static const char *const allowed[] = {
    "read",          "write",           "readv",
    "writev",        "close",           "fstat",
    "newfstatat",    "lseek",           "brk",
    "munmap",        "mremap",          "madvise",
    "exit",          "exit_group",      "execve",
    "arch_prctl",    "set_tid_address", "set_robust_list",
    "rseq",          "futex",           "getrandom",
    "clock_gettime", "clock_getres",    "gettimeofday",
    "time",          "getpid",          "gettid",
    "uname",         "rt_sigreturn",    "restart_syscall",
    "getrlimit",     "sched_yield",     NULL};
/* What a C library asks in passing gets a no; it knows how to live with that. */
static const char *const refused[] = {
    "ioctl",     "readlink", "readlinkat",     "openat",       "open", "access",
    "faccessat", "sysinfo",  "rt_sigprocmask", "rt_sigaction", NULL};
/* What the sanitizers' runtime needs besides. */
static const char *const loosely[] = {"openat",
                                      "open",
                                      "readlink",
                                      "readlinkat",
                                      "pread64",
                                      "access",
                                      "faccessat",
                                      "getcwd",
                                      "stat",
                                      "lstat",
                                      "sysinfo",
                                      "mmap",
                                      "mprotect",
                                      "prlimit64",
                                      "rt_sigaction",
                                      "rt_sigprocmask",
                                      "sigaltstack",
                                      "prctl",
                                      "sched_getaffinity",
                                      "getdents64",
                                      "getppid",
                                      "getuid",
                                      "geteuid",
                                      "getgid",
                                      "getegid",
                                      "fcntl",
                                      "dup",
                                      "dup2",
                                      "ioctl",
                                      "tgkill",
                                      "kill",
                                      NULL};

/* Shell, compiler, assembler and linker: files, memory, processes, time. No network, no tracing, no namespaces, no mounts, no keys,
   no programs for the kernel; and what comes into the kernel after this was written neither. */
static const char *const tools[] = {"read",
                                    "write",
                                    "readv",
                                    "writev",
                                    "pread64",
                                    "pwrite64",
                                    "lseek",
                                    "close",
                                    "dup",
                                    "dup2",
                                    "dup3",
                                    "fcntl",
                                    "pipe",
                                    "pipe2",
                                    "poll",
                                    "ppoll",
                                    "select",
                                    "pselect6",
                                    "open",
                                    "openat",
                                    "creat",
                                    "access",
                                    "faccessat",
                                    "stat",
                                    "lstat",
                                    "fstat",
                                    "newfstatat",
                                    "statx",
                                    "statfs",
                                    "fstatfs",
                                    "readlink",
                                    "readlinkat",
                                    "getcwd",
                                    "chdir",
                                    "fchdir",
                                    "getdents64",
                                    "rename",
                                    "renameat",
                                    "renameat2",
                                    "unlink",
                                    "unlinkat",
                                    "mkdir",
                                    "mkdirat",
                                    "rmdir",
                                    "link",
                                    "linkat",
                                    "symlink",
                                    "symlinkat",
                                    "chmod",
                                    "fchmod",
                                    "fchmodat",
                                    "umask",
                                    "truncate",
                                    "ftruncate",
                                    "fallocate",
                                    "fadvise64",
                                    "copy_file_range",
                                    "sendfile",
                                    "utimensat",
                                    "futimesat",
                                    "utime",
                                    "fsync",
                                    "mmap",
                                    "munmap",
                                    "mremap",
                                    "mprotect",
                                    "madvise",
                                    "mincore",
                                    "brk",
                                    "fork",
                                    "vfork",
                                    "execve",
                                    "wait4",
                                    "waitid",
                                    "exit",
                                    "exit_group",
                                    "kill",
                                    "tgkill",
                                    "setpgid",
                                    "getpgrp",
                                    "getpgid",
                                    "getsid",
                                    "rt_sigaction",
                                    "rt_sigprocmask",
                                    "rt_sigreturn",
                                    "rt_sigsuspend",
                                    "rt_sigpending",
                                    "sigaltstack",
                                    "restart_syscall",
                                    "pause",
                                    "alarm",
                                    "getpid",
                                    "getppid",
                                    "gettid",
                                    "getuid",
                                    "geteuid",
                                    "getgid",
                                    "getegid",
                                    "getgroups",
                                    "getresuid",
                                    "getresgid",
                                    "getrlimit",
                                    "setrlimit",
                                    "prlimit64",
                                    "getrusage",
                                    "times",
                                    "sysinfo",
                                    "uname",
                                    "clock_gettime",
                                    "clock_getres",
                                    "clock_nanosleep",
                                    "nanosleep",
                                    "gettimeofday",
                                    "time",
                                    "futex",
                                    "set_tid_address",
                                    "set_robust_list",
                                    "get_robust_list",
                                    "rseq",
                                    "arch_prctl",
                                    "getrandom",
                                    "sched_getaffinity",
                                    "sched_yield",
                                    NULL};

static bool add(scmp_filter_ctx f, uint32_t action, const char *const names[])
{
    bool good = true;
    for (size_t i = 0; names[i]; i++) {
        int call = seccomp_syscall_resolve_name(names[i]);
        if (call != __NR_SCMP_ERROR && call >= 0)
            good &= seccomp_rule_add(f, action, call, 0) == 0;
    }
    return good;
}

/* Memory is never executable, limits are read only; abort, called within C's library, fails to send its signal and crashes. */
static bool add_checked(scmp_filter_ctx f)
{
    const struct scmp_arg_cmp not_exec =
        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp only_read = SCMP_A2(SCMP_CMP_EQ, 0),
                              an_abort = SCMP_A2(SCMP_CMP_EQ, SIGABRT);
    return !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_exec) &&
           !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                             not_exec) &&
           !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                             only_read) &&
           !seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1,
                             an_abort);
}

/* A process, but not one in a new namespace. */
static bool add_clone(scmp_filter_ctx f)
{
    const uint64_t apart = CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID |
                           CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
                           CLONE_NEWCGROUP;
    const struct scmp_arg_cmp together = SCMP_A0(SCMP_CMP_MASKED_EQ, apart, 0);
    return !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, together);
}

static bool fill(scmp_filter_ctx f, filter_kind which)
{
    switch (which) {
    case WORKER_FILTER:
        return add(f, SCMP_ACT_ALLOW, allowed) &&
               add(f, SCMP_ACT_ERRNO(EPERM), refused) && add_checked(f);
    case SANITIZED_FILTER:
        return add(f, SCMP_ACT_ALLOW, allowed) &&
               add(f, SCMP_ACT_ALLOW, loosely);
    case TOOLS_FILTER:
        return add(f, SCMP_ACT_ALLOW, tools) && add_clone(f) &&
               !seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
    }
    return false;
}

char *filter_export(filter_kind which)
{
    static const struct {
        const char *name;
        uint32_t
            otherwise; /* C's library tries something else for what is not there */
    } kinds[] = {
        [WORKER_FILTER] = {"worker.bpf", SCMP_ACT_KILL_PROCESS},
        [SANITIZED_FILTER] = {"sanitized.bpf", SCMP_ACT_ERRNO(EPERM)},
        [TOOLS_FILTER] = {"tools.bpf", SCMP_ACT_ERRNO(ENOSYS)},
    };
    char *path = g_strconcat(FOLDER, kinds[which].name, NULL);
    char *fresh = g_strdup_printf("%s.%d", path, (int)getpid());
    scmp_filter_ctx f = seccomp_init(kinds[which].otherwise);
    int fd = g_open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool good =
        f && fd >= 0 && fill(f, which) && seccomp_export_bpf(f, fd) == 0;
    if (fd >= 0)
        close(fd);
    if (f)
        seccomp_release(f);
    good = good && g_rename(fresh, path) == 0;
    if (!good) {
        g_unlink(fresh);
        g_clear_pointer(&path, g_free);
    }
    g_free(fresh);
    return path;
}
