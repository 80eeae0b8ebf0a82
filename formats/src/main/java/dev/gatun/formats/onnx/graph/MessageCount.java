package dev.gatun.formats.onnx.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;

/**
 * Counts what a file would be made into before it is: a message of two bytes becomes an object of a hundred, so that a file of
 * millions of empty ones would take the heap.
 */
final class MessageCount {

    /** A graph of 50,000 nodes with what is said of their values has half as many. */
    private static final int MOST = 1_000_000;
    private static final int MOST_LEVELS = 60;

    /** A kind of message: which of its fields hold messages, and of which kind. */
    private enum Kind {
        TEXTS(), TENSOR(), SHAPE(), TENSOR_TYPE(), TYPE(), VALUE(), ATTRIBUTE(), NODE(), GRAPH(), MODEL();

        private Map<Integer, Kind> fields = Map.of();

        static {
            TENSOR.fields = Map.of(13, TEXTS);
            SHAPE.fields = Map.of(1, TEXTS);
            TENSOR_TYPE.fields = Map.of(2, SHAPE);
            TYPE.fields = Map.of(1, TENSOR_TYPE);
            VALUE.fields = Map.of(2, TYPE);
            ATTRIBUTE.fields = Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH);
            NODE.fields = Map.of(5, ATTRIBUTE);
            GRAPH.fields = Map.of(1, NODE, 5, TENSOR, 11, VALUE, 12, VALUE, 13, VALUE);
            MODEL.fields = Map.of(7, GRAPH, 8, TEXTS, 14, TEXTS, 20, TEXTS, 25, TEXTS);
        }
    }

    private final CodedInputStream in;
    private int count;

    private MessageCount(CodedInputStream in) {
        this.in = in;
    }

    /**
     * @throws IOException              if the bytes are no messages
     * @throws IllegalArgumentException if there are too many, or too many within each other
     */
    static void check(byte[] bytes) throws IOException {
        new MessageCount(CodedInputStream.newInstance(bytes)).message(Kind.MODEL, 0);
    }

    private void message(Kind kind, int level) throws IOException {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("has graphs within graphs more than " + MOST_LEVELS / 3 + " times");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int form = WireFormat.getTagWireType(tag);
            if (form == WireFormat.WIRETYPE_START_GROUP) {
                throw new IllegalArgumentException("is no ONNX file: it has groups, which ONNX does not know");
            }
            if (form != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                in.skipField(tag);
                continue;
            }
            if (++count > MOST) {
                throw new IllegalArgumentException("has more than " + MOST + " nodes, tensors, values, attributes and"
                        + " names; write a smaller model");
            }
            Kind inner = kind.fields.get(WireFormat.getTagFieldNumber(tag));
            int bytes = in.readRawVarint32();
            if (inner == null) {
                in.skipRawBytes(bytes);
                continue;
            }
            int around = in.pushLimit(bytes);
            message(inner, level + 1);
            in.checkLastTagWas(0);
            in.popLimit(around);
        }
    }
}
