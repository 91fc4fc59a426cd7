/* items.c: counts and correlations. */
#include "items.h"

#include <math.h>
#include <stdlib.h>

static void item_free(void *p)
{
    item *i = p;
    g_hash_table_unref(i->verdicts);
    g_hash_table_unref(i->mistakes);
    g_free(i);
}

void items_free(analysis *a)
{
    g_ptr_array_unref(a->items);
    g_free(a);
}

static void count(GHashTable *table, const char *word)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(table, word));
    g_hash_table_insert(table, (gpointer)word, GUINT_TO_POINTER(n + 1));
}

static bool was_sent(const mark *m)
{
    return m && m->counts && !verdict_is(m->verdict, "MISSING") &&
           !verdict_is(m->verdict, "NOT-STARTED");
}

static double share(const mark *m)
{
    return m->points > 0 ? m->earned / m->points : 0;
}

/* Points of all exercises but one, over those that count. */
static double rest(const marks *m, const exercise *without)
{
    double earned = 0, points = 0;
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        for (guint k = 0; k < a->marks->len; k++) {
            const mark *one = a->marks->pdata[k];
            if (one->exercise == without || !one->counts)
                continue;
            earned += one->earned;
            points += one->points;
        }
    }
    return points > 0 ? earned / points : NAN;
}

static double correlation(const GArray *x, const GArray *y)
{
    double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
    for (guint i = 0; i < x->len; i++) {
        mx += g_array_index(x, double, i) / x->len;
        my += g_array_index(y, double, i) / y->len;
    }
    for (guint i = 0; i < x->len; i++) {
        double dx = g_array_index(x, double, i) - mx;
        double dy = g_array_index(y, double, i) - my;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    return x->len > 2 && xx > 1e-12 && yy > 1e-12 ? xy / sqrt(xx * yy) : NAN;
}

static item *analyse(const class *c, const exercise *e)
{
    item *it = g_new0(item, 1);
    *it = (item){.exercise = e,
                 .verdicts = g_hash_table_new(g_str_hash, g_str_equal),
                 .mistakes = g_hash_table_new(g_str_hash, g_str_equal)};
    GArray *own = g_array_new(FALSE, FALSE, sizeof(double));
    GArray *others = g_array_new(FALSE, FALSE, sizeof(double));
    double sum = 0;
    for (guint i = 0; i < c->marks->len; i++) {
        const mark *m = marks_exercise(c->marks->pdata[i], e);
        if (!m)
            continue;
        count(it->verdicts, m->verdict);
        if (!was_sent(m))
            continue;
        double x = share(m), y = rest(c->marks->pdata[i], e);
        it->sent++;
        it->passed += verdict_is(m->verdict, "PASS");
        sum += x;
        if (!isnan(y)) {
            g_array_append_val(own, x);
            g_array_append_val(others, y);
        }
        if (m->shown && m->shown->mistake && !verdict_is(m->verdict, "PASS"))
            count(it->mistakes, m->shown->mistake);
    }
    it->mean = it->sent ? sum / it->sent : NAN;
    it->discrimination = correlation(own, others);
    g_array_unref(own);
    g_array_unref(others);
    return it;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void totals(analysis *a, const class *c)
{
    double *all = g_new(double, c->marks->len + 1), squares = 0;
    for (guint i = 0; i < c->marks->len; i++) {
        double percent = ((marks *)c->marks->pdata[i])->percent;
        if (isnan(percent))
            continue;
        all[a->counted++] = percent;
        a->tenths[CLAMP((int)(percent / 10), 0, 9)]++;
        a->mean += percent;
    }
    guint n = a->counted;
    a->mean = n ? a->mean / n : NAN;
    for (guint i = 0; i < n; i++)
        squares += (all[i] - a->mean) * (all[i] - a->mean);
    a->deviation = n > 1 ? sqrt(squares / (n - 1)) : NAN;
    qsort(all, n, sizeof *all, by_value);
    a->median = n ? (all[(n - 1) / 2] + all[n / 2]) / 2 : NAN;
    g_free(all);
}

analysis *items_analyse(const class *c)
{
    analysis *a = g_new0(analysis, 1);
    a->items = g_ptr_array_new_with_free_func(item_free);
    for (guint i = 0; i < c->course->assignments->len; i++) {
        const assignment *one = c->course->assignments->pdata[i];
        for (guint k = 0; k < one->exercises->len; k++)
            g_ptr_array_add(a->items, analyse(c, one->exercises->pdata[k]));
    }
    totals(a, c);
    return a;
}
