/* policy.c: reads a relocatable object as something that an enemy wrote: nothing in it is believed before it is checked. */
#define _GNU_SOURCE
#include "policy.h"
#include "../runner/library.h"
#include "../runner/symbols.h"

#include <dlfcn.h>
#include <elf.h>
#include <string.h>

enum { MOST_MEMORY = 64 << 20, MOST_SECTIONS = 4096 };

typedef struct {
    const manifest *m;
    const exercise *e;
    const char *text;
    const char *data;
    size_t size;
    const Elf64_Ehdr *head;
    const Elf64_Shdr *sections;
    GString *forbidden, *memory, *unknown;
    bool defines;
} look;

static const void *part(const look *l, guint64 at, guint64 n, guint64 size)
{
    if (at > l->size || (size && n > (l->size - at) / size) || at % 8)
        return NULL;
    return l->data + at;
}

/* A text of a string table, or NULL: it must end within the table. */
static const char *name_at(const look *l, guint32 table, guint64 at)
{
    if (table >= l->head->e_shnum)
        return NULL;
    const Elf64_Shdr *s = &l->sections[table];
    if (s->sh_type != SHT_STRTAB || s->sh_offset > l->size ||
        s->sh_size > l->size - s->sh_offset || at >= s->sh_size)
        return NULL;
    const char *name = l->data + s->sh_offset + at;
    return memchr(name, 0, s->sh_size - at) ? name : NULL;
}

/* The text with blanks in the place of comments. */
static char *without_comments(const char *text)
{
    char *bare = g_strdup(text);
    for (char *p = bare; *p; p++) {
        bool line = p[0] == '/' && p[1] == '/';
        char *end = line                         ? p + strcspn(p, "\n")
                    : p[0] == '/' && p[1] == '*' ? strstr(p + 2, "*/")
                                                 : NULL;
        if (end && !line)
            end += 2;
        for (; end && p < end; p++)
            if (*p != '\n')
                *p = ' ';
        if (end)
            p--;
    }
    return bare;
}

/* "vec_dot.c:12", where the word stands in the text; "vec_dot.c" when it does not. */
static char *where_is(const look *l, const char *word)
{
    size_t n = strlen(word);
    int line = 1;
    for (const char *p = l->text, *from = p; *p; p++) {
        bool edge = p == from || !(g_ascii_isalnum(p[-1]) || p[-1] == '_');
        if (edge && n && strncmp(p, word, n) == 0 &&
            !(g_ascii_isalnum(p[n]) || p[n] == '_'))
            return g_strdup_printf("%s.c:%d", l->e->fn, line);
        line += *p == '\n';
    }
    return g_strdup_printf("%s.c", l->e->fn);
}

/* The first of each kind is enough. */
static void say(const look *l, GString *to, const char *word,
                const char *format, ...) G_GNUC_PRINTF(4, 5);

static void say(const look *l, GString *to, const char *word,
                const char *format, ...)
{
    if (to->len)
        return;
    char *where = where_is(l, word), *valid = NULL;
    va_list args;
    va_start(args, format);
    char *what = g_strdup_vprintf(format, args);
    va_end(args);
    valid = g_utf8_make_valid(what, -1);
    g_string_append_printf(to, "%s %s", where, valid);
    g_free(valid);
    g_free(what);
    g_free(where);
}

/* --------------------------------------------------------------- sections */

