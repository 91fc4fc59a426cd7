/* pen.h: numbers you worked out by hand. */
#ifndef PEN_H
#define PEN_H

#include "types.h"

/* J of (1, 2), (2, 3), (3, 7) at theta = (0, 0). [ch00] */
double pen_00_a(void);
/* theta1 after one step from (0, 0) on the same points, lr = 0.1.
   [ch00] */
double pen_00_b(void);
/* The largest lr, within 1 %, for which descent from (0, 0) on the same
   points does not diverge. [ch00] */
double pen_00_c(void);
/* The cosine of the angle between (1, 2, 2) and (2, 0, 1). [ch01] */
double pen_01_a(void);
/* The length of the projection of (3, 4) on the line through (1, 1). [ch01] */
double pen_01_b(void);
/* ‖x − y‖² of vectors with ‖x‖ = 3, ‖y‖ = 4 and x·y = 6. [ch01] */
double pen_01_c(void);
/* Returns the entry of AB in its second row and first column. [ch02] */
double pen_02_a(void);
/* Returns multiplications of (AB)x divided by those of A(Bx). [ch02] */
double pen_02_b(void);
/* Returns the trace of AᵀA. [ch02] */
double pen_02_c(void);
/* Returns the offset of (2, 3, 1) in the shape (4, 5, 6). [ch03] */
double pen_03_a(void);
/* Returns lines touched by a column's sum divided by those of a row's.
   [ch03] */
double pen_03_b(void);
/* Returns the largest n such that adding 1 n times in double gives n.
   [ch03] */
double pen_03_c(void);
/* Returns det M for M = (2 1 1; 4 3 3; 8 7 9). [ch04] */
double pen_04_a(void);
/* Returns u11 of PM = LU with partial pivoting. [ch04] */
double pen_04_b(void);
/* Returns κ₁ of diag(1, 0.001). [ch04] */
double pen_04_c(void);
/* Slope of the least-squares line through (0, 1), (1, 3), (2, 4).
   [ch05] */
double pen_05_a(void);
/* Residual sum of squares of that line. [ch05] */
double pen_05_b(void);
/* First row, second column of R in the QR of [3 1; 4 2]. [ch05] */
double pen_05_c(void);
/* Returns the largest eigenvalue of B. [ch06] */
double pen_06_a(void);
/* Returns the number of steps for six digits at the ratio 1/3. [ch06] */
double pen_06_b(void);
/* Returns the minimum of xᵀBx over all x of length 1. [ch06] */
double pen_06_c(void);
/* Returns the largest singular value of (3 0; 4 5). [ch07] */
double pen_07_a(void);
/* Returns the Frobenius distance of (3 0; 4 5) to the nearest
   matrix of rank 1. [ch07] */
double pen_07_b(void);
/* Returns 1797·64 divided by the numbers in ten columns of U, ten
   singular values and ten columns of V. [ch07] */
double pen_07_c(void);
/* Returns the variance of 2, 4, 4, 4, 5, 5, 7, 9. [ch08] */
double pen_08_a(void);
/* Returns the type-7 quantile of order 0.25 of 1, 2, 3, 4. [ch08] */
double pen_08_b(void);
/* Returns the correlation of x and x² for x = −1, 0, 1. [ch08] */
double pen_08_c(void);
/* P(ill | positive) for prevalence 0.02, sensitivity 0.8,
   specificity 0.9. [ch09] */
double pen_09_a(void);
/* The probability of at least two sixes among four dice. [ch09] */
double pen_09_b(void);
/* The n for which a share has the standard error 0.01 at p = 1/2.
   [ch09] */
double pen_09_c(void);
/* Returns the standard normal log-density at 2. [ch10] */
double pen_10_a(void);
/* Returns the expectation of e^Z, Z standard normal. [ch10] */
double pen_10_b(void);
/* Returns the correlation of the two components of Lz. [ch10] */
double pen_10_c(void);
/* Returns the mean log-likelihood at the MLE, 7 successes in 10.
   [ch11] */
double pen_11_a(void);
/* Returns the constant that minimises the MAE of 1, 2, 10. [ch11] */
double pen_11_b(void);
/* Returns the drop of the NLL (sigma = 1) when the RMSE falls from 2
   to 1. [ch11] */
