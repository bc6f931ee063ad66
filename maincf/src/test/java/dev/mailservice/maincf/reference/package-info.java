/**
 * Debian's Postfix beside the library: what it says is what the library must say. Test code of
 * other modules uses it, too.
 */
@NullMarked
package dev.mailservice.maincf.reference;

import org.jspecify.annotations.NullMarked;
