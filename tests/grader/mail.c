/* mail.c: the attachments of an e-mail, by GMime. */
#include "mail.h"
#include "pile.h"

#include <gmime/gmime.h>
#include <string.h>

static GMimeMessage *parsed(GBytes *data)
{
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        g_mime_init();
        g_once_init_leave(&ready, 1);
    }
    gsize size;
    const char *bytes = g_bytes_get_data(data, &size);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

typedef struct {
    pile *p;
    const char *mail;
    int depth;
} opening;

static void open_part(GMimeObject *, GMimeObject *part, gpointer data)
{
    opening *o = data;
    if (!GMIME_IS_PART(part))
        return;
    const char *name = g_mime_part_get_filename(GMIME_PART(part));
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
    if (!name || !content || ++o->p->entries > PILE_ENTRIES)
        return;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *all =
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    GBytes *bytes = g_bytes_new(all->data, all->len);
    char *inside = g_strconcat(o->mail, "/", name, NULL);
    o->p->scanned += all->len;
    pile_add_bytes(o->p, inside, bytes, o->depth);
    g_free(inside);
    g_bytes_unref(bytes);
    g_object_unref(stream);
}

void pile_add_mail(pile *p, const char *name, GBytes *data, int depth)
{
    GMimeMessage *message = parsed(data);
    if (!message) {
        p->broken = true;
        pile_note(p, "An e-mail could not be read.");
        return;
    }
    g_mime_message_foreach(message, open_part, &(opening){p, name, depth});
    g_object_unref(message);
}

bool mail_head(GBytes *data, char **from, char **sender, gint64 *sent)
{
    GMimeMessage *message = parsed(data);
    if (!message)
        return false;
    InternetAddressList *list = g_mime_message_get_from(message);
    InternetAddress *first = list && internet_address_list_length(list)
                                 ? internet_address_list_get_address(list, 0)
                                 : NULL;
    bool good = first && INTERNET_ADDRESS_IS_MAILBOX(first);
    if (good) {
        *from = g_ascii_strdown(
            internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)),
            -1);
        const char *called = internet_address_get_name(first);
        *sender = g_strdup(called ? called : *from);
        GDateTime *date = g_mime_message_get_date(message);
        *sent = date ? g_date_time_to_unix(date) : G_MININT64;
    }
    g_object_unref(message);
    return good;
}
