package dev.gatun.tests.functions;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/// What one function does over many floats: bits that differ between the twins, the largest error in ulp and where it is,
/// NaN in wrong places, and dips (places where the function rises and its result falls).
final class Survey {
    private static final int CHUNK = 1 << 16;
    private static final double BEYOND = 0x1p128;

    private final MathFunction function;
    private final long firstBits;
    private final int shift;

    private long floats;
    private long differing;
    private int differsAt;
    private long wrongNaN;
    private double error;
    private float errorAt;
    private long dips;
    private int deepestDip;
    private float deepestDipAt;

    private Survey(MathFunction function, long firstBits, int shift) {
        this.function = function;
        this.firstBits = firstBits;
        this.shift = shift;
    }

    /// One float in every 2^shift of all 2^32, at a place in its stratum that a hash decides: all of them when shift is 0.
    static Survey stratified(MathFunction function, int shift) {
        int chunks = (int) ((1L << 32 - shift) / CHUNK);
        int threads = Math.min(chunks, Runtime.getRuntime().availableProcessors());
        return IntStream.range(0, threads).parallel()
                .mapToObj(thread -> {
                    Survey survey = new Survey(function, 0, shift);
                    survey.run(chunks * (long) thread / threads, chunks * (thread + 1L) / threads);
                    return survey;
                })
                .reduce(Survey::and).orElseThrow();
    }

    /// 2^16 consecutive floats with the given one in the middle.
    static Survey around(MathFunction function, float middle) {
        long first = Integer.toUnsignedLong(Float.floatToRawIntBits(middle)) - CHUNK / 2;
        Survey survey = new Survey(function, Math.max(first, 0), 0);
        survey.run(0, 1);
        return survey;
    }

    private void run(long fromChunk, long toChunk) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(CHUNK * 4L, 64);
            MemorySegment simd = arena.allocate(CHUNK * 4L, 64);
            MemorySegment scalar = arena.allocate(CHUNK * 4L, 64);
            for (long chunk = fromChunk; chunk < toChunk; chunk++) {
                for (int i = 0; i < CHUNK; i++)
                    x.setAtIndex(ValueLayout.JAVA_INT, i, bits(chunk * CHUNK + i));
                function.simd(x, 0, simd, 0, CHUNK);
                function.scalar(x, 0, scalar, 0, CHUNK);
                if (simd.mismatch(scalar) >= 0) countDifferences(x, simd, scalar);
                judge(chunk * CHUNK, x, scalar);
            }
        }
    }

    private int bits(long index) {
        long hash = (index * 0x9E3779B97F4A7C15L >>> 32) & (1L << shift) - 1;
        return (int) (firstBits + (index << shift) + hash);
    }

    private void countDifferences(MemorySegment x, MemorySegment a, MemorySegment b) {
        for (int i = 0; i < CHUNK; i++) {
            if (a.getAtIndex(ValueLayout.JAVA_INT, i) == b.getAtIndex(ValueLayout.JAVA_INT, i)) continue;
            differing++;
            differsAt = x.getAtIndex(ValueLayout.JAVA_INT, i);
        }
    }

    private void judge(long firstIndex, MemorySegment xs, MemorySegment ys) {
        int beforeBits = firstIndex == 0 ? 0 : bits(firstIndex - 1);
        float before = Float.intBitsToFloat(beforeBits);
        int beforeRank = rank(function.scalar(before));
        floats += CHUNK;
        for (int i = 0; i < CHUNK; i++) {
            float x = xs.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            float y = ys.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (Float.isNaN(x) != Float.isNaN(y)) wrongNaN++;
            if (Float.isNaN(x)) continue;
            double e = error(y, function.reference(x));
            if (e > error) {
                error = e;
                errorAt = x;
            }
            int rank = rank(y);
            int fall = x > before ? beforeRank - rank : x < before ? rank - beforeRank : 0;
            if (fall > 0) {
                dips++;
                if (fall > deepestDip) {
                    deepestDip = fall;
                    deepestDipAt = x;
                }
            }
            before = x;
            beforeRank = rank;
        }
    }

    /// Distance in units of the float spacing at the reference; infinity counts as 2^128, the float after the largest.
    private static double error(float y, double reference) {
        double exact = Math.clamp(reference, -BEYOND, BEYOND);
        double given = Float.isInfinite(y) ? Math.copySign(BEYOND, y) : y;
        int exponent = Math.clamp(Math.getExponent(exact), Float.MIN_EXPONENT, Float.MAX_EXPONENT);
        return Math.abs(given - exact) / Math.scalb(1.0, exponent - 23);
    }

    /// Consecutive floats have consecutive ranks; both zeros have rank 0.
    private static int rank(float y) {
        int bits = Float.floatToRawIntBits(y);
        return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
    }

    private Survey and(Survey other) {
        floats += other.floats;
        differing += other.differing;
        if (other.differing > 0) differsAt = other.differsAt;
        wrongNaN += other.wrongNaN;
        if (other.error > error) {
            error = other.error;
            errorAt = other.errorAt;
        }
        dips += other.dips;
        if (other.deepestDip > deepestDip) {
            deepestDip = other.deepestDip;
            deepestDipAt = other.deepestDipAt;
        }
        return this;
    }

    boolean keepsTheLimits() {
        return differing == 0 && wrongNaN == 0 && error <= function.limits.error()
                && deepestDip <= function.limits.dip();
    }

    @Override
    public String toString() {
        return "%s over %,d floats: %d with other bits in SIMD (last 0x%08x), largest error %.4f ulp at %a (%s), "
                .formatted(function, floats, differing, differsAt, error, errorAt, errorAt)
                + "%d dips, deepest %d ulp at %a, %d NaN in wrong places"
                        .formatted(dips, deepestDip, deepestDipAt, wrongNaN);
    }
}
