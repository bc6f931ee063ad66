package dev.mailservice.maincf.reference;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs Debian's Postfix beside the code; a parameter of type {@link PostfixReference}
 * gets it.
 *
 * <p>Where there is no Debian it does not run, and says so where nobody can overlook it; with
 * {@code CI=true} it must.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("postfix")
@ExtendWith(PostfixExtension.class)
public @interface BesidePostfix {}
