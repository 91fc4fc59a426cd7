/* symbols.c: reads the symbol table of a 64-bit ELF object of this machine, as gcc writes it. */
#include "symbols.h"

#include <elf.h>
#include <string.h>

/* n items of that size, `at` bytes into the file, or NULL when the file does not hold them all. */
static const void *part(GMappedFile *file, guint64 at, guint64 n, guint64 size)
{
    guint64 all = g_mapped_file_get_length(file);
    if (at > all || (size && n > (all - at) / size))
        return NULL;
    return g_mapped_file_get_contents(file) + at;
}

static void collect(GPtrArray *found, GMappedFile *file,
                    const Elf64_Shdr *table, const Elf64_Shdr *names)
{
    size_t n = table->sh_size / sizeof(Elf64_Sym);
    const Elf64_Sym *symbol = part(file, table->sh_offset, n, sizeof *symbol);
    const char *text = part(file, names->sh_offset, names->sh_size, 1);
    if (!symbol || !text || !names->sh_size || text[names->sh_size - 1])
        return;
    for (size_t i = 0; i < n; i++) {
        bool function = ELF64_ST_TYPE(symbol[i].st_info) == STT_FUNC &&
                        ELF64_ST_BIND(symbol[i].st_info) != STB_LOCAL;
        if (function && symbol[i].st_shndx != SHN_UNDEF &&
            symbol[i].st_name < names->sh_size)
            g_ptr_array_add(found, g_strdup(text + symbol[i].st_name));
    }
}

GPtrArray *symbols_defined(const char *object)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    GMappedFile *file = g_mapped_file_new(object, FALSE, NULL);
    if (!file)
        return found;
    const Elf64_Ehdr *head = part(file, 0, 1, sizeof *head);
    if (head && memcmp(head->e_ident, ELFMAG, SELFMAG) == 0 &&
        head->e_ident[EI_CLASS] == ELFCLASS64) {
        const Elf64_Shdr *section =
            part(file, head->e_shoff, head->e_shnum, sizeof *section);
        for (int i = 0; section && i < head->e_shnum; i++)
            if (section[i].sh_type == SHT_SYMTAB &&
                section[i].sh_link < head->e_shnum)
                collect(found, file, &section[i], &section[section[i].sh_link]);
    }
    g_mapped_file_unref(file);
    return found;
}

bool symbols_have(const GPtrArray *symbols, const char *name)
{
    for (guint i = 0; i < symbols->len; i++)
        if (g_str_equal(symbols->pdata[i], name))
            return true;
    return false;
}
