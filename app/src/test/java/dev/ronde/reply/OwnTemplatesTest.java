package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of the operator's own: used where they work, and never the reason why somebody is not told. */
final class OwnTemplatesTest {
    private static final String FILE = "mail/review/body.txt.peb";

    @TempDir
    Path folder;

    private void own(String name, String text) throws IOException {
        Path file = folder.resolve("own").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String assignment() {
        Map<Setting, String> settings =
                Map.of(Setting.TEMPLATES, folder.resolve("own").toString());
        try (MailWorld world = new MailWorld(DatabaseKind.H2, true, settings)) {
            Person alice = world.person("alice@corp.example");
            world.asset("fw-par-01", "alice@corp.example");
            world.plan(MailWorld.PLAN, Channel.SYSTEM);
            world.at("2026-02-27T10:00:00Z");
            return world.mailsTo(alice).isEmpty() ? "" : world.lastTo(alice).text();
        }
    }

    @Test
    void oneThatWorksIsUsed() throws IOException {
        own(FILE, "Dear {{ person }}, please look at {{ asset }}.\n");
        assertThat(assignment()).contains("please look at fw-par-01").doesNotContain("asks you to review");
    }

    @Test
    void oneThatFailsIsReplacedByThePackagedOne() throws IOException {
        for (String broken : new String[] {
            "Hello {{ person",
            "Hello {{ nobody_knows_this }}",
            "Hello {{ t('no.such.text') }}",
            "{% include \"" + FILE + "\" %}",
            "{% include \"mail/none.txt.peb\" %}"
        }) {
            own(FILE, broken);
            assertThat(assignment()).as(broken).contains("asks you to review").contains("https://ronde.test/r/");
        }
    }

    @Test
    void whatCannotBeReadIsNamedWithItsFileAndLine() throws IOException {
        own(FILE, "Hello\n{{ person");
        own("mail/receipt/body.txt.peb", "{% include \"mail/again.txt.peb\" %}");
        own("mail/again.txt.peb", "{% include 'mail/receipt/body.txt.peb' %}");
        own("mail/fine.txt.peb", "{% include 'mail/receipt/subject.txt.peb' %}");
        Overlay files = Overlay.of("templates", folder.resolve("own"));
        assertThat(new Templates(files, new Messages(files)).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith(FILE + ", line 2: "))
                .anyMatch(fault -> fault.startsWith("mail/receipt/body.txt.peb: it includes itself ("));
        Terminal.Run run = Terminal.run(
                Map.of(
                        "RONDE_HOME",
                        folder.resolve("home").toString(),
                        "RONDE_TEMPLATES",
                        folder.resolve("own").toString()),
                "",
                "doctor");
        assertThat(run.out())
                .contains("warn  templates " + FILE + ", line 2: ")
                .contains("-> Correct it in RONDE_TEMPLATES");
    }
}
