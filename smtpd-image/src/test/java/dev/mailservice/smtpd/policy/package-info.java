/** Policy servers, as check_policy_service asks them. */
@NullMarked
package dev.mailservice.smtpd.policy;

import org.jspecify.annotations.NullMarked;
