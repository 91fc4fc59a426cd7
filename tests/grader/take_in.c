/* take_in.c: `descent intake SUBMISSIONS=path INTO=dir`: the roll of a class, and every submission normalised.

   Reads what strangers wrote, so it runs apart from the grader (sandboxed where that is possible: grade.c), and every
   submission in a process of its own, under limits: what breaks one leaves the others alone. Writes INTO/roll.json and
   INTO/in/HASH/. */
#include "intake.h"
#include "options.h"
#include "roll.h"
#include "teach.h"
#include "words.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HASH = 64, SECONDS = 60, MEGABYTES = 1024 };

typedef struct {
    const manifest *m;
    const char *into; /* INTO/in */
    const roll *roll;
    char (*hashes)[HASH + 1]; /* "" when it failed */
    pid_t *pids;              /* of those at work; 0: not */
    int *pipes;
} taking_in;

/* In the child. */
static void take_one(const taking_in *t, const sent *s, int tell)
{
    rlim_t bytes = (rlim_t)MEGABYTES << 20;
    setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
    setrlimit(RLIMIT_CPU, &(struct rlimit){SECONDS, SECONDS + 1});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    alarm(2 * SECONDS);
    pile *p = pile_new();
    for (guint i = 0; i < s->paths->len; i++)
        pile_add(p, s->paths->pdata[i], s->shown->pdata[i]);
    char *hash = intake(t->m, p, t->into);
    bool told = hash && write(tell, hash, HASH) == HASH;
    _exit(told ? 0 : 1);
}

static void start(taking_in *t, guint i)
{
    int ends[2];
    if (pipe(ends) != 0)
        return;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        take_one(t, t->roll->all->pdata[i], ends[1]);
    close(ends[1]);
    t->pids[i] = pid > 0 ? pid : 0;
    t->pipes[i] = ends[0];
}

/* Waits for one to end. */
static void gather(taking_in *t)
{
    int status;
    pid_t pid = wait(&status);
    for (guint i = 0; i < t->roll->all->len; i++) {
        if (pid <= 0 || t->pids[i] != pid)
            continue;
        if (!WIFEXITED(status) || WEXITSTATUS(status) ||
            read(t->pipes[i], t->hashes[i], HASH) != HASH)
            t->hashes[i][0] = 0;
        close(t->pipes[i]);
        t->pids[i] = 0;
    }
}

static void take_all(taking_in *t)
{
    guint n = t->roll->all->len, at_work = 0;
    for (guint i = 0; i < n; i++) {
        for (; at_work >= g_get_num_processors(); at_work--)
            gather(t);
        start(t, i);
        at_work += t->pids[i] != 0;
    }
    for (; at_work; at_work--)
        gather(t);
    for (guint i = 0; i < n; i++) {
        if (t->hashes[i][0])
            continue;
        char *hash = intake_failed(
            t->m, "The grader could not unpack this submission.", t->into);
        if (hash)
            g_strlcpy(t->hashes[i], hash, HASH + 1);
        g_free(hash);
    }
}

/* ------------------------------------------------------------------ the roll */

static void add(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    if (value) {
        char *shown = words_shown(value);
        json_builder_add_string_value(b, shown);
        g_free(shown);
    } else {
        json_builder_add_null_value(b);
    }
}

static void add_sent(JsonBuilder *b, const sent *s, const char *hash)
{
    json_builder_begin_object(b);
    add(b, "student", s->student);
    json_builder_set_member_name(b, "name"); /* fit to be shown already */
    json_builder_add_string_value(b, s->name);
    add(b, "email", s->email);
    add(b, "lms", s->lms_id);
    json_builder_set_member_name(b, "submitted");
    if (s->submitted == G_MININT64)
        json_builder_add_null_value(b);
    else
        json_builder_add_int_value(b, s->submitted);
    json_builder_set_member_name(b, "late");
    json_builder_add_boolean_value(b, s->said_late);
    add(b, "folder", hash);
    json_builder_end_object(b);
}

static bool write_roll(const taking_in *t, const char *path, GError **error)
{
    JsonBuilder *b = json_builder_new();
    json_builder_begin_object(b);
    add(b, "shape", t->roll->shape);
    json_builder_set_member_name(b, "sent");
    json_builder_begin_array(b);
    for (guint i = 0; i < t->roll->all->len; i++)
        add_sent(b, t->roll->all->pdata[i], t->hashes[i]);
    json_builder_end_array(b);
    json_builder_end_object(b);
    JsonNode *root = json_builder_get_root(b);
    char *text = json_to_string(root, TRUE);
    bool good = g_file_set_contents(path, text, -1, error);
    g_free(text);
    json_node_unref(root);
    g_object_unref(b);
    return good;
}

static roll *call_roll(const char *from, const char *into, GError **error)
{
    if (g_file_test(from, G_FILE_TEST_IS_DIR))
        return roll_call(from, error);
    if (!pile_is_archive(from)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                    "%s is neither a folder nor an archive", from);
        return NULL;
    }
    char *class = g_build_filename(into, "class", NULL);
    roll *r = roll_unpack(from, class, error) ? roll_call(class, error) : NULL;
    g_free(class);
    return r;
}

int verb_intake(const manifest *m, const options *o)
{
    const char *from = option(o, "SUBMISSIONS", NULL);
    const char *into = option(o, "INTO", NULL);
    if (!options_known(o, (const char *const[]){"SUBMISSIONS", "INTO", NULL}))
        return 2;
    if (!from || !into) {
        fprintf(stderr, "intake wants SUBMISSIONS=path INTO=folder.\n");
        return 2;
    }
    /* File names of an archive are bytes of UTF-8 whatever this machine's language. */
    setlocale(LC_CTYPE, "C.UTF-8");
    GError *error = NULL;
    taking_in t = {.m = m, .into = g_build_filename(into, "in", NULL)};
    g_mkdir_with_parents(t.into, 0777);
    t.roll = call_roll(from, into, &error);
    if (t.roll) {
        guint n = t.roll->all->len;
        t.hashes = g_malloc0((n + 1) * sizeof *t.hashes);
        t.pids = g_new0(pid_t, n + 1);
        t.pipes = g_new0(int, n + 1);
        take_all(&t);
        char *path = g_build_filename(into, "roll.json", NULL);
        write_roll(&t, path, &error);
        g_free(path);
    }
    if (error)
        fprintf(stderr, "%s\n", error->message);
    g_free((char *)t.into);
    return error ? 2 : 0;
}
