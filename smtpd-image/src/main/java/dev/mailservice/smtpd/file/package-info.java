/** Files that may change while the server runs. Depends on nothing of this server. */
@NullMarked
package dev.mailservice.smtpd.file;

import org.jspecify.annotations.NullMarked;
