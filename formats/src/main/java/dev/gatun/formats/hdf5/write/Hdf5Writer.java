package dev.gatun.formats.hdf5.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes HDF5 files as h5py does if it is told nothing: version 0 of the superblock, old groups, each dataset in one piece. All
 * structures come first, then the numbers in the order of their places; nothing tells when the file was written, so equal trees
 * give equal bytes. Source: HDF5 File Format Specification Version 3.0.
 */
public final class Hdf5Writer {

    /** What an attribute has of a text: its length, and where it lies. */
    static final int TEXT_BYTES = 16;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int SUPERBLOCK_BYTES = 96;
    private static final int END_OF_FILE = 40;
    private static final int ROOT_ENTRY = 56;
    private static final int HEADER_PREFIX = 16;
    private static final int MESSAGE_PREFIX = 8;
    private static final int DATASPACE = 0x01;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LAYOUT = 0x08;
    private static final int ATTRIBUTE = 0x0c;
    private static final int SYMBOL_TABLE = 0x11;
    /** Room is taken when numbers are written, and none of them has a value before. */
    private static final byte[] NO_FILL = {2, 2, 2, 1, 0, 0, 0, 0};

    private final Structures bytes = new Structures();
    private final TextHeap texts = new TextHeap(bytes);
    private final GroupLinks links = new GroupLinks(bytes);
    private final List<Placed> placed = new ArrayList<>();
    private final long end;

    /** A dataset, and where in the structures its address belongs. */
    private record Placed(WrittenDataset dataset, int place) {}

    /**
     * Lays a file out; nothing is written yet.
     *
     * @param root its groups and datasets
     * @throws IllegalStateException if its structures would not fit into 2 GiB
     */
    public Hdf5Writer(WrittenGroup root) {
        bytes.reserve(SUPERBLOCK_BYTES);
        GroupLinks.Link whole = group("", root);
        long address = bytes.all().remaining();
        for (Placed one : placed) {
            bytes.at(one.place).putLong(address);
            address = next(address + one.dataset.bytes());
        }
        end = address;
        ByteBuffer superblock = bytes.at(0).put(SIGNATURE).putInt(0).put((byte) 0).put((byte) Long.BYTES)
                .put((byte) Long.BYTES).put((byte) 0).putShort((short) GroupLinks.LEAF_K)
                .putShort((short) GroupLinks.NODE_K);
        superblock.putInt(0).putLong(0).putLong(Structures.NOWHERE);
        bytes.at(END_OF_FILE).putLong(end).putLong(Structures.NOWHERE);
        putEntry(bytes.at(ROOT_ENTRY), 0, whole);
    }

    /** {@return how many bytes the file has} */
    public long size() {
        return end;
    }

    /**
     * Writes the file. Can be called again, and gives the same bytes.
     *
     * @param out takes them; stays open
     * @throws IOException if the channel or a dataset refuses
     */
    public void writeTo(WritableByteChannel out) throws IOException {
        Counted counted = new Counted(out);
        counted.writeAll(bytes.all());
        for (Placed one : placed) {
            long begin = counted.written;
            one.dataset.numbers().writeTo(counted);
            if (counted.written - begin != one.dataset.bytes()) {
                throw new IOException("A dataset of HDF5 was to have " + one.dataset.bytes() + " bytes, but "
                        + (counted.written - begin) + " were written");
            }
            counted.writeAll(ByteBuffer.allocate((int) (next(counted.written) - counted.written)));
        }
    }

    private static long next(long address) {
        return Math.ceilDiv(address, (long) Long.BYTES) * Long.BYTES;
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What a name leads to: of a group also where its own names are. */
    static void putEntry(ByteBuffer out, long name, GroupLinks.Link link) {
        out.putLong(name).putLong(link.header());
        if (link.within() != null) {
            out.putInt(1).putInt(0).putLong(link.within().tree()).putLong(link.within().heap());
        }
    }

    private GroupLinks.Link group(String name, WrittenGroup group) {
        SortedMap<String, GroupLinks.Link> children = new TreeMap<>();
        group.groups().forEach((each, inner) -> children.put(each, group(each, inner)));
        group.datasets().forEach((each, dataset) -> children.put(each, dataset(each, dataset)));
        GroupLinks.Links within = links.write(List.copyOf(children.values()));
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(SYMBOL_TABLE,
                little(TEXT_BYTES).putLong(within.tree()).putLong(within.heap()).array()));
        for (Map.Entry<String, String> attribute : group.attributes().entrySet()) {
            messages.add(new Message(ATTRIBUTE, texts.attribute(attribute.getKey(), attribute.getValue())));
        }
        return new GroupLinks.Link(name, header(messages), within);
    }

    private GroupLinks.Link dataset(String name, WrittenDataset dataset) {
        long[] sizes = dataset.shape().toArray();
        ByteBuffer space = little(MESSAGE_PREFIX + sizes.length * Long.BYTES).put((byte) 1).put((byte) sizes.length);
        space.position(MESSAGE_PREFIX);
        for (long size : sizes) {
            space.putLong(size);
        }
        int before = HEADER_PREFIX + 3 * MESSAGE_PREFIX + space.capacity()
                + Structures.aligned(dataset.type().message().length) + NO_FILL.length;
        byte[] layout = little(18).put((byte) 3).put((byte) 1).putLong(0).putLong(dataset.bytes()).array();
        int header = header(List.of(new Message(DATASPACE, space.array()),
                new Message(DATATYPE, dataset.type().message()),
                new Message(FILL_VALUE, NO_FILL), new Message(LAYOUT, layout)));
        placed.add(new Placed(dataset, header + before + MESSAGE_PREFIX + 2));
        return new GroupLinks.Link(name, header, null);
    }

    /** Something that is said of an object. */
    private record Message(int kind, byte[] content) {
        int bytes() {
            return MESSAGE_PREFIX + Structures.aligned(content.length);
        }
    }

    private int header(List<Message> messages) {
        int size = messages.stream().mapToInt(Message::bytes).sum();
        int header = bytes.reserve(HEADER_PREFIX + size);
        bytes.at(header).put((byte) 1).put((byte) 0).putShort((short) messages.size()).putInt(1).putInt(size);
        int at = header + HEADER_PREFIX;
        for (Message message : messages) {
            bytes.at(at).putShort((short) message.kind)
                    .putShort((short) Structures.aligned(message.content.length)).putInt(0).put(message.content);
            at += message.bytes();
        }
        return header;
    }

    /** A channel that knows how much it was given. */
    private static final class Counted implements WritableByteChannel {
        private final WritableByteChannel out;
        private long written;

        Counted(WritableByteChannel out) {
            this.out = out;
        }

        void writeAll(ByteBuffer source) throws IOException {
            while (source.hasRemaining()) {
                write(source);
            }
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int count = out.write(source);
            written += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return out.isOpen();
        }

        @Override
        public void close() {
            // It belongs to the caller.
        }
    }
}
