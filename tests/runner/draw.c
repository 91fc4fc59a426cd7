/* draw.c: runs the chapters' programs, keeps what they print and write, and has their figures drawn.

   The reference's programs come first, also when the learner's figures are asked for: they are what a figure falls back on, and
   the healthy side of a wrong one. */
#include "caption.h"
#include "complaint.h"
#include "library.h"
#include "picture.h"
#include "run.h"
#include "seal.h"
#include "sealed.h"
#include "source.h"
#include "stage.h"
#include "symbols.h"
#include "verbs.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One program, right or with one mistake, and the folder of what it wrote. */
typedef struct {
    const program *what;
    const figure
        *wrong; /* the figure that shows the mistake; NULL: right code */
    char *folder;
    char *trouble; /* why there are no data: whole lines */
    char *missing; /* of the learner's: why these are the reference's */
    char *lacking; /* the function whose solution is not in this tree */
} act;

typedef struct {
    const figure *what;
    act *by;      /* NULL: the script needs no program */
    act *healthy; /* of a wrong figure */
    char *missing;
    char *trouble[MEDIA];
} drawing;

typedef struct {
    const manifest *book;
    impl whose; /* of the acts being performed, of the drawings at last */
    const char *archive, *fast;      /* the paths of the library */
    char *inputs;                    /* the hash of the data sets */
    bool measuring; /* the turn of the programs that measure time */
    GPtrArray *right, *wrong, *mine; /* act * */
    GPtrArray *drawings;             /* drawing * */
} show;

/* --------------------------------------------------------------- programs */

static char *program_complaint(const act *a, const char *what)
{
    const char *source = a->what->chapter ? a->what->chapter->source : "?";
    char *subject =
        a->wrong ? g_strdup_printf("program %s with %s's mistake %s",
                                   a->what->id, a->wrong->fn, a->wrong->mistake)
                 : g_strdup_printf("program %s", a->what->id);
    char *text =
        complaint(source, complaint_line(source, a->what->file), subject, what);
    g_free(subject);
    return text;
}

static bool has_text(const char *text)
{
    return text && *text;
}

/* "-lopenblas" for a program that measures itself against it, where it is installed; else NULL. The program's references to
   it are weak, so a linker that takes only what is needed must be told to take it. */
static char *yardstick(const program *p)
{
    return p->with && have_library(p->with) ? g_strconcat("-l", p->with, NULL)
                                            : NULL;
}

/* Links the program; NULL after it has said why not. */
static char *build(act *a, const show *s)
{
    const exercise *e =
        a->wrong ? manifest_exercise(s->book, a->wrong->fn) : NULL;
    const mistake *m = e ? exercise_mistake(e, a->wrong->mistake) : NULL;
    flavour how = a->what->fast ? FAST : PLAIN;
    const char *archive = a->what->fast ? s->fast : s->archive;
    product own = build_object(a->what->file, how);
    product wrong = m ? build_object(m->file, how) : (product){.ok = true};
    product whole = {0};
    if (own.ok && wrong.ok && !has_text(own.log)) {
        const char *inputs[6] = {own.path};
        size_t n = 1;
        if (m)
            inputs[n++] = wrong.path;
        inputs[n++] = archive;
        char *with = yardstick(a->what);
        if (with) {
            inputs[n++] = "-Wl,--no-as-needed";
            inputs[n++] = with;
        }
        whole = build_program(inputs, how);
        g_free(with);
    }
    char *path = whole.ok ? g_strdup(whole.path) : NULL;
    if (!path) {
        bool compiled = own.ok && wrong.ok;
        const char *log = has_text(own.log)     ? own.log
                          : has_text(wrong.log) ? wrong.log
                                                : whole.log;
        char *what =
            g_strdup_printf("%s:\n%s",
                            !compiled           ? "does not compile"
                            : has_text(own.log) ? "is not free of warnings"
                                                : "cannot be linked",
                            log ? log : "");
        a->trouble = program_complaint(a, what);
        g_free(what);
    }
    product_clear(&own);
    product_clear(&wrong);
    product_clear(&whole);
    return path;
}

static bool started(const exercise *e)
{
    return g_file_test(e->file, G_FILE_TEST_EXISTS) &&
           !source_same(e->file, e->stub);
}

