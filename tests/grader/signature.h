/* signature.h: the manifest's signature of a function, and pieces of C that say the same. */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include "../runner/manifest.h"

#include <json-glib/json-glib.h>

/* A member that is a text. */
const char *sig_word(JsonObject *o, const char *name);
/* The i-th parameter. */
JsonObject *sig_at(JsonArray *list, guint i);
JsonArray *parameters(JsonObject *signature);
/* The parameter is of that kind. */
bool sig_is(JsonObject *p, const char *kind);
bool by_value(JsonObject *p);
bool by_pointer(JsonObject *p);
/* All of it can go to another process and back. */
bool can_cross(JsonObject *signature);
/* Which parameter has that name. */
guint place_of(JsonArray *list, const char *name);
/* Adds "sizeof(double) * (size_t)(m) * (size_t)(n)". */
void add_bytes(GString *c, JsonObject *p);
/* The size of the function to which this one of the callback is bound, or NULL. */
const char *sig_bound(JsonObject *callback, JsonObject *p);
/* Adds "double NAME(size_t n, const double x[n])" and the brace. */
void add_head(GString *c, JsonObject *signature, const char *name);
/* It returns something. */
bool sig_returns(JsonObject *signature);
/* Adds the first lines of a generated file; side is host or worker. */
void add_top(GString *c, const exercise *e, const char *side);

/* proxy_host.c, proxy_worker.c: the text of the two sides. Free it. */
char *host_text(const exercise *e);
char *worker_text(const exercise *e);

#endif
