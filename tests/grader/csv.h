/* csv.h: RFC 4180, read and written, and written so that no spreadsheet computes what a student called themselves. */
#ifndef CSV_H
#define CSV_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    GPtrArray *
        rows; /* char **, NULL at the end; the header is the first; blank lines are left out */
} csv;

/* Quotes, commas and newlines as RFC 4180 has them; a byte-order mark is skipped; UTF-16 and Latin-1 are read as well. NULL with
   an explanation that names the line. */
csv *csv_read(const char *path, GError **error);
void csv_free(csv *c);
/* The column of that name in the header (capitals do not matter), or -1. */
int csv_column(const csv *c, const char *name);
/* The cell, or NULL where the row is too short, the column -1 or the text empty. */
const char *csv_cell(const csv *c, guint row, int column);

/* One field, with a comma before it unless the line is empty still. csv_text puts an apostrophe before what a spreadsheet would
   take for a formula; csv_exact writes what is given: for a system's own identifiers, which must come back as they went. */
void csv_text(GString *line, const char *field);
void csv_exact(GString *line, const char *field);
void csv_number(GString *line, double value);
/* Ends the line with CRLF. */
void csv_end(GString *line);

#endif
