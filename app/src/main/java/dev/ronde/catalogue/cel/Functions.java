package dev.ronde.catalogue.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.ronde.platform.address.CidrBlock;
import java.util.List;

/** Our additions to CEL; pure and total: what cannot be parsed yields false, never an exception. */
final class Functions {
    private static final List<String> TLS_VERSIONS = List.of("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private Functions() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        "ip.isPublic",
                        CelOverloadDecl.newGlobalOverload("ip_is_public", SimpleType.BOOL, SimpleType.STRING)),
                declare("cidr.contains", "cidr_contains"),
                declare("cidr.overlaps", "cidr_overlaps"),
                declare("version.atLeast", "version_at_least"),
                declare("tls.atLeast", "tls_at_least"));
    }

    private static CelFunctionDecl declare(String name, String overload) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newGlobalOverload(overload, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from("ip_is_public", String.class, CidrBlock::isPublic),
                CelFunctionBinding.from("cidr_contains", String.class, String.class, Functions::contains),
                CelFunctionBinding.from("cidr_overlaps", String.class, String.class, Functions::overlaps),
                CelFunctionBinding.from("version_at_least", String.class, String.class, Functions::versionAtLeast),
                CelFunctionBinding.from("tls_at_least", String.class, String.class, Functions::tlsAtLeast));
    }

    private static boolean contains(String block, String address) {
        return CidrBlock.find(block)
                .flatMap(outer -> CidrBlock.find(address).map(inner -> inner.within(outer)))
                .orElse(false);
    }

    private static boolean overlaps(String one, String other) {
        return CidrBlock.find(one)
                .flatMap(first -> CidrBlock.find(other).map(second -> first.within(second) || second.within(first)))
                .orElse(false);
    }

    private static boolean tlsAtLeast(String version, String minimum) {
        int index = TLS_VERSIONS.indexOf(version);
        return index >= 0 && TLS_VERSIONS.contains(minimum) && index >= TLS_VERSIONS.indexOf(minimum);
    }

    /** Compares dotted numbers; one with a suffix ({@code 7.10.2-rc1}) is older than one without. */
    static boolean versionAtLeast(String version, String minimum) {
        int[] left = numbers(version);
        int[] right = numbers(minimum);
        if (left.length == 0 || right.length == 0) {
            return false;
        }
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int difference = Integer.compare(i < left.length ? left[i] : 0, i < right.length ? right[i] : 0);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return !version.contains("-") || minimum.contains("-");
    }

    private static int[] numbers(String version) {
        String digits = version.split("[-+ ]", 2)[0];
        if (!digits.matches("[0-9]{1,9}(\\.[0-9]{1,9}){0,9}")) {
            return new int[0];
        }
        return java.util.Arrays.stream(digits.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
