/**
 * Lookup tables and match lists, as Postfix's smtpd(8) searches them.
 *
 * <p>{@link dev.mailservice.maincf.table.TableReference} reads {@code type:name}, {@link
 * dev.mailservice.maincf.table.Tables} opens it, {@link dev.mailservice.maincf.table.Maps} searches
 * a list of tables, {@link dev.mailservice.maincf.table.PatternList} is a match list such as {@code
 * mynetworks}, and {@link dev.mailservice.maincf.table.AccessKeys} and {@link
 * dev.mailservice.maincf.table.AddressKeys} say which keys are looked up for a name, a network or
 * an address, and in which order.
 *
 * <p>Pure: files and sockets are behind {@link dev.mailservice.maincf.table.TableSource} and {@link
 * dev.mailservice.maincf.table.NetworkTables}. What is wrong with a table is a {@link
 * dev.mailservice.maincf.Diagnostic}; whether a table with errors may be used is for the caller to
 * say. Follows Postfix's DATABASE_README, access(5), cidr_table(5), regexp_table(5), pcre_table(5)
 * and match_list(3).
 *
 * <p>Regular expressions run on Java's engine over the bytes of UTF-8, one character a byte,
 * because Postfix matches bytes: {@code .} is half of an é there, too.
 */
@NullMarked
package dev.mailservice.maincf.table;

import org.jspecify.annotations.NullMarked;
