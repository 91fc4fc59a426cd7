/* mail.h: who sent an e-mail, and when. (Its attachments: pile.h.) */
#ifndef MAIL_H
#define MAIL_H

#include <glib.h>
#include <stdbool.h>

/* The first address after From:, in small letters, and the name before it; free both. sent: of Date:, in seconds since 1970,
   or G_MININT64. False when this is no e-mail with a sender. */
bool mail_head(GBytes *data, char **from, char **sender, gint64 *sent);

#endif
