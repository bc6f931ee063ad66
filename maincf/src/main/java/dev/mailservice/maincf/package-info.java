/** Postfix's configuration language. */
@NullMarked
package dev.mailservice.maincf;

import org.jspecify.annotations.NullMarked;
