/* vec_dot: COMPILE: says that its lines are of another file, which a diagnostic would print. */
#line 1 "/etc/shadow"
this is no C;
#line 1 "/etc/passwd"
nor is this;
