#include "mat.h"

#include <stdlib.h>
#include <string.h>

#if defined __AVX512F__ /* 32 registers of 8 doubles */
enum { LANES = 8, ROWS = 8 };
#elif defined __AVX2__  /* 16 registers of 4 */
enum { LANES = 4, ROWS = 4 };
#else                   /* any processor */
enum { LANES = 2, ROWS = 4 };
#endif
/* A tile of C: ROWS rows of VECS vectors. DEPTH is how many p it adds. */
enum { VECS = 3, COLS = VECS * LANES, DEPTH = 256 };

typedef double vec __attribute__((vector_size(8 * LANES), aligned(8)));

/* T[i][j] ← the sum over p < k of A[p][i]·B[p][j]. */
[[maybe_unused]] static void tile(size_t k, double T[ROWS][COLS],
        const double A[k][ROWS], const double B[k][COLS])
{
    vec sum[ROWS][VECS] = {0};
    for (size_t p = 0; p < k; p++) {
        const vec *b = (const vec *)B[p];
        for (size_t i = 0; i < ROWS; i++)
            for (size_t v = 0; v < VECS; v++)
                sum[i][v] += A[p][i] * b[v];
    }
    memcpy(T, sum, sizeof sum);
}

void mat_mul_simd(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[k][n])
{
    /* your code goes here */
}
