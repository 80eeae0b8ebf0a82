package dev.gatun.formats.hdf5.write;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A group of a file that is to be written: datasets and groups by name, and texts that are said of it. */
public final class WrittenGroup {

    private final SortedMap<String, WrittenGroup> groups = new TreeMap<>();
    private final SortedMap<String, WrittenDataset> datasets = new TreeMap<>();
    private final SortedMap<String, String> attributes = new TreeMap<>();

    /** An empty group. */
    public WrittenGroup() {}

    /**
     * A group within, made if it is not there.
     *
     * @param path names with slashes between
     * @return the last of them
     * @throws IllegalArgumentException if a dataset has one of the names, or a name is empty
     */
    public WrittenGroup group(String path) {
        WrittenGroup group = this;
        for (String name : path.split("/", -1)) {
            group.requireName(name, group.datasets.containsKey(name));
            group = group.groups.computeIfAbsent(name, none -> new WrittenGroup());
        }
        return group;
    }

    /**
     * Adds a dataset.
     *
     * @param name    without a slash
     * @param dataset what lies there
     * @throws IllegalArgumentException if something else has the name, or it is empty
     */
    public void put(String name, WrittenDataset dataset) {
        requireName(name, groups.containsKey(name) || datasets.containsKey(name));
        datasets.put(name, dataset);
    }

    /**
     * Says something of the group.
     *
     * @param name  of the attribute; one of this name is replaced
     * @param value its text
     */
    public void attribute(String name, String value) {
        attributes.put(name, value);
    }

    /** {@return how many datasets it holds itself} */
    public int size() {
        return datasets.size();
    }

    private void requireName(String name, boolean isTaken) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A name in HDF5 is not empty and holds neither '/' nor a zero, got '"
                    + name.replace('\0', '?') + "'");
        }
        if (isTaken) {
            throw new IllegalArgumentException("There are two of the name '" + name + "' in one group of HDF5");
        }
    }

    SortedMap<String, WrittenGroup> groups() {
        return Collections.unmodifiableSortedMap(groups);
    }

    SortedMap<String, WrittenDataset> datasets() {
        return Collections.unmodifiableSortedMap(datasets);
    }

    SortedMap<String, String> attributes() {
        return Collections.unmodifiableSortedMap(attributes);
    }
}
