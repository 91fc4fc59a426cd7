/* run.c: GSubprocess, with a session, limits and a cap on what is kept of the output. */
#include "run.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARK "DESCENT_RUN"

enum { FIRST_LOOK_MS = 200, LOOK_MS = 50, FILE_LIMIT = 1 << 30 };

/* ------------------------------------------------------- cores are shared */

static GMutex cores_lock;
static GCond cores_free;
static int cores = -1;

static void take_core(void)
{
    g_mutex_lock(&cores_lock);
    if (cores < 0)
        cores = (int)g_get_num_processors();
    while (cores == 0)
        g_cond_wait(&cores_free, &cores_lock);
    cores--;
    g_mutex_unlock(&cores_lock);
}

static void give_core(void)
{
    g_mutex_lock(&cores_lock);
    cores++;
    g_cond_signal(&cores_free);
    g_mutex_unlock(&cores_lock);
}

/* ---------------------------------------------------------------- one run */

typedef struct {
    GByteArray *kept;
    int fd; /* -1 when it has ended */
} stream;

typedef struct {
    const run_request *what;
    run_result *result;
    stream out, err;
    /* And session; told by the child through a pipe, for GSubprocess forgets it as soon as it has ended. */
    pid_t pid;
    int tell[2];
    pid_t starter;
    char *mark; /* in the environment of all that it starts */
    bool ended; /* the program itself; what it started may hold the pipes */
} watched;

static gboolean on_readable(gint fd, GIOCondition, gpointer data)
{
    watched *w = data;
    stream *s = fd == w->out.fd ? &w->out : &w->err;
    char buffer[8192];
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return G_SOURCE_CONTINUE;
    if (n <= 0) {
        s->fd = -1;
        return G_SOURCE_REMOVE;
    }
    size_t room = OUTPUT_LIMIT - s->kept->len;
    if ((size_t)n > room)
        w->result->cut = true;
    g_byte_array_append(s->kept, (guint8 *)buffer, (guint)MIN((size_t)n, room));
    return G_SOURCE_CONTINUE;
}

/* Check, told to end, takes its test along; whatever is left then is found by its session. */
static gboolean on_timeout(gpointer data)
{
    watched *w = data;
    if (!w->ended) {
        w->result->timed_out = true;
        kill(w->pid, SIGTERM);
        g_usleep(50 * 1000);
    }
    session_kill(w->pid);
    return G_SOURCE_REMOVE;
}

static gboolean on_look(gpointer data)
{
    watched *w = data;
    pid_t biggest;
    size_t limit = (size_t)w->what->megabytes << 20;
    if (session_memory(w->pid, &biggest) > limit && biggest) {
        w->result->too_big = true;
        kill(biggest, SIGKILL);
    }
    return G_SOURCE_CONTINUE;
}

static gboolean on_first_look(gpointer data);

static void attach(GSource *source, GSourceFunc f, watched *w)
{
    g_source_set_callback(source, f, w, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
}

static gboolean on_first_look(gpointer data)
{
    GSource *again = g_timeout_source_new(LOOK_MS);
    attach(again, on_look, data);
    g_source_unref(again);
    on_look(data);
    return G_SOURCE_REMOVE;
}

static void on_end(GObject *, GAsyncResult *, gpointer data)
{
    watched *w = data;
    w->ended = true;
    kill(-w->pid, SIGKILL);
}

/* In the child, before the program: only what is safe between fork and exec. */
static void settle(gpointer data)
{
    const watched *w = data;
    const run_request *what = w->what;
    pid_t self = setsid();
    if (write(w->tell[1], &self, sizeof self) != sizeof self)
        _exit(127);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    /* Of a parent that is dead already, no signal comes. */
    if (getppid() != w->starter)
        _exit(127);
    rlim_t seconds = (rlim_t)(what->seconds > 0 ? what->seconds : 60) + 5;
    setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds + 5});
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){FILE_LIMIT, FILE_LIMIT});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

static GSubprocess *start(watched *w, GError **error)
{
    const run_request *what = w->what;
    if (!g_unix_open_pipe(w->tell, FD_CLOEXEC, error))
        return NULL;
    w->starter = getpid();
    GSubprocessLauncher *l = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    if (what->folder)
        g_subprocess_launcher_set_cwd(l, what->folder);
    for (size_t i = 0; what->env && what->env[i]; i++) {
        char **pair = g_strsplit(what->env[i], "=", 2);
        g_subprocess_launcher_setenv(l, pair[0], pair[1] ? pair[1] : "", TRUE);
        g_strfreev(pair);
    }
    g_subprocess_launcher_setenv(l, MARK, strchr(w->mark, '=') + 1, TRUE);
    g_subprocess_launcher_set_child_setup(l, settle, w, NULL);
    GSubprocess *p = g_subprocess_launcher_spawnv(l, what->argv, error);
    g_object_unref(l);
    if (p && read(w->tell[0], &w->pid, sizeof w->pid) != sizeof w->pid)
        g_error("a process started and did not say its number");
    close(w->tell[0]);
    close(w->tell[1]);
    return p;
}

/* Gives the bytes to a zero-ended string of the same size. */
static char *finish(GByteArray *kept, size_t *size)
{
    *size = kept->len;
    g_byte_array_append(kept, (const guint8 *)"", 1);
    return (char *)g_byte_array_free(kept, FALSE);
}

