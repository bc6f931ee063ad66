package dev.mailservice.e2e.bench;

import picocli.CommandLine.Command;

/** {@code e2e bench}: chooses what is measured. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Benchmarks that run this project beside what it is compared with.",
    subcommands = SmtpdCommand.class)
public final class BenchCommand {}
