/**
 * The one way in which these tools write and read JSON: snake_case names, times as ISO 8601.
 *
 * <p>Depends on Jackson. Called by everything here that reports.
 */
@NullMarked
package dev.mailservice.e2e.json;

import org.jspecify.annotations.NullMarked;
