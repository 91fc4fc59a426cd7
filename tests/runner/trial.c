/* trial.c: learner's object, suite, harness and library, in this order, make a program; its report is kept in the cache. */
#define _DEFAULT_SOURCE /* for the nanoseconds of a file's time */
#include "trial.h"
#include "run.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HARNESS "tests/harness"
/* Bump it when the way of running changes, so that what is in the cache no longer counts. */
#define EDITION "trial 1"

/* How to link with Check, which pkg-config knows; asked once, and again after `make clean`. */
char **check_flags(void)
{
    char *kept = g_strdup(CACHE "/check.flags"), *flags = NULL;
    if (!g_file_get_contents(kept, &flags, NULL, NULL)) {
        run_result r = run(
            &(run_request){.argv = (const char *const[]){"pkg-config", "--libs",
                                                         "check", NULL},
                           .seconds = 10});
        if (run_ok(&r))
            write_file(kept, r.out, r.out_size);
        flags = g_strdup(run_ok(&r) ? r.out : "-lcheck -lsubunit -lrt -lm");
        run_clear(&r);
    }
    char **list = NULL;
    g_shell_parse_argv(flags, NULL, &list, NULL);
    g_free(flags);
    g_free(kept);
    return list ? list : g_strsplit("-lcheck", " ", 1);
}

bool bench_open(bench *b, const manifest *m, impl whose, flavour how,
                const char *seed)
{
    *b = (bench){.book = m,
                 .whose = whose,
                 .how = how,
                 .seed = seed,
                 .check = check_flags()};
    b->library = library_build(m, whose, how);
    return b->library.ok;
}

void bench_close(bench *b)
{
    product_clear(&b->library);
    g_strfreev(b->check);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *harness_sources(void)
{
    GPtrArray *sources = g_ptr_array_new_with_free_func(g_free);
    GDir *folder = g_dir_open(HARNESS, 0, NULL);
    const char *name;
    while (folder && (name = g_dir_read_name(folder)))
        if (g_str_has_suffix(name, ".c"))
            g_ptr_array_add(sources, g_build_filename(HARNESS, name, NULL));
    if (folder)
        g_dir_close(folder);
    g_ptr_array_sort(sources, by_name);
    return sources;
}

/* The object, the harness's, the suite's: NULL with the trouble when one does not compile. */
static GPtrArray *parts(const exercise *e, const char *object, flavour how,
                        char **trouble)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(all, g_strdup(object));
    GPtrArray *sources = harness_sources();
    g_ptr_array_add(sources, g_strdup(e->chapter->suite));
    for (guint i = 0; i < sources->len && !*trouble; i++) {
        product p = build_object(sources->pdata[i], how);
        if (p.ok)
            g_ptr_array_add(all, g_strdup(p.path));
        else
            *trouble = g_strdup(p.log);
        product_clear(&p);
    }
    g_ptr_array_unref(sources);
    return all;
}

/* All that the program is linked from, NULL at the end; or NULL with the trouble. */
static GPtrArray *link_inputs(const bench *b, const exercise *e,
                              const char *object, char **trouble)
{
    GPtrArray *inputs = parts(e, object, b->how, trouble);
    if (*trouble) {
        g_ptr_array_unref(inputs);
        return NULL;
    }
    g_ptr_array_add(inputs, g_strdup(b->library.path));
    g_ptr_array_add(inputs,
                    g_strdup("-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc"));
    for (size_t i = 0; b->check[i]; i++)
        g_ptr_array_add(inputs, g_strdup(b->check[i]));
    g_ptr_array_add(inputs, NULL);
    return inputs;
}

/* The inputs are named by their content, so these names decide what the run will say. */
static char *trial_key(const bench *b, const exercise *e,
                       const GPtrArray *inputs)
{
    char *all = g_strjoinv("\n", (char **)inputs->pdata);
    char *key = key_of(EDITION, all, e->fn, b->seed, NULL);
    g_free(all);
    return key;
}

/* -------------------------------------------------------- one run's folder */

static int by_time(gconstpointer a, gconstpointer b)
{
    GStatBuf s, t;
    if (g_stat(*(char *const *)a, &s) || g_stat(*(char *const *)b, &t))
        return 0;
    gint64 left = s.st_mtim.tv_sec * (gint64)1000000000 + s.st_mtim.tv_nsec;
    gint64 right = t.st_mtim.tv_sec * (gint64)1000000000 + t.st_mtim.tv_nsec;
    return (left > right) - (left < right);
}

