/* products.c: the tiled product against the plain one, for whatever processor this was compiled for. Each entry may differ by the
   rounding of two sums of k products, each at most k·ε·Σ|a·b| off (chapter 03, for any order, fused or not); whole numbers agree
   exactly. Says the tile it was compiled for. */
#include "mat.h"

#include <float.h>
#include <stdlib.h>

/* Remainders of every tile, one instalment of products and more. */
static const size_t SHAPE[][3] = {
    {1, 1, 1},   {2, 3, 5},    {4, 7, 6},    {8, 5, 24},    {5, 1, 7},    {7, 2, 25},    {9, 11, 23},     {13, 17, 12},
    {16, 8, 48}, {23, 64, 19}, {33, 255, 9}, {31, 256, 26}, {6, 257, 37}, {65, 300, 97}, {130, 520, 33}, {3, 1031, 101},
};

static double number(bool whole)
{
    static unsigned long long state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    double u = (double)(state >> 11) * 0x1p-52 - 1;
    return whole ? floor(9 * u) : u * exp2((double)(state >> 33 & 15) - 8);
}

static double *numbers(size_t n, bool whole)
{
    double *x = malloc(n * sizeof *x);
    if (!x)
        abort();
    for (size_t i = 0; i < n; i++)
        x[i] = number(whole);
    return x;
}

static bool same(size_t m, size_t k, size_t n, bool whole)
{
    double (*A)[k] = (double (*)[k])numbers(m * k, whole), (*B)[n] = (double (*)[n])numbers(k * n, whole);
    double (*C)[n] = (double (*)[n])numbers(m * n, false), (*D)[n] = (double (*)[n])numbers(m * n, false);
    mat_mul(m, k, n, C, A, B);
    mat_mul_simd(m, k, n, D, A, B);
    size_t wrong = 0;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            double size = 0;
            for (size_t p = 0; p < k; p++)
                size += fabs(A[i][p] * B[p][j]);
            double tol = whole ? 0 : 2 * (double)k * DBL_EPSILON * size;
            wrong += !(fabs(C[i][j] - D[i][j]) <= tol);
        }
    if (wrong)
        printf("%zu x %zu x %zu, %s numbers: %zu entries beyond the bound\n", m, k, n, whole ? "whole" : "any", wrong);
    free(A);
    free(B);
    free(C);
    free(D);
    return !wrong;
}

int main(void)
{
    bool good = true;
    for (size_t s = 0; s < sizeof SHAPE / sizeof *SHAPE; s++)
        for (int whole = 0; whole < 2; whole++)
            good = same(SHAPE[s][0], SHAPE[s][1], SHAPE[s][2], whole) && good;
#if defined __AVX512F__
    puts("avx512");
#elif defined __AVX2__
    puts("avx2");
#else
    puts("portable");
#endif
    return !good;
}
