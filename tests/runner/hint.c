/* hint.c: make hint and make next: the smallest helps. */
#include "say.h"
#include "state.h"
#include "verbs.h"

#include <stdio.h>

int verb_hint(const asked *a)
{
    state *s = state_load();
    const exercise *e =
        a->exercise ? a->exercise : state_next(s, a->book, NULL);
    if (!e) {
        printf("Every exercise has passed. For one: make hint EX=vec_dot\n");
        state_close(s);
        return 0;
    }
    int all = (int)e->hints->len, shown = state_hints(s, e);
    if (shown < all)
        state_set_hints(s, e, ++shown);
    shown = MIN(shown, all);
    GString *text = g_string_new(NULL);
    say(text, STRONG, "%s %s\n", e->number, e->fn);
    for (int i = 0; i < shown; i++) {
        char *hint =
            g_strdup_printf("%d. %s", i + 1, (const char *)e->hints->pdata[i]);
        say_wrapped(text, 2, hint);
        g_free(hint);
    }
    if (!all)
        g_string_append(text, "  There are no hints for it.\n");
    else if (shown == all)
        say(text, DIM, "  That was the last of %d hints.\n", all);
    else
        say(text, DIM, "  %d of %d; one more: make hint EX=%s\n", shown, all,
            e->fn);
    say_flush(text);
    g_string_free(text, TRUE);
    state_close(s);
    return 0;
}

int verb_next(const asked *a)
{
    state *s = state_load();
    const exercise *e = state_next(s, a->book, NULL);
    GString *text = g_string_new(NULL);
    if (!e) {
        g_string_append(text, "Every exercise of the book has passed.\n");
    } else {
        say(text, STRONG, "%s %s", e->number, e->fn);
        g_string_append_printf(text, ", chapter %02d %s%s\n",
                               e->chapter->number, e->chapter->title,
                               state_progress(s, e) == STARTED ? ", started"
                                                               : "");
        g_string_append_printf(text, "  read   build/book/%s#%s\n",
                               e->chapter->page, e->anchor);
        g_string_append_printf(text, "  edit   %s\n", e->file);
        g_string_append_printf(text, "  then   make check EX=%s\n", e->fn);
    }
    say_flush(text);
    g_string_free(text, TRUE);
    state_close(s);
    return 0;
}
