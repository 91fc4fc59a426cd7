/* session.c: walks /proc for the processes of a session. */
#define _GNU_SOURCE
#include "session.h"

#include <glib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GENERATIONS = 1000 }; /* of who starts another before it is killed */

/* The session of a process and its resident pages; 0 when it is gone. */
static pid_t read_stat(const char *pid, size_t *pages)
{
    char path[64], line[1024];
    g_snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return 0;
    size_t n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    line[n] = 0;
    /* The name, in brackets, may hold anything; what follows the last bracket is numbers: field 3 is the state, 6 the
       session, 24 the resident pages. */
    char *after = strrchr(line, ')');
    if (!after)
        return 0;
    char **field = g_strsplit(after + 2, " ", 23);
    bool whole = g_strv_length(field) >= 22;
    pid_t session = whole ? (pid_t)g_ascii_strtoll(field[3], NULL, 10) : 0;
    *pages = whole ? (size_t)g_ascii_strtoull(field[21], NULL, 10) : 0;
    g_strfreev(field);
    return session;
}

static void each(pid_t session, void (*visit)(pid_t pid, size_t pages, void *),
                 void *data)
{
    GDir *proc = g_dir_open("/proc", 0, NULL);
    const char *name;
    while (proc && (name = g_dir_read_name(proc))) {
        size_t pages;
        if (g_ascii_isdigit(*name) && read_stat(name, &pages) == session)
            visit((pid_t)g_ascii_strtoll(name, NULL, 10), pages, data);
    }
    if (proc)
        g_dir_close(proc);
}

typedef struct {
    size_t sum, most;
    pid_t biggest;
} tally;

static void add(pid_t pid, size_t pages, void *data)
{
    tally *t = data;
    t->sum += pages;
    if (pages > t->most) {
        t->most = pages;
        t->biggest = pid;
    }
}

size_t session_memory(pid_t session, pid_t *biggest)
{
    tally t = {0};
    each(session, add, &t);
    *biggest = t.biggest;
    return t.sum * (size_t)sysconf(_SC_PAGESIZE);
}

static void kill_one(pid_t pid, size_t, void *)
{
    kill(pid, SIGKILL);
}

void session_kill(pid_t session)
{
    each(session, kill_one, NULL);
}

void session_adopt(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static bool marked(pid_t pid, const char *mark)
{
    char *path = g_strdup_printf("/proc/%d/environ", (int)pid), *all = NULL;
    gsize size = 0;
    bool found = false;
    if (g_file_get_contents(path, &all, &size, NULL))
        for (char *p = all; p < all + size && !found; p += strlen(p) + 1)
            found = !strcmp(p, mark);
    g_free(all);
    g_free(path);
    return found;
}

/* The children of one thread, which is how the kernel lists them; true when one of them was killed. */
static bool kill_children(const char *thread, const char *mark)
{
    char *path = g_strdup_printf("/proc/self/task/%s/children", thread);
    char *list = NULL;
    bool killed = false;
    if (g_file_get_contents(path, &list, NULL, NULL)) {
        char **pids = g_strsplit_set(list, " \n", -1);
        for (size_t i = 0; pids[i]; i++) {
            pid_t pid = (pid_t)g_ascii_strtoll(pids[i], NULL, 10);
            if (pid > 0 && marked(pid, mark)) {
                kill(pid, SIGKILL);
                waitpid(pid, NULL, 0);
                killed = true;
            }
        }
        g_strfreev(pids);
    }
    g_free(list);
    g_free(path);
    return killed;
}

void session_kill_marked(const char *mark)
{
    bool killed = true;
    for (int i = 0; killed && i < GENERATIONS; i++) {
        killed = false;
        GDir *threads = g_dir_open("/proc/self/task", 0, NULL);
        const char *name;
        while (threads && (name = g_dir_read_name(threads)))
            killed |= kill_children(name, mark);
        if (threads)
            g_dir_close(threads);
    }
}

/* The descriptor holds the process: a number read here may be another's by the time of the signal. */
static bool kill_if_marked(pid_t pid, const char *mark)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    bool killed = fd >= 0 && marked(pid, mark) &&
                  syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0) == 0;
    if (fd >= 0)
        close(fd);
    return killed;
}

void session_kill_everywhere(const char *mark)
{
    bool killed = true;
    for (int i = 0; killed && i < GENERATIONS; i++) {
        killed = false;
        GDir *proc = g_dir_open("/proc", 0, NULL);
        const char *name;
        while (proc && (name = g_dir_read_name(proc)))
            if (g_ascii_isdigit(*name))
                killed |= kill_if_marked((pid_t)g_ascii_strtoll(name, NULL, 10),
                                         mark);
        if (proc)
            g_dir_close(proc);
    }
}