/* The sanitizers' logs, one a process, as they came; nothing of them is left in the folder. */
static void take_logs(const char *folder, GPtrArray *logs)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_prefix(name, "san."))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    if (dir)
        g_dir_close(dir);
    g_ptr_array_sort(paths, by_time);
    for (guint i = 0; i < paths->len; i++) {
        char *text;
        if (g_file_get_contents(paths->pdata[i], &text, NULL, NULL)) {
            char *bytes = strstr(text, "\nShadow bytes");
            if (bytes)
                *bytes = 0;
            g_ptr_array_add(logs, text);
        }
        g_unlink(paths->pdata[i]);
    }
    g_ptr_array_unref(paths);
}

/* UBSan writes to standard error whatever its log_path: its messages, each with its frames, go to the logs; what is left,
   without AddressSanitizer's first cry, is the program's own. */
static char *own_words(const run_result *r, GPtrArray *logs)
{
    GString *own = g_string_new(r->out);
    char **lines = g_strsplit(r->err, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (strstr(lines[i], ": runtime error: ")) {
            GString *log = g_string_new(lines[i]);
            while (lines[i + 1] && g_str_has_prefix(lines[i + 1], "    #"))
                g_string_append_printf(log, "\n%s", lines[++i]);
            g_ptr_array_add(logs, g_string_free(log, FALSE));
        } else if (*lines[i] && strcmp(lines[i], "AddressSanitizer:"
                                                 "DEADLYSIGNAL")) {
            g_string_append_printf(own, "%s\n", lines[i]);
        }
    }
    g_strfreev(lines);
    if (r->cut)
        g_string_append(own, "…\n");
    return g_string_free(own, FALSE);
}

static GKeyFile *run_program(const bench *b, const exercise *e,
                             const char *program, bool *keep)
{
    static int count;
    char *folder = g_strdup_printf(CACHE "/.run-%d-%d", (int)getpid(),
                                   g_atomic_int_add(&count, 1));
    g_mkdir_with_parents(folder, 0777);
    char *where = g_build_filename(folder, "report", NULL);
    char *here = g_get_current_dir();
    char *env[] = {
        g_strconcat("DESCENT_CASE=", e->fn, NULL),
        g_strconcat("DESCENT_REPORT=", where, NULL),
        g_strconcat("SEED=", b->seed, NULL),
        g_strdup_printf("ASAN_OPTIONS=log_path=%s/%s/san", here, folder),
        g_strdup_printf("UBSAN_OPTIONS=exitcode=99:print_stacktrace=1:"
                        "log_path=%s/%s/san",
                        here, folder),
        NULL};
    run_result r =
        run(&(run_request){.argv = (const char *const[]){program, NULL},
                           .env = (const char *const *)env,
                           .seconds = TRIAL_SECONDS,
                           .megabytes = TRIAL_MB});
    char *text = NULL;
    if (!g_file_get_contents(where, &text, NULL, NULL))
        text = g_strdup("");
    g_unlink(where);
    GPtrArray *logs = g_ptr_array_new_with_free_func(g_free);
    take_logs(folder, logs);
    g_rmdir(folder);

    GKeyFile *file = g_key_file_new();
    char *printed = own_words(&r, logs);
    char *valid = g_utf8_make_valid(printed, -1);
    g_key_file_set_string(file, "run", "report", text);
    g_key_file_set_string(file, "run", "printed", valid);
    g_key_file_set_string_list(file, "run", "logs",
                               (const char *const *)logs->pdata, logs->len);
    g_key_file_set_boolean(file, "run", "timed-out", r.timed_out);
    g_key_file_set_boolean(file, "run", "too-big", r.too_big);
    g_key_file_set_integer(file, "run", "signal", r.signal);
    g_key_file_set_integer(file, "run", "status", r.status);
    /* What the machine stopped may be the fault of the machine. */
    *keep = r.started && !r.timed_out && !r.too_big;
    g_free(printed);
    g_free(valid);
    g_ptr_array_unref(logs);
    g_free(text);
    for (size_t i = 0; env[i]; i++)
        g_free(env[i]);
    g_free(here);
    g_free(where);
    g_free(folder);
    run_clear(&r);
    return file;
}

/* -------------------------------------------------------------- the trial */

