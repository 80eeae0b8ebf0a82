package dev.gatun.engine.block;

/**
 * What a kernel over a run of floats is given in one call. A loop of a thousand turns and more is compiled in its midst (on-stack
 * replacement) before its method has been called often enough, and C2 then comes to a profile in which it hoists no check out of
 * the loop, or keeps one vector as an object, or compiles anew after every call: 216,080 floats of Adam took 0.5 ms, or 6, in most
 * starts, and 0.06 in the others, at 256 and at 512 bits. With calls as short as this all starts are alike.
 */
public final class Chunk {

    /** They stay in the first cache, too, while narrow vectors pass over them more than once. */
    private static final int FLOATS = 4096;
    /** From one call to the next. */
    public static final long BYTES = (long) FLOATS * Float.BYTES;

    private Chunk() {}

    /** Floats of the next call. */
    public static int floats(long bytesLeft) {
        return (int) (Math.min(bytesLeft, BYTES) / Float.BYTES);
    }
}
