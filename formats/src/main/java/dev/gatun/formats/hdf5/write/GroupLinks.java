package dev.gatun.formats.hdf5.write;

import java.util.ArrayList;
import java.util.List;

/**
 * What a group's names lead to: a heap of names, a B-tree (version 1) of leaves that have up to 8 entries each, sorted by name.
 * Source: HDF5 File Format Specification Version 3.0, III.A.1, III.B and III.D.
 */
final class GroupLinks {

    static final int LEAF_K = 4;
    static final int NODE_K = 16;

    private static final byte[] TREE = {'T', 'R', 'E', 'E'};
    private static final byte[] HEAP = {'H', 'E', 'A', 'P'};
    private static final byte[] LEAF = {'S', 'N', 'O', 'D'};
    private static final int HEAD = 8;
    private static final int ENTRY = 40;
    private static final int NODE_HEAD = 24;
    private static final int HEAP_HEAD = 32;
    /** That the heap has no room left. */
    private static final long FULL = 1;

    private final Structures bytes;

    GroupLinks(Structures bytes) {
        this.bytes = bytes;
    }

    /**
     * What a name leads to.
     *
     * @param header address of its header
     * @param within where its own names are, if it is a group; null for a dataset
     */
    record Link(String name, int header, Links within) {}

    /**
     * Where names are.
     *
     * @param tree address of the B-tree
     * @param heap address of the heap of names
     */
    record Links(int tree, int heap) {}

    /** A part of the tree, with the name of its last entry. */
    private record Child(int address, long lastName) {}

    /** @param links sorted by name */
    Links write(List<Link> links) {
        long[] names = new long[links.size()];
        int heap = heap(links, names);
        List<Child> children = new ArrayList<>();
        for (int first = 0; first < links.size(); first += 2 * LEAF_K) {
            int end = Math.min(links.size(), first + 2 * LEAF_K);
            children.add(new Child(leaf(links.subList(first, end), names, first), names[end - 1]));
        }
        int level = 0;
        while (children.size() > 2 * NODE_K) {
            children = nodes(children, level++);
        }
        return new Links(node(children, level, Structures.NOWHERE), heap);
    }

    private int heap(List<Link> links, long[] names) {
        int size = HEAD; // An empty name stands first.
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            byte[] text = Structures.terminated(links.get(i).name());
            texts.add(text);
            names[i] = size;
            size += Structures.aligned(text.length);
        }
        int heap = bytes.reserve(HEAP_HEAD);
        int segment = bytes.reserve(size);
        bytes.at(heap).put(HEAP).putInt(0).putLong(size).putLong(FULL).putLong(segment);
        for (int i = 0; i < names.length; i++) {
            bytes.at(segment + (int) names[i]).put(texts.get(i));
        }
        return heap;
    }

    private int leaf(List<Link> links, long[] names, int first) {
        int leaf = bytes.reserve(HEAD + 2 * LEAF_K * ENTRY);
        bytes.at(leaf).put(LEAF).put((byte) 1).put((byte) 0).putShort((short) links.size());
        for (int i = 0; i < links.size(); i++) {
            Hdf5Writer.putEntry(bytes.at(leaf + HEAD + i * ENTRY), names[first + i], links.get(i));
        }
        return leaf;
    }

    /** One level up. */
    private List<Child> nodes(List<Child> children, int level) {
        List<Child> nodes = new ArrayList<>();
        int left = (int) Structures.NOWHERE;
        for (int first = 0; first < children.size(); first += 2 * NODE_K) {
            List<Child> some = children.subList(first, Math.min(children.size(), first + 2 * NODE_K));
            int node = node(some, level, left);
            if (left >= 0) {
                bytes.at(left + HEAD + Long.BYTES).putLong(node);
            }
            nodes.add(new Child(node, some.getLast().lastName()));
            left = node;
        }
        return nodes;
    }

    private int node(List<Child> children, int level, long left) {
        int node = bytes.reserve(NODE_HEAD + 2 * NODE_K * 2 * Long.BYTES + Long.BYTES);
        var out = bytes.at(node).put(TREE).put((byte) 0).put((byte) level).putShort((short) children.size())
                .putLong(left).putLong(Structures.NOWHERE).putLong(0);
        children.forEach(child -> out.putLong(child.address()).putLong(child.lastName()));
        return node;
    }
}
