/* protect.c: bubblewrap is tried; the filters are exported by libseccomp. */
#define _GNU_SOURCE
#include "protect.h"
#include "../runner/run.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <seccomp.h>
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
static const char *const refused[] = {"ioctl",     "readlink", "readlinkat",
                                      "openat",    "open",     "access",
                                      "faccessat", "sysinfo",  NULL};
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

/* Memory is never executable, limits are read only. */
static bool add_checked(scmp_filter_ctx f)
{
    const struct scmp_arg_cmp not_exec =
        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp only_read = SCMP_A2(SCMP_CMP_EQ, 0);
    return !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_exec) &&
           !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                             not_exec) &&
           !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                             only_read);
}

static char *export_filter(const char *name, bool loose)
{
    char *path = g_strconcat(FOLDER, name, NULL);
    char *fresh = g_strdup_printf("%s.%d", path, (int)getpid());
    scmp_filter_ctx f =
        seccomp_init(loose ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_KILL_PROCESS);
    int fd = g_open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool good = f && fd >= 0 && add(f, SCMP_ACT_ALLOW, allowed);
    good = good &&
           (loose ? add(f, SCMP_ACT_ALLOW, loosely)
                  : add(f, SCMP_ACT_ERRNO(EPERM), refused) && add_checked(f));
    good = good && seccomp_export_bpf(f, fd) == 0;
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

/* Namespaces may be forbidden on this machine, or in the container that it is. */
static char *try_bubblewrap(char **why)
{
    char *bwrap = g_find_program_in_path("bwrap");
    if (!bwrap) {
        *why = g_strdup("it is not installed (apt-get install bubblewrap)");
        return NULL;
    }
    run_result r = run(&(run_request){
        .argv =
            (const char *const[]){
                bwrap,        "--unshare-all", "--die-with-parent",
                "--as-pid-1", "--clearenv",    "--cap-drop",
                "ALL",        "--ro-bind",     "/usr",
                "/usr",       "--symlink",     "usr/lib",
                "/lib",       "--symlink",     "usr/lib64",
                "/lib64",     "--remount-ro",  "/",
                "--",         "/usr/bin/true", NULL},
        .seconds = 10});
    if (!run_ok(&r)) {
        *why =
            g_strdup(r.err_size ? g_strchomp(r.err) : "it does not work here");
        g_clear_pointer(&bwrap, g_free);
    }
    run_clear(&r);
    return bwrap;
}

void protection_find(protection *p)
{
    *p = (protection){.present = g_ptr_array_new_with_free_func(g_free),
                      .missing = g_ptr_array_new_with_free_func(g_free)};
    g_mkdir_with_parents(FOLDER, 0777);
    char *why = NULL;
    p->bwrap = try_bubblewrap(&why);
    if (p->bwrap)
        g_ptr_array_add(p->present, g_strdup("bubblewrap"));
    else
        g_ptr_array_add(p->missing, g_strdup_printf("bubblewrap: %s", why));
    g_free(why);
    p->filter = export_filter("worker.bpf", false);
    p->loose = export_filter("sanitized.bpf", true);
    if (p->filter)
        g_ptr_array_add(p->present, g_strdup("seccomp"));
    else
        g_ptr_array_add(
            p->missing,
            g_strdup("seccomp: libseccomp could not make the filter"));
    g_ptr_array_add(p->present, g_strdup("limits"));
}

void protection_clear(protection *p)
{
    g_free(p->bwrap);
    g_free(p->filter);
    g_free(p->loose);
    g_ptr_array_unref(p->present);
    g_ptr_array_unref(p->missing);
}

char *protection_words(const protection *p)
{
    return g_strconcat("limits", p->bwrap ? " bubblewrap" : "",
                       p->filter ? " seccomp" : "", NULL);
}
