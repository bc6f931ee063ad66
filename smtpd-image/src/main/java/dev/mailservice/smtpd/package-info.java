/** The SMTP server: wiring of its parts and its command line. */
@NullMarked
package dev.mailservice.smtpd;

import org.jspecify.annotations.NullMarked;