/* "vec_dot, vec_dist not written yet", the first few of them; "" for none. */
static char *listed(const GPtrArray *names, const char *what)
{
    enum { SHOWN = 3 };
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < names->len && i < SHOWN; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)names->pdata[i]);
    if (names->len > SHOWN)
        g_string_append_printf(text, " and %u more", names->len - SHOWN);
    if (names->len)
        g_string_append_printf(text, " %s", what);
    return g_string_free(text, FALSE);
}

/* The linker takes from the archive what is called and nothing else, so the functions in the finished program are those that
   it needs, the ones called by other functions included. */
static char *missing_of(const char *path, const manifest *m)
{
    GPtrArray *symbols = symbols_defined(path);
    GPtrArray *fresh = g_ptr_array_new(), *broken = g_ptr_array_new();
    for (guint i = 0; i < m->exercises->len; i++) {
        const exercise *e = m->exercises->pdata[i];
        if (symbols_have(symbols, e->fn) && !library_uses_mine(e, PLAIN))
            g_ptr_array_add(started(e) ? broken : fresh, (gpointer)e->fn);
    }
    char *first = listed(fresh, "not written yet");
    char *second = listed(broken, "not compiling");
    char *text = NULL;
    if (*first || *second)
        text = g_strconcat(first, *first && *second ? "; " : "", second, NULL);
    g_free(first);
    g_free(second);
    g_ptr_array_unref(fresh);
    g_ptr_array_unref(broken);
    g_ptr_array_unref(symbols);
    return text;
}

/* Without the answer key and its sealed objects the reference has stubs: a program that needs one has nothing to show. */
static char *lacking_of(const char *path, const manifest *m)
{
    GPtrArray *symbols = symbols_defined(path);
    char *lacking = NULL;
    for (guint i = 0; !lacking && i < m->exercises->len; i++) {
        const exercise *e = m->exercises->pdata[i];
        if (!reference_has(e) && symbols_have(symbols, e->fn))
            lacking = g_strdup(e->fn);
    }
    g_ptr_array_unref(symbols);
    return lacking;
}

/* In a student's tree: what the program wrote when the release was made. */
static bool came_along(const act *a)
{
    char *made = sealed_data(a->wrong ? a->wrong->id : a->what->id);
    if (made)
        folder_copy(made, a->folder);
    g_free(made);
    return made;
}

static void perform_act(act *a, const show *s)
{
    if (came_along(a))
        return;
    char *path = build(a, s);
    if (path && (a->lacking = lacking_of(path, s->book)) == NULL) {
        char *why = stage(path, s->inputs, a->folder, true, a->what->fast);
        if (why)
            a->trouble = program_complaint(a, why);
        g_free(why);
    }
    g_free(path);
}

/* The learner's functions, or the reference's figures and the reason. */
static void perform_my(act *a, const act *reference, const show *s)
{
    char *path = build(a, s);
    if (path && (a->missing = missing_of(path, s->book)) == NULL) {
        char *why = stage(path, s->inputs, a->folder, false, a->what->fast);
        if (why) {
            why[strcspn(why, "\n")] = '\0';
            a->missing =
                g_strdup_printf("with your functions %s %s", a->what->id, why);
        }
        g_free(why);
    }
    if (a->missing && !reference->trouble && !reference->lacking)
        folder_copy(reference->folder, a->folder);
    g_free(path);
}

static void perform(size_t i, void *data)
{
    show *s = data;
    act *a = i < s->right->len ? s->right->pdata[i]
                               : s->wrong->pdata[i - s->right->len];
    if (a->what->fast == s->measuring)
        perform_act(a, s);
}

static void perform_mine(size_t i, void *data)
{
    show *s = data;
    act *a = s->mine->pdata[i];
    if (a->what->fast == s->measuring)
        perform_my(a, s->right->pdata[i], s);
}

/* All programs at once, and then, one by one, those that measure time: nobody of ours should disturb them. */
static void perform_all(size_t n, void (*job)(size_t i, void *data), show *s)
{
    s->measuring = false;
    in_parallel(n, job, s);
    s->measuring = true;
    for (size_t i = 0; i < n; i++)
        job(i, s);
}

/* ---------------------------------------------------------------- figures */

static bool holds_data(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    bool found = dir && g_dir_read_name(dir);
    if (dir)
        g_dir_close(dir);
    return found;
}

static char *figure_folder(const act *a, const figure *f)
{
    return a ? g_build_filename(a->folder, f->of ? f->of : f->id, NULL)
             : g_strdup(".");
}

