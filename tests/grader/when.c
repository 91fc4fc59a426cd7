/* when.c: GDateTime behind a little tolerance. */
#include "when.h"

#include <string.h>

bool when_read(const char *text, GTimeZone *zone, gint64 *seconds)
{
    GRegex *regex =
        g_regex_new("^\\s*(\\d{4}-\\d\\d-\\d\\d)(?:[T ]+(\\d?\\d:\\d\\d)"
                    "(:\\d\\d)?(?:\\.\\d+)?\\s*"
                    "(Z|UTC|[+-]\\d\\d:?\\d\\d)?)?\\s*$",
                    0, 0, NULL);
    GMatchInfo *match;
    bool good = g_regex_match(regex, text, 0, &match);
    if (good) {
        char *part[5];
        for (int i = 1; i < 5; i++) {
            part[i] = g_match_info_fetch(match, i);
            if (!part[i])
                part[i] = g_strdup("");
        }
        bool day = !*part[2];
        const char *own = g_str_equal(part[4], "UTC") ? "Z" : part[4];
        char *iso = g_strdup_printf("%sT%s%s%s%s", part[1],
                                    strlen(part[2]) == 4 ? "0" : "",
                                    day ? "23:59" : part[2],
                                    day        ? ":59"
                                    : *part[3] ? part[3]
                                               : ":00",
                                    own);
        GDateTime *time =
            *own || zone ? g_date_time_new_from_iso8601(iso, zone) : NULL;
        good = time != NULL;
        if (time) {
            *seconds = g_date_time_to_unix(time);
            g_date_time_unref(time);
        }
        g_free(iso);
        for (int i = 1; i < 5; i++)
            g_free(part[i]);
    }
    g_match_info_free(match);
    g_regex_unref(regex);
    return good;
}

char *when_text(gint64 seconds, GTimeZone *zone)
{
    GDateTime *utc = g_date_time_new_from_unix_utc(seconds);
    GDateTime *local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
    char *text =
        local ? g_date_time_format(local, "%Y-%m-%d %H:%M %Z") : g_strdup("?");
    if (utc)
        g_date_time_unref(utc);
    if (local)
        g_date_time_unref(local);
    return text;
}

char *when_length(gint64 seconds)
{
    static const struct {
        gint64 size;
        const char *name;
    } units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    GString *text = g_string_new(NULL);
    int shown = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(units) && shown < 2; i++) {
        gint64 n = seconds / units[i].size;
        seconds %= units[i].size;
        if (n) {
            g_string_append_printf(text, "%s%d %s%s", shown ? " " : "", (int)n,
                                   units[i].name, n == 1 ? "" : "s");
            shown++;
        } else if (shown) {
            break;
        }
    }
    if (!shown)
        g_string_append(text, "0 seconds");
    return g_string_free(text, FALSE);
}
