/* vec_dot: COMPILE: nothing but this comment. */
