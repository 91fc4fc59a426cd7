/* known.c: the answer key's mistakes under the same host and in the same kind of worker, so that a student's program is
   compared with what would be seen of the mistake here. What each shows is kept by content. */
#include "../runner/recognise.h"
#include "entry.h"

#include <string.h>

#define EDITION "known 1"

static char *behaviour_of(report *r, const exercise *e)
{
    char *none[] = {NULL};
    trial t = {.linked = true, .report = r, .logs = none};
    return behaviour(&t, e);
}

typedef struct {
    const mistake *mistake;
    char *kept; /* the cache's file */
    char *shows;
    char *text;
    gsize size;
} known;

static void look_up(known *k, const cage *c, const entry *e, const char *seed)
{
    if (!g_file_get_contents(k->mistake->file, &k->text, &k->size, NULL))
        k->text = g_strdup("");
    char *identity = compile_identity(),
         *words = protection_words(c->protection);
    char *key = key_of(EDITION, identity, words, k->text, e->bed->host.path,
                       e->bed->worker.path, c->kit->worker.path,
                       c->kit->library.path, seed, NULL);
    k->kept = g_strconcat(CACHE "/", key, ".shows", NULL);
    if (!g_file_get_contents(k->kept, &k->shows, NULL, NULL))
        k->shows = NULL;
    g_free(key);
    g_free(words);
    g_free(identity);
}

/* Builds and runs those that are not known yet. */
static void find_out(known *list, guint n, const cage *c, const entry *e,
                     const char *seed, const char *folder)
{
    piece *pieces = g_new0(piece, n + 1);
    const bed **beds = g_new0(const bed *, n + 1);
    known **of = g_new0(known *, n + 1);
    guint count = 0;
    for (guint i = 0; i < n; i++)
        if (!list[i].shows) {
            pieces[count] = (piece){.exercise = e->exercise,
                                    .name = list[i].mistake->name,
                                    .text = list[i].text,
                                    .size = list[i].size};
            beds[count] = e->bed;
            of[count++] = &list[i];
        }
    cage quiet = *c;
    quiet.police = false;
    if (count)
        cage_build(&quiet, folder, count, pieces, beds);
    for (guint i = 0; i < count; i++) {
        if (pieces[i].linked) {
            attempt a =
                attempt_run(&(attempt_request){.protection = c->protection,
                                               .folder = folder,
                                               .fn = e->exercise->fn,
                                               .seed = seed},
                            e->bed, pieces[i].worker);
            if (a.report->whole) {
                of[i]->shows = behaviour_of(a.report, e->exercise);
                write_file(of[i]->kept, of[i]->shows, strlen(of[i]->shows));
            }
            attempt_clear(&a);
        }
        piece_clear(&pieces[i]);
    }
    g_free(pieces);
    g_free(beds);
    g_free(of);
}

const mistake *known_mistake(const cage *c, const entry *e, const char *seed,
                             const char *folder)
{
    guint n = e->exercise->mistakes->len;
    if (!n || !e->report->whole)
        return NULL;
    known *list = g_new0(known, n);
    for (guint i = 0; i < n; i++) {
        list[i].mistake = e->exercise->mistakes->pdata[i];
        look_up(&list[i], c, e, seed);
    }
    char *within = g_strdup_printf("%s/known-%s", folder, e->exercise->fn);
    find_out(list, n, c, e, seed, within);
    g_free(within);
    char *own = behaviour_of(e->report, e->exercise);
    const mistake *same = NULL;
    for (guint i = 0; i < n; i++) {
        if (!same && *own && list[i].shows && g_str_equal(own, list[i].shows))
            same = list[i].mistake;
        g_free(list[i].shows);
        g_free(list[i].kept);
        g_free(list[i].text);
    }
    g_free(list);
    g_free(own);
    return same;
}
