package dev.mailservice.smtpd.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs what {@code build/mail-clients} makes available; a parameter of type {@link
 * Programs} gets it.
 *
 * <p>Where something is missing that it is made with, the test does not run, and says so where
 * nobody can overlook it; with {@code CI=true} it must.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("clients")
@ExtendWith(ProgramsExtension.class)
@interface WithMailClients {}
