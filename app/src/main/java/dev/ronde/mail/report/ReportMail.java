package dev.ronde.mail.report;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.export.Exports;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.LetterFile;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The mail with the figures of a month, its PDF and the link to its bundle. */
public record ReportMail(People people, Exports exports, MailWriter writer, URI baseUrl) implements MailKind {
    static final String NAME = "report";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        UUID personId = Objects.requireNonNull(mail.personId());
        if (!tx.attach(ReportDao.class).isEntitled(personId)) {
            return Rendering.cancelled(MailReason.NO_READER);
        }
        Person person = people.get(tx, personId);
        JsonNode stored = Json.tree(mail.model());
        Optional<LetterFile> pdf = pdf(stored.get("file").asString());
        Map<String, Object> model = new HashMap<>();
        model.put("person", person.addressedAs());
        model.put(
                "month",
                LocalDate.parse(stored.get("month").asString())
                        .format(DateTimeFormatter.ofPattern("MMMM yyyy", person.language())));
        for (String figure : new String[] {"due", "on_time", "waiver", "late", "pending", "missed", "overdue"}) {
            model.put(figure, stored.at("/figures/reviews_" + figure).asLong());
        }
        for (String figure : new String[] {"runs_fail", "runs_missed", "exposures_open", "exceptions"}) {
            model.put(figure, stored.at("/figures/" + figure).asLong());
        }
        model.put("attached", pdf.isPresent());
        model.put(
                "link",
                baseUrl.resolve("/evidence/exports/" + stored.get("export").asString() + "/download")
                        .toString());
        MailContent content = MailContent.to(person, writer.write(NAME, person.language(), model));
        return pdf.map(content::attaching).orElse(content);
    }

    /** Empty where it is too large for a mail, or where another node has the bundle. */
    private Optional<LetterFile> pdf(String bundle) {
        try {
            Path file = exports.file(bundle);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                long size = entry(zip).getSize();
                return size < 0 || size > LetterFile.MOST_BYTES
                        ? Optional.empty()
                        : Optional.of(new LetterFile("report.pdf", "application/pdf", () -> read(file)));
            }
        } catch (Problem e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(entry(zip))) {
            return in.readNBytes((int) LetterFile.MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZipEntry entry(ZipFile zip) throws IOException {
        return zip.stream()
                .filter(entry -> entry.getName().endsWith("/reports/report.pdf"))
                .findFirst()
                .orElseThrow(() -> new IOException(zip.getName() + " has no report"));
    }
}
