package dev.ronde.platform.http;

/** A feature's routes; every Api and Pages class is one. */
public interface Routes {
    void register(Router router);
}