/* What is wrong with the data before anything is drawn. */
static char *data_trouble(const drawing *d, const char *data,
                          const char *healthy)
{
    const figure *f = d->what;
    if (d->by && !holds_data(data)) {
        char *what =
            g_strdup_printf("writes no data for %s", f->of ? f->of : f->id);
        char *text = program_complaint(d->by, what);
        g_free(what);
        return text;
    }
    if (!healthy || !d->by->wrong)
        return NULL;
    char *a = folder_hash(data), *b = folder_hash(healthy);
    char *text =
        g_str_equal(a, b)
            ? program_complaint(d->by, "writes the same data as without it: "
                                       "there is nothing wrong to see")
            : NULL;
    g_free(a);
    g_free(b);
    return text;
}

static char *picture_path(impl whose, const figure *f, medium as)
{
    return g_strdup_printf("build/%s/figures/%s.%s", impl_name(whose), f->id,
                           medium_name(as));
}

static char *draw_from(const drawing *d, const act *by, medium as,
                       const show *s)
{
    const figure *f = d->what;
    char *data = figure_folder(by, f);
    char *healthy = d->healthy ? figure_folder(d->healthy, f) : NULL;
    char *file = picture_path(s->whose, f, as), *text = NULL;
    if (by == d->by)
        text = data_trouble(d, data, healthy);
    if (!text) {
        picture p = {f, data, healthy, d->missing, s->inputs};
        char *said = picture_draw(&p, as, file);
        text = said ? complaint_of_script(f, said) : NULL;
        g_free(said);
    }
    if (text)
        g_unlink(file);
    g_free(file);
    g_free(healthy);
    g_free(data);
    return text;
}

static act *reference_of(const show *s, const act *mine)
{
    for (guint i = 0; i < s->mine->len; i++)
        if (s->mine->pdata[i] == mine)
            return s->right->pdata[i];
    return NULL;
}

static bool without_data(const act *a)
{
    return a && (a->trouble || a->lacking);
}

static void draw_one(size_t i, void *data)
{
    show *s = data;
    drawing *d = s->drawings->pdata[i / MEDIA];
    medium as = (medium)(i % MEDIA);
    if (!without_data(d->by) && !without_data(d->healthy))
        d->trouble[as] = draw_from(d, d->by, as, s);
}

/* What a learner's functions wrote may be nothing that can be drawn; then the reference is, and says so. */
static void draw_again(size_t i, void *data)
{
    show *s = data;
    drawing *d = s->drawings->pdata[i];
    const act *reference = reference_of(s, d->by);
    bool failed = false;
    for (int as = 0; as < MEDIA; as++)
        failed = failed || d->trouble[as];
    if (!failed || !reference || d->missing || without_data(reference))
        return;
    d->missing = g_strdup("your functions gave nothing that can be drawn");
    for (int as = 0; as < MEDIA; as++) {
        g_free(d->trouble[as]);
        d->trouble[as] = draw_from(d, reference, (medium)as, s);
    }
}

/* ------------------------------------------------------------------- plan */

static act *act_new(const program *what, const figure *wrong, impl whose)
{
    act *a = g_new0(act, 1);
    a->what = what;
    a->wrong = wrong;
    a->folder = g_strdup_printf("build/%s/data/%s", impl_name(whose),
                                wrong ? wrong->id : what->id);
    return a;
}

static void act_free(void *p)
{
    act *a = p;
    g_free(a->folder);
    g_free(a->trouble);
    g_free(a->missing);
    g_free(a->lacking);
    g_free(a);
}

static void drawing_free(void *p)
{
    drawing *d = p;
    g_free(d->missing);
    for (int as = 0; as < MEDIA; as++)
        g_free(d->trouble[as]);
    g_free(d);
}

static act *act_of(const GPtrArray *acts, const program *what,
                   const figure *wrong)
{
    for (guint i = 0; i < acts->len; i++) {
        act *a = acts->pdata[i];
        if (a->what == what && a->wrong == wrong)
            return a;
    }
    return NULL;
}

/* A wrong figure has data of its own where the answer key has its mistake, or a release what that wrote. */
static bool has_own_data(const manifest *m, const figure *f)
{
    const exercise *e =
        f->fn && f->mistake ? manifest_exercise(m, f->fn) : NULL;
    char *sealed = sealed_data(f->id);
    bool has = sealed || (e && exercise_mistake(e, f->mistake));
    g_free(sealed);
    return has;
}

