/* wire.h: the memory between host and worker: two rings of bytes, one each way.

   While both sides run, a frame crosses by being copied, without a call of the system; who waits for long sleeps on a futex.
   The worker may write into all of it whatever and whenever it likes. So a side keeps its own count to itself, reads the other's
   once and refuses one that cannot be, and copies bytes out before it looks at them; and nobody waits without a clock. Nobody
   can change the memory's size. */
#ifndef WIRE_H
#define WIRE_H

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { RING = 128 << 10 };

/* Counts of bytes since the beginning, around and around. A side that sleeps says so, and is woken. */
typedef struct {
    _Alignas(64) _Atomic uint32_t written;
    _Atomic uint32_t reader_sleeps;
    _Alignas(64) _Atomic uint32_t taken;
    _Atomic uint32_t writer_sleeps;
    _Alignas(64) unsigned char bytes[RING];
} ring;

typedef struct {
    ring to_worker, to_host;
} wire;

/* One side of a ring. */
typedef struct {
    ring *ring;
    uint32_t count; /* its own: written, or taken */
} ring_end;

#define RING_BROKEN SIZE_MAX

static inline void wake(_Atomic uint32_t *word, _Atomic uint32_t *sleeps)
{
    if (atomic_load(sleeps) && atomic_exchange(sleeps, 0))
        syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* Writes what there is room for. *seen is what the room was told from, to wait for its change. */
static inline size_t ring_put(ring_end *e, const void *from, size_t size,
                              uint32_t *seen)
{
    ring *r = e->ring;
    *seen = atomic_load(&r->taken);
    uint32_t used = e->count - *seen;
    if (used > RING)
        return RING_BROKEN;
    size_t n = size < RING - used ? size : RING - used;
    size_t at = e->count % RING, first = n < RING - at ? n : RING - at;
    memcpy(r->bytes + at, from, first);
    memcpy(r->bytes, (const char *)from + first, n - first);
    if (n) {
        e->count += (uint32_t)n;
        atomic_store(&r->written, e->count);
        wake(&r->written, &r->reader_sleeps);
    }
    return n;
}

/* Takes what is there of so many bytes. */
static inline size_t ring_take(ring_end *e, void *to, size_t size,
                               uint32_t *seen)
{
    ring *r = e->ring;
    *seen = atomic_load(&r->written);
    uint32_t there = *seen - e->count;
    if (there > RING)
        return RING_BROKEN;
    size_t n = size < there ? size : there;
    size_t at = e->count % RING, first = n < RING - at ? n : RING - at;
    memcpy(to, r->bytes + at, first);
    memcpy((char *)to + first, r->bytes, n - first);
    if (n) {
        e->count += (uint32_t)n;
        atomic_store(&r->taken, e->count);
        wake(&r->taken, &r->writer_sleeps);
    }
    return n;
}

/* ------------------------------------------------------------------ waiting */

static inline void pause_briefly(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

enum { MOST_TURNS = 256, LEAST_TURNS = 4, TRY_AGAIN = 64 };

/* How long it pays to look before one sleeps: while the other side is on another core, an answer comes within a microsecond;
   on the same core, never. */
typedef struct {
    unsigned turns, waits;
} patience;

/* True when it changed meanwhile. */
static inline bool changes_soon(patience *p, const _Atomic uint32_t *word,
                                uint32_t seen)
{
    if (!p->turns || p->waits++ % TRY_AGAIN == 0)
        p->turns = MOST_TURNS;
    for (unsigned i = 0; i < p->turns; i++) {
        if (atomic_load_explicit(word, memory_order_relaxed) != seen) {
            p->turns = MOST_TURNS;
            return true;
        }
        pause_briefly();
    }
    p->turns = p->turns / 2 > LEAST_TURNS ? p->turns / 2 : LEAST_TURNS;
    return false;
}

/* Until it changes, or a signal comes. */
static inline void sleep_on(_Atomic uint32_t *word, _Atomic uint32_t *sleeps,
                            uint32_t seen)
{
    atomic_store(sleeps, 1);
    if (atomic_load(word) == seen)
        syscall(SYS_futex, word, FUTEX_WAIT, seen, NULL, NULL, 0);
    atomic_store(sleeps, 0);
}

#endif
