/* pile.h: the files of one submission, in memory: from a folder, an archive, an e-mail or a single file.

   Nothing is ever written under a name that somebody submitted. Links, devices and sockets are left out; so is what no
   exercise can be (a book, a .git). Everything is read under a budget, counted as the bytes come: an archive that unfolds to
   more is given up, and what had come until then is kept. */
#ifndef PILE_H
#define PILE_H

#include <glib.h>
#include <stdbool.h>

enum {
    PILE_FILE = 256 * 1024,   /* the largest file that is looked at */
    PILE_KEPT = 16 << 20,     /* of all that are kept, together */
    PILE_SCANNED = 512 << 20, /* that archives may unfold to */
    PILE_ENTRIES = 50 * 1000, /* files, folders and others */
    PILE_DEPTH = 3,           /* archives in archives */
};

typedef struct {
    char *name;   /* as submitted: bytes, folders before it */
    GBytes *data; /* NULL: too large, or it could not be read */
    bool unread;  /* the latter */
} piece;

typedef struct {
    GPtrArray *pieces; /* piece *, in the order of their names */
    GPtrArray *notes;  /* char *: sentences about the submission as a whole */
    bool broken; /* something could not be unpacked: files may be missing */
    guint64 kept, scanned;
    guint entries;
} pile;

pile *pile_new(void);
void pile_free(pile *p);

/* Adds what lies there: all files of a folder, of an archive, or the file itself. */
void pile_add(pile *p, const char *path, const char *shown_as);
/* Adds one file of that content; archives and e-mails are opened. */
void pile_add_bytes(pile *p, const char *name, GBytes *data, int depth);
/* One file of that size, not wanted, or as a note why it is left out. */
[[gnu::format(printf, 2, 3)]] void pile_note(pile *p, const char *format, ...);

/* unpack.c: the entries of an archive; mail.c: the attachments of an e-mail. */
void pile_add_archive(pile *p, const char *name, GBytes *data, int depth);
void pile_add_mail(pile *p, const char *name, GBytes *data, int depth);

/* By its name: could this be an archive, an e-mail, a source? */
bool pile_is_archive(const char *name);
bool pile_is_mail(const char *name);
bool pile_is_source(const char *name);
/* Left by tools, or made by ours: never an answer. */
bool pile_is_litter(const char *name);

#endif
