/* secrets.c: takes the answer key apart into needles. */
#define _GNU_SOURCE /* memmem */
#include "secrets.h"
#include "grams.h"
#include "key.h"

#include <string.h>

enum { SIDE_BY_SIDE = 4 };

typedef enum { WORDS, SIGNS } alphabet;

/* A piece of the key, reduced to its alphabet. */
typedef struct {
    char *text, *where;
    alphabet in;
    size_t run;    /* every run of so many bytes is secret; 0: the whole is */
    bool chance;   /* it may stand somewhere else by chance */
    bool harmless; /* and does, where students can read it */
} piece;

struct secrets {
    GPtrArray *pieces; /* piece * */
    grams *runs[2], *wholes[2];
    GPtrArray *seeds; /* char *, digits */
};

static void piece_free(void *p)
{
    piece *one = p;
    g_free(one->text);
    g_free(one->where);
    g_free(one);
}

/* Letters and digits, or all that is no white space; at[i], when wanted, is where byte i comes from. */
static GString *reduce(const char *text, size_t size, alphabet in, GArray *at)
{
    GString *all = g_string_sized_new(size);
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (in == WORDS ? !g_ascii_isalnum(c) : (guint8)c <= ' ')
            continue;
        g_string_append_c(all, in == WORDS ? g_ascii_tolower(c) : c);
        if (at)
            g_array_append_val(at, i);
    }
    return all;
}

/* Takes the reduced text; returns what it became. */
static piece *add(secrets *s, GString *text, const char *where, alphabet in,
                  size_t run)
{
    piece *one = g_new0(piece, 1);
    size_t size = text->len;
    *one = (piece){.text = g_string_free(text, FALSE),
                   .where = g_strdup(where),
                   .in = in,
                   .run = run};
    guint id = s->pieces->len;
    g_ptr_array_add(s->pieces, one);
    if (!run)
        grams_add(s->wholes[in], one->text, size, id);
    for (size_t i = 0; run && i + run <= size; i++)
        grams_add(s->runs[in], one->text + i, run, id);
    return one;
}

/* ------------------------------------------------------------- the key */

static void add_words(const char *text, const char *where, void *data)
{
    secrets *s = data;
    GString *words = reduce(text, strlen(text), WORDS, NULL);
    if (words->len >= PROSE_RUN)
        add(s, words, where, WORDS, PROSE_RUN);
    else if (words->len >= PHRASE)
        add(s, words, where, WORDS, 0)->chance = true;
    else
        g_string_free(words, TRUE);
}

static void add_line(const char *text, const char *where, void *data)
{
    secrets *s = data;
    GString *signs = reduce(text, strlen(text), SIGNS, NULL);
    bool loop = g_str_has_prefix(signs->str, "for(size_t") &&
                !g_str_has_suffix(signs->str, ";");
    if (signs->len >= LINE && !loop)
        add(s, signs, where, SIGNS, 0)->chance = true;
    else
        g_string_free(signs, TRUE);
}

/* What the learner would write: between what the body and the stub's have in common at both ends. A short one goes with so
   many signs of the prototype, which stands in front of it. */
static void add_own(secrets *s, const char *body, const char *stub,
                    size_t prototype, const char *where)
{
    size_t from = 0, to = strlen(body), end = strlen(stub);
    while (body[from] && body[from] == stub[from])
        from++;
    while (to > from && end > from && body[to - 1] == stub[end - 1])
        to--, end--;
    if (to == from)
        return;
    GString *own = to - from < LINE
                       ? g_string_new(body - prototype)
                       : g_string_new_len(body + from, (gssize)(to - from));
    /* A mistake may be what somebody else does on purpose. */
    add(s, own, where, SIGNS, 0)->chance =
        !g_str_has_suffix(where, "/solution.c");
}

/* A program without its prototype: what stands before it, and its body. */
static void add_program(const char *text, const char *stub,
                        const char *prototype, const char *where, void *data)
{
    secrets *s = data;
    GString *own = reduce(text, strlen(text), SIGNS, NULL);
    GString *given = reduce(stub, strlen(stub), SIGNS, NULL);
    GString *head = reduce(prototype, strlen(prototype), SIGNS, NULL);
    char *body = strstr(own->str, head->str);
    const char *blank = strstr(given->str, head->str);
    if (body && blank) {
        add(s, g_string_new_len(own->str, body - own->str), where, SIGNS,
            CODE_RUN);
        body += head->len;
        blank += head->len;
        add(s, g_string_new(body), where, SIGNS, CODE_RUN);
        add_own(s, body, blank, MIN(head->len, LINE), where);
    } else {
        add(s, g_string_new(own->str), where, SIGNS, CODE_RUN);
    }
    g_string_free(own, TRUE);
    g_string_free(given, TRUE);
    g_string_free(head, TRUE);
}

static void add_seed(const char *digits, void *data)
{
    secrets *s = data;
    g_ptr_array_add(s->seeds, g_strdup(digits));
}