/* A figure of the chapter asked for, and among those named, if any are. */
static bool wanted(const asked *a, const figure *f)
{
    bool named = !a->words || !a->words[0];
    for (size_t i = 0; !named && a->words[i]; i++)
        named = g_str_equal(a->words[i], f->id);
    return named && (!a->chapter || f->chapter == a->chapter);
}

static void plan_acts(show *s, const asked *a)
{
    const manifest *m = a->book;
    bool all = !a->words || !a->words[0];
    for (guint i = 0; i < m->programs->len; i++) {
        program *p = m->programs->pdata[i];
        bool use = all && (!a->chapter || p->chapter == a->chapter);
        for (guint j = 0; !use && j < m->figures->len; j++) {
            figure *f = m->figures->pdata[j];
            use = f->program == p && wanted(a, f);
        }
        if (!use)
            continue;
        g_ptr_array_add(s->right, act_new(p, NULL, REFERENCE));
        g_ptr_array_add(s->mine, act_new(p, NULL, MINE));
    }
    for (guint i = 0; i < m->figures->len; i++) {
        figure *f = m->figures->pdata[i];
        if (f->program && wanted(a, f) && has_own_data(m, f))
            g_ptr_array_add(s->wrong, act_new(f->program, f, REFERENCE));
    }
}

static void plan_drawings(show *s, const asked *a)
{
    for (guint i = 0; i < a->book->figures->len; i++) {
        figure *f = a->book->figures->pdata[i];
        if (!wanted(a, f))
            continue;
        bool wrong = has_own_data(a->book, f);
        bool sick = f->fn || f->mistake || g_str_has_prefix(f->id, "wrong-");
        act *right = act_of(s->right, f->program, NULL);
        drawing *d = g_new0(drawing, 1);
        d->what = f;
        d->by = wrong              ? act_of(s->wrong, f->program, f)
                : s->whose == MINE ? act_of(s->mine, f->program, NULL)
                                   : right;
        d->healthy = sick ? right : NULL;
        if (d->by && d->by->missing)
            d->missing = g_strdup(d->by->missing);
        g_ptr_array_add(s->drawings, d);
    }
}

/* ----------------------------------------------------------------- report */

/* What the programs printed: the reference's, and over it the learner's; a mistake's goes by the name of its figure. */
static GHashTable *outputs(const show *s)
{
    GHashTable *all =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const GPtrArray *acts[] = {s->right, s->wrong, s->mine};
    for (size_t k = 0; k < G_N_ELEMENTS(acts); k++)
        for (guint i = 0; i < acts[k]->len; i++) {
            const act *a = acts[k]->pdata[i];
            char *path = g_build_filename(a->folder ? a->folder : "",
                                          "stdout.txt", NULL);
            char *text = NULL;
            if (g_file_get_contents(path, &text, NULL, NULL))
                g_hash_table_insert(
                    all, g_strdup(a->wrong ? a->wrong->id : a->what->id), text);
            g_free(path);
        }
    return all;
}

static void show_figure(const drawing *d, impl whose, GHashTable *printed)
{
    const figure *f = d->what;
    char *caption = caption_sentence(f->caption, printed);
    char *page = picture_path(whose, f, SVG), *text = NULL;
    char *plain = picture_path(whose, f, TXT);
    printf("Figure %s. %s\n", f->number ? f->number : f->id, caption);
    if (d->missing)
        printf("  drawn in grey from the reference: %s\n", d->missing);
    printf("  %s\n", page);
    if (isatty(STDOUT_FILENO) && g_file_get_contents(plain, &text, NULL, NULL))
        printf("\n%s\n", text);
    g_free(text);
    g_free(plain);
    g_free(page);
    g_free(caption);
}

/* A program that is broken already is not complained about again for its mistakes or the learner's functions. */
static void hush(const GPtrArray *acts, const show *s)
{
    for (guint i = 0; i < acts->len; i++) {
        act *a = acts->pdata[i];
        const act *right = act_of(s->right, a->what, NULL);
        if (a->trouble && right && right->trouble)
            *a->trouble = '\0';
    }
}

static int report_acts(const GPtrArray *acts)
{
    int bad = 0;
    for (guint i = 0; i < acts->len; i++) {
        const act *a = acts->pdata[i];
        if (a->trouble)
            fputs(a->trouble, stderr);
        bad += a->trouble != NULL;
    }
    return bad;
}

