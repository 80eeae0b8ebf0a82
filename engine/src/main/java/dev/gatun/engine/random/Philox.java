package dev.gatun.engine.random;

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
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final float TO_UNIT = 0x1p-24f;

    /** 32 random bits at a position. */
    public int bits(long index) {
        return bits(seed, stream, index);
    }

    /** 32 random bits: word {@code index % 4} of block {@code index / 4}. */
    public static int bits(long seed, long stream, long index) {
        long block = index >>> 2;
        int x0 = (int) block;
        int x1 = (int) (block >>> 32);
        int x2 = (int) stream;
        int x3 = (int) (stream >>> 32);
        int key0 = (int) seed;
        int key1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & 0xFFFFFFFFL);
            long product1 = MULTIPLIER_1 * (x2 & 0xFFFFFFFFL);
            int y0 = (int) (product1 >>> 32) ^ x1 ^ key0;
            int y2 = (int) (product0 >>> 32) ^ x3 ^ key1;
            x1 = (int) product1;
            x3 = (int) product0;
            x0 = y0;
            x2 = y2;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        return switch ((int) (index & 3)) {
            case 0 -> x0;
            case 1 -> x1;
            case 2 -> x2;
            default -> x3;
        };
    }

    /** Uniform in [0, 1), 24 bits. */
    public float uniform(long index) {
        return (bits(index) >>> 8) * TO_UNIT;
    }

    /** Uniform in [0, 1), 24 bits; without an object. */
    public static float uniform(long seed, long stream, long index) {
        return (bits(seed, stream, index) >>> 8) * TO_UNIT;
    }

    /** Standard normal by Box and Muller from numbers {@code 2 index} and {@code 2 index + 1}; the same on every machine. */
    public double normal(long index) {
        double radius = ((bits(2 * index) >>> 8) + 0.5) * 0x1p-24;
        double angle = ((bits(2 * index + 1) >>> 8) + 0.5) * 0x1p-24;
        return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * StrictMath.PI * angle);
    }

    /** Uniform in 0 .. bound - 1, by multiplication; bias below 2^-32 x bound. */
    public int below(int bound, long index) {
        return (int) ((bits(index) & 0xFFFFFFFFL) * bound >>> 32);
    }
}
