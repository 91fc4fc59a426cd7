/* kit.c: hosts, one an exercise: the chapter's suite over the proxy of that function. */
#include "kit.h"
#include "../runner/library.h"
#include "../runner/run.h"
#include "../runner/trial.h"
#include "proxy.h"

#include <string.h>

#define SIDES "tests/grader/worker/"

const char *const kit_wraps[] = {
    "--wrap=malloc", "--wrap=calloc",        "--wrap=realloc", "--wrap=free",
    "--wrap=abort",  "--wrap=__assert_fail", "--wrap=exit",    NULL};

/* ----------------------------------------------------------------- the base */

/* What most exercises call; anything else takes the longer way. */
static const char *const common[] = {
    "malloc",   "calloc", "realloc", "free",     "memcpy",  "memmove",
    "memset",   "memcmp", "strlen",  "strcmp",   "strtod",  "strchr",
    "snprintf", "printf", "fprintf", "puts",     "putchar", "fputs",
    "fputc",    "fwrite", "qsort",   "rand",     "srand",   "abs",
    "sqrt",     "exp",    "log",     "pow",      "fabs",    "floor",
    "ceil",     "fmax",   "fmin",    "hypot",    "sin",     "cos",
    "sincos",   "tan",    "tanh",    "atan",     "atan2",   "log1p",
    "expm1",    "log2",   "exp2",    "log10",    "erf",     "erfc",
    "lgamma",   "round",  "trunc",   "fma",      "ldexp",   "frexp",
    "scalbn",   "ilogb",  "logb",    "copysign", "fmod",    "nextafter",
    "cbrt",     "rint",   "sqrtl",   "fabsl",    NULL};

static char *tell(const char *what)
{
    char *flag = g_strconcat("-print-file-name=", what, NULL);
    run_result r = run(&(run_request){
        .argv = (const char *const[]){"gcc", flag, NULL}, .seconds = 10});
    char *path = run_ok(&r) ? g_strdup(g_strchomp(r.out)) : NULL;
    run_clear(&r);
    g_free(flag);
    return path;
}

/* Told once, and again after `make clean`. */
static char *start_file(const char *name)
{
    char *kept = g_strconcat(CACHE "/", name, ".path", NULL), *path = NULL;
    if (!g_file_get_contents(kept, &path, NULL, NULL) ||
        !g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_free(path);
        path = tell(name);
        if (path)
            write_file(kept, path, strlen(path));
    }
    g_free(kept);
    return path ? path : g_strdup(name);
}

static void make_base(kit *k)
{
    GPtrArray *inputs = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *w =
             (const char *const[]){"-r", "-nostdlib", "-fuse-ld=bfd", NULL};
         *w; w++)
        g_ptr_array_add(inputs, g_strdup(*w));
    for (const char *const *w =
             (const char *const[]){"crt1.o", "crti.o", "crtbeginT.o", NULL};
         *w; w++)
        g_ptr_array_add(inputs, start_file(*w));
    g_ptr_array_add(inputs, g_strdup(k->worker.path));
    for (size_t i = 0; common[i]; i++)
        g_ptr_array_add(inputs, g_strconcat("-Wl,-u,", common[i], NULL));
    g_ptr_array_add(
        inputs,
        g_strdup("-Wl,--start-group,-lm,-lc,-lgcc,-lgcc_eh,--end-group"));
    g_ptr_array_add(inputs, NULL);
    k->base = build_program((const char *const *)inputs->pdata, PLAIN);
    k->ends[0] = start_file("crtend.o");
    k->ends[1] = start_file("crtn.o");
    g_ptr_array_unref(inputs);
}

static void make_keeper(kit *k)
{
    product own = build_object(SIDES "keeper.c", PLAIN),
            confine = build_object(SIDES "confine.c", PLAIN);
    if (own.ok && confine.ok)
        k->keeper = build_program(
            (const char *const[]){"-static", own.path, confine.path, NULL},
            PLAIN);
    product_clear(&own);
    product_clear(&confine);
}

static product link_worker(const kit *k, bool base, const char *part,
                           const char *object)
{
    GPtrArray *inputs = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(inputs, g_strdup("-static"));
    if (base) {
        g_ptr_array_add(inputs, g_strdup("-nostdlib"));
        g_ptr_array_add(inputs, g_strdup("-fuse-ld=bfd"));
    }
    g_ptr_array_add(inputs, g_strdup(base ? k->base.path : k->worker.path));
    g_ptr_array_add(inputs, g_strdup(part));
    g_ptr_array_add(inputs, g_strdup(object));
    for (size_t i = 0; kit_wraps[i]; i++)
        g_ptr_array_add(inputs, g_strconcat("-Wl,", kit_wraps[i], NULL));
    for (size_t i = 0; base && i < G_N_ELEMENTS(k->ends); i++)
        g_ptr_array_add(inputs, g_strdup(k->ends[i]));
    g_ptr_array_add(inputs, NULL);
    product p = build_program((const char *const *)inputs->pdata, PLAIN);
    g_ptr_array_unref(inputs);
    return p;
}

