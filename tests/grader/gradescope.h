/* gradescope.h: submission_metadata.yml, which stands in an export of Gradescope's submissions. */
#ifndef GRADESCOPE_H
#define GRADESCOPE_H

#include <glib.h>

typedef struct {
    char *name, *sid, *email; /* of the first submitter; or NULL */
    gint64 submitted;         /* G_MININT64 when it is not said */
} scoped;

typedef struct gradescope gradescope;

/* NULL without an error when there is no such file. */
gradescope *gradescope_read(const char *folder, GError **error);
void gradescope_free(gradescope *g);
/* Of a folder submission_123, or NULL. */
const scoped *gradescope_entry(const gradescope *g, const char *entry);

#endif