double pen_11_c(void);
/* Returns H(1/2, 1/4, 1/4) in nats. [ch12] */
double pen_12_a(void);
/* Returns KL((1/2, 1/2)‖(1/4, 3/4)). [ch12] */
double pen_12_b(void);
/* Returns the cross-entropy of an untrained ten-class model. [ch12] */
double pen_12_c(void);
/* The standard error of the mean of 36 numbers with s = 12. [ch13] */
double pen_13_a(void);
/* How many resamples of three different numbers there are, the order
   not counting. [ch13] */
double pen_13_b(void);
/* The smallest p-value of a permutation test with B = 999. [ch13] */
double pen_13_c(void);
/* Returns the mean squared error of half of the mean of four draws
   with mean 2 and variance 4. [ch14] */
double pen_14_a(void);
/* Returns the ridge slope for Σx² = 10, Σxy = 20, n = 5, λ = 2.
   [ch14] */
double pen_14_b(void);
/* Returns the expected share of rows left out of a bootstrap sample,
   n → ∞. [ch14] */
double pen_14_c(void);
/* Returns F1 for TP = 40, FP = 10, FN = 20. [ch15] */
double pen_15_a(void);
/* Returns the AUC of positives {.9, .5} and negatives {.5, .1}.
   [ch15] */
double pen_15_b(void);
/* Returns the accuracy of "always benign" for 357 benign and 212
   malignant lumps. [ch15] */
double pen_15_c(void);
/* Returns the slope of x³·e^−x at 1. [ch16] */
double pen_16_a(void);
/* Returns σ′(0). [ch16] */
double pen_16_b(void);
/* Returns the best h of a central difference, f = f‴ = 1. [ch16] */
double pen_16_c(void);
/* Returns ‖∇f‖ of f = x²y + y³ at (1, 2). [ch17] */
double pen_17_a(void);
/* Returns the slope of f = x²y + y³ at (1, 2) towards (3, 4). [ch17] */
double pen_17_b(void);
/* Returns det H of f = x²y + y³ at (1, 2). [ch17] */
double pen_17_c(void);
/* Returns the border of stable steps for (x² + 25y²)/2. [ch18] */
double pen_18_a(void);
/* Returns the best worst factor per step for (x² + 25y²)/2. [ch18] */
double pen_18_b(void);
/* Returns the steps to a millionth of the distance. [ch18] */
double pen_18_c(void);
/* Returns the length of Adam's first step, g = 1000, lr = 0.001.
   [ch19] */
double pen_19_a(void);
/* Returns the terminal step of momentum, beta = 0.9, lr = 0.1,
   g = 2. [ch19] */
double pen_19_b(void);
/* Returns the batches per epoch of 1421 houses, 32 at a time.
   [ch19] */
double pen_19_c(void);
/* Returns the second Newton iterate for √2 from 1. [ch20] */
double pen_20_a(void);
/* Returns where one Newton step from 10 leads on the cost
   θ² − 4θ + 7. [ch20] */
double pen_20_b(void);
/* Returns the least x² + y² on the line x + 2y = 5. [ch20] */
double pen_20_c(void);
/* Returns ∂f/∂a, f = (ab + b)·ab, at a = 2, b = 5. [ch21] */
double pen_21_a(void);
/* Returns ∂f/∂b, f = (ab + b)·ab, at a = 2, b = 5. [ch21] */
double pen_21_b(void);
/* Returns the number of paths from x to the end of three rounds
   x ← x·x + x. [ch21] */
double pen_21_c(void);
/* Returns the number of parameters of a network 64-32-16-10.
   [ch22] */
double pen_22_a(void);
/* Returns dZ at the true class for p = 0.7 there and n = 1.
   [ch22] */
double pen_22_b(void);
/* Returns He's variance for a layer 64 to 32. [ch22] */
double pen_22_c(void);
/* Returns the standard error of an accuracy of 0.925 on 597
   pictures. [ch23] */
double pen_23_a(void);
/* Returns the multiplications of 64-128-10 for one picture. [ch23] */
double pen_23_b(void);
/* Returns the steps of 60 epochs over 1000 rows, batches of 32.
   [ch23] */
double pen_23_c(void);

#endif