product kit_link(const kit *k, const char *part, const char *object)
{
    product p = {0};
    if (k->base.ok)
        p = link_worker(k, true, part, object);
    if (!p.ok) {
        product_clear(&p);
        p = link_worker(k, false, part, object);
    }
    return p;
}

/* ---------------------------------------------------------------- the hosts */

static bool add_object(kit *k, const char *source)
{
    product p = build_object(source, PLAIN);
    if (p.ok)
        g_ptr_array_add(k->host, g_strdup(p.path));
    else
        k->trouble = g_strdup(p.log);
    product_clear(&p);
    return !k->trouble;
}

static bool add_harness(kit *k)
{
    GPtrArray *sources = harness_sources();
    bool good = sources->len > 0;
    for (guint i = 0; i < sources->len && good; i++)
        good = add_object(k, sources->pdata[i]);
    g_ptr_array_unref(sources);
    return good;
}

bool kit_open(kit *k, const manifest *m)
{
    *k = (kit){.book = m,
               .host = g_ptr_array_new_with_free_func(g_free),
               .check = check_flags()};
    k->library = library_build(m, REFERENCE, PLAIN);
    k->worker = build_object(SIDES "worker.c", PLAIN);
    if (k->worker.ok)
        make_base(k);
    make_keeper(k);
    if (!k->library.ok)
        k->trouble = g_strdup(k->library.log);
    else if (!k->worker.ok)
        k->trouble = g_strdup(k->worker.log);
    return !k->trouble && add_harness(k) && add_object(k, SIDES "host.c") &&
           add_object(k, SIDES "ends.c") && add_object(k, SIDES "sandbox.c") &&
           add_object(k, SIDES "confine.c");
}

void kit_close(kit *k)
{
    product_clear(&k->library);
    product_clear(&k->worker);
    product_clear(&k->keeper);
    product_clear(&k->base);
    g_free(k->ends[0]);
    g_free(k->ends[1]);
    g_ptr_array_unref(k->host);
    g_strfreev(k->check);
    g_free(k->trouble);
}

static product failed(char *log)
{
    return (product){.log = log};
}

/* A static program starts in four fifths of the time; the libraries for one are not everywhere. */
static product link_host_from(const kit *k, bool is_static, const char *proxy,
                              const char *suite)
{
    GPtrArray *inputs = g_ptr_array_new();
    if (is_static)
        g_ptr_array_add(inputs, (gpointer) "-static");
    g_ptr_array_add(inputs, (gpointer)proxy);
    g_ptr_array_add(inputs, (gpointer)suite);
    for (guint i = 0; i < k->host->len; i++)
        g_ptr_array_add(inputs, k->host->pdata[i]);
    g_ptr_array_add(inputs, k->library.path);
    g_ptr_array_add(
        inputs, (gpointer) "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc");
    for (size_t i = 0; k->check[i]; i++)
        g_ptr_array_add(inputs, k->check[i]);
    g_ptr_array_add(inputs, NULL);
    product host = build_program((const char *const *)inputs->pdata, PLAIN);
    g_ptr_array_unref(inputs);
    return host;
}

static product link_host(const kit *k, const char *proxy, const char *suite)
{
    product one = build_object(proxy, PLAIN), two = build_object(suite, PLAIN);
    product host;
    if (!one.ok || !two.ok) {
        host = failed(g_strdup(one.ok ? two.log : one.log));
    } else {
        host = link_host_from(k, true, one.path, two.path);
        if (!host.ok) {
            product_clear(&host);
            host = link_host_from(k, false, one.path, two.path);
        }
    }
    product_clear(&one);
    product_clear(&two);
    return host;
}

bool kit_bed_of(const kit *k, const exercise *e, const char *suite, bed *b)
{
    *b = (bed){.keeper = k->keeper.path};
    proxies p;
    if (!proxies_write(e, &p)) {
        b->host = failed(g_strdup_printf(
            "%s cannot be called in another process: its prototype is\n  %s",
            e->fn, e->prototype));
        return false;
    }
    b->worker = build_object(p.worker, PLAIN);
    b->host = b->worker.ok ? link_host(k, p.host, suite)
                           : failed(g_strdup(b->worker.log));
    proxies_clear(&p);
    return b->host.ok;
}

bool kit_bed(const kit *k, const exercise *e, bed *b)
{
    return kit_bed_of(k, e, e->chapter->suite, b);
}

void bed_clear(bed *b)
{
    product_clear(&b->host);
    product_clear(&b->worker);
}
