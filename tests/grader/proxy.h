/* proxy.h: the two generated sides of an exercise's function: host.h and worker.h say what they do. */
#ifndef PROXY_H
#define PROXY_H

#include "../runner/manifest.h"

typedef struct {
    char *host, *worker; /* C sources in build/grade/proxies/ */
} proxies;

/* Writes both, where they changed; false when the signature has no other side (text and files cannot cross). */
bool proxies_write(const exercise *e, proxies *p);
void proxies_clear(proxies *p);

#endif
