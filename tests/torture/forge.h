/* forge.h: what a forger knows, for the files that are called forge-…: torture.js puts it in the place of its #include. */
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct frame {
    unsigned magic, kind;
    unsigned long number, size, a, b;
};
enum { MAGIC = (int)0xde5ce47a, BACK = 3, RETURN = 5 };

struct ring {
    _Alignas(64) atomic_uint written;
    atomic_uint reader_sleeps;
    _Alignas(64) atomic_uint taken;
    atomic_uint writer_sleeps;
    _Alignas(64) unsigned char bytes[128 << 10];
};

/* From the worker to the host. */
static inline struct ring *the_ring(void)
{
    struct ring *all =
        mmap(NULL, 2 * sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0);
    return all + 1;
}

/* Says it before the worker says anything, and waits until it was heard. */
static inline void forge(const void *at, size_t size)
{
    struct ring *r = the_ring();
    for (size_t i = 0; i < size; i++)
        r->bytes[(r->written + i) % sizeof r->bytes] =
            ((const unsigned char *)at)[i];
    r->written += (unsigned)size;
    for (long i = 0; i < 100 * 1000 * 1000 && r->taken != r->written; i++)
        ;
}
