package dev.mailservice.e2e.bench;

import dev.mailservice.e2e.loss.NoLossCommand;
import dev.mailservice.e2e.soak.SoakCommand;
import picocli.CommandLine.Command;

/** {@code e2e bench}: chooses what is measured. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Benchmarks that run this project beside what it is compared with.",
    subcommands = {SmtpdCommand.class, NoLossCommand.class, SoakCommand.class})
public final class BenchCommand {}