static bool usual_section(const char *name)
{
    static const char *const whole[] = {".text",
                                        ".data",
                                        ".bss",
                                        ".rodata",
                                        ".comment",
                                        ".symtab",
                                        ".strtab",
                                        ".shstrtab",
                                        ".eh_frame",
                                        ".note.GNU-stack",
                                        ".note.gnu.property",
                                        ""};
    static const char *const stems[] = {".text.",   ".data.", ".bss.",
                                        ".rodata.", ".rela.", ".rel.",
                                        ".group",   ".debug_"};
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
        if (g_str_equal(name, whole[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++)
        if (g_str_has_prefix(name, stems[i]))
            return strlen(name) < 80;
    return false;
}

static void check_section(look *l, const Elf64_Shdr *s, guint64 *memory)
{
    const char *name = name_at(l, l->head->e_shstrndx, s->sh_name);
    if (!name) {
        say(l, l->forbidden, "", "makes an object that is none");
        return;
    }
    const char *core = g_str_has_prefix(name, ".rela") ? name + 5 : name;
    bool early = g_str_has_prefix(core, ".init") ||
                 g_str_has_prefix(core, ".ctors") ||
                 g_str_has_prefix(core, ".preinit");
    bool late =
        g_str_has_prefix(core, ".fini") || g_str_has_prefix(core, ".dtors");
    if (early || late) {
        const char *word = late ? "destructor" : "constructor";
        say(l, l->forbidden, word,
            "has a %s, code that runs before or after the tests", word);
    } else if (s->sh_flags & SHF_TLS) {
        say(l, l->forbidden, "_Thread_local",
            "has memory of its own for each thread; there are no threads here");
    } else if (!usual_section(core) ||
               ((s->sh_flags & SHF_WRITE) && (s->sh_flags & SHF_EXECINSTR))) {
        say(l, l->forbidden, "section",
            "puts something into the section %.60s, which C does not make",
            name);
    }
    if (s->sh_flags & SHF_ALLOC)
        *memory =
            *memory + s->sh_size < *memory ? G_MAXUINT64 : *memory + s->sh_size;
}

/* ---------------------------------------------------------------- symbols */

static bool of_the_grader(const char *name)
{
    static const char *const words[] = {
        "main",      "the_function", "call_arguments", "back_begin",
        "back_same", "back_give",    "back_ask",       "back_take"};
    static const char *const stems[] = {"_",         "ck_",   "tcase_",
                                        "srunner_",  "suite", "expect",
                                        "plan_test", "proxy_"};
    static const char *const system[] = {
        "read",      "write",         "open",   "openat", "close",    "fork",
        "vfork",     "clone",         "execve", "kill",   "raise",    "signal",
        "sigaction", "syscall",       "ptrace", "mmap",   "mprotect", "munmap",
        "brk",       "sbrk",          "dlopen", "dlsym",  "getenv",   "environ",
        "atexit",    "at_quick_exit", "poll",   "select"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(name, words[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++)
        if (g_str_has_prefix(name, stems[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(system); i++)
        if (g_str_equal(name, system[i]))
            return true;
    return false;
}

static bool is_given(const manifest *m, const char *name)
{
    bool found = false;
    for (guint i = 0; i < m->given->len && !found; i++) {
        product p = build_object(m->given->pdata[i], PLAIN);
        if (p.ok) {
            GPtrArray *symbols = symbols_defined(p.path);
            found = symbols_have(symbols, name);
            g_ptr_array_unref(symbols);
        }
        product_clear(&p);
    }
    return found;
}

static void check_call(look *l, const char *name)
{
    if (policy_allows(name))
        return;
    const exercise *other = NULL;
    for (guint i = 0; i < l->m->exercises->len && !other; i++)
        if (g_str_equal(((exercise *)l->m->exercises->pdata[i])->fn, name))
            other = l->m->exercises->pdata[i];
    if (other == l->e) {
        say(l, l->unknown, name, "calls %s but does not define it", name);
    } else if (other && other->chapter->number > l->e->chapter->number) {
        say(l, l->forbidden, name, "calls %s, which is of a later chapter (%s)",
            name, other->number);
    } else if (other || is_given(l->m, name)) {
        return;
    } else if (name[0] == '_' || dlsym(RTLD_DEFAULT, name) ||
               of_the_grader(name)) {
        say(l, l->forbidden, name,
            "calls %.80s. An exercise may call C's mathematics, memory, text, "
            "sorting and printing, and the book's functions up to its chapter",
            name);
    } else {
        say(l, l->unknown, name,
            "calls %.80s, which neither this file nor the library defines: a "
            "misspelling?",
            name);
    }
}

static void check_definition(look *l, const Elf64_Sym *s, const char *name)
{
    if (g_str_equal(name, l->e->fn)) {
        l->defines |= ELF64_ST_TYPE(s->st_info) == STT_FUNC;
        return;
    }
    if (g_str_equal(name, "main"))
        say(l, l->forbidden, name,
            "has a main. The suite brings its own: keep only %s in this file",
            l->e->fn);
    else if (policy_allows(name) || of_the_grader(name))
        say(l, l->forbidden, name,
            "defines %.80s, a name of C's library or of the grader. A helper "
            "of "
            "yours is static and has a name of its own",
            name);
}

static void check_symbols(look *l, const Elf64_Shdr *table)
{
    size_t n = table->sh_size / sizeof(Elf64_Sym);
    const Elf64_Sym *s = part(l, table->sh_offset, n, sizeof *s);
    if (!s || table->sh_entsize != sizeof *s) {
        say(l, l->forbidden, "", "makes an object that is none");
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const char *name = name_at(l, table->sh_link, s[i].st_name);
        int type = ELF64_ST_TYPE(s[i].st_info);
        if (!name)
            say(l, l->forbidden, "", "makes an object that is none");
        else if (type == STT_GNU_IFUNC)
            say(l, l->forbidden, "ifunc",
                "chooses %.80s while it is loaded (ifunc)", name);
        else if (type == STT_TLS)
            say(l, l->forbidden, "_Thread_local",
                "has memory of its own for each thread; there are no threads "
                "here");
        else if (ELF64_ST_BIND(s[i].st_info) == STB_LOCAL)
            continue;
        else if (s[i].st_shndx == SHN_UNDEF)
            check_call(l, name);
        else
            check_definition(l, &s[i], name);
    }
}

static void check_object(look *l)
{
    l->head = part(l, 0, 1, sizeof *l->head);
    bool good = l->head && !memcmp(l->head->e_ident, ELFMAG, SELFMAG) &&
                l->head->e_ident[EI_CLASS] == ELFCLASS64 &&
                l->head->e_type == ET_REL &&
                l->head->e_shentsize == sizeof(Elf64_Shdr) &&
                l->head->e_shnum > 0 && l->head->e_shnum < MOST_SECTIONS;
    l->sections =
        good ? part(l, l->head->e_shoff, l->head->e_shnum, sizeof *l->sections)
             : NULL;
    if (!l->sections) {
        say(l, l->forbidden, "", "makes an object that is none");
        return;
    }
    guint64 memory = 0;
    for (guint i = 1; i < l->head->e_shnum; i++)
        check_section(l, &l->sections[i], &memory);
    for (guint i = 1; i < l->head->e_shnum; i++)
        if (l->sections[i].sh_type == SHT_SYMTAB)
            check_symbols(l, &l->sections[i]);
    if (memory > MOST_MEMORY)
        say(l, l->memory, "static",
            "has variables of %" G_GUINT64_FORMAT " MB; it may have %d",
            memory >> 20, MOST_MEMORY >> 20);
}

/* --------------------------------------------------------------- assembly */

/* gcc marks what came from an asm by #APP; a system call comes from nowhere else. */
static void check_assembly(look *l, const char *path)
{
    GMappedFile *file = path ? g_mapped_file_new(path, FALSE, NULL) : NULL;
    if (!file)
        return;
    const char *p = g_mapped_file_get_contents(file);
    const char *end = p ? p + g_mapped_file_get_length(file) : p;
    static const char *const calls[] = {"syscall", "sysenter", "int\t", "svc"};
    while (p && p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((stop ? stop : end) - p);
        size_t in = 0;
        while (in < n && (p[in] == ' ' || p[in] == '\t'))
            in++;
        bool bad = n >= 4 && !memcmp(p, "#APP", 4);
        for (size_t i = 0; i < G_N_ELEMENTS(calls) && in; i++)
            bad |= n - in >= strlen(calls[i]) &&
                   !memcmp(p + in, calls[i], strlen(calls[i]));
        if (bad) {
            const char *word = strstr(l->text, "__asm__") ? "__asm__"
                               : strstr(l->text, "__asm") ? "__asm"
                                                          : "asm";
            say(l, l->forbidden, word,
                "has assembly in it; an exercise is written in C");
            break;
        }
        p = stop ? stop + 1 : end;
    }
    g_mapped_file_unref(file);
}

policy_finding policy_check(const manifest *m, const exercise *e,
                            const char *object, const char *assembly,
                            const char *text)
{
    char *bare = without_comments(text);
    look l = {.m = m,
              .e = e,
              .text = bare,
              .forbidden = g_string_new(NULL),
              .memory = g_string_new(NULL),
              .unknown = g_string_new(NULL)};
    GMappedFile *file = g_mapped_file_new(object, FALSE, NULL);
    check_assembly(&l, assembly);
    if (file) {
        l.data = g_mapped_file_get_contents(file);
        l.size = g_mapped_file_get_length(file);
        check_object(&l);
        g_mapped_file_unref(file);
    }
    if (!l.defines)
        say(&l, l.unknown, "", "does not define %s. The suite calls\n  %s",
            e->fn, e->prototype);
    g_free(bare);
    GString *all[] = {l.forbidden, l.memory, l.unknown};
    char *said[3];
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        said[i] = all[i]->len ? g_strdup(all[i]->str) : NULL;
        g_string_free(all[i], TRUE);
    }
    return (policy_finding){said[0], said[1], said[2]};
}
