/* sandbox.c: the worker's process. */
#define _GNU_SOURCE
#include "sandbox.h"
#include "confine.h"
#include "frame.h"
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BPF_FD = KEEPER_BPF_FD, WORDS = 64 };

static bool has(const char *word)
{
    const char *all = getenv("DESCENT_SANDBOX");
    return all && strstr(all, word);
}

/* By which the grader finds what was left running when it was killed: bubblewrap hands it on to nobody. */
static char **environment(void)
{
    static char work[64], *only[] = {NULL, NULL};
    const char *name = getenv("DESCENT_WORK");
    if (name) {
        snprintf(work, sizeof work, "DESCENT_WORK=%s", name);
        only[0] = work;
    }
    return only;
}

void end_with_parent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Of a parent that is dead already, no signal comes. */
    if (getppid() != parent)
        _exit(127);
}

/* Without bubblewrap, the filter is put on here. */
static void run_alone(const char *worker, int bpf)
{
    static confine_program filter;
    if (bpf >= 0 && (!confine_read(bpf, &filter) || !confine_filter(&filter)))
        _exit(127);
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
    execve(argv[0], (char **)argv, environment());
    _exit(127);
}

/* In the child. Of the descriptors, the worker keeps its wire and what it prints to. */
[[gnu::noreturn]] static void become(const int wire, const int output,
                                     double seconds, pid_t parent)
{
    end_with_parent(parent);
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
    confine_addresses();
    if (has("limits"))
        /* A sanitizer's shadow is larger than any memory. */
        confine_limits(seconds, !getenv("DESCENT_BINDS"));
    if (has("bubblewrap"))
        run_wrapped(worker, bpf >= 0 ? BPF_FD : -1);
    run_alone(worker, bpf >= 0 ? BPF_FD : -1);
    _exit(127);
}

/* ------------------------------------------------------------------ the keeper */

static int keeper_line = -1; /* -1: every worker has a sandbox of its own */
static pid_t keeper_pid;
pid_t host_pid;

/* It has no signal from its parent's death: bubblewrap, killed while it begins, leaves a process that waits for it for ever.
   So it is let to begin, and the keeper ends by itself when the other end of its line is nobody's. */
[[gnu::noreturn]] static void become_keeper(const int line, const char *keeper,
                                            const char *worker)
{
    int bpf = open(getenv("DESCENT_BPF"), O_RDONLY),
        null = open("/dev/null", O_RDONLY);
    if (bpf < 0 || null < 0)
        _exit(127);
    int from[] = {fcntl(null, F_DUPFD, 100), fcntl(line, F_DUPFD, 100),
                  fcntl(bpf, F_DUPFD, 100)};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(from[0], fd);
    dup2(from[1], KEEPER_FD);
    dup2(from[2], KEEPER_BPF_FD);
    close_range(KEEPER_BPF_FD + 1, ~0u, 0);
    execve(getenv("DESCENT_BWRAP"),
           (char *[]){"bwrap",
                      "--unshare-all",
                      "--new-session",
                      "--as-pid-1",
                      "--clearenv",
                      "--cap-drop",
                      "ALL",
                      "--cap-add",
                      "CAP_SYS_ADMIN",
                      "--cap-add",
                      "CAP_SETPCAP",
                      "--ro-bind",
                      (char *)worker,
                      "/worker",
                      "--ro-bind",
                      (char *)keeper,
                      "/keeper",
                      "--remount-ro",
                      "/",
                      "--chdir",
                      "/",
                      "/keeper",
                      NULL},
           environment());
    _exit(127);
}

static void end_keeper(void)
{
    if (keeper_line < 0 || getpid() != host_pid)
        return;
    shutdown(keeper_line, SHUT_RDWR);
    close(keeper_line);
    keeper_line = -1;
    while (waitpid(keeper_pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* Before the tests, each of which is a process of its own. Where the keeper cannot be, there is none. */
[[gnu::constructor]] static void start_keeper(void)
{
    host_pid = getpid();
    const char *keeper = getenv("DESCENT_KEEPER"),
               *worker = getenv("DESCENT_WORKER");
    int line[2];
    if (!keeper || !worker || !has("bubblewrap") || !has("seccomp") ||
        !has("limits") ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line))
        return;
    keeper_pid = fork();
    if (keeper_pid == 0)
        become_keeper(line[1], keeper, worker);
    close(line[1]);
    keeper_line = line[0];
    char said = 0;
    if (keeper_pid < 0 || recv(keeper_line, &said, 1, 0) != 1 ||
        said != KEEPER_READY)
        end_keeper();
    else
        atexit(end_keeper);
}

static bool ask_keeper(int wire, int output, int life, double seconds)
{
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(KEEPER_FDS * sizeof(int))];
    } control = {0};
    keeper_request r = {seconds};
    struct iovec part = {&r, sizeof r};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control};
    control.head =
        (struct cmsghdr){.cmsg_len = CMSG_LEN(KEEPER_FDS * sizeof(int)),
                         .cmsg_level = SOL_SOCKET,
                         .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.head), (int[]){wire, output, life},
           KEEPER_FDS * sizeof(int));
    return sendmsg(keeper_line, &m, MSG_NOSIGNAL) == sizeof r;
}

/* ------------------------------------------------------------------ a worker's life */

static bool start_kept(worker_process *w, int wire, int output, double seconds)
{
    int life[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, life))
        return false;
    bool good = ask_keeper(wire, output, life[1], seconds);
    close(life[1]);
    w->life = life[0];
    if (!good)
        close(w->life);
    return good;
}