secrets *secrets_collect(const manifest *m)
{
    secrets *s = g_new0(secrets, 1);
    s->pieces = g_ptr_array_new_with_free_func(piece_free);
    s->seeds = g_ptr_array_new_with_free_func(g_free);
    s->runs[WORDS] = grams_new(PROSE_RUN);
    s->runs[SIGNS] = grams_new(CODE_RUN);
    s->wholes[WORDS] = grams_new(PHRASE);
    s->wholes[SIGNS] = grams_new(LINE);
    key_read(m, &(key_reader){add_words, add_line, add_program, add_seed, s});
    return s;
}

void secrets_free(secrets *s)
{
    for (int in = 0; in < 2; in++) {
        grams_free(s->runs[in]);
        grams_free(s->wholes[in]);
    }
    g_ptr_array_unref(s->pieces);
    g_ptr_array_unref(s->seeds);
    g_free(s);
}

guint secrets_count(const secrets *s)
{
    guint n = s->seeds->len;
    for (guint i = 0; i < s->pieces->len; i++)
        n += !((piece *)s->pieces->pdata[i])->harmless;
    return n;
}

/* --------------------------------------------------------------- looking */

typedef struct {
    const secrets *s;
    bool given;
} allowance;

static void allow_one(guint id, size_t, void *data)
{
    allowance *a = data;
    piece *p = a->s->pieces->pdata[id];
    if (p->chance && (a->given || strlen(p->text) < LONG_LINE))
        p->harmless = true;
}

void secrets_allow(secrets *s, const char *text, size_t size, bool given)
{
    allowance a = {s, given};
    for (int in = 0; in < 2; in++) {
        GString *reduced = reduce(text, size, in, NULL);
        grams_search(s->wholes[in], reduced->str, reduced->len, allow_one, &a);
        if (given && in == SIGNS)
            grams_forget(s->runs[in], reduced->str, reduced->len);
        g_string_free(reduced, TRUE);
    }
}

typedef struct {
    const secrets *s;
    const char *text;
    const GArray *at;
    size_t past;   /* the end of what was reported last */
    size_t last;   /* where the hit before this one began, */
    int following; /* and how many stood side by side so far */
    void (*found)(int line, const char *what, const char *where, void *data);
    void *data;
} search;

static int line_of(const char *text, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += text[i] == '\n';
    return line;
}

static void report(const search *s, size_t from, size_t to, const char *where)
{
    enum { SHOWN = 72 };
    size_t n = MIN(to - from, SHOWN);
    char *what = g_strndup(s->text + from, n);
    for (char *c = what; *c; c++)
        if ((guint8)*c < ' ')
            *c = ' ';
    char *valid = g_utf8_make_valid(what, -1);
    s->found(line_of(s->text, from), valid, where, s->data);
    g_free(valid);
    g_free(what);
}

static void hit(guint id, size_t at, void *data)
{
    search *s = data;
    const piece *p = s->s->pieces->pdata[id];
    size_t n = p->run ? p->run : strlen(p->text);
    if (p->harmless)
        return;
    /* Where a program that students have ends, the sign beside it makes runs that are not theirs: a few. */
    if (at != s->last)
        s->following = at == s->last + 1 ? s->following + 1 : 1;
    s->last = at;
    if (p->run && p->in == SIGNS && s->following < SIDE_BY_SIDE)
        return;
    /* Runs overlap: one stretch is reported once. */
    if (at >= s->past)
        report(s, g_array_index(s->at, size_t, at),
               g_array_index(s->at, size_t, at + n - 1) + 1, p->where);
    s->past = MAX(s->past, at + n);
}

static void look_for_seeds(const secrets *s, search *a, size_t size)
{
    for (guint i = 0; i < s->seeds->len; i++) {
        const char *seed = s->seeds->pdata[i];
        size_t n = strlen(seed);
        for (const char *p = a->text;
             (p = memmem(p, size - (size_t)(p - a->text), seed, n)); p++) {
            bool whole = (p == a->text || !g_ascii_isalnum(p[-1])) &&
                         !g_ascii_isalnum(p[n]);
            size_t from = (size_t)(p - a->text);
            if (whole)
                report(a, from, from + n, "course.ini, a hidden seed");
        }
    }
}

void secrets_look(const secrets *s, const char *text, size_t size,
                  void (*found)(int line, const char *what, const char *where,
                                void *data),
                  void *data)
{
    for (int in = 0; in < 2; in++) {
        GArray *at = g_array_new(FALSE, FALSE, sizeof(size_t));
        GString *reduced = reduce(text, size, in, at);
        const grams *needles[] = {s->runs[in], s->wholes[in]};
        for (int i = 0; i < 2; i++) {
            search a = {s, text, at, 0, 0, 0, found, data};
            grams_search(needles[i], reduced->str, reduced->len, hit, &a);
        }
        g_string_free(reduced, TRUE);
        g_array_unref(at);
    }
    search a = {s, text, NULL, 0, 0, 0, found, data};
    look_for_seeds(s, &a, size);
}
