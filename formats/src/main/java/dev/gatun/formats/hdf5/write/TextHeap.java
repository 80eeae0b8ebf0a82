package dev.gatun.formats.hdf5.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Texts of any length, as h5py writes them: the attribute has an address, the text lies in a heap of the file (a global heap
 * collection), which no reader takes below 4,096 bytes.
 */
final class TextHeap {

    private static final int SMALLEST = 4096;
    private static final int HEAD = 16;
    private static final byte[] SIGNATURE = {'G', 'C', 'O', 'L'};
    /** Class of texts of variable length; what is said of them; 16 bytes each; bytes of a text as the base. */
    private static final byte[] TYPE = {0x19, 0x01, 0x01, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0, 0, 0,
        0, 0};
    /** One value. */
    private static final byte[] SPACE = {1, 0, 0, 0, 0, 0, 0, 0};

    private final Structures bytes;
    private int collection;
    private int at;
    private int end;
    private int index;

    TextHeap(Structures bytes) {
        this.bytes = bytes;
    }

    /** The message that says a text of an object; takes room for the text. */
    byte[] attribute(String name, String value) {
        byte[] called = Structures.terminated(name);
        int head = Long.BYTES + Structures.aligned(called.length) + TYPE.length + SPACE.length;
        ByteBuffer message = Hdf5Writer.little(head + Hdf5Writer.TEXT_BYTES);
        message.put((byte) 1).put((byte) 0).putShort((short) called.length).putShort((short) 20)
                .putShort((short) SPACE.length).put(called);
        message.position(Long.BYTES + Structures.aligned(called.length)).put(TYPE).put(SPACE);
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        message.putInt(text.length);
        if (text.length == 0) {
            return message.array();
        }
        add(text);
        message.putLong(collection).putInt(index);
        return message.array();
    }

    private void add(byte[] text) {
        int needed = HEAD + Structures.aligned(text.length);
        if (needed > end - at) {
            begin(Math.max(SMALLEST, 2 * HEAD + needed));
        }
        index++;
        bytes.at(at).putShort((short) index).putShort((short) 1).putInt(0).putLong(text.length).put(text);
        at += needed;
        if (end - at >= HEAD) {
            // What is left is an object, too, of number 0.
            bytes.at(at).putShort((short) 0).putShort((short) 0).putInt(0).putLong(end - at);
        }
    }

    private void begin(int size) {
        int whole = Structures.aligned(size);
        collection = bytes.reserve(whole);
        bytes.at(collection).put(SIGNATURE).putInt(1).putLong(whole);
        at = collection + HEAD;
        end = collection + whole;
        index = 0;
    }
}