static bool start_alone(worker_process *w, int wire, int output, double seconds)
{
    pid_t self = getpid();
    w->pid = fork();
    if (w->pid == 0)
        become(wire, output, seconds, self);
    return w->pid > 0;
}

/* Of a size that nobody can change: who truncated it would kill who reads it. */
static int make_wire(wire **at)
{
    int fd = memfd_create("wire", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    bool good =
        fd >= 0 && ftruncate(fd, sizeof(wire)) == 0 &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
    *at = good ? mmap(NULL, sizeof(wire), PROT_READ | PROT_WRITE, MAP_SHARED,
                      fd, 0)
               : MAP_FAILED;
    if (*at == MAP_FAILED && fd >= 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool start_worker(worker_process *w, double seconds)
{
    *w = (worker_process){.life = -1, .pidfd = -1};
    int output[2], wire_fd = make_wire(&w->wire);
    if (wire_fd < 0)
        return false;
    if (pipe2(output, O_CLOEXEC)) {
        close(wire_fd);
        munmap(w->wire, sizeof *w->wire);
        return false;
    }
    bool good = keeper_line >= 0 ? start_kept(w, wire_fd, output[1], seconds)
                                 : start_alone(w, wire_fd, output[1], seconds);
    close(wire_fd);
    close(output[1]);
    w->output = output[0];
    fcntl(w->output, F_SETFL, O_NONBLOCK);
    return good;
}

/* ------------------------------------------------------------------ how it is */

/* What the keeper says of it: first the worker's own descriptor, then how it ended. */
static void hear_keeper(worker_process *w, int flags)
{
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    while (!w->ended) {
        keeper_answer a;
        struct iovec part = {&a, sizeof a};
        struct msghdr m = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = &control,
                           .msg_controllen = sizeof control};
        ssize_t n = recvmsg(w->life, &m, MSG_CMSG_CLOEXEC | flags);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        struct cmsghdr *c = CMSG_FIRSTHDR(&m);
        if (n == sizeof a && c && c->cmsg_len == CMSG_LEN(sizeof(int))) {
            memcpy(&w->pidfd, CMSG_DATA(c), sizeof(int));
            continue;
        }
        w->ended = true;
        w->status = n == sizeof a ? a.status : SIGKILL;
        if (n == sizeof a)
            w->used = a.used;
    }
}

static void look_for_child(worker_process *w, int flags)
{
    if (!w->ended && wait4(w->pid, &w->status, flags, &w->used) == w->pid) {
        w->ended = true;
        w->pid = 0;
    }
}

bool has_ended(worker_process *w)
{
    if (w->life >= 0)
        hear_keeper(w, MSG_DONTWAIT);
    else
        look_for_child(w, WNOHANG);
    return w->ended;
}

/* A line of a file of /proc, up to its end. */
static bool read_line(const char *path, char *line, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, line, size - 1) : -1;
    if (fd >= 0)
        close(fd);
    line[n > 0 ? n : 0] = 0;
    return n > 0;
}

/* The worker's number as it is here; 0 when nobody can tell. */
static pid_t worker_pid(const worker_process *w)
{
    char path[80], text[512];
    if (w->pidfd >= 0) {
        snprintf(path, sizeof path, "/proc/self/fdinfo/%d", w->pidfd);
        const char *at =
            read_line(path, text, sizeof text) ? strstr(text, "\nPid:") : NULL;
        return at ? (pid_t)atoi(at + 5) : 0;
    }
    if (w->life >= 0 || w->ended)
        return 0;
    if (!has("bubblewrap"))
        return w->pid;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)w->pid,
             (int)w->pid);
    return read_line(path, text, sizeof text) ? (pid_t)atoi(text) : 0;
}

double worker_seconds(worker_process *w)
{
    pid_t pid = worker_pid(w);
    clockid_t clock;
    struct timespec t;
    if (pid <= 0 || clock_getcpuclockid(pid, &clock) ||
        clock_gettime(clock, &t))
        return -1;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool worker_waits(worker_process *w)
{
    char path[40], text[512];
    pid_t pid = worker_pid(w);
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    if (pid <= 0 || !read_line(path, text, sizeof text))
        return true;
    /* Behind the name in brackets, which may hold anything. */
    const char *name = strrchr(text, ')');
    return !name || strncmp(name, ") R", 3) != 0;
}

/* ------------------------------------------------------------------ its end */

enum { LAST_MOMENT = 1000 /* ms */ };

static void end_kept(worker_process *w, bool by_itself)
{
    if (by_itself && !w->ended)
        poll(&(struct pollfd){.fd = w->life, .events = POLLIN}, 1, LAST_MOMENT);
    shutdown(w->life, SHUT_WR);
    hear_keeper(w, 0);
    close(w->life);
    w->life = -1;
}

static void end_alone(worker_process *w, bool by_itself)
{
    for (int i = 0; by_itself && !has_ended(w) && i < LAST_MOMENT; i++)
        usleep(1000);
    if (!w->ended)
        kill(w->pid, SIGKILL);
    while (!w->ended)
        look_for_child(w, 0);
}

int end_worker(worker_process *w, bool by_itself, struct rusage *used)
{
    if (w->life >= 0)
        end_kept(w, by_itself);
    else
        end_alone(w, by_itself);
    if (w->pidfd >= 0)
        close(w->pidfd);
    w->pidfd = -1;
    munmap(w->wire, sizeof *w->wire);
    w->wire = NULL;
    *used = w->used;
    return w->status;
}
