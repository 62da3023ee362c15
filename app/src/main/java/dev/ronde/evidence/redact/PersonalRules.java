package dev.ronde.evidence.redact;

import com.google.re2j.Pattern;
import java.util.List;

/** What belongs to a person: addresses of mail, telephone numbers, accounts, cards, numbers of national registers. */
final class PersonalRules {
    /** Words before ten-digit numbers that programs assign, such as serial numbers. */
    private static final Pattern NUMBERED =
            Pattern.compile("(?i)(?:^|[^a-z])(?:serial(?:[ _-]?(?:no|nr|number))?|s/?n|u?id|gid|pid"
                    + "|ref(?:erence)?|order|build|version|rev(?:ision)?|lot|batch|inode|offset|ports?|counter|epoch|bytes|size|siret)"
                    + "[\"']?\\s{0,2}[.:=]?\\s{0,2}[\"']?$");

    static final List<Rule> ALL = List.of(
            MailRule.spelled(),
            MailRule.inWords(),
            MailRule.underscored(),
            Rule.of("iban", "(?i)\\b([a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?)\\b", Checksums::iban),
            Rule.of(
                    "national-id",
                    "\\b([12][ ]?[0-9]{2}[ ]?(?:[01][0-9])[ ]?(?:[0-9]{2}|2[ABab])[ ]?[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{2})\\b",
                    Checksums::nir),
            Rule.of(
                    "national-id",
                    "(?:^|[^0-9-])([0-8][0-9]{2}-[0-9]{2}-[0-9]{4})(?:$|[^0-9-])",
                    ssn -> !ssn.startsWith("000") && !ssn.startsWith("666")),
            Rule.of("card", "(?:^|[^0-9.])((?:[0-9][ -]?){12,18}[0-9])(?:$|[^0-9.]|\\.(?:$|\\s))", Checksums::card),
            Rule.of("phone", "(?:^|[^0-9A-Za-z+.])(\\+[1-9](?:[ ().-]{0,2}[0-9]){7,14})"),
            Rule.of("phone", "(?:^|[^0-9A-Za-z.])(00[1-9][0-9]{0,2}(?:[ ()-]{1,2}[0-9]{1,4}){3,6})"),
            Rule.of("phone", "(?:^|[^0-9A-Za-z.-])(0[1-9](?:[ .-][0-9]{2}){4})(?:$|[^0-9A-Za-z])"),
            new Rule(
                    "phone",
                    Pattern.compile("(?:^|[^0-9A-Za-z./_+#-])(0[1-9][0-9]{8})(?:$|[^0-9A-Za-z/_-])"),
                    matcher -> true,
                    NUMBERED),
            Rule.of(
                    "phone",
                    "(?:^|[^0-9A-Za-z.-])(\\([2-9][0-9]{2}\\) ?[0-9]{3}[ .-][0-9]{4}|[2-9][0-9]{2}[ -][0-9]{3}[ -][0-9]{4})(?:$|[^0-9A-Za-z-])"),
            Rule.of(
                    "phone",
                    "(?i)\\b(?:tel|tél|phone|mobile|fax|portable)[.: ]{1,3}(\\(?[+0-9](?:[ ()./-]{0,2}[0-9]){6,14})"));

    private PersonalRules() {}
}
