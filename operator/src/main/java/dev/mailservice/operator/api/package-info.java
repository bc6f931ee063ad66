/**
 * The {@code MailService} API: what a user writes and what the operator answers.
 *
 * <p>The custom resource definition in {@code crds/} is generated from these types; a parameter's
 * name, default, bounds and description stand here and nowhere else. Defaults are filled in by the
 * API server, so an object that came from it has them all. May depend on Fabric8's model and the
 * generator's annotations, on nothing else of this project. Everybody but {@code decision} uses it.
 */
@NullMarked
package dev.mailservice.operator.api;

import org.jspecify.annotations.NullMarked;
