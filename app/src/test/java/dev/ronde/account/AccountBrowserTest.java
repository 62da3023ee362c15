package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Role;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import dev.ronde.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The account pages in a real browser, without JavaScript: everything is done by forms and links. */
@Tag("browser")
@Needs({"chromium", "node"})
class AccountBrowserTest {
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);
    private final AccountServer server = new AccountServer(test.database());

    @AutoClose
    private static TestBrowser browser;

    @BeforeAll
    static void open() {
        browser = new TestBrowser();
    }

    @AfterEach
    void close() {
        server.close();
        test.close();
    }

    @Test
    void theFirstVisitorSetsUpOnOnePageAndSignsInAgain() {
        String link = server.links.first().orElseThrow().getRawQuery();
        try (BrowserContext visitor = browser.visitor(View.PHONE, server.address(""))) {
            Page page = visitor.newPage();
            page.navigate(server.address("/setup?" + link));
            page.getByLabel("Name").fill("Léa Martin");
            page.getByLabel("E-mail address").fill("lea@example.org");
            page.getByLabel("Password").fill("correct horse battery");
            page.getByLabel("Organisation").fill("Acme");
            page.getByText("Start", new Page.GetByTextOptions().setExact(true)).click();
            page.navigate(server.address("/account"));
            assertThat(page.content()).contains("lea@example.org");
            page.getByText("Sign out").click();
            assertThat(page.content()).contains("You are signed out");
            page.getByLabel("E-mail address").fill("lea@example.org");
            page.getByLabel("Password").fill("wrong password");
            page.locator("main button").click();
            assertThat(page.content()).contains("Address or password is wrong");
            page.getByText("Français").click();
            assertThat(page.getByLabel("Mot de passe").count()).isEqualTo(1);
        }
    }

    @Test
    void everyPageIsCleanInBothThemesAndLanguages() {
        server.database.useTransaction(tx -> server.room
                .accounts()
                .add(tx, "lea@example.org", "Léa Martin", Role.ADMIN, "correct horse", Actor.SYSTEM));
        server.database.useTransaction(tx -> {
            server.room.people().findOrCreate(tx, "a.very.long.address.of.somebody@example.org", null, Actor.SYSTEM);
            server.room.tokens().add(tx, new Tokens.Wanted("nightly agent", Role.AGENT, 30), Actor.SYSTEM);
        });
        String id = test.database()
                .read(handle -> handle.attach(PersonDao.class).findByEmailKey("lea@example.org"))
                .orElseThrow()
                .id()
                .toString();
        String link = server.database.inTransaction(
                tx -> server.links.forPerson(tx, java.util.UUID.fromString(id)).getRawQuery());
        List<String> paths =
                List.of("/login", "/setup?" + link, "/setup?code=old", "/people?q=zzz", "/people/new", "/people/" + id);
        for (View view : View.corners()) {
            try (BrowserContext visitor = browser.visitor(view.scripted(), server.address(""))) {
                Page page = visitor.newPage();
                List<String> complaints = TestBrowser.complaints(page);
                for (String path : paths) {
                    if (path.equals("/people?q=zzz")) {
                        signIn(page);
                    }
                    page.navigate(server.address(path));
                    String name = path.replaceAll("[^a-z]+", "-").replaceAll("(^-|-$|-[a-f0-9-]{20,})", "");
                    TestBrowser.screenshot(page, "account-" + name + "-" + view.name());
                    assertThat(TestBrowser.axe(page))
                            .as(view.name() + " " + path)
                            .isEmpty();
                    assertThat(TestBrowser.overflow(page))
                            .as(view.name() + " " + path)
                            .isZero();
                }
                assertThat(complaints)
                        .filteredOn(line -> !line.contains("status of 4"))
                        .isEmpty();
            }
        }
    }

    private void signIn(Page page) {
        page.navigate(server.address("/login"));
        page.locator("#email").fill("lea@example.org");
        page.locator("#password").fill("correct horse");
        page.locator("main button").click();
    }
}