static trial read_trial(GKeyFile *file)
{
    trial t = {.linked = true};
    char *text = g_key_file_get_string(file, "run", "report", NULL);
    t.report = report_parse(text ? text : "");
    g_free(text);
    t.printed = g_key_file_get_string(file, "run", "printed", NULL);
    if (!t.printed)
        t.printed = g_strdup("");
    t.logs = g_key_file_get_string_list(file, "run", "logs", NULL, NULL);
    if (!t.logs)
        t.logs = g_new0(char *, 1);
    t.timed_out = g_key_file_get_boolean(file, "run", "timed-out", NULL);
    t.too_big = g_key_file_get_boolean(file, "run", "too-big", NULL);
    t.signal = g_key_file_get_integer(file, "run", "signal", NULL);
    t.status = g_key_file_get_integer(file, "run", "status", NULL);
    return t;
}

/* Links and runs. The program is large and needed once; its run is kept instead. */
static GKeyFile *try_now(const bench *b, const exercise *e,
                         const GPtrArray *inputs, const char *kept,
                         char **trouble)
{
    product program = build_program((const char *const *)inputs->pdata, b->how);
    GKeyFile *file = NULL;
    if (program.ok) {
        bool keep;
        file = run_program(b, e, program.path, &keep);
        gsize size;
        char *text = g_key_file_to_data(file, &size, NULL);
        if (keep && write_file(kept, text, size))
            g_unlink(program.path);
        g_free(text);
    } else {
        *trouble = g_strdup(program.log);
    }
    product_clear(&program);
    return file;
}

trial trial_run(const bench *b, const exercise *e, const char *object)
{
    trial t = {0};
    GPtrArray *inputs = link_inputs(b, e, object, &t.trouble);
    if (!inputs)
        return t;
    char *key = trial_key(b, e, inputs);
    char *kept = g_strconcat(CACHE "/", key, ".run", NULL);
    GKeyFile *file = g_key_file_new();
    if (!g_key_file_load_from_file(file, kept, G_KEY_FILE_NONE, NULL)) {
        g_key_file_free(file);
        file = try_now(b, e, inputs, kept, &t.trouble);
    }
    if (file) {
        t = read_trial(file);
        g_key_file_free(file);
    }
    g_free(kept);
    g_free(key);
    g_ptr_array_unref(inputs);
    return t;
}

trial trial_sweep(const bench *b, const exercise *e, const char *object,
                  unsigned last, unsigned *seed)
{
    trial t = {0};
    GPtrArray *inputs = link_inputs(b, e, object, &t.trouble);
    if (!inputs)
        return t;
    product program = build_program((const char *const *)inputs->pdata, b->how);
    if (!program.ok)
        t.trouble = g_strdup(program.log);
    for (*seed = 1; program.ok; ++*seed) {
        char *text = g_strdup_printf("%u", *seed);
        bench one = *b;
        one.seed = text;
        bool keep;
        GKeyFile *file = run_program(&one, e, program.path, &keep);
        trial_clear(&t);
        t = read_trial(file);
        g_key_file_free(file);
        g_free(text);
        if (*seed >= last || !trial_passed(&t))
            break;
    }
    if (program.ok)
        g_unlink(program.path);
    product_clear(&program);
    g_ptr_array_unref(inputs);
    return t;
}

const char *trial_log(const trial *t, const test *one)
{
    /* Of a loop test the name goes on with its turn: NAME[3]. */
    int n = (int)strcspn(one->name, "[");
    char *frame = g_strdup_printf(" in %.*s_fn ", n, one->name);
    const char *found = NULL;
    for (size_t i = 0; t->logs[i] && !found; i++)
        if (strstr(t->logs[i], frame))
            found = t->logs[i];
    /* A stack that overflowed is too deep to be shown down to its test. */
    bool stopped = !strcmp(one->outcome, "sanitizer");
    for (size_t i = 0; stopped && t->logs[i] && !found; i++)
        if (!strstr(t->logs[i], "_fn "))
            found = t->logs[i];
    g_free(frame);
    return found;
}

void trial_clear(trial *t)
{
    g_free(t->trouble);
    report_free(t->report);
    g_free(t->printed);
    g_strfreev(t->logs);
    *t = (trial){0};
}

bool trial_passed(const trial *t)
{
    return t->linked && !t->timed_out && !t->too_big && t->status == 0 &&
           report_all_passed(t->report);
}
