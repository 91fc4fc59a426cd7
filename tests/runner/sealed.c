/* sealed.c: finds what `make release` left in tests/reference/. */
#include "sealed.h"

#if defined __x86_64__
#define MACHINE "x86_64"
#elif defined __aarch64__
#define MACHINE "aarch64"
#else
#define MACHINE "unknown"
#endif

const char *sealed_machine(void)
{
    return MACHINE;
}

const char *sealed_flavour(flavour how)
{
    return how == SANITIZED ? "sanitized" : "plain";
}

static char *if_there(char *path, GFileTest what)
{
    if (g_file_test(path, what))
        return path;
    g_free(path);
    return NULL;
}

char *sealed_object(const exercise *e, flavour how)
{
    char *path = g_strdup_printf(SEALED "/" MACHINE "/%s/%s.o",
                                 sealed_flavour(how), e->fn);
    return if_there(path, G_FILE_TEST_IS_REGULAR);
}

char *sealed_data(const char *id)
{
    return if_there(g_strdup_printf(SEALED "/data/%s", id), G_FILE_TEST_IS_DIR);
}

/* The names of the folders with objects, "aarch64, x86_64"; "" for none. */
static char *machines(void)
{
    GString *names = g_string_new(NULL);
    GDir *dir = g_dir_open(SEALED, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *plain = g_build_filename(SEALED, name, "plain", NULL);
        if (g_file_test(plain, G_FILE_TEST_IS_DIR))
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", name);
        g_free(plain);
    }
    if (dir)
        g_dir_close(dir);
    return g_string_free(names, FALSE);
}

char *sealed_trouble(void)
{
    char *own =
        if_there(g_strdup(SEALED "/" MACHINE "/plain"), G_FILE_TEST_IS_DIR);
    char *others = machines(), *text = NULL;
    if (!own && *others)
        text = g_strdup_printf(
            SEALED " has the reference's functions compiled for %s, and this "
                   "machine is " MACHINE ".\nWork in the dev container of "
                   "this folder, which brings the right one, or on another "
                   "machine.\n",
            others);
    g_free(own);
    g_free(others);
    return text;
}

bool reference_has(const exercise *e)
{
    if (e->solution)
        return true;
    char *object = sealed_object(e, PLAIN);
    bool has = object;
    g_free(object);
    return has;
}
