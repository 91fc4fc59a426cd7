/* policy_names.c: the part of C's library that exercises may use: nothing that reaches beyond the function's own memory, but
   printing, which is captured, and reading, which finds the end of the file at once. */
#include "policy.h"

#include <string.h>

static const char names[] =
    /* mathematics: each also with f or l at its end */
    " acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf "
    "erfc exp exp10 exp2 expm1 fabs fdim floor fma fmax"
    " fmin fmod frexp hypot ilogb j0 j1 jn ldexp lgamma llrint llround log "
    "log10 log1p log2 logb lrint lround modf nan nearbyint"
    " nextafter nexttoward pow pow10 remainder remquo rint round roundeven "
    "scalbln scalbn sin sincos sinh sqrt tan tanh tgamma"
    " trunc y0 y1 yn signgam finite isinf isnan signbit __finite __isinf "
    "__isnan __signbit __fpclassify"
    " cabs carg cexp clog cpow csqrt csin ccos cimag creal conj feclearexcept "
    "fegetround fesetround fetestexcept feraiseexcept"
    /* memory, text, numbers, sorting */
    " malloc calloc realloc free aligned_alloc posix_memalign reallocarray"
    " memcpy memmove memset memcmp memchr memrchr mempcpy bcmp bzero bcopy"
    " strlen strnlen strcpy strncpy strcat strncat strcmp strncmp strchr "
    "strrchr strstr strspn strcspn strpbrk strtok strtok_r"
    " strdup strndup strcoll stpcpy strcasecmp strncasecmp strerror"
    " strtod strtof strtold strtol strtoll strtoul strtoull atof atoi atol "
    "atoll abs labs llabs div ldiv lldiv"
    " qsort qsort_r bsearch rand srand random srandom rand_r drand48 srand48"
    " isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct "
    "isspace isupper isxdigit tolower toupper"
    " __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc"
    /* printing and reading */
    " printf fprintf sprintf snprintf vprintf vfprintf vsprintf vsnprintf "
    "asprintf puts fputs putchar putc fputc putchar_unlocked"
    " fwrite fflush perror stdin stdout stderr scanf fscanf sscanf vsscanf "
    "getchar getc fgetc fgets getline ungetc feof ferror"
    " clearerr setbuf setvbuf"
    /* ends of the process, which end the test; clocks */
    " exit abort __assert_fail __assert time clock clock_gettime timespec_get "
    "difftime"
    /* what compilers call by themselves */
    " __errno_location __stack_chk_fail _GLOBAL_OFFSET_TABLE_ __cpu_model "
    "__cpu_indicator_init __chk_fail ";

static bool listed(const char *name, size_t n)
{
    for (const char *at = names; (at = strstr(at, name)); at++)
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

/* Arithmetic of wide, complex and odd types: __udivti3, __mulsc3, __floatuntidf. */
static bool of_the_compiler(const char *name)
{
    static const char *const stems[] = {
        "__add",   "__sub",     "__mul",   "__div",    "__udiv",  "__mod",
        "__umod",  "__neg",     "__cmp",   "__ucmp",   "__fix",   "__float",
        "__ext",   "__trunc",   "__ashl",  "__ashr",   "__lshr",  "__pop",
        "__clz",   "__ctz",     "__ffs",   "__parity", "__bswap", "__pow",
        "__unord", "__eq",      "__ne",    "__lt",     "__le",    "__gt",
        "__ge",    "__udivmod", "__divmod"};
    size_t n = strlen(name);
    if (n < 6 || n > 16 ||
        !(g_ascii_isdigit(name[n - 1]) || name[n - 1] == 'f' ||
          name[n - 1] == 'i'))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++)
        if (g_str_has_prefix(name, stems[i]))
            return true;
    return false;
}

bool policy_allows(const char *name)
{
    size_t n = strlen(name);
    if (!n || strchr(name, ' '))
        return false;
    if (listed(name, n) || of_the_compiler(name))
        return true;
    /* float and long double; what fortified headers and newer standards call the same functions. */
    char *core = g_strdup(name);
    bool good = false;
    if (g_str_has_prefix(core, "__isoc99_") ||
        g_str_has_prefix(core, "__isoc23_"))
        good = listed(core + 9, n - 9);
    else if (n > 6 && g_str_has_prefix(core, "__") &&
             g_str_has_suffix(core, "_chk")) {
        core[n - 4] = 0;
        good = listed(core + 2, n - 6);
    } else if (n > 2 && (core[n - 1] == 'f' || core[n - 1] == 'l')) {
        core[n - 1] = 0;
        good = listed(core, n - 1);
    }
    g_free(core);
    return good;
}
