package dev.ronde.evidence.redact;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Keys, tokens and passwords, by the shapes their makers gave them; what has no shape is caught by its randomness, last. */
final class SecretRules {
    private static final String NAMES =
            "(?:[a-z0-9]+[_.-])?(?:pass(?:word|wd|phrase|code)?|pwd|mot[_ -]?de[_ -]?passe|secret(?:[_-]?key)?|token"
                    + "|api[_ -]?key|x-api-key|access[_-]?key(?:[_-]?id)?|secret[_-]?access[_-]?key|account[_-]?key|shared[_-]?access[_-]?key"
                    + "|client[_-]?secret|private[_-]?key|encryption[_-]?key|signing[_-]?key|auth(?:orization)?|(?:set-)?cookie"
                    + "|connection[_-]?string|sas|credentials?|requirepass|masterauth|session(?:id)?|jsessionid|phpsessid)";

    /** What is said about a password without being one. */
    private static final Set<String> NO_SECRET = Set.of("""
            none null nil true false yes no on off required missing absent unset set empty enabled disabled
            hidden denied expired invalid valid rejected accepted unknown not must optional demanded refused
            wrong changed change rotate rotated ok any all optional, basic bearer digest negotiate ntlm
            scram scram-sha-256 md5 trust default prohibited allowed never cleartext the a an is in for and
            or to see n/a
            """.strip().split("\\s+", -1));

    static final List<Rule> ALL = List.of(
            Rule.of(
                    "private-key",
                    "(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|$)"),
            Rule.of(
                    "private-key",
                    "AGE-SECRET-KEY-1[A-Z0-9]{20,}|PuTTY-User-Key-File-[23]: [^\\n]*|ssh-key-private:[^\\s]+"),
            Rule.of("jwt", "eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*"),
            Rule.of("url-userinfo", "(?i)\\b[a-z][a-z0-9+.-]{1,20}://([^\\s/?#@]*:[^\\s/?#]*)@"),
            Rule.of("url-userinfo", "(?i)\\b[a-z][a-z0-9+.-]{1,20}://([^\\s/?#@:]{1,200})@"),
            Rule.of(
                    "authorization",
                    "(?i)\\b(?:bearer|basic|negotiate|ntlm|token|apikey|digest username=)[ :]+\"?([a-z0-9+/=._~-]{8,})",
                    SecretRules::isCredential),
            Rule.of("token", "\\b(?:AKIA|ASIA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}\\b"),
            Rule.of(
                    "token",
                    "\\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|gl[a-z]{2,5}-[A-Za-z0-9_-]{20,})"),
            Rule.of(
                    "token",
                    "\\b(?:AIza[0-9A-Za-z_-]{30,}|ya29\\.[0-9A-Za-z_-]{16,}|GOCSPX-[A-Za-z0-9_-]{20,}|1//0[A-Za-z0-9_-]{20,})"),
            Rule.of("token", "[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{30,40}"),
            Rule.of(
                    "token",
                    "\\bxox[abeoprs]-[A-Za-z0-9-]{8,}|\\bxapp-[0-9]-[A-Za-z0-9-]{8,}|hooks\\.slack\\.com/services/[A-Za-z0-9/_-]{8,}"),
            Rule.of(
                    "token",
                    "\\b(?:sk|rk|pk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{10,}|\\bsk-(?:[a-z0-9]+-)*[A-Za-z0-9_-]{16,}"),
            Rule.of(
                    "token",
                    "\\bnpm_[A-Za-z0-9]{20,}|\\bpypi-[A-Za-z0-9_-]{16,}|\\bdckr_pat_[A-Za-z0-9_-]{16,}|\\bdop_v1_[a-f0-9]{32,}|\\bshp(?:at|ca|pa|ss)_[A-Za-z0-9]{16,}"),
            Rule.of(
                    "token",
                    "\\bSG\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}|\\bhv[sbr]\\.[A-Za-z0-9_-]{16,}|\\bs\\.[A-Za-z0-9]{24}\\b|\\bronde_[A-Za-z0-9_-]{12,}"),
            Rule.of(
                    "token",
                    "\\b[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}|\\bdapi[a-f0-9]{32}|\\bATATT3[A-Za-z0-9_=-]{16,}|\\bhf_[A-Za-z0-9]{20,}|\\bEAAC[A-Za-z0-9]{20,}"),
            Rule.of(
                    "signature",
                    "(?i)[?&;\\s\"'](?:sig|signature|x-amz-signature|x-goog-signature)=([a-z0-9%+/=_-]{10,})"),
            Rule.of("signature", "(?i)^(?:sig|signature|x-amz-signature)=([a-z0-9%+/=_-]{10,})"),
            Rule.of(
                    "password-hash",
                    "\\$(?:2[abxy]?|1|5|6|7|y|gy|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]*)\\$[^\\s\"',;]{8,}"),
            Rule.of(
                    "password-hash",
                    "(?i)\\{s?(?:sha|md5|sha256|sha512|crypt)}[a-z0-9+/=$.]{12,}|SCRAM-SHA-256\\$[^\\s\"']{20,}|\\*[0-9A-F]{40}\\b"),
            Rule.of(
                    "secret",
                    "(?i)\\b" + NAMES + "[\"']?\\s{0,3}(?:=>|:=|[=:])\\s{0,3}([^\\s\"',;&<>«]{3,})",
                    SecretRules::isSecret),
            Rule.of(
                    "secret",
                    "(?i)\\b" + NAMES + "[\"']?\\s{0,3}(?:=>|:=|[=:])\\s{0,3}[\"']([^\"'\\n«]{3,})[\"']",
                    SecretRules::isSecret),
            Rule.of(
                    "secret",
                    "(?i)(?:^|\\s)--?(?:password|passwd|pass|token|secret|api-?key|requirepass)[ =]([^\\s\"'«-][^\\s\"']{2,})",
                    SecretRules::isSecret),
            new Rule(
                    "high-entropy",
                    com.google.re2j.Pattern.compile(
                            "(?:((?i:sha-?(?:1|2|224|256|384|512)|md5)[:=-])|\\b)([A-Za-z0-9+/_=-]{20,})"),
                    matcher -> matcher.group(1) == null && Randomness.isKey(matcher.group(2))));

    private SecretRules() {}

    private static boolean isSecret(String said) {
        String word = said.toLowerCase(Locale.ROOT);
        String bare = word.endsWith(".") || word.endsWith(")") ? word.substring(0, word.length() - 1) : word;
        return !NO_SECRET.contains(bare) && !bare.startsWith("//") && !bare.startsWith("{{");
    }

    /** A word after "Basic" that is not just the next word of a sentence. */
    private static boolean isCredential(String said) {
        boolean digit = said.chars().anyMatch(Character::isDigit);
        long capitals = said.chars().skip(1).filter(Character::isUpperCase).count();
        boolean small = said.chars().anyMatch(Character::isLowerCase);
        return digit || said.endsWith("=") || (capitals > 0 && small);
    }
}
