package dev.gatun.formats.onnx.mapping;

/** A node that is no layer: the message is the rest of a sentence that begins with the node. */
final class NotMapped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotMapped(String reason) {
        super(reason);
    }
}
