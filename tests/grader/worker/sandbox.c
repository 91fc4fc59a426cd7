/* sandbox.c: the worker's process. */
#define _GNU_SOURCE
#include "sandbox.h"
#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MEMORY = 640 << 20,
    STACK = 8 << 20,
    FILES = 64,
    BPF_FD = 4,
    WORDS = 64
};

static bool has(const char *word)
{
    const char *all = getenv("DESCENT_SANDBOX");
    return all && strstr(all, word);
}

static void limit(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit now;
    getrlimit(what, &now);
    if (now.rlim_max < hard)
        hard = now.rlim_max;
    if (hard < soft)
        soft = hard;
    setrlimit(what, &(struct rlimit){soft, hard});
}

static void set_limits(double seconds)
{
    rlim_t cpu = (rlim_t)ceil(seconds);
    limit(RLIMIT_CPU, cpu, cpu);
    if (!getenv(
            "DESCENT_BINDS")) /* a sanitizer's shadow is larger than any memory */
        limit(RLIMIT_AS, MEMORY, MEMORY);
    limit(RLIMIT_STACK, STACK, STACK);
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_NOFILE, FILES, FILES);
    limit(RLIMIT_MEMLOCK, 0, 0);
    limit(RLIMIT_MSGQUEUE, 0, 0);
}

/* Without bubblewrap, the filter is put on here. */
static void filter_self(int fd)
{
    static struct sock_filter code[4096];
    ssize_t size = read(fd, code, sizeof code);
    struct sock_fprog program = {(unsigned short)(size / (ssize_t)sizeof *code),
                                 code};
    if (size <= 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        _exit(127);
}

static void run_alone(const char *worker, int bpf)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (bpf >= 0)
        filter_self(bpf);
    close(bpf);
    execve(worker, (char *[]){(char *)worker, NULL}, (char *[]){NULL});
    _exit(127);
}

/* The sandbox's root holds the worker and nothing else. */
static void run_wrapped(const char *worker, int bpf)
{
    const char *argv[WORDS] = {getenv("DESCENT_BWRAP"),
                               "--unshare-all",
                               "--die-with-parent",
                               "--new-session",
                               "--as-pid-1",
                               "--clearenv",
                               "--cap-drop",
                               "ALL",
                               "--ro-bind",
                               worker,
                               "/worker"};
    size_t n = 11;
    char *binds = getenv("DESCENT_BINDS");
    for (char *b = binds ? strtok(binds, " ") : NULL; b && n < WORDS - 20;
         b = strtok(NULL, " ")) {
        argv[n++] = "--ro-bind-try";
        argv[n++] = b;
        argv[n++] = b;
    }
    static const char *const rest[] = {"--remount-ro", "/", "--chdir", "/"};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        argv[n++] = rest[i];
    if (getenv("DESCENT_ASAN")) {
        argv[n++] = "--setenv";
        argv[n++] = "ASAN_OPTIONS";
        argv[n++] = getenv("DESCENT_ASAN");
    }
    if (bpf >= 0) {
        argv[n++] = "--seccomp";
        argv[n++] = "4";
    }
    argv[n++] = "/worker";
    execve(argv[0], (char **)argv, (char *[]){NULL});
    _exit(127);
}

/* In the child. Of the descriptors, the worker keeps its wire and what it prints to. */
[[gnu::noreturn]] static void become(const int wire, const int output,
                                     double seconds)
{
    const char *worker = getenv("DESCENT_WORKER");
    int bpf = has("seccomp") ? open(getenv("DESCENT_BPF"), O_RDONLY) : -1;
    int null = open("/dev/null", O_RDONLY);
    if (!worker || null < 0 || (has("seccomp") && bpf < 0))
        _exit(127);
    /* Above all that they are copied to. */
    int from[] = {fcntl(null, F_DUPFD, 100), fcntl(output, F_DUPFD, 100),
                  fcntl(wire, F_DUPFD, 100),
                  bpf >= 0 ? fcntl(bpf, F_DUPFD, 100) : -1};
    dup2(from[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    dup2(from[1], STDERR_FILENO);
    dup2(from[2], WORKER_FD);
    if (bpf >= 0)
        dup2(from[3], BPF_FD);
    close_range(bpf >= 0 ? BPF_FD + 1 : BPF_FD, ~0u, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGPROF, SIG_DFL);
    signal(SIGABRT, SIG_DFL);
    if (has("limits"))
        set_limits(seconds);
    if (has("bubblewrap"))
        run_wrapped(worker, bpf >= 0 ? BPF_FD : -1);
    run_alone(worker, bpf >= 0 ? BPF_FD : -1);
    _exit(127);
}

bool start_worker(worker_process *w, double seconds)
{
    int wire[2], output[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wire))
        return false;
    if (pipe2(output, O_CLOEXEC)) {
        close(wire[0]);
        close(wire[1]);
        return false;
    }
    w->pid = fork();
    if (w->pid == 0)
        become(wire[1], output[1], seconds);
    close(wire[1]);
    close(output[1]);
    w->wire = wire[0];
    w->output = output[0];
    fcntl(w->output, F_SETFL, O_NONBLOCK);
    return w->pid > 0;
}

int end_worker(worker_process *w, bool hung_up, struct rusage *used)
{
    int status = 0;
    close(w->wire);
    for (int i = 0; hung_up && i < 1000; i++) {
        if (wait4(w->pid, &status, WNOHANG, used) == w->pid) {
            w->pid = 0;
            return status;
        }
        usleep(1000);
    }
    kill(w->pid, SIGKILL);
    while (wait4(w->pid, &status, 0, used) < 0 && errno == EINTR)
        ;
    w->pid = 0;
    return status;
}
