package dev.ronde.testing.services;

import dev.ronde.testing.Stance;

/** A service with what it stands there as, for the table of outcomes. */
record Standing(Service service, Stance stance) implements Service {
    static Service exposed(Service service) {
        return new Standing(service, Stance.EXPOSED);
    }

    static Service halfway(Service service) {
        return new Standing(service, Stance.HALF);
    }

    static Service guarded(Service service) {
        return new Standing(service, Stance.PROTECTED);
    }

    static Service silent(Service service) {
        return new Standing(service, Stance.SILENT);
    }

    /** Something else than the check is about. */
    static Service another(Service service) {
        return new Standing(service, Stance.OTHER);
    }

    @Override
    public int port() {
        return service.port();
    }

    @Override
    public String program() {
        return service.program();
    }

    @Override
    public void close() {
        service.close();
    }
}
