package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.waiting.SessionTimes;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What sessions share.
 *
 * @param personality the settings that hold at the moment
 * @param delivery where mail goes
 * @param log the mail log
 * @param events what is counted
 * @param messageNames a name for each message
 * @param clients finds out who clients are, and counts what they do
 * @param memory knows whether there is too little for more work
 * @param times where the time of sessions goes
 * @param nanos a clock for elapsed time, as {@link System#nanoTime}
 */
record Services(
    Supplier<SmtpdSettings> personality,
    Delivery delivery,
    MailLog log,
    Events events,
    MessageNames messageNames,
    ClientCare clients,
    MemoryWatch memory,
    SessionTimes times,
    LongSupplier nanos) {}