static int report_drawings(const show *s, bool aloud)
{
    int bad = 0;
    GHashTable *printed = aloud ? outputs(s) : NULL;
    for (guint i = 0; i < s->drawings->len; i++) {
        const drawing *d = s->drawings->pdata[i];
        const char *lacking = d->by ? d->by->lacking : NULL;
        const char *said = NULL;
        for (int as = 0; as < MEDIA && !said; as++)
            said = d->trouble[as];
        if (said)
            fputs(said, stderr);
        bad += said != NULL;
        if (said || (d->by && d->by->trouble) ||
            (d->healthy && d->healthy->trouble))
            continue;
        if (lacking && aloud)
            printf("Figure %s needs %s, whose solution is not here.\n",
                   d->what->number, lacking);
        else if (!lacking && aloud)
            show_figure(d, s->whose, printed);
    }
    g_clear_pointer(&printed, g_hash_table_unref);
    return bad;
}

/* Where the learner's figure cannot fall back on a reference there is nothing to draw. */
static void settle_mine(show *s)
{
    for (guint i = 0; i < s->mine->len; i++) {
        act *mine = s->mine->pdata[i];
        const act *reference = s->right->pdata[i];
        if (mine->missing && reference->lacking)
            mine->lacking = g_strdup(reference->lacking);
        else if (mine->missing && reference->trouble)
            mine->trouble = g_strdup("");
    }
}

static bool library(show *s, impl whose, flavour how, product *archive)
{
    *archive = library_build(s->book, whose, how);
    if (!archive->ok)
        fprintf(stderr, "build/%s%s/libdescent.a cannot be made:\n%s",
                impl_name(whose), flavour_suffix(how),
                archive->log ? archive->log : "");
    if (how == FAST)
        s->fast = archive->path;
    else
        s->archive = archive->path;
    return archive->ok;
}

/* The second library is made only where a program asks for it. */
static bool libraries(show *s, impl whose, product archive[2])
{
    bool fast = false;
    for (guint i = 0; i < s->right->len; i++)
        fast = fast || ((act *)s->right->pdata[i])->what->fast;
    return library(s, whose, PLAIN, &archive[0]) &&
           (!fast || library(s, whose, FAST, &archive[1]));
}

static bool known_words(const asked *a)
{
    for (size_t i = 0; a->words && a->words[i]; i++)
        if (!manifest_figure(a->book, a->words[i])) {
            fprintf(stderr, "no figure is called %s\n", a->words[i]);
            return false;
        }
    return true;
}

int verb_draw(const asked *a)
{
    if (!known_words(a))
        return 2;
    show s = {
        .book = a->book,
        .whose = a->impl && g_str_equal(a->impl, "mine") ? MINE : REFERENCE,
        .inputs = folder_hash("chapters/data"),
        .right = g_ptr_array_new_with_free_func(act_free),
        .wrong = g_ptr_array_new_with_free_func(act_free),
        .mine = g_ptr_array_new_with_free_func(act_free),
        .drawings = g_ptr_array_new_with_free_func(drawing_free),
    };
    product reference[2] = {0}, mine[2] = {0};
    int bad = 1;
    plan_acts(&s, a);
    if (libraries(&s, REFERENCE, reference)) {
        perform_all(s.right->len + s.wrong->len, perform, &s);
        hush(s.wrong, &s);
        bad = report_acts(s.right) + report_acts(s.wrong);
        if (s.whose == MINE && libraries(&s, MINE, mine)) {
            perform_all(s.mine->len, perform_mine, &s);
            hush(s.mine, &s);
            bad += report_acts(s.mine);
            settle_mine(&s);
        }
        plan_drawings(&s, a);
        in_parallel(s.drawings->len * MEDIA, draw_one, &s);
        if (s.whose == MINE)
            in_parallel(s.drawings->len, draw_again, &s);
        bad += report_drawings(&s, a->show);
        if (!bad && s.whose == REFERENCE)
            seal_chapters(a->book);
    }
    for (size_t i = 0; i < 2; i++) {
        product_clear(&reference[i]);
        product_clear(&mine[i]);
    }
    g_ptr_array_unref(s.drawings);
    g_ptr_array_unref(s.mine);
    g_ptr_array_unref(s.wrong);
    g_ptr_array_unref(s.right);
    g_free(s.inputs);
    return bad ? 1 : 0;
}
