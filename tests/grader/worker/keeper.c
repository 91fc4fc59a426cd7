/* keeper.c: starts workers, one after another, and sees to their end. Linked by itself, statically. */
#define _GNU_SOURCE
#include "keeper.h"
#include "confine.h"
#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static confine_program filter;

/* Like fork; the child is the first process of its namespace, so that nothing outlives it. */
static pid_t fork_apart(int *pidfd)
{
    return (pid_t)syscall(SYS_clone, CLONE_NEWPID | CLONE_PIDFD | SIGCHLD, NULL,
                          pidfd, NULL, NULL);
}

static void await_end(pid_t pid, keeper_answer *a)
{
    while (wait4(pid, &a->status, 0, &a->used) < 0 && errno == EINTR)
        ;
}

/* What the keeper may, to make namespaces, a worker may not. */
static bool drop_privileges(void)
{
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {0};
    return !prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN, 0, 0, 0) &&
           !prctl(PR_CAPBSET_DROP, CAP_SETPCAP, 0, 0, 0) &&
           !prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) &&
           !syscall(SYS_capset, &head, none);
}

[[gnu::noreturn]] static void become_worker(int wire, int output,
                                            double seconds)
{
    /* Above all that they are copied to. */
    int high[] = {fcntl(wire, F_DUPFD, 100), fcntl(output, F_DUPFD, 100)};
    bool good = dup2(high[1], STDOUT_FILENO) >= 0 &&
                dup2(high[1], STDERR_FILENO) >= 0 &&
                dup2(high[0], WORKER_FD) >= 0 &&
                close_range(WORKER_FD + 1, ~0u, 0) == 0 && drop_privileges();
    if (!good)
        _exit(127);
    confine_addresses();
    confine_limits(seconds, true);
    if (confine_filter(&filter))
        execve("/worker", (char *[]){"/worker", NULL}, (char *[]){NULL});
    _exit(127);
}

/* Until the worker has ended: by itself, or because the host wants no more of it. */
static keeper_answer see_to_its_end(pid_t pid, int pidfd, int life)
{
    struct pollfd list[] = {{.fd = pidfd, .events = POLLIN},
                            {.fd = life, .events = POLLIN}};
    while (poll(list, 2, -1) < 0 && errno == EINTR)
        ;
    if (!list[0].revents)
        kill(pid, SIGKILL);
    keeper_answer a = {0};
    await_end(pid, &a);
    return a;
}

/* By it the host looks at the worker's clock. */
static void show_worker(int life, int pidfd)
{
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    keeper_answer nothing = {0};
    struct iovec part = {&nothing, sizeof nothing};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control};
    control.head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)),
                                    .cmsg_level = SOL_SOCKET,
                                    .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.head), &pidfd, sizeof pidfd);
    sendmsg(life, &m, MSG_NOSIGNAL);
}

static void keep(const keeper_request *r, int wire, int output, int life)
{
    int pidfd = -1;
    pid_t pid = fork_apart(&pidfd);
    if (pid == 0)
        become_worker(wire, output, r->seconds);
    close(wire);
    close(output);
    if (pid > 0) {
        show_worker(life, pidfd);
        keeper_answer a = see_to_its_end(pid, pidfd, life);
        send(life, &a, sizeof a, MSG_NOSIGNAL);
        close(pidfd);
    }
    close(life);
}

/* False at the end. */
static bool receive(keeper_request *r, int fds[KEEPER_FDS])
{
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(KEEPER_FDS * sizeof(int))];
    } control;
    struct iovec part = {r, sizeof *r};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control};
    ssize_t n;
    while ((n = recvmsg(KEEPER_FD, &m, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
        ;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (n != sizeof *r || !c ||
        c->cmsg_len != CMSG_LEN(KEEPER_FDS * sizeof(int)))
        return false;
    memcpy(fds, CMSG_DATA(c), KEEPER_FDS * sizeof *fds);
    return true;
}

static bool is_able(void)
{
    int pidfd = -1;
    pid_t pid = fork_apart(&pidfd);
    if (pid == 0)
        _exit(drop_privileges() ? 0 : 1);
    if (pid < 0)
        return false;
    keeper_answer a = {0};
    await_end(pid, &a);
    close(pidfd);
    return a.status == 0;
}

int main(void)
{
    if (!confine_read(KEEPER_BPF_FD, &filter) || !is_able())
        return 1;
    close(KEEPER_BPF_FD);
    char ready = KEEPER_READY;
    if (send(KEEPER_FD, &ready, 1, MSG_NOSIGNAL) != 1)
        return 1;
    keeper_request r;
    for (int fds[KEEPER_FDS]; receive(&r, fds);)
        keep(&r, fds[0], fds[1], fds[2]);
    return 0;
}
