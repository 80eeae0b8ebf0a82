package dev.gatun.formats;

import java.util.Optional;

/** What a file called {@code .pb} may hold, told by how the first fields of its message lie. */
enum ProtocolBuffer {
    /** A SavedModel or a graph. */
    TENSORFLOW,
    /** One tensor: sizes, then a type of numbers. */
    ONNX_TENSOR;

    private static final int NODE = 0x0a;
    private static final int VERSION = 0x08;
    private static final int GRAPHS = 0x12;
    private static final int SIZE = 0x08;
    private static final int TYPE = 0x10;
    /** The last type of numbers that ONNX has. */
    private static final int MOST_TYPE = 23;

    static Optional<ProtocolBuffer> of(byte[] start) {
        if (start.length > 0 && start[0] == NODE
                || start.length > 2 && start[0] == VERSION && start[1] == 1 && start[2] == GRAPHS) {
            return Optional.of(TENSORFLOW);
        }
        return isTensor(start) ? Optional.of(ONNX_TENSOR) : Optional.empty();
    }

    private static boolean isTensor(byte[] start) {
        int at = 0;
        while (at < start.length && start[at] == SIZE) {
            at++;
            while (at < start.length && start[at] < 0) {
                at++; // A number goes on as long as its upper bit is set.
            }
            at++;
        }
        return at + 1 < start.length && start[at] == TYPE && start[at + 1] > 0 && start[at + 1] <= MOST_TYPE;
    }
}
