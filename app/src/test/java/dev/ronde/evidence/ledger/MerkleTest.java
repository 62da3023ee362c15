package dev.ronde.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleTest {
    private static final int MOST = 70;
    private static final List<Hash> LEAVES = leaves(MOST);
    private static final Merkle TREE = new Merkle(TreeSource.of(LEAVES));

    /** The reference tree of Certificate Transparency implementations. */
    @Test
    void reproducesTheCertificateTransparencyReferenceRoots() {
        String[] inputs = {
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
        };
        String[] roots = {
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        };
        List<Hash> leaves = new ArrayList<>();
        Frontier frontier = new Frontier();
        for (int i = 0; i < inputs.length; i++) {
            leaves.add(Hash.leaf(HexFormat.of().parseHex(inputs[i])));
            frontier.add(leaves.get(i), (level, index, hash) -> {});
            assertThat(new Merkle(TreeSource.of(leaves)).root(i + 1).hex()).isEqualTo(roots[i]);
            assertThat(frontier.root().hex()).isEqualTo(roots[i]);
        }
        assertThat(TREE.root(0)).isEqualTo(Hash.EMPTY);
    }

    @Test
    void everyInclusionProofOfEverySizeVerifiesAndNoMutationDoes() {
        Random random = new Random(1);
        for (int size = 1; size <= MOST; size++) {
            Hash root = TREE.root(size);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = TREE.inclusion(index, size);
                assertThat(MerkleVerifier.includes(LEAVES.get(index), index, size, proof, root))
                        .isTrue();
                assertThat(MerkleVerifier.includes(LEAVES.get((index + 1) % MOST), index, size, proof, root))
                        .isFalse();
                if (size > 1) {
                    assertThat(MerkleVerifier.includes(LEAVES.get(index), (index + 1) % size, size, proof, root))
                            .isFalse();
                }
                assertThat(MerkleVerifier.includes(LEAVES.get(index), index, size, mutate(proof, random), root))
                        .isFalse();
            }
        }
    }

    @Test
    void everyConsistencyProofVerifiesAndNoMutationDoes() {
        Random random = new Random(2);
        for (int size = 0; size <= MOST; size++) {
            for (int earlier = 0; earlier <= size; earlier++) {
                List<Hash> proof = TREE.consistency(earlier, size);
                Hash old = TREE.root(earlier);
                Hash root = TREE.root(size);
                assertThat(Merkle.isExtension(earlier, old, size, root, proof)).isTrue();
                assertThat(Merkle.isExtension(earlier, Hash.sha256("x"), size, root, proof))
                        .isFalse();
                assertThat(Merkle.isExtension(earlier, old, size, root, mutate(proof, random)))
                        .isFalse();
                if (earlier != size && earlier != 0) {
                    assertThat(Merkle.isExtension(earlier, old, size, Hash.sha256("x"), proof))
                            .isFalse();
                }
            }
        }
        assertThat(Merkle.isExtension(5, TREE.root(5), 4, TREE.root(4), List.of()))
                .isFalse();
    }

    @Test
    void everyRangeProofYieldsTheRootAndOnlyForItsOwnLeaves() {
        Random random = new Random(3);
        for (int size = 0; size <= 33; size++) {
            for (int from = 0; from <= size; from++) {
                for (int until = from; until <= size; until++) {
                    RangeProof proof = TREE.range(from, until, size);
                    List<Hash> slice = LEAVES.subList(from, until);
                    Hash root = TREE.root(size);
                    assertThat(proof.root(slice.iterator())).isEqualTo(root);
                    assertThat(yields(proof, mutate(slice, random), root)).isFalse();
                    assertThat(yields(mutate(proof, random), slice, root)).isFalse();
                }
            }
        }
        assertThatThrownBy(() -> TREE.range(3, 2, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFrontierRebuiltFromAnySizeGrowsLikeTheTree() {
        for (int size = 0; size < MOST; size++) {
            Frontier frontier = Frontier.of(TreeSource.of(LEAVES), size);
            assertThat(frontier.root()).isEqualTo(TREE.root(size));
            List<Integer> levels = new ArrayList<>();
            frontier.add(LEAVES.get(size), (level, index, hash) -> {
                levels.add(level);
                assertThat(hash).isEqualTo(TreeSource.of(LEAVES).subtree(level, index));
            });
            assertThat(frontier.root()).isEqualTo(TREE.root(size + 1));
            assertThat(levels).hasSize(Integer.numberOfTrailingZeros(size + 1));
        }
    }

    @Test
    void a29ForgedProofsAreNeverAccepted() {
        Random random = new Random(29);
        int size = 60;
        Hash root = TREE.root(size);
        for (int i = 0; i < 4_000; i++) {
            int index = random.nextInt(size);
            List<Hash> proof = TREE.inclusion(index, size);
            List<Hash> forged = mutate(mutate(proof, random), random);
            if (!forged.equals(proof)) {
                assertThat(MerkleVerifier.includes(LEAVES.get(index), index, size, forged, root))
                        .isFalse();
            }
            int claimed = 1 + random.nextInt(120);
            if (claimed != size && index < claimed) {
                // A different size may share the path only if it also shares its length; then it is another honest tree
                // shape.
                boolean accepted = MerkleVerifier.includes(LEAVES.get(index), index, claimed, proof, root);
                assertThat(accepted
                                && proof.size()
                                        != TREE.inclusion(index, Math.min(claimed, MOST))
                                                .size())
                        .isFalse();
            }
        }
    }

    @Test
    void a30ALeafThatEqualsTwoNodeHashesIsNotAnInnerNode() {
        byte[] both = new byte[64];
        System.arraycopy(LEAVES.get(0).bytes(), 0, both, 0, 32);
        System.arraycopy(LEAVES.get(1).bytes(), 0, both, 32, 32);
        Hash inner = Hash.node(LEAVES.get(0), LEAVES.get(1));
        assertThat(Hash.leaf(both)).isNotEqualTo(inner);
        Hash root = TREE.root(4);
        List<Hash> shortPath = List.of(Hash.node(LEAVES.get(2), LEAVES.get(3)));
        assertThat(MerkleVerifier.includes(inner, 0, 2, shortPath, root))
                .as(
                        "the shape of the tree would allow it in a log of claimed size 2: only the prefix of a leaf forbids it")
                .isTrue();
        assertThat(MerkleVerifier.includes(Hash.leaf(both), 0, 2, shortPath, root))
                .isFalse();
        assertThat(MerkleVerifier.includes(Hash.leaf(both), 0, 4, shortPath, root))
                .isFalse();
        assertThat(MerkleVerifier.includes(inner, 0, 4, shortPath, root)).isFalse();
    }

    private static boolean yields(RangeProof proof, List<Hash> leaves, Hash root) {
        try {
            return proof.root(leaves.iterator()).equals(root);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static RangeProof mutate(RangeProof proof, Random random) {
        boolean left = random.nextBoolean();
        return new RangeProof(
                proof.size(),
                proof.from(),
                proof.until(),
                left ? mutate(proof.left(), random) : proof.left(),
                left ? proof.right() : mutate(proof.right(), random));
    }

    /** Adds, drops, doubles or changes one hash. */
    private static List<Hash> mutate(List<Hash> hashes, Random random) {
        List<Hash> copy = new ArrayList<>(hashes);
        int kind = copy.isEmpty() ? 0 : random.nextInt(4);
        int at = copy.isEmpty() ? 0 : random.nextInt(copy.size());
        switch (kind) {
            case 0 -> copy.add(at, Hash.sha256("forged " + random.nextInt()));
            case 1 -> copy.remove(at);
            case 2 -> copy.add(at, copy.get(at));
            default -> {
                byte[] bytes = copy.get(at).bytes();
                bytes[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
                copy.set(at, Hash.of(bytes));
            }
        }
        return copy;
    }

    private static List<Hash> leaves(int count) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Hash.leaf(("leaf " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return leaves;
    }
}
