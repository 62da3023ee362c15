package dev.ronde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.BigEstate;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import dev.ronde.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of every day at the width of a usual screen: no column is cut, whatever people are called. */
@Tag("browser")
@Tag("long")
@Needs({"chromium", "node"})
final class TablesBrowserTest {
    private static final String EMAIL = "lea.martin@example.org";
    private static final String PASSWORD = "correct horse battery";

    @Test
    void noListIsWiderThanItsPage() {
        try (TestApp app = TestApp.start(
                        TestClock.at("2026-03-03T09:00:00Z"),
                        Map.of(Setting.ADMIN_EMAIL, EMAIL, Setting.ADMIN_PASSWORD, PASSWORD));
                TestBrowser browser = new TestBrowser()) {
            BigEstate.fill(app, 60);
            app.app().database().useTransaction(tx -> {
                tx.execute("update person set name = 'Alexandra Martin-Dupont ' || substring(email from 1 for 8),"
                        + " email = 'alexandra.martin-dupont.' || email, email_key = 'alexandra.martin-dupont.' || email_key"
                        + " where email like 'owner%'");
                tx.execute("update person set zone = 'America/Argentina/Buenos_Aires' where email like '%owner1%'");
                tx.execute("update person set role = 'COMPLIANCE' where email like '%owner12%'");
            });
            List<String> faults = new ArrayList<>();
            for (View view : TestBrowser.FULL
                    ? List.of(View.DESKTOP, View.FRENCH, View.PHONE)
                    : List.of(View.FRENCH, View.PHONE)) {
                try (BrowserContext visitor =
                        browser.visitor(view.scripted(), app.address().toString())) {
                    Page page = visitor.newPage();
                    PageWalk.signIn(page, app.address().toString(), EMAIL, PASSWORD);
                    for (String path :
                            List.of("/people", "/assets", "/reviews", "/reviews?overdue=true", "/findings")) {
                        page.navigate(app.address() + path);
                        TestBrowser.screenshot(page, "table" + path.replaceAll("\\W+", "-") + "-" + view.name());
                        Object wider = page.evaluate("() => [...document.querySelectorAll('.table-wrap')]"
                                + ".map(w => w.scrollWidth - w.clientWidth).filter(w => w > 0).join(' ')");
                        if (!wider.toString().isEmpty()) {
                            faults.add(view.name() + " " + path + " by " + wider + " px");
                        }
                    }
                }
            }
            assertThat(faults).isEmpty();
        }
    }
}
