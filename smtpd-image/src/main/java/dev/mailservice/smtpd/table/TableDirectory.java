package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.table.Folding;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.maincf.table.ParentDomains;
import dev.mailservice.maincf.table.PatternList;
import dev.mailservice.maincf.table.TableSource;
import dev.mailservice.maincf.table.Tables;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Opens the tables and lists that a configuration names, and keeps them up to date. */
public final class TableDirectory {
  /** A kubelet takes a minute to write a changed ConfigMap; a second more is not noticed. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final TableSource files;
  private final NetworkTables network;
  private final Consumer<String> warnings;
  private final LongSupplier nanoTime;

  /**
   * @param files where tables are read from
   * @param network connects to servers
   * @param warnings the log
   * @param nanoTime a clock that only runs forward
   */
  public TableDirectory(
      TableSource files, NetworkTables network, Consumer<String> warnings, LongSupplier nanoTime) {
    this.files = files;
    this.network = network;
    this.warnings = warnings;
    this.nanoTime = nanoTime;
  }

  private Tables tables(TableSource source) {
    return new Tables(source, network, RandomGenerator.getDefault());
  }

  /**
   * A list of lookup tables.
   *
   * @param parameter the parameter's name
   * @param value its value, expanded
   * @param at where the value stands
   */
  public Reloading<Maps> maps(String parameter, String value, Position at) {
    return new Reloading<>(
        parameter,
        source -> Maps.open(parameter, value, at, tables(source), Folding.FIXED),
        files,
        warnings,
        nanoTime,
        LOOK_INTERVAL);
  }

  /**
   * A match list.
   *
   * @param parameter the parameter's name
   * @param value its value, expanded
   * @param at where the value stands
   * @param parents whether {@code parent_domain_matches_subdomains} names the parameter
   */
  public Reloading<PatternList> patterns(
      String parameter, String value, Position at, ParentDomains parents) {
    return new Reloading<>(
        parameter,
        source -> PatternList.parse(parameter, value, at, tables(source), parents),
        files,
        warnings,
        nanoTime,
        LOOK_INTERVAL);
  }
}
