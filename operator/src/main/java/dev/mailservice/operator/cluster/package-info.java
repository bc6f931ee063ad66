/**
 * What the API server last said: the informers' caches, read as one fleet per MailService.
 *
 * <p>Reads only. May depend on {@code api}, Fabric8 and the Java Operator SDK. Used by {@code
 * gather}, {@code apply}, {@code status} and {@code loop}.
 */
@NullMarked
package dev.mailservice.operator.cluster;

import org.jspecify.annotations.NullMarked;
