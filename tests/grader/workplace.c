/* workplace.c: a lock file beside each folder; made before the folder and removed after it. */
#define _GNU_SOURCE
#include "workplace.h"
#include "../runner/session.h"
#include "../runner/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORK "build/grade/work"
#define ENDING ".lock"
#define MARK "DESCENT_WORK"

enum { TRIES = 100 };

/* A lock counts if its file still stands under its name: another may have swept it between our open and our lock. */
static bool is_there(int fd, const char *path)
{
    struct stat mine, there;
    return fstat(fd, &mine) == 0 && mine.st_nlink > 0 &&
           stat(path, &there) == 0 && mine.st_ino == there.st_ino &&
           mine.st_dev == there.st_dev;
}

/* The descriptor that holds it, or -1. It is open for writing, which NFS asks of an exclusive lock; what we start does not
   inherit it. */
static int take_lock(const char *path, int flags)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0644);
    if (fd >= 0 && (flock(fd, LOCK_EX | LOCK_NB) || !is_there(fd, path))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* ------------------------------------------------------------------ those of dead judges */

static void sweep_one(const char *name)
{
    char *folder = g_build_filename(WORK, name, NULL),
         *lock = g_strconcat(folder, ENDING, NULL),
         *mark = g_strconcat(MARK "=", name, NULL);
    int fd = take_lock(lock, 0);
    if (fd >= 0) {
        session_kill_everywhere(mark);
        folder_remove(folder);
        /* What could not be removed stays to be swept. */
        if (!g_file_test(folder, G_FILE_TEST_EXISTS))
            g_unlink(lock);
        close(fd);
    } else if (access(lock, F_OK) && errno == ENOENT) {
        /* A living judge's folder is never without a lock's file. */
        folder_remove(folder);
    }
    g_free(mark);
    g_free(lock);
    g_free(folder);
}

static void sweep(void)
{
    GDir *dir = g_dir_open(WORK, 0, NULL);
    for (const char *entry; dir && (entry = g_dir_read_name(dir));) {
        char *name = g_strdup(entry);
        if (g_str_has_suffix(name, ENDING))
            name[strlen(name) - strlen(ENDING)] = 0;
        sweep_one(name);
        g_free(name);
    }
    if (dir)
        g_dir_close(dir);
}

/* ------------------------------------------------------------------ one's own */

static bool take_name(workplace *w)
{
    char *name = g_strdup_printf("%08x%08x", g_random_int(), g_random_int());
    *w = (workplace){.folder = g_build_filename(WORK, name, NULL), .fd = -1};
    w->lock = g_strconcat(w->folder, ENDING, NULL);
    w->fd = take_lock(w->lock, O_CREAT | O_EXCL);
    bool good = w->fd >= 0 && g_mkdir(w->folder, 0755) == 0;
    if (good)
        g_setenv(MARK, name, TRUE);
    else
        workplace_close(w);
    g_free(name);
    return good;
}

bool workplace_open(workplace *w, const char *submission, char **trouble)
{
    g_mkdir_with_parents(WORK, 0777);
    sweep();
    bool good = false;
    for (int i = 0; i < TRIES && !good; i++)
        good = take_name(w);
    if (!good)
        *trouble =
            g_strdup_printf("No folder to work in can be made in " WORK ": %s",
                            g_strerror(errno));
    else
        dprintf(w->fd, "process %d on %s judges %s\n", (int)getpid(),
                g_get_host_name(), submission);
    return good;
}

void workplace_close(workplace *w)
{
    if (w->fd >= 0 && w->folder) {
        folder_remove(w->folder);
        g_unlink(w->lock);
        close(w->fd);
    }
    g_free(w->folder);
    g_free(w->lock);
    *w = (workplace){.fd = -1};
}
