/* vec_dot: PASS: declares everything by itself. */
typedef __SIZE_TYPE__ size_t;

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
