package dev.ronde.platform.backup;

import dev.ronde.platform.db.Backup;
import dev.ronde.platform.db.BackupManifest;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams a backup of this moment; the server goes on meanwhile. Whoever gets it has everything but the keys, so administrators only.
 *
 * @param seal signs the manifest
 */
public record BackupApi(
        Database database, InstantSource clock, UnaryOperator<String> seal, BiConsumer<BackupManifest, Principal> taken)
        implements Routes {
    private static final Logger log = LoggerFactory.getLogger(BackupApi.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Override
    public void register(Router router) {
        router.post("/api/v1/backups", Access.ADMINS, this::create);
    }

    private void create(Context context) {
        Requests.query(context);
        Instant now = clock.instant();
        context.contentType("application/zip");
        context.header("Content-Disposition", "attachment; filename=\"ronde-backup-" + STAMP.format(now) + ".zip\"");
        OutputStream out = context.outputStream();
        BackupManifest manifest = Backup.write(database, out, now, seal);
        taken.accept(manifest, Requests.principal(context));
        log.info(
                "backup of {} rows in {} tables",
                manifest.rows(),
                manifest.tables().size());
    }
}
