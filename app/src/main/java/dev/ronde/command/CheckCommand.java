package dev.ronde.command;

import picocli.CommandLine.Command;

@Command(
        name = "check",
        description = "Checks: their files and their runs.",
        subcommands = {
            CheckFiles.ListAll.class,
            CheckNewCommand.class,
            CheckSchemaCommand.class,
            CheckFiles.Test.class,
            CheckFiles.Eval.class,
            CheckRunCommand.class,
            CheckAttestCommand.class,
            CheckExplainCommand.class,
            CheckExportCommand.class
        })
final class CheckCommand extends CommandGroup {}
