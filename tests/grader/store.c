/* store.c: one table. */
#include "store.h"

#include <sqlite3.h>

struct store {
    sqlite3 *db;
    GMutex lock;
};

static bool trouble(sqlite3 *db, const char *what, GError **error)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", what,
                db ? sqlite3_errmsg(db) : "out of memory");
    return false;
}

store *store_open(const char *path, GError **error)
{
    store *s = g_new0(store, 1);
    g_mutex_init(&s->lock);
    bool good =
        sqlite3_open(path, &s->db) == SQLITE_OK &&
        sqlite3_busy_timeout(s->db, 20000) == SQLITE_OK &&
        sqlite3_exec(s->db,
                     "CREATE TABLE IF NOT EXISTS record (key TEXT PRIMARY KEY, "
                     "json TEXT NOT NULL) WITHOUT ROWID",
                     NULL, NULL, NULL) == SQLITE_OK;
    if (!good) {
        trouble(s->db, path, error);
        g_clear_pointer(&s, store_close);
    }
    return s;
}

void store_close(store *s)
{
    sqlite3_close(s->db);
    g_mutex_clear(&s->lock);
    g_free(s);
}

char *store_get(store *s, const char *key)
{
    g_mutex_lock(&s->lock);
    sqlite3_stmt *q = NULL;
    char *json = NULL;
    if (sqlite3_prepare_v2(s->db, "SELECT json FROM record WHERE key = ?", -1,
                           &q, NULL) == SQLITE_OK) {
        sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
        if (sqlite3_step(q) == SQLITE_ROW)
            json = g_strdup((const char *)sqlite3_column_text(q, 0));
    }
    sqlite3_finalize(q);
    g_mutex_unlock(&s->lock);
    return json;
}

bool store_put(store *s, const char *key, const char *record, GError **error)
{
    g_mutex_lock(&s->lock);
    sqlite3_stmt *q = NULL;
    /* Outside of BEGIN every statement is a transaction. */
    bool good =
        sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO record VALUES (?, ?)",
                           -1, &q, NULL) == SQLITE_OK;
    if (good) {
        sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, record, -1, SQLITE_STATIC);
        good = sqlite3_step(q) == SQLITE_DONE;
    }
    if (!good)
        trouble(s->db, "the record cannot be stored", error);
    sqlite3_finalize(q);
    g_mutex_unlock(&s->lock);
    return good;
}
