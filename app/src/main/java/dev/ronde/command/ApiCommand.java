package dev.ronde.command;

/** A command that only talks to the API. */
abstract class ApiCommand extends CommandBase {
    /** Returns the exit code. */
    abstract int run(ApiClient api);

    @Override
    public Integer call() {
        return withApi(this::run);
    }
}