static void watch(watched *w, GSubprocess *p)
{
    double seconds = w->what->seconds > 0 ? w->what->seconds : 60;
    GPtrArray *sources =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_source_unref);
    stream *streams[] = {&w->out, &w->err};
    GInputStream *pipes[] = {g_subprocess_get_stdout_pipe(p),
                             g_subprocess_get_stderr_pipe(p)};
    for (int i = 0; i < 2; i++) {
        streams[i]->fd =
            g_unix_input_stream_get_fd(G_UNIX_INPUT_STREAM(pipes[i]));
        g_unix_set_fd_nonblocking(streams[i]->fd, TRUE, NULL);
        GSource *s =
            g_unix_fd_source_new(streams[i]->fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
        attach(s, (GSourceFunc)(void (*)(void))on_readable, w);
        g_ptr_array_add(sources, s);
    }
    GSource *deadline = g_timeout_source_new((guint)(seconds * 1000));
    attach(deadline, on_timeout, w);
    g_ptr_array_add(sources, deadline);
    if (w->what->megabytes) {
        GSource *look = g_timeout_source_new(FIRST_LOOK_MS);
        attach(look, on_first_look, w);
        g_ptr_array_add(sources, look);
    }
    g_subprocess_wait_async(p, NULL, on_end, w);

    GMainContext *context = g_main_context_get_thread_default();
    while (!w->ended)
        g_main_context_iteration(context, TRUE);
    session_kill_marked(w->mark);
    /* A process left behind may hold the pipes: a moment for what is in them, then it goes. */
    for (int i = 0; w->out.fd >= 0 || w->err.fd >= 0; i++) {
        if (i == 20 || i == 200)
            session_kill(w->pid);
        if (i > 400)
            break;
        if (!g_main_context_iteration(context, FALSE))
            g_usleep(500);
    }
    for (guint i = 0; i < sources->len; i++)
        g_source_destroy(sources->pdata[i]);
    g_ptr_array_unref(sources);
}

run_result run(const run_request *what)
{
    run_result r = {.status = -1};
    watched w = {.what = what,
                 .result = &r,
                 .out.kept = g_byte_array_new(),
                 .err.kept = g_byte_array_new()};
    GError *error = NULL;
    static int runs;
    w.mark = g_strdup_printf(MARK "=%d-%d", (int)getpid(),
                             g_atomic_int_add(&runs, 1));
    take_core();
    session_adopt();
    GMainContext *context = g_main_context_new();
    g_main_context_push_thread_default(context);
    gint64 then = g_get_monotonic_time();
    GSubprocess *p = start(&w, &error);
    if (p) {
        r.started = true;
        watch(&w, p);
        if (g_subprocess_get_if_exited(p))
            r.status = g_subprocess_get_exit_status(p);
        else
            r.signal = g_subprocess_get_term_sig(p);
        g_object_unref(p);
    } else {
        g_byte_array_append(w.err.kept, (guint8 *)error->message,
                            (guint)strlen(error->message));
        g_error_free(error);
    }
    r.seconds = (double)(g_get_monotonic_time() - then) / 1e6;
    g_main_context_pop_thread_default(context);
    g_main_context_unref(context);
    give_core();
    g_free(w.mark);
    r.out = finish(w.out.kept, &r.out_size);
    r.err = finish(w.err.kept, &r.err_size);
    return r;
}

bool run_ok(const run_result *r)
{
    return r->started && !r->timed_out && !r->too_big && r->status == 0;
}

char *run_trouble(const run_request *what, const run_result *r)
{
    if (!r->started)
        return g_strdup_printf("could not be started: %s", r->err);
    if (r->timed_out)
        return g_strdup_printf("took more than %g seconds and was stopped",
                               what->seconds > 0 ? what->seconds : 60);
    if (r->too_big)
        return g_strdup_printf("took more than %u MB of memory and was stopped",
                               what->megabytes);
    if (r->signal)
        return g_strdup_printf("crashed (%s)", g_strsignal(r->signal));
    return g_strdup_printf("ended with exit status %d", r->status);
}

void run_clear(run_result *r)
{
    g_free(r->out);
    g_free(r->err);
    *r = (run_result){.status = -1};
}

/* ------------------------------------------------------------ in parallel */

typedef struct {
    size_t n;
    gsize next;
    void (*job)(size_t i, void *data);
    void *data;
} work;

static gpointer take_jobs(gpointer data)
{
    work *w = data;
    for (;;) {
        size_t i = (size_t)g_atomic_pointer_add(&w->next, 1);
        if (i >= w->n)
            return NULL;
        w->job(i, w->data);
    }
}

/* The caller works too, so that jobs that call this in turn always get on. */
void in_parallel(size_t n, void (*job)(size_t i, void *data), void *data)
{
    work w = {.n = n, .job = job, .data = data};
    size_t helpers = MIN(n, (size_t)g_get_num_processors());
    helpers = helpers ? helpers - 1 : 0;
    GThread *threads[64];
    helpers = MIN(helpers, G_N_ELEMENTS(threads));
    for (size_t i = 0; i < helpers; i++)
        threads[i] = g_thread_new("job", take_jobs, &w);
    take_jobs(&w);
    for (size_t i = 0; i < helpers; i++)
        g_thread_join(threads[i]);
}
