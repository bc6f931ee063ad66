/**
 * Real mail clients send through this server, started for real, and tools that read Postfix's log
 * read its log. {@code build/mail-clients} makes them available.
 */
package dev.mailservice.smtpd.clients;
