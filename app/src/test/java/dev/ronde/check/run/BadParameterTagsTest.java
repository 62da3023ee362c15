package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.AssetWords;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckTags;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a tag cannot steer a check is said in the language of who wrote it, with what was written and what is taken. */
final class BadParameterTagsTest {
    private static final String PARAMS = """
            params:
              denied: {type: "list<int>", default: [401, 403], allowed: [401, 403]}
              ports: {type: "list<int>", default: [22, 80], atLeast: [22]}
              days: {type: int, default: 7, min: 2, max: 9}
              wait: {type: duration, default: PT2H, min: PT1H}
              zones: {type: "list<string>", default: [], format: names, maxItems: 3}
              prefix: {type: string, default: "", pattern: "(/[a-z]+)?"}
            """;
    private final Messages messages = new Messages(Overlay.of("templates", null));

    private static CheckTags tags;

    @BeforeAll
    static void load(@TempDir Path folder) {
        TestChecks.writeDoor(
                folder,
                TestChecks.doorText()
                        .replace(
                                "params:\n  denied: {type: \"list<int>\", default: [401, 403], allowed: [401, 403]}\n",
                                PARAMS));
        tags = new CheckTags(TestChecks.load(folder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            param:no-check.days=1 | “param:no-check.days=1” steers no check. Write param:<check>.<name>=<value> with the name of a check. | « param:no-check.days=1 » ne règle aucun contrôle. Écrivez param:<contrôle>.<nom>=<valeur> avec le nom d’un contrôle.
            param:door-closed.dayz=1 | The check door-closed has no parameter “dayz”. Did you mean days? | Le contrôle door-closed n’a pas de paramètre « dayz ». Vouliez-vous dire days ?
            param:door-closed.colour=1 | The check door-closed has no parameter “colour”. Its page lists those it has. | Le contrôle door-closed n’a pas de paramètre « colour ». Sa page énumère les siens.
            param:door-closed.days=many | days must be of type int. Write such a value. | days doit être de type int. Écrivez une telle valeur.
            param:door-closed.days=1 | days must be at least 2. | days doit valoir au moins 2.
            param:door-closed.days=10 | days must be at most 9. | days doit valoir au plus 9.
            param:door-closed.wait=PT1M | wait must be at least PT1H. | wait doit valoir au moins PT1H.
            param:door-closed.prefix=x | prefix must match (/[a-z]+)?. | prefix doit correspondre à (/[a-z]+)?.
            param:door-closed.denied=401,500 | denied may only hold: 401, 403. | denied n’admet que : 401, 403.
            param:door-closed.zones=* | zones must hold names of letters, digits and hyphens, with dots between them, such as shop or shop.eu. This is none: *. | zones doit contenir des noms faits de lettres, de chiffres et de tirets, séparés par des points, comme shop ou shop.eu. En voici un qui n’en est pas : *.
            param:door-closed.zones=shop,bad name | zones must hold names of letters, digits and hyphens, with dots between them, such as shop or shop.eu. This is none: bad name. | zones doit contenir des noms faits de lettres, de chiffres et de tirets, séparés par des points, comme shop ou shop.eu. En voici un qui n’en est pas : bad name.
            param:door-closed.zones=a,b,c,d | zones may hold 3 entries at most. | zones admet 3 éléments au plus.
            param:door-closed.ports=80 | ports must hold at least: 22. | ports doit contenir au moins : 22.""")
    void sayWhyInBothLanguages(String tag, String english, String french) {
        AssetWords.Refusal refusal = tags.refusal("service.redis", tag).orElseThrow();
        assertThat(refusal.code()).isEqualTo("bad_parameter_tag");
        assertThat(said(Locale.ENGLISH, refusal)).isEqualTo(english);
        assertThat(said(Locale.FRENCH, refusal)).isEqualTo(french);
    }

    private String said(Locale language, AssetWords.Refusal refusal) {
        return messages.text(
                language, "asset.error." + refusal.key(), refusal.arguments().toArray());
    }
}
