package dev.gatun.formats.onnx.graph;

import java.util.Arrays;

/**
 * Tells an ONNX file by its first bytes. They are a protobuf message, which has no magic number: fields with their kinds
 * follow one another, and those of {@code ModelProto} have numbers and kinds that nothing else is likely to begin with.
 */
public final class OnnxSignature {

    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int IR_VERSION = 1;
    private static final int MODEL_VERSION = 5;
    private static final int GRAPH = 7;
    private static final int OPSETS = 8;
    /** Producer, its version, domain, text, graph, opsets, metadata, training, functions. */
    private static final int[] OF_LENGTH = {2, 3, 4, 6, GRAPH, OPSETS, 14, 20, 25};
    private static final int LATEST_VERSION = 64;

    private final byte[] start;
    private int at;

    private OnnxSignature(byte[] start) {
        this.start = start;
    }

    /**
     * Whether these are the first bytes of an ONNX file.
     *
     * @param start up to 1,024 bytes
     */
    public static boolean matches(byte[] start) {
        return new OnnxSignature(start).matches();
    }

    /** A version of the format and one thing of a model, and nothing that a model does not have. */
    private boolean matches() {
        boolean hasVersion = false;
        boolean hasMore = false;
        while (at < start.length) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            int kind = (int) tag & 7;
            if (kind == VARINT && (field == IR_VERSION || field == MODEL_VERSION)) {
                long value = varint();
                boolean isVersion = field == IR_VERSION;
                if (isVersion && (hasVersion || value < 1 || value > LATEST_VERSION)) {
                    return false;
                }
                hasVersion |= isVersion;
            } else if (kind == LENGTH && Arrays.binarySearch(OF_LENGTH, field) >= 0) {
                long length = varint();
                if (length < 0 || field == GRAPH && length == 0) {
                    return false;
                }
                hasMore = true;
                at = (int) Math.min(start.length, at + length);
            } else {
                return at > start.length && hasVersion && hasMore;
            }
        }
        return hasVersion && hasMore;
    }

    /** @return what has begun, if the bytes end before it does */
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at >= start.length) {
                at = start.length + 1;
                return value;
            }
            byte next = start[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }
}
