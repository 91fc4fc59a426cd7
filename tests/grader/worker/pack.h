/* pack.h: how both sides write a frame: into memory that malloc knows nothing of, for allocations are counted on one side and made
   to fail on the other. */
#ifndef PACK_H
#define PACK_H

#include "frame.h"

#include <string.h>
#include <sys/mman.h>

typedef struct {
    unsigned char *at;
    size_t size, used, taken;
} store;

/* Each side's own; does not return. */
[[gnu::noreturn]] void no_memory_for(size_t size);

static inline void reserve(store *s, size_t size)
{
    if (size <= s->size)
        return;
    size_t wanted = (size + 0xffff) & ~(size_t)0xffff;
    void *p = s->at ? mremap(s->at, s->size, wanted, MREMAP_MAYMOVE)
                    : mmap(NULL, wanted, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        no_memory_for(size);
    s->at = p;
    s->size = wanted;
}

static inline void put(store *s, const void *at, size_t size)
{
    reserve(s, s->used + padded(size));
    if (size)
        memcpy(s->at + s->used, at, size);
    memset(s->at + s->used + size, 0, padded(size) - size);
    s->used += padded(size);
}

static inline void put_number(store *s, uint64_t n)
{
    put(s, &n, sizeof n);
}

static inline void *take(store *s, size_t size)
{
    void *at = s->at + s->taken;
    s->taken += padded(size);
    return at;
}

/* A frame's head has its place before its payload, and is written when that is known. */
static inline void begin_frame(store *s)
{
    s->used = 0;
    put(s, &(frame){0}, sizeof(frame));
}

static inline void end_frame(store *s, frame_kind kind, uint64_t number,
                             uint64_t a, uint64_t b)
{
    frame f = {FRAME_MAGIC, kind, number, s->used - sizeof f, a, b};
    memcpy(s->at, &f, sizeof f);
}

#endif
