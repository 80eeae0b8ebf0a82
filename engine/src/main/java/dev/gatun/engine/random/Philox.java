package dev.gatun.engine.random;

import dev.gatun.memory.check.Arguments;

/**
 * Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC'11): random numbers from a
 * counter instead of a sequence. Number {@code index} of stream {@code stream} under seed {@code seed} is always the same,
 * whoever asks first and on however many threads.
 *
 * @param seed   key
 * @param stream upper half of the counter: one per use (layer, epoch, ...)
 */
public record Philox(long seed, long stream) {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final long WORD = 0xFFFFFFFFL;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final float TO_UNIT = 0x1p-24f;

    /** 32 random bits at a position. */
    public int bits(long index) {
        return bits(seed, stream, index);
    }

    /** 32 random bits: word {@code index % 4} of block {@code index / 4}. */
    public static int bits(long seed, long stream, long index) {
        long pair = pair(seed, stream, index);
        return (int) ((index & 1) == 0 ? pair : pair >>> 32);
    }

    /** The word at an even position, and above it the next. */
    static long pair(long seed, long stream, long index) {
        long low = index >>> 2;
        long high = stream;
        long keys = seed;
        for (int round = 0; round < ROUNDS; round++) {
            long next = half(MULTIPLIER_1, high, low, (int) keys);
            high = half(MULTIPLIER_0, low, high, (int) (keys >>> 32));
            low = next;
            keys = weyl(keys);
        }
        return (index & 2) == 0 ? low : high;
    }

    /**
     * All four words of a block, for the price of one: {@link #bits} of positions {@code 4 block .. 4 block + 3}.
     *
     * @param block number of the block
     * @param words receives four words
     */
    public void block(long block, int[] words) {
        long low = block;
        long high = stream;
        long keys = seed;
        for (int round = 0; round < ROUNDS; round++) {
            long next = half(MULTIPLIER_1, high, low, (int) keys);
            high = half(MULTIPLIER_0, low, high, (int) (keys >>> 32));
            low = next;
            keys = weyl(keys);
        }
        words[0] = (int) low;
        words[1] = (int) (low >>> 32);
        words[2] = (int) high;
        words[3] = (int) (high >>> 32);
    }

    /** Two of the four words after a round: the upper half of a product with a word of the other two, and its lower half. */
    private static long half(long multiplier, long other, long own, int key) {
        long product = multiplier * (other & WORD);
        return (product >>> 32 ^ own >>> 32 ^ key) & WORD | product << 32;
    }

    private static long weyl(long keys) {
        return (int) keys + WEYL_0 & WORD | ((keys >>> 32) + WEYL_1) << 32;
    }

    /** Uniform in [0, 1), 24 bits. */
    public float uniform(long index) {
        return (bits(index) >>> 8) * TO_UNIT;
    }

    /** Uniform in [0, 1), 24 bits; without an object. */
    public static float uniform(long seed, long stream, long index) {
        return (bits(seed, stream, index) >>> 8) * TO_UNIT;
    }

    /** {@link #uniform(long)} of consecutive positions, four for the price of one. */
    public void uniforms(long firstIndex, float[] to) {
        Arguments.required(to, "Philox.uniforms", "to", "an array for the numbers");
        int[] words = new int[4];
        for (int i = 0; i < to.length; i++) {
            int word = (int) (firstIndex + i & 3);
            if (i == 0 || word == 0) {
                block(firstIndex + i >>> 2, words);
            }
            to[i] = (words[word] >>> 8) * TO_UNIT;
        }
    }

    /** Standard normal by Box and Muller from numbers {@code 2 index} and {@code 2 index + 1}; the same on every machine. */
    public double normal(long index) {
        long pair = pair(seed, stream, 2 * index);
        double radius = (((int) pair >>> 8) + 0.5) * 0x1p-24;
        double angle = (((int) (pair >>> 32) >>> 8) + 0.5) * 0x1p-24;
        return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * StrictMath.PI * angle);
    }

    /** Uniform in 0 .. bound - 1, by multiplication; bias below 2^-32 x bound. */
    public int below(int bound, long index) {
        return (int) ((bits(index) & 0xFFFFFFFFL) * bound >>> 32);
    }
}
