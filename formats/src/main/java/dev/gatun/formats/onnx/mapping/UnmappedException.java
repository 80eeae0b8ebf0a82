package dev.gatun.formats.onnx.mapping;

import java.util.List;

/** A graph that is no model of layers. */
public final class UnmappedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    UnmappedException(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = reasons;
    }

    /** A sentence for each node, in the order of the file. */
    public List<String> reasons() {
        return reasons;
    }
}
