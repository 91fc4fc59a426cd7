/* options.c: a list of words is all there is to look through. */
#include "options.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

const char *option(const options *o, const char *key, const char *otherwise)
{
    size_t n = strlen(key);
    for (int i = 0; i < o->count; i++)
        if (!strncmp(o->words[i], key, n) && o->words[i][n] == '=' &&
            o->words[i][n + 1])
            return o->words[i] + n + 1;
    return otherwise;
}

bool option_number(const options *o, const char *key, long otherwise,
                   long least, long *value)
{
    const char *text = option(o, key, NULL);
    gint64 number = otherwise;
    if (text &&
        !g_ascii_string_to_signed(text, 10, least, G_MAXINT32, &number, NULL)) {
        fprintf(stderr, "%s=%s: it is a whole number, %ld or more.\n", key,
                text, least);
        return false;
    }
    *value = (long)number;
    return true;
}

bool options_known(const options *o, const char *const keys[])
{
    for (int i = 0; i < o->count; i++) {
        size_t n = strcspn(o->words[i], "=");
        char *key = g_strndup(o->words[i], n);
        bool known = o->words[i][n] && g_strv_contains(keys, key);
        if (!known) {
            char *all = g_strjoinv(", ", (char **)keys);
            fprintf(stderr, "%s means nothing here; known are %s.\n",
                    o->words[i], all);
            g_free(all);
        }
        g_free(key);
        if (!known)
            return false;
    }
    return true;
}
