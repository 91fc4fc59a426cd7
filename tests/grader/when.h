/* when.h: times as people and systems write them. */
#ifndef WHEN_H
#define WHEN_H

#include <glib.h>
#include <stdbool.h>

/* "2025-10-03 23:59", "2025-10-03T23:59:00+02:00", "2025-10-03 17:12:01.123 Z" or "… UTC", and "2025-10-03", which is the end of that
   day. Without a zone of its own it is in `zone`; NULL: it needs one. False when it is no time. */
bool when_read(const char *text, GTimeZone *zone, gint64 *seconds);
/* "2025-10-03 23:59 CEST"; free it. */
char *when_text(gint64 seconds, GTimeZone *zone);
/* "2 days 3 hours", "5 minutes": the two largest units. */
char *when_length(gint64 seconds);

#endif
